"""The pages of hard stops. What is set works from the next request on, whatever the practitioner's role or team."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from wholepicture.access.clock import now
from wholepicture.access.operations import acting
from wholepicture.access.queries import StopCard, stops_of
from wholepicture.access.roles import Permission, may
from wholepicture.access.stops import lift_stop, stop
from wholepicture.agencies.queries import practitioners
from wholepicture.foundation.authority import Authority, Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.queries import is_person
from wholepicture.web.pages.stops.forms import GROUNDS, LiftForm, OwnStopForm, StopForm
from wholepicture.web.views import allowed, page, reading, signed_in, told
from wholepicture.web.words import say_moment


@dataclass(frozen=True, slots=True)
class Line:
    """A stop in words."""

    id: UUID
    who: str
    why: str
    since: str
    lifted: str
    may_lift: bool


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def stops_page(request: HttpRequest, viewer: Viewer, child: UUID) -> HttpResponse:
    """Keep somebody from a child's record; whoever may not do that can keep themselves from it."""
    sets = may(viewer.actor.role, Permission.SET_STOP)
    authority = _authority(viewer, child)
    form = (StopForm if sets else OwnStopForm)(request.POST if request.method == "POST" else None)
    with _reading(viewer, child):
        valid = form.is_valid()
    if not valid:
        return _page(request, viewer, child, form)
    who = form.cleaned_data["who"] if sets else UUID(viewer.actor.practitioner)
    act = replace(authority, act=Permission.SET_STOP.value)  # whoever may look may keep themselves out
    stop(authority=act, practitioner=who, person=child, ground=form.cleaned_data["ground"], now=now())
    if str(who) == viewer.actor.practitioner:
        return told(reverse("home"), "kept-out")
    return told(reverse("stops", args=[child]), "stop-set")


@require_POST
@signed_in
def lift_page(request: HttpRequest, viewer: Viewer, child: UUID, stop: UUID) -> HttpResponse:
    """Lift a stop: the information governance lead alone sees them, so nobody else can."""
    if not _audits(viewer):
        raise Refused("role", "The information governance lead lifts a stop: ask them.")
    authority = _authority(viewer, child)
    form = LiftForm(request.POST)
    if not form.is_valid():
        return _page(request, viewer, child, StopForm(), lifting={stop: form})
    lift_stop(authority=authority, person=child, stop=stop, reason=form.cleaned_data["reason"], now=now())
    return told(reverse("stops", args=[child]), "stop-lifted")


def _audits(viewer: Viewer) -> bool:
    """Whether the viewer reads ledgers without involvement."""
    return may(viewer.actor.role, Permission.REPORT_AUDIT)


def _authority(viewer: Viewer, child: UUID) -> Authority:
    """For the auditor any person that there is; for everybody else one whom their team is involved with."""
    sets = may(viewer.actor.role, Permission.SET_STOP)
    permission = Permission.SET_STOP if sets else Permission.VIEW_CHILD
    if not _audits(viewer):
        return allowed(viewer, permission, child)
    with acting(allowed(viewer, Permission.REPORT_AUDIT)):
        if not is_person(child):
            raise Refused("absent", "There is no such person on the record.")
    return allowed(viewer, permission)


def _reading(viewer: Viewer, child: UUID) -> AbstractContextManager[None]:
    audits = _audits(viewer)
    permission = Permission.SET_STOP if audits else Permission.VIEW_CHILD
    return reading(viewer, act="stops.open", permission=permission, person=child, ledger=audits)


def _page(
    request: HttpRequest,
    viewer: Viewer,
    child: UUID,
    form: StopForm | OwnStopForm,
    lifting: Mapping[UUID, LiftForm] | None = None,
) -> HttpResponse:
    with _reading(viewer, child):
        names = {card.id: card.name for card in practitioners(leavers_too=True)}
        own = UUID(viewer.actor.practitioner)
        context = {
            "child": child,
            "form": form,
            "sets": isinstance(form, StopForm),
            "audits": _audits(viewer),
            "lines": [_line(card, names, own) for card in stops_of(child)],
            "lifting": lifting or {},
            "blank": LiftForm(),
        }
        return page(request, "stops/stops.html", context)


def _line(card: StopCard, names: Mapping[UUID, str], own: UUID) -> Line:
    by = names.get(card.by, "somebody") if card.by else "Whole Picture"
    lifted = f"Lifted {say_moment(card.lifted_at)}: {card.lifted_because}" if card.lifted_at else ""
    return Line(
        id=card.id,
        who=names.get(card.practitioner, str(card.practitioner)),
        why=GROUNDS[card.ground],
        since=f"Since {say_moment(card.since)}, set by {by}.",
        lifted=lifted,
        may_lift=not lifted and card.practitioner != own,
    )
