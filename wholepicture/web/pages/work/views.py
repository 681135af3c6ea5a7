"""My team's list, and one task: read why it matters, then answer it or pass it to whoever it is for."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholepicture.access.clock import now, today
from wholepicture.access.roles import Permission
from wholepicture.casework.holders import Directory
from wholepicture.casework.queries import (
    TaskCard,
    escalations_for,
    notice_item,
    task_card,
    tasks_for_team,
    tasks_of_entry,
)
from wholepicture.casework.task.operations import answer_task, open_task, pass_on
from wholepicture.casework.task.types import AGENCY_KIND
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.web.pages.glass.told import told_to
from wholepicture.web.pages.screening.room import history_of
from wholepicture.web.pages.work.forms import AnswerForm, PassOnForm
from wholepicture.web.pages.work.list import grouped
from wholepicture.web.views import allowed, page, reading, signed_in, told

_SHOWN_AFTER = timedelta(days=14)


@require_safe
@signed_in
def list_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What is asked of the viewer's team, soonest due first, a family at a time (R21)."""
    with reading(viewer, act="work.list", permission=Permission.ANSWER_TASK):
        cards = tasks_for_team(viewer.actor.team, answered_since=now() - _SHOWN_AFTER)
        waiting = [c for c in cards if c.answer is None]
        context = {
            "groups": grouped(waiting, today()),
            "waiting": waiting,
            "overdue": [c for c in waiting if c.late_on(today())],
            "openings": told_to(viewer.actor.team),
            "told": escalations_for([viewer.actor.team]),
            "answered": [c for c in cards if c.answer is not None],
            "today": today(),
        }
        return page(request, "work/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def task_page(request: HttpRequest, viewer: Viewer, task: UUID) -> HttpResponse:
    """One task. Opening it stamps the team's clock; answering it goes on to the next of the same family."""
    with reading(viewer, act="work.open", permission=Permission.ANSWER_TASK):
        card = _found(task)
        mine = card.team == viewer.actor.team
        form = AnswerForm(request.POST if request.method == "POST" else None, today=today())
        answering = request.method == "POST" and form.is_valid()
        if not answering:
            if mine and request.method == "GET":
                open_task(authority=allowed(viewer, Permission.ANSWER_TASK), task=task, now=now())
            return _shown(request, viewer, _found(task), form)
    answer_task(
        authority=allowed(viewer, Permission.ANSWER_TASK),
        task=task,
        meaning=form.cleaned_data["meaning"],
        did=form.cleaned_data["did"],
        nothing_because=form.cleaned_data["nothing_because"],
        on=form.cleaned_data["on"],
        now=now(),
    )
    return _onwards(viewer, card)


@require_POST
@signed_in
def pass_on_page(request: HttpRequest, viewer: Viewer, task: UUID) -> HttpResponse:
    """Pass a notice to the holder who was found."""
    with reading(viewer, act="work.pass_on", permission=Permission.ANSWER_TASK):
        card = _found(task)
        form = _pass_on_form(card, request)
        if form is None or not form.is_valid():
            return _shown(request, viewer, card, AnswerForm(today=today()), passing=form)
    pass_on(
        authority=allowed(viewer, Permission.ANSWER_TASK),
        task=task,
        team=form.cleaned_data["team"],
        how_found=form.cleaned_data["how_found"],
        now=now(),
    )
    return _onwards(viewer, card)


def _found(task: UUID) -> TaskCard:
    card = task_card(task)
    if card is None:
        raise Refused("absent", "There is no such task.")
    return card


def _onwards(viewer: Viewer, card: TaskCard) -> HttpResponse:
    with reading(viewer, act="work.list", permission=Permission.ANSWER_TASK):
        rest = [c for c in tasks_of_entry(card.entry) if c.team == viewer.actor.team and c.answer is None]
    address = reverse("task", args=[rest[0].id]) if rest else reverse("work")
    return told(address, "task-answered")


def _pass_on_form(card: TaskCard, request: HttpRequest | None = None) -> PassOnForm | None:
    role = card.role.finds
    if role is None:
        return None
    directory = Directory()
    teams = {h.team: directory.teams[h.team].name for h in directory.teams_for(AGENCY_KIND[role])}
    return PassOnForm(request.POST if request else None, teams, role.label)


def _shown(
    request: HttpRequest, viewer: Viewer, card: TaskCard, form: AnswerForm, passing: PassOnForm | None = None
) -> HttpResponse:
    item = notice_item(card.entry, today())
    siblings = [c for c in tasks_of_entry(card.entry) if c.team == card.team and c.id != card.id]
    context = {
        "task": card,
        "form": passing or form,
        "answer_form": form,
        "passing": passing or _pass_on_form(card),
        "item": item,
        "history": history_of(item, today()) if item else None,
        "siblings": siblings,
        "mine": card.team == viewer.actor.team,
        "today": today(),
    }
    return page(request, "work/task.html", context)
