"""Two-person release: asked on a child's page, decided by somebody of another team, both on the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wholepicture.access.clock import now
from wholepicture.access.roles import Permission
from wholepicture.agencies.queries import TeamCard, practitioners, teams
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.addresses.documents import document_releases_to_decide
from wholepicture.people.addresses.queries import held_of, releases_to_decide
from wholepicture.people.addresses.release import Asking, ask_release, decide_release
from wholepicture.people.addresses.types import Release
from wholepicture.people.lists import people_named
from wholepicture.web.drawings.words import name_words
from wholepicture.web.pages.addresses.forms import AskForm, DecideForm
from wholepicture.web.pages.addresses.shown import household_of, known
from wholepicture.web.pages.disclosure.releasing import paper_lines
from wholepicture.web.views import page, reading, signed_in, told
from wholepicture.web.words import count, say_moment


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """An asking in words, and what was decided of it; `whose` is blank where the reader may not see who it is."""

    id: UUID
    asked: str
    reader: str
    whose: str
    why: str
    length: str
    decided: str


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ask_page(request: HttpRequest, viewer: Viewer, child: UUID, shield: UUID) -> HttpResponse:
    """Ask that somebody of the viewer's team may read a shielded address."""
    with reading(viewer, act="release.open", person=child):
        people = known(household_of(child), child)
        held = {h.shield: (h, p) for p in people for h in held_of(UUID(p.key))}
        if shield not in held:
            raise Refused("absent", "There is no shielded address here that you may ask for.")
        card, person = held[shield]
        readers = [(str(c.id), c.name) for c in practitioners(team=viewer.actor.team)]
        form = AskForm(
            request.POST if request.method == "POST" else None, readers=readers, me=viewer.actor.practitioner
        )
        if not form.is_valid():
            context = {"child": child, "form": form, "held": card, "whose": name_words(person, person.key)}
            return page(request, "addresses/ask.html", context)
    given = form.cleaned_data
    asking = Asking(UUID(given["reader"]), given["why"], given["hours"])
    ask_release(viewer=viewer, shield=shield, asking=asking, now=now())
    return told(reverse("addresses", args=[child]), "release-asked")


@require_safe
@signed_in
def releases_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What waits for somebody to decide, the longest waiting first."""
    with reading(viewer, act="release.list", permission=Permission.RELEASE_ADDRESS):
        found = release_lines(reversed(releases_to_decide()))
        papers = paper_lines(reversed(document_releases_to_decide()))
        return page(request, "addresses/releases.html", {"releases": found, "papers": papers})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def decide_page(request: HttpRequest, viewer: Viewer, release: UUID) -> HttpResponse:
    """Decide one asking. The address itself is not shown to whoever decides."""
    form = DecideForm(request.POST if request.method == "POST" else None)
    with reading(viewer, act="release.view", permission=Permission.RELEASE_ADDRESS):
        found = next((r for r in releases_to_decide() if r.id == release), None)
        if found is None:
            raise Refused("no-release", "There is nothing here for you to decide.")
        if not form.is_valid():
            return page(request, "addresses/decide.html", {"form": form, "release": release_lines([found])[0]})
    given = form.cleaned_data
    decide_release(viewer=viewer, release=release, granted=given["granted"], why=given["why"], now=now())
    return told(reverse("releases"), "release-decided")


def release_lines(found: Iterable[Release]) -> list[ReleaseLine]:
    """Releases in words, in their order; call inside `reading`."""
    rows = list(found)
    names, directory = people_named([r.person for r in rows]), teams()
    return [
        ReleaseLine(
            id=r.id,
            asked=f"{r.asked_by_name}, {_team(r.asked_by_team, directory)}, {say_moment(r.asked_at)}",
            reader=r.reader_name,
            whose=name_words(names[r.person], "") if r.person in names else "",
            why=r.why + (f" For: {r.document}" if r.document else ""),
            length=count(r.hours, "hour"),
            decided=_decided(r),
        )
        for r in rows
    ]


def _team(code: str, directory: Mapping[str, TeamCard]) -> str:
    return directory[code].name if code in directory else code


def _decided(release: Release) -> str:
    if release.decided_at is None or release.until is None:
        return ""
    what = f"Granted until {say_moment(release.until)}" if release.granted else "Refused"
    return f"{what} by {release.decided_by_name}, {say_moment(release.decided_at)}: {release.decided_why}"
