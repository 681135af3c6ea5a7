"""Asking whether a record is held, and opening one without a claim to it: told at once, at most a day, reviewed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from wholepicture.access.clock import now, today
from wholepicture.access.glass import break_glass
from wholepicture.access.operations import Existence, acting, find_existence
from wholepicture.access.roles import Permission
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.queries import family_of
from wholepicture.web.pages.glass.asked import ask
from wholepicture.web.pages.glass.forms import BreakForm, FindForm
from wholepicture.web.views import allowed, page, signed_in


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a search: nothing held, held by others, or the viewer's own (`own` is then the child)."""

    held: Existence | None
    own: UUID | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def find_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Whether a record is held, and whom to ask: nothing else of the child (principle 8; R13)."""
    allowed(viewer, Permission.FIND_CHILD)
    # Never a GET: an address is kept in logs and histories, and this one would hold a name.
    form = FindForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return page(request, "glass/find.html", {"form": form, "find": form})
    answer = _answer(viewer, form)
    return _shown(request, form, answer, _breaking(form))


@require_POST
@signed_in
def break_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Break the glass. Who it is is looked for anew, so no id of a child is ever told before this."""
    allowed(viewer, Permission.FIND_CHILD)
    form = FindForm(request.POST)
    if not form.is_valid():
        return page(request, "glass/find.html", {"form": form, "find": form})
    answer, breaking = _answer(viewer, form), _breaking(form, request)
    if answer.held is None or answer.own is not None or not breaking.is_valid():
        return _shown(request, form, answer, breaking)
    person = answer.held.person
    break_glass(
        viewer=viewer,
        person=person,
        household=_household(viewer, person),
        reason=breaking.said,
        length=timedelta(hours=breaking.cleaned_data["hours"]),
        lead_team=answer.held.team,
        now=now(),
    )
    return HttpResponseRedirect(reverse("child", args=[person]))


def _shown(request: HttpRequest, form: FindForm, answer: Answer, breaking: BreakForm) -> HttpResponse:
    failed = breaking.is_bound and answer.held is not None and not breaking.is_valid()
    context = {"find": form, "form": breaking if failed else form, "answer": answer, "breaking": breaking}
    return page(request, "glass/find.html", context)


def _answer(viewer: Viewer, form: FindForm) -> Answer:
    ask(viewer.actor.practitioner, now())
    wanted = form.cleaned_data
    held = find_existence(
        viewer,
        nhs_number=wanted["nhs_number"],
        given_name=wanted["given_name"],
        family_name=wanted["family_name"],
        born=wanted["born"],
        now=now(),
    )
    return Answer(held, held.person if held is not None and _is_own(viewer, held.person) else None)


def _is_own(viewer: Viewer, person: UUID) -> bool:
    try:
        allowed(viewer, Permission.VIEW_CHILD, person)
    except Refused as refusal:
        if refusal.code != "no-claim":
            raise
        return False
    return True


def _breaking(form: FindForm, request: HttpRequest | None = None) -> BreakForm:
    number: str = form.cleaned_data["nhs_number"]
    born: date | None = form.cleaned_data["born"]
    return BreakForm(request.POST if request else None, number=number, born=born)


def _household(viewer: Viewer, person: UUID) -> list[UUID]:
    """Who lives with the child: they open with the child, and until then nobody is told who they are."""
    authority = replace(allowed(viewer, Permission.FIND_CHILD), act="glass:household")
    with acting(authority, person=person):
        return sorted(UUID(key) for key in family_of([person]).household(str(person), today()) - {str(person)})
