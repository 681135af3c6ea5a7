"""The pages on which something is shared, refused, or asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wholepicture.access.clock import now, today
from wholepicture.access.roles import Permission, may
from wholepicture.casework.disclosure.operations import make
from wholepicture.casework.disclosure.queries import (
    DisclosureCard,
    RequestCard,
    disclosure_card,
    open_gateways,
    request_card,
    reviewers,
)
from wholepicture.casework.disclosure.refusing import record_request, refuse
from wholepicture.casework.disclosure.rules import faults, why_faults
from wholepicture.casework.disclosure.types import (
    Asking,
    DocumentKind,
    Draft,
    Made,
    RecipientKind,
    Refusal,
    Threshold,
    Why,
)
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.types import FamilyRecord
from wholepicture.web.navigation import role_title
from wholepicture.web.pages.child.opened import Opened, open_child
from wholepicture.web.pages.disclosure.choosing import Hand, carried, choices, why_look
from wholepicture.web.pages.disclosure.forms import ChoiceForm, RefuseForm, RequestForm, ShareForm
from wholepicture.web.pages.disclosure.making import Files, Filled, Offer, drawn, filled, offers
from wholepicture.web.views import allowed, page, reading, signed_in, told
from wholepicture.web.words import label

SHARE = Permission.SHARE


def share_page(files: Files) -> Callable[..., HttpResponse]:
    """Send or tell something: first what and to whom, then the rest; `files` writes and searches what goes out."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @signed_in
    def view(request: HttpRequest, viewer: Viewer, child: UUID) -> HttpResponse:
        exports = may(viewer.actor.role, Permission.EXPORT_RECORD)
        with reading(viewer, act="disclosure.share", permission=SHARE, person=child):
            opened = open_child(viewer, child, {})
            choice = ChoiceForm(request.GET if "what" in request.GET else None, exports=exports)
            asked, earlier = _asked(request, child), _earlier(request, child)
            context: dict[str, Any] = {
                "opened": opened, "name": opened.person.name, "asked": asked, "choice": choice, "earlier": earlier,
                "hand": Hand.of(request.POST),
            }  # fmt: skip
            if not choice.is_valid():
                return page(request, "disclosure/choose.html", context | {"form": choice})
            form = _share_form(request, opened, choice, asked, earlier)
            back = request.POST.get("do") == "back"
            if request.method != "POST" or not form.is_valid() or back:
                return page(request, "disclosure/share.html", context | {"form": form})
            to = form.recipient(dict(_family(opened.record, opened.key)))
            given = filled(
                form.cleaned_data, form.document, to, asked.id if asked else None, earlier.id if earlier else None
            )
            drew = _drawn(request, viewer, context, form, given, files)
            if isinstance(drew, HttpResponse):
                return drew
        draft, made = drew
        disclosure, stopped = make(
            authority=allowed(viewer, SHARE, child), draft=draft, made=made, opens=files.opens, now=now()
        )
        address = reverse("disclosure", args=[disclosure])
        # That it stopped is said in red on its page, and is no success to be told of.
        return HttpResponseRedirect(address) if stopped else told(address, "share-made")

    return view


def _drawn(
    request: HttpRequest, viewer: Viewer, context: dict[str, Any], form: ShareForm, given: Filled, files: Files
) -> tuple[Draft, Made] | HttpResponse:
    """The draft and its file; or the page on which something is still to be chosen or put right."""
    opened, hand, earlier = context["opened"], context["hand"], context["earlier"]
    offered: list[Offer] = []
    if not form.document.written_here:
        offered = offers(opened, given, allowed(viewer, SHARE, opened.child))
        why = why_look(hand, offered, earlier)
        if request.POST.get("do") == "choose" or why:
            return _entries(request, context, form, offered, why)
    draft, made = drawn(opened, given, viewer, files, offered, hand.left)
    found = faults(draft, open_gateways(today()))
    form.tell(found)
    if "left_words" in found or ("document" in found and hand.left):
        return _entries(request, context, form, offered, "")
    return page(request, "disclosure/share.html", context | {"form": form}) if form.problems else (draft, made)


def _entries(
    request: HttpRequest, context: dict[str, Any], form: ShareForm, offered: list[Offer], why: str
) -> HttpResponse:
    shown = choices(context["hand"], offered, context["earlier"])
    more = {"form": form, "why": why, "carried": carried(request.POST)}
    return page(request, "disclosure/entries.html", context | shown | more)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def request_page(request: HttpRequest, viewer: Viewer, child: UUID) -> HttpResponse:
    """Write down that somebody outside asks for information about a child."""
    with reading(viewer, act="disclosure.request", permission=SHARE, person=child):
        opened = open_child(viewer, child, {})
        kind = _kind(request)
        people = dict(_family(opened.record, opened.key))
        form = RequestForm(request.POST if request.method == "POST" else None, kind=kind, family=_choices(people))
        if request.method != "POST" or not form.is_valid():
            context = {"opened": opened, "name": opened.person.name, "form": form, "kind": kind, "kinds": _kinds()}
            return page(request, "disclosure/request.html", context)
        data = form.cleaned_data
        asking = Asking(child, form.recipient(people), data["asked"], data["purpose"], data["due_on"])
    made = record_request(authority=allowed(viewer, SHARE, child), asking=asking, now=now())
    return told(reverse("answer-information", args=[child, made]), "request-recorded")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer_page(request: HttpRequest, viewer: Viewer, child: UUID, information: UUID) -> HttpResponse:
    """Answer a request: by a share, on its own page, or by a refusal, here."""
    with reading(viewer, act="disclosure.answer", permission=SHARE, person=child):
        opened = open_child(viewer, child, {})
        card = _request(child, information)
        kind = card.asker.kind
        people = dict(_family(opened.record, opened.key))
        form = RefuseForm(
            request.POST if request.method == "POST" else None, kind=kind, family=_choices(people),
            gateways=open_gateways(today()), initial=_known(card),
            reviewers=[(str(k), f"{name}, {role_title(role)}") for k, name, role in reviewers(viewer)],
        )  # fmt: skip
        valid = request.method == "POST" and form.is_valid()
        if valid:
            data = form.cleaned_data
            why = Why(
                data["purpose"], data["gateway"], Threshold(data["threshold"]), data["basis"], data["told"] == "yes",
                data["told_words"], data["harm_words"], request=information,
            )  # fmt: skip
            refusal = Refusal(child, form.recipient(people), why, data["reason"], data["reviewer"], data["review_by"])
            for name, words in _refusal_faults(refusal).items():
                form.add_error(name, words)
        if not valid or form.problems:
            context = {"opened": opened, "name": opened.person.name, "form": form, "card": card}
            return page(request, "disclosure/answer.html", context)
    refused = refuse(authority=allowed(viewer, SHARE, child), refusal=refusal, now=now())
    return told(reverse("disclosure", args=[refused]), "refusal-made")


def _refusal_faults(refusal: Refusal) -> dict[str, str]:
    from wholepicture.casework.timescales import due_on

    found = why_faults(refusal.why, refusal.asker.kind, open_gateways(today()))
    latest = due_on("refusal_review", today())
    if refusal.review_by and not today() <= refusal.review_by <= latest:
        found["review_by"] = f"Enter a day from today to {latest:%-d %B %Y}, five working days from today"
    return found


def _share_form(
    request: HttpRequest, opened: Opened, choice: ChoiceForm, asked: RequestCard | None, earlier: DisclosureCard | None
) -> ShareForm:
    people = dict(_family(opened.record, opened.key))
    initial = _known(asked) if asked else {}
    if earlier is not None and earlier.words is not None:
        words = earlier.words
        initial |= {
            "name": words.recipient_name, "role": earlier.recipient_role,
            "organisation": earlier.recipient_organisation, "text": words.text, "channel": earlier.channel,
            "address": words.address, "purpose": words.purpose,
            "gateway": earlier.gateway.code if earlier.gateway else "", "threshold": earlier.threshold,
            "basis": words.basis, "told": "yes" if earlier.family_told else "no", "told_words": words.told_words,
            "harm_words": words.harm_words, "conditions": words.conditions,
            "person": next((k for k, (name, _) in people.items() if name == words.recipient_name), ""),
        }  # fmt: skip
    return ShareForm(
        request.POST if request.method == "POST" else None,
        document=DocumentKind(choice.cleaned_data["what"]),
        kind=RecipientKind(choice.cleaned_data["to"]),
        family=_choices(people),
        gateways=open_gateways(today()),
        initial=initial,
    )


def _known(card: RequestCard) -> dict[str, Any]:
    """What a request says already of who asks and what for."""
    asker = card.asker
    return {
        "name": asker.name, "role": asker.role, "organisation": asker.organisation, "purpose": card.purpose,
        "person": str(asker.person or ""),
    }  # fmt: skip


def _family(record: FamilyRecord, child: str) -> list[tuple[str, tuple[str, str]]]:
    """Everybody on the record whom the reader sees: id, name and relation to the child, adults first."""
    relation = {r.person: label(r.relation.value) for r in record.relationships if r.other == child}
    people = sorted(record.people.values(), key=lambda p: (p.is_child, p.name))
    return [(p.key, (p.name, relation.get(p.key, "child" if p.is_child else "adult"))) for p in people]


def _choices(people: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    return [(key, f"{name}, {relation}") for key, (name, relation) in people.items()]


def _kinds() -> list[tuple[str, str]]:
    return [(k.value, k.words) for k in RecipientKind]


def _kind(request: HttpRequest) -> RecipientKind:
    wanted = request.GET.get("to", "")
    known = {k.value for k in RecipientKind}
    return RecipientKind(wanted) if wanted in known else RecipientKind.PROFESSIONAL


def _request(child: UUID, asked: UUID) -> RequestCard:
    card = request_card(child, asked)
    if card is None:
        raise Refused("absent", "There is no such request.")
    return card


def _asked(request: HttpRequest, child: UUID) -> RequestCard | None:
    wanted = _id(request.GET.get("request", ""))
    return request_card(child, wanted) if wanted else None


def _earlier(request: HttpRequest, child: UUID) -> DisclosureCard | None:
    wanted = _id(request.GET.get("again", ""))
    card = disclosure_card(wanted) if wanted else None
    return card if card and card.child == child and card.superseded_by is None else None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
