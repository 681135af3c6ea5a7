"""The screening room: the queue, a notice beside its family's history, the decision, its review, and who is who."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wholepicture.access.clock import now, today
from wholepicture.access.roles import Permission, may
from wholepicture.agencies.queries import agency_label, agency_names
from wholepicture.casework.holders import Directory
from wholepicture.casework.notice.words import age_words
from wholepicture.casework.queries import (
    NoticeItem,
    decided_screenings,
    screening_item,
    tasks_of_entry,
    waiting_screenings,
)
from wholepicture.casework.screening.operations import choose_candidate, decide, review_decision
from wholepicture.casework.task.words import repeats_words
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.signals.queries import signals_about
from wholepicture.web.pages.screening.forms import DecisionForm, ReviewForm, WhoForm
from wholepicture.web.pages.screening.room import history_of, questions_of, queue_counts
from wholepicture.web.views import allowed, page, reading, signed_in, told


@require_safe
@signed_in
def queue_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every notice that waits, the longest overdue first, and the latest decisions."""
    with reading(viewer, act="screening.queue", permission=Permission.DECIDE_SCREENING):
        waiting, decided = waiting_screenings(today()), decided_screenings(today())
        context = {
            "waiting": waiting,
            "decided": decided,
            "counts": queue_counts([*waiting, *decided], now(), today()),
            "age_words": age_words,
            "repeats_words": repeats_words,
            "today": today(),
        }
        return page(request, "screening/queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def item_page(request: HttpRequest, viewer: Viewer, screening: UUID) -> HttpResponse:
    """A notice beside its family's history, with the decision's form."""
    with reading(viewer, act="screening.open", permission=Permission.DECIDE_SCREENING):
        item = _found(screening)
        form = DecisionForm(request.POST if request.method == "POST" else None, item.children, _teams())
        if request.method != "POST" or not form.may_be_recorded():
            return _shown(request, viewer, item, form)
    decision = form.decided
    if decision is None:
        raise Refused("decision", "Choose what you decide.")
    people = [UUID(c.person) for c in item.children]
    decide(
        authority=allowed(viewer, Permission.DECIDE_SCREENING, *people),
        screening=screening,
        decision=decision,
        reasons=form.cleaned_data["reasons"],
        positions=form.positions,
        taken_by=form.cleaned_data["taken_by"],
        now=now(),
    )
    return told(reverse("screening-item", args=[screening]), "screened")


@require_POST
@signed_in
def who_page(request: HttpRequest, viewer: Viewer, screening: UUID) -> HttpResponse:
    """Say whether somebody named is a person the record knows."""
    with reading(viewer, act="screening.who", permission=Permission.DECIDE_SCREENING):
        item = _found(screening)
        form = WhoForm(request.POST)
        known = form.is_valid() and form.cleaned_data["candidate"] in {c.id for c in item.candidates}
        if not known:
            return _shown(request, viewer, item, DecisionForm(None, item.children, _teams()), who=form)
    choose_candidate(
        authority=allowed(viewer, Permission.DECIDE_SCREENING),
        candidate=form.cleaned_data["candidate"],
        same=form.cleaned_data["same"] == "yes",
        reason=form.cleaned_data["reason"],
        now=now(),
    )
    return told(reverse("screening-item", args=[screening]), "who-chosen")


@require_POST
@signed_in
def review_page(request: HttpRequest, viewer: Viewer, screening: UUID) -> HttpResponse:
    """Review somebody else's decision."""
    with reading(viewer, act="screening.review", permission=Permission.VIEW_OVERSIGHT):
        item = _found(screening)
        form = ReviewForm(request.POST)
        if not form.is_valid():
            return _shown(request, viewer, item, DecisionForm(None, item.children, _teams()), review=form)
    review_decision(
        authority=allowed(viewer, Permission.VIEW_OVERSIGHT),
        screening=screening,
        agrees=form.cleaned_data["agrees"] == "yes",
        comment=form.cleaned_data["comment"],
        now=now(),
    )
    return told(reverse("screening-item", args=[screening]), "reviewed")


def _found(screening: UUID) -> NoticeItem:
    item = screening_item(screening, today())
    if item is None:
        raise Refused("absent", "There is no such notice.")
    return item


def agency_namer() -> Callable[[str], str]:
    """An agency by its name in the directory, else by its code in words."""
    names = agency_names()
    return lambda code: names.get(code) or agency_label(code)


def _teams() -> dict[str, str]:
    directory = Directory()
    return {h.team: directory.teams[h.team].name for h in directory.taking_teams()}


def _shown(
    request: HttpRequest,
    viewer: Viewer,
    item: NoticeItem,
    form: DecisionForm,
    *,
    who: WhoForm | None = None,
    review: ReviewForm | None = None,
) -> HttpResponse:
    children = [UUID(c.person) for c in item.children]
    decision = item.card.decision
    context = {
        "item": item,
        "form": who or review or form,
        "decision_form": form,
        "who": who,
        "review": review or ReviewForm(),
        "history": history_of(item, today()),
        "questions": questions_of([s for s in signals_about(children) if s.waits], item),
        "agency_name": agency_namer(),
        "tasks": tasks_of_entry(item.card.entry),
        "own": str(item.card.sent_by) == viewer.actor.practitioner,
        "may_review": decision is not None
        and may(viewer.actor.role, Permission.VIEW_OVERSIGHT)
        and str(decision.by) != viewer.actor.practitioner,
        "today": today(),
    }
    return page(request, "screening/item.html", context)
