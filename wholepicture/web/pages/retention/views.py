"""The list of what falls due, and one record: held, kept longer, or destroyed by two people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wholepicture.access.clock import now, today
from wholepicture.access.operations import acting, authorise, viewing
from wholepicture.access.personal import lend
from wholepicture.access.roles import Permission, may
from wholepicture.access.stops import stopped, stopped_from
from wholepicture.agencies.queries import practitioners
from wholepicture.casework.retention.due import Falling, falling, falling_due
from wholepicture.foundation.authority import Authority, Purpose, Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.lists import people_named
from wholepicture.record.retention import operations
from wholepicture.record.retention.queries import Hold, Reviewed, holds, reviewed, tombstones
from wholepicture.record.retention.schedule import BY_CODE
from wholepicture.record.retention.types import Ground
from wholepicture.web.fields.forms import GovForm
from wholepicture.web.pages.requests.forms import ReaderForm
from wholepicture.web.pages.retention.forms import ConfirmForm, HoldForm, KeepForm, ReasonForm
from wholepicture.web.views import page, signed_in, told

GROUND: Final = "retention review"
LENT_FOR: Final = timedelta(days=14)


@dataclass(frozen=True)
class Act:
    """Something that may be done to a record: its heading and its form."""

    name: str
    heading: str
    form: GovForm
    open: bool
    warning: bool = False


@require_safe
@signed_in
def retention_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What is due, what is held and what was destroyed."""
    with acting(replace(_authority(viewer), act="retention:list")):
        stops = stopped_from(UUID(viewer.actor.practitioner))
        due = [f for f in falling_due(today()) if f.person not in stops]
    with _reading(viewer, "retention.list"):
        named = people_named([f.person for f in due])
        standing = [h for h in holds() if not h.lifted]
        context = {
            "due": [(f, BY_CODE[f.due.line], named[f.person].name if f.person in named else "") for f in due],
            "holds": standing, "grounds": {g.value: g.label for g in Ground}, "gone": tombstones(),
        }  # fmt: skip
        return page(request, "retention/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def record_page(request: HttpRequest, viewer: Viewer, child: UUID) -> HttpResponse:
    """One record that is due, is held, or that the viewer holds; anybody else's is not here."""
    authority = _authority(viewer)
    found, sees = _found(viewer, authority, child)
    with _reading(viewer, "retention.person"):
        kept, decided = holds(child), reviewed(child)
    if not (sees or kept or (found is not None and found.due.on <= today())):
        raise Refused("absent", "There is no such record here.")
    wanted = str(request.POST.get("act", "")) if request.method == "POST" else ""
    acts = _acts(viewer, found, kept, decided, wanted, request.POST if wanted else None)
    chosen = next((a for a in acts if a.name == wanted), None)
    if chosen is not None and chosen.form.is_valid():
        try:
            _do(authority, child, found, decided, chosen)
            done = chosen.name == "confirm"
            where = reverse("retention") if done else reverse("retention-record", args=[child])
            return told(where, "destroyed" if done else "retention-done")
        except Refused as refusal:
            chosen.form.add_error(None, refusal.sentence)
    with _reading(viewer, "retention.person"):
        name = people_named([child])[child].name if sees and child in people_named([child]) else ""
        context = {
            "child": child, "found": found, "line": BY_CODE[found.due.line] if found else None, "holds": kept,
            "grounds": {g.value: g.label for g in Ground}, "decided": decided, "acts": acts, "name": name,
            "reads": sees and may(viewer.actor.role, Permission.VIEW_CHILD),
            "form": chosen.form if chosen else None, "is_due": found is not None and found.due.on <= today(),
        }  # fmt: skip
        return page(request, "retention/record.html", context)


def _authority(viewer: Viewer) -> Authority:
    return authorise(viewer, permission=Permission.DECIDE_RETENTION, purpose=Purpose.RETAIN, now=now())


def _reading(viewer: Viewer, act: str) -> Any:
    return viewing(viewer, permission=Permission.DECIDE_RETENTION, purpose=Purpose.RETAIN, now=now(), act=act)


def _found(viewer: Viewer, authority: Authority, person: UUID) -> tuple[Falling | None, bool]:
    with acting(replace(authority, act="retention:list"), person=person):
        if stopped(UUID(viewer.actor.practitioner), [person]):
            raise Refused("absent", "There is no such record here.")
        found = falling(person)
    try:
        authorise(viewer, permission=Permission.DECIDE_RETENTION, purpose=Purpose.RETAIN, now=now(), people=[person])
    except Refused:
        return found, False
    return found, True


def _acts(
    viewer: Viewer, found: Falling | None, kept: list[Hold], decided: list[Reviewed], wanted: str, data: Any
) -> list[Act]:
    is_due = found is not None and found.due.on <= today()
    outdated = found is not None and found.outdated
    waits = bool(decided) and decided[0].destroy and not decided[0].confirmed_by and not outdated
    names = ["hold", *(f"lift-{h.id}" for h in kept if not h.lifted)]
    if is_due and found is not None:
        names += ["lend", "keep"]
        if not found.held:
            names += ["confirm"] if waits and str(decided[0].by) != viewer.actor.practitioner else []
            names += [] if waits else ["destroy"]
    return [_act(name, viewer, data if name == wanted else None, name == wanted) for name in names]


def _act(name: str, viewer: Viewer, data: Any, is_open: bool) -> Act:
    if name == "hold":
        return Act(name, "Hold it", HoldForm(data, prefix=name, label="What exactly is it held for?"), is_open)
    if name == "lend":
        hint = "They may read it for 14 days. It shows on the person’s ledger."
        form = ReaderForm(data, label="Manager", hint=hint, prefix=name, but=viewer.actor.practitioner)
        return Act(name, "Let a manager read it", form, is_open)
    if name == "keep":
        return Act(name, "Keep it longer", KeepForm(data, prefix=name), is_open)
    if name == "destroy":
        return Act(name, "Destroy it", ReasonForm(data, prefix=name, label="Why is it not needed?"), is_open)
    if name == "confirm":
        return Act(name, "Confirm that it is destroyed", ConfirmForm(data, prefix=name), is_open, warning=True)
    return Act(name, "Lift the hold", ReasonForm(data, prefix=name, label="Why is it not held any longer?"), is_open)


def _do(authority: Authority, person: UUID, found: Falling | None, decided: list[Reviewed], act: Act) -> None:
    given, at, line = act.form.cleaned_data, now(), found.due.line if found else ""
    does: dict[str, Callable[[], object]] = {
        "hold": lambda: operations.set_hold(
            authority=authority, person=person, ground=Ground(given["ground"]), reason=given["reason"], now=at),
        "lend": lambda: _lend(authority, person, UUID(given["practitioner"])),
        "keep": lambda: operations.decide(
            authority=authority, person=person, line=line, destroy=False, reason=given["reason"],
            keep_until=given["until"], now=at),
        "destroy": lambda: operations.decide(
            authority=authority, person=person, line=line, destroy=True, reason=given["reason"], keep_until=None,
            now=at),
        "confirm": lambda: operations.confirm(
            authority=authority, person=person, decision=decided[0].id, now=at),
    }  # fmt: skip
    if act.name in does:
        does[act.name]()
        return
    hold = UUID(act.name.removeprefix("lift-"))
    operations.lift_hold(authority=authority, person=person, hold=hold, reason=given["reason"], now=at)


def _lend(authority: Authority, person: UUID, practitioner: UUID) -> None:
    card = next((c for c in practitioners(roles=("manager",)) if c.id == practitioner), None)
    # The form does not offer oneself; a request written by hand might.
    if card is None or str(practitioner) == authority.actor.practitioner:
        raise Refused("reader", "Choose a manager, and not yourself.")
    lend(authority=replace(authority, act="retention:lend"), team=card.team, practitioner=card.id, person=person,
         ground=GROUND, since=authority.decided, until=authority.decided + LENT_FOR)  # fmt: skip
