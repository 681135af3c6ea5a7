"""The ledger, and what may be done with one row of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wholepicture.access.clock import now, today
from wholepicture.access.operations import acting
from wholepicture.access.roles import Permission, may
from wholepicture.casework.disclosure.operations import approve, hand_over, receive, send, withdraw
from wholepicture.casework.disclosure.queries import (
    DisclosureCard,
    disclosure_card,
    disclosures_of,
    document_of,
    requests_of,
    sent_to,
    waiting_for,
)
from wholepicture.casework.disclosure.refusing import review_refusal
from wholepicture.casework.disclosure.releasing import ask_release
from wholepicture.casework.disclosure.rules import GONE, LEADS, why_may_not_approve
from wholepicture.casework.disclosure.types import Approver, Channel, RecipientKind
from wholepicture.foundation.authority import Authority, Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.addresses.documents import releases_of_document
from wholepicture.people.lists import people_named
from wholepicture.people.queries import is_person
from wholepicture.web.fields.forms import GovForm
from wholepicture.web.pages.disclosure.forms import ApproveForm, ReceiptForm, ReleaseForm, ReviewForm, WithdrawForm
from wholepicture.web.pages.disclosure.making import Files
from wholepicture.web.pages.disclosure.releasing import paper_lines
from wholepicture.web.pages.disclosure.shown import OUTCOMES, LedgerFilter, line_of, review_words
from wholepicture.web.views import allowed, page, reading, signed_in, told

SEE: Final = Permission.SEE_DISCLOSURES


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
            forms = _forms(request)
            if request.method != "POST":
                return _shown(request, viewer, card, forms)
            form = forms.get(request.POST.get("do", ""))
            if form is not None and not form.is_valid():
                return _shown(request, viewer, card, forms, form)
        done = _done(request.POST.get("do", ""), viewer, card, form, files)
        address = reverse("disclosure", args=[disclosure])
        return told(address, done) if done else HttpResponseRedirect(address)

    return view


@require_safe
@signed_in
def document_page(request: HttpRequest, viewer: Viewer, disclosure: UUID) -> HttpResponse:
    """The file: opened by whom it was sent to, or carried by its sender once it is sent. Either is on the ledger."""
    with reading(viewer, act="disclosure.file", permission=SEE):
        card = _found(disclosure)
        made = document_of(disclosure)
    if made is None or card.state not in GONE:
        raise Refused("absent", "There is no file here for you.")
    hand_over(authority=allowed(viewer, SEE), child=card.child, disclosure=disclosure, now=now())
    response = HttpResponse(made.data, content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def _done(do: str, viewer: Viewer, card: DisclosureCard, form: GovForm | None, files: Files) -> str:
    """Do what was pressed; the code of what to say of it, blank where it stopped."""
    data = form.cleaned_data if form else {}
    which: dict[str, Any] = {"child": card.child, "disclosure": card.id, "now": now()}
    if do == "send":
        left = send(authority=_share(viewer, card), opens=files.opens, **which)
        return "" if left else "share-sent"
    if do == "approve":
        yes = data["may"] == "yes"
        approve(authority=_approver(viewer, card), approve=yes, reason=data["approve_reason"], **which)
        return "share-approved" if yes else "share-not-approved"
    if do == "release":
        why, hours = data["release_why"], data["release_hours"]
        ask_release(viewer=viewer, why=why, hours=hours, **which)
        return "document-release-asked"
    if do == "withdraw":
        withdraw(authority=_share(viewer, card), reason=data["withdraw_reason"], **which)
        return "share-withdrawn"
    if do == "receipt":
        receive(authority=_share(viewer, card), words=data["receipt"], **which)
        return "share-received"
    if do == "review":
        review_refusal(
            authority=allowed(viewer, SEE), upheld=data["upheld"] == "yes", words=data["review_words"], **which
        )
        return "refusal-reviewed"
    raise Refused("do", "Press one of the buttons on the page of what you want to send.")


def _share(viewer: Viewer, card: DisclosureCard) -> Authority:
    return allowed(viewer, Permission.SHARE, card.child)


def _approver(viewer: Viewer, card: DisclosureCard) -> Authority:
    """A lead who sees no record approves by what stopped it; everybody else must see the child."""
    return allowed(viewer, SEE) if _audits(viewer) else _share(viewer, card)


def _forms(request: HttpRequest) -> dict[str, GovForm]:
    sent = request.POST if request.method == "POST" else None
    do = request.POST.get("do", "")
    made: Mapping[str, type[GovForm]] = {
        "approve": ApproveForm, "withdraw": WithdrawForm, "receipt": ReceiptForm, "review": ReviewForm,
        "release": ReleaseForm,
    }  # fmt: skip
    return {name: form(sent if name == do else None) for name, form in made.items()}


def _shown(
    request: HttpRequest,
    viewer: Viewer,
    card: DisclosureCard,
    forms: Mapping[str, GovForm],
    form: GovForm | None = None,
) -> HttpResponse:
    who = UUID(viewer.actor.practitioner)
    role = viewer.actor.role
    shares = may(role, Permission.SHARE)
    own = card.by_team == viewer.actor.team and shares
    gone = card.state in GONE
    to_me = card.recipient_practitioner == who and card.channel == Channel.IN_APP.value and gone
    papers = releases_of_document(card.id)
    context = {
        "line": line_of(card),
        "card": card,
        "name": _name(card.child),
        "forms": forms,
        "form": form,
        "own": own,
        "audits": _audits(viewer),
        "may_approve": not why_may_not_approve(role, own=card.by == who, shares=shares, needed=card.approver),
        "may_review": card.state == "refused" and card.reviewer == who,
        "may_take": card.words is not None and gone and (to_me or (own and card.channel != Channel.IN_APP.value)),
        "papers": paper_lines(papers),
        "may_ask": own and card.approver is Approver.RELEASE and all(p.granted is not None for p in papers),
        "gone": gone,
        "review": review_words(card),
        "leads": LEADS,
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
