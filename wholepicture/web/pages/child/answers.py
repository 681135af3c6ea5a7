"""One question on a page of its own: why it is asked, the entries behind it, what was answered, and the form."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from wholepicture.access.clock import today
from wholepicture.access.roles import Permission, may
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.signals.operations import answer
from wholepicture.signals.queries import SignalCard, signals_about
from wholepicture.web.pages.child.forms import AnswerForm
from wholepicture.web.pages.child.opened import open_child
from wholepicture.web.pages.child.questions import from_store, signal_of
from wholepicture.web.pages.child.top import top_of
from wholepicture.web.views import allowed, page, reading, signed_in, told


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def question_page(request: HttpRequest, viewer: Viewer, child: UUID, signal: UUID) -> HttpResponse:
    """Read a question with its evidence, and answer it with reasons (principle 5)."""
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _answer(viewer, child, signal, form.cleaned_data["reason"])
    with reading(viewer, act="child.question", person=child):
        opened = open_child(viewer, child, {})
        held = _its_own(child, signal)
        [card] = from_store(opened.record, [held], today())
        may_answer = may(viewer.actor.role, Permission.ANSWER_SIGNAL) and card.waits
        context = {
            "opened": opened,
            "top": top_of(opened, "question", viewer),
            "tab": "question",
            "question": card,
            "form": form,
            "may_answer": may_answer,
        }
        return page(request, "child/question.html", context)


def _answer(viewer: Viewer, child: UUID, signal: UUID, reason: str) -> HttpResponse:
    authority = allowed(viewer, Permission.ANSWER_SIGNAL, child)
    with reading(viewer, act="child.question", person=child):
        held = _its_own(child, signal)
    answer(authority=authority, signal=held.id, reason=reason, today=today())
    return told(f"/children/{child}/", "answered")


def _its_own(child: UUID, signal: UUID) -> SignalCard:
    """The child's own question; another child's is not answered by way of this one."""
    held = signal_of(signals_about([child]), signal)
    if held is None:
        raise Refused("absent", "There is no such question about this child.")
    if held.status == "ended":
        raise Refused("ended", "This question has ended: an entry on the record answers it, or it is long past.")
    return held
