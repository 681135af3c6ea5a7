"""The ledger, and what may be done with one row of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wholepicture.access.clock import now, today
from wholepicture.access.operations import acting
from wholepicture.access.roles import Permission, may
from wholepicture.casework.disclosure.correcting import correct
from wholepicture.casework.disclosure.operations import hand_over, receive, send, withdraw
from wholepicture.casework.disclosure.queries import (
    DisclosureCard,
    disclosure_card,
    disclosures_of,
    document_of,
    open_gateways,
    requests_of,
    sent_to,
    waiting_for,
)
from wholepicture.casework.disclosure.refusing import review_refusal
from wholepicture.casework.disclosure.releasing import ask_release
from wholepicture.casework.disclosure.rules import correction_faults, why_may_not_approve
from wholepicture.casework.disclosure.told import kept_from_reader
from wholepicture.casework.disclosure.types import Approver, Channel, RecipientKind, Threshold
from wholepicture.foundation.authority import Authority, Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.addresses.documents import releases_of_document
from wholepicture.people.lists import people_named
from wholepicture.people.queries import is_person
from wholepicture.web.fields.forms import GovForm
from wholepicture.web.pages.disclosure.forms import CorrectForm, ReceiptForm, ReleaseForm, ReviewForm, WithdrawForm
from wholepicture.web.pages.disclosure.making import Files
from wholepicture.web.pages.disclosure.releasing import paper_lines
from wholepicture.web.pages.disclosure.shown import OUTCOMES, LedgerFilter, changes, line_of, review_words
from wholepicture.web.views import allowed, page, reading, signed_in, told

SEE: Final = Permission.SEE_DISCLOSURES
DOES: Final = frozenset({"send", "withdraw", "receipt", "release", "correct", "review"})
"""What may be done with a row on its page."""


@require_safe
@signed_in
def ledger_page(request: HttpRequest, viewer: Viewer, child: UUID) -> HttpResponse:
    """Every share and refusal about a child, the latest first; for the auditor without the content."""
    audits = _audits(viewer)
    if audits:
        with acting(allowed(viewer, Permission.REPORT_AUDIT)):
            if not is_person(child):
                raise Refused("absent", "There is no such person on the record.")
    with reading(viewer, act="disclosure.ledger", permission=SEE, person=child, ledger=audits):
        wanted = LedgerFilter.from_query(request.GET.dict())
        every = disclosures_of(child)
        context = {
            "child": child,
            "name": _name(child),
            "audits": audits,
            "lines": [line_of(c) for c in wanted.chosen(every)],
            "total": len(every),
            "requests": requests_of(child),
            "wanted": wanted,
            "outcomes": OUTCOMES,
            "kinds": {k.value: k.words for k in RecipientKind},
            "shares": may(viewer.actor.role, Permission.SHARE),
            "kept": 0 if audits else kept_from_reader(child),
        }
        return page(request, "disclosure/ledger.html", context)


@require_safe
@signed_in
def mine_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What was sent to the viewer here, what waits for a second person, and refusals that they are to review."""
    with reading(viewer, act="disclosure.mine", permission=SEE):
        waiting, received = waiting_for(viewer), sent_to(viewer)
        names = {p: person.name for p, person in people_named([c.child for c in (*waiting, *received)]).items()}
        context = {
            "waiting": [line_of(c) for c in waiting],
            "received": [line_of(c) for c in received],
            "names": names,
            "today": today(),
        }
        return page(request, "disclosure/mine.html", context)


def disclosure_page(files: Files) -> Callable[..., HttpResponse]:
    """The page of one row; what it is sent as is searched again by `files` as it leaves."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @signed_in
    def view(request: HttpRequest, viewer: Viewer, disclosure: UUID) -> HttpResponse:
        with reading(viewer, act="disclosure.open", permission=SEE):
            card = _found(disclosure)
            forms = _forms(request, card)
            if request.method != "POST":
                return _shown(request, viewer, card, forms)
            form = forms.get(request.POST.get("do", ""))
            if form is not None and not form.is_valid():
                return _shown(request, viewer, card, forms, form)
        try:
            return _done(request.POST.get("do", ""), viewer, card, form, files)
        except Refused as refusal:
            if form is None:
                raise
            form.add_error(None, refusal.sentence)
        with reading(viewer, act="disclosure.open", permission=SEE):
            return _shown(request, viewer, _found(disclosure), forms, form)

    return view


@require_safe
@signed_in
def document_page(request: HttpRequest, viewer: Viewer, disclosure: UUID) -> HttpResponse:
    """The file: opened by whom it was sent to, or carried by its sender once it is sent. Either is on the ledger."""
    with reading(viewer, act="disclosure.file", permission=SEE):
        card = _found(disclosure)
        made = document_of(disclosure)
    if made is None or not card.gone:
        raise Refused("absent", "There is no file here for you.")
    hand_over(authority=allowed(viewer, SEE), child=card.child, disclosure=disclosure, now=now())
    response = HttpResponse(made.data, content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def _done(do: str, viewer: Viewer, card: DisclosureCard, form: GovForm | None, files: Files) -> HttpResponse:
    """Do what was pressed, and go to the row that stands, saying what was done; where it stopped its page says that."""
    if do not in DOES:
        raise Refused("do", "Press one of the buttons on the page of what you want to send.")
    data = form.cleaned_data if form else {}
    which: dict[str, Any] = {"authority": _share(viewer, card, do), "child": card.child, "disclosure": card.id,
                             "now": now()}  # fmt: skip
    address = reverse("disclosure", args=[card.id])
    if do == "send":
        return HttpResponseRedirect(address) if send(opens=files.opens, **which) else told(address, "share-sent")
    if do == "release":
        ask_release(
            viewer=viewer, child=card.child, disclosure=card.id, why=data["release_why"], hours=data["release_hours"],
            now=now(),
        )  # fmt: skip
        return told(address, "document-release-asked")
    if do == "withdraw":
        withdraw(reason=data["withdraw_reason"], **which)
        return told(address, "share-withdrawn")
    if do == "receipt":
        receive(words=data["receipt"], **which)
        return told(address, "share-received")
    if isinstance(form, CorrectForm):
        right = correct(correction=form.correction(), **which)
        return told(reverse("disclosure", args=[right]), "share-corrected")
    review_refusal(upheld=data["upheld"] == "yes", words=data["review_words"], **which)
    return told(address, "refusal-reviewed")


def _share(viewer: Viewer, card: DisclosureCard, do: str) -> Authority:
    """The viewer's authority; a reviewer of a refusal need not see the child."""
    return allowed(viewer, SEE) if do == "review" else allowed(viewer, Permission.SHARE, card.child)


def _forms(request: HttpRequest, card: DisclosureCard) -> dict[str, GovForm]:
    sent = request.POST if request.method == "POST" else None
    do = request.POST.get("do", "")
    made: Mapping[str, type[GovForm]] = {
        "withdraw": WithdrawForm, "receipt": ReceiptForm, "review": ReviewForm, "release": ReleaseForm,
    }  # fmt: skip
    forms = {name: form(sent if name == do else None) for name, form in made.items()}
    return forms | {"correct": _correct_form(sent if do == "correct" else None, card)}


def _correct_form(sent: QueryDict | None, card: DisclosureCard) -> CorrectForm:
    form = CorrectForm(sent, card=card, gateways=open_gateways(today()))
    if form.is_valid():
        wanted = form.correction()
        in_force = open_gateways(wanted.day or today())
        form.tell(correction_faults(wanted, card.recipient_kind, Threshold(card.threshold), in_force, today()))
    return form


def _shown(
    request: HttpRequest,
    viewer: Viewer,
    card: DisclosureCard,
    forms: Mapping[str, GovForm],
    form: GovForm | None = None,
) -> HttpResponse:
    who = UUID(viewer.actor.practitioner)
    role, name = viewer.actor.role, _name(card.child)
    shares = may(role, Permission.SHARE)
    own = card.by_team == viewer.actor.team and shares
    gone, replaced = card.gone, card.superseded_by is not None
    earlier = disclosure_card(card.supersedes) if card.supersedes else None
    to_me = card.recipient_practitioner == who and card.channel == Channel.IN_APP.value and gone
    papers = releases_of_document(card.id)
    context = {
        "line": line_of(card),
        "card": card,
        "name": name,
        "forms": forms,
        "form": form,
        "own": own,
        "audits": _audits(viewer),
        "may_approve": not why_may_not_approve(
            role, own=who in (card.by, card.recipient_practitioner), shares=shares, needed=card.approver
        ),
        "may_read": card.words is not None and bool(name) and bool(card.document),
        "may_correct": own and gone and not replaced and card.words is not None,
        "changes": changes(earlier, card),
        "may_review": card.state == "refused" and card.reviewer == who,
        "may_take": card.words is not None and gone and (to_me or (own and card.channel != Channel.IN_APP.value)),
        "papers": paper_lines(papers),
        "may_ask": own and card.approver is Approver.RELEASE and all(p.granted is not None for p in papers),
        "gone": gone,
        "review": review_words(card),
    }
    return page(request, "disclosure/disclosure.html", context)


def _found(disclosure: UUID) -> DisclosureCard:
    card = disclosure_card(disclosure)
    if card is None:
        raise Refused("absent", "There is nothing here of that.")
    return card


def _name(child: UUID) -> str:
    found = people_named([child]).get(child)
    return found.name if found else ""


def _audits(viewer: Viewer) -> bool:
    return may(viewer.actor.role, Permission.REPORT_AUDIT)
