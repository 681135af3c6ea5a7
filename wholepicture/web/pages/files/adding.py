"""Adding a file: with a new entry, or to one that the reader's own agency wrote. Nothing typed is lost by a refusal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from wholepicture.access.clock import now, today
from wholepicture.access.roles import Permission
from wholepicture.casework.filing.operations import check_note, file_note
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.record.files.operations import keep_file, make_ready
from wholepicture.record.types import Entry
from wholepicture.web.drawings.words import kind_words
from wholepicture.web.pages.child.chronology import concerns
from wholepicture.web.pages.child.opened import Opened, open_child
from wholepicture.web.pages.child.top import top_of
from wholepicture.web.pages.files.forms import ACCEPT, FileForm, NoteForm
from wholepicture.web.views import allowed, page, reading, signed_in, told

_SENT_AGAIN = "sent-already"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def add_file_page(request: HttpRequest, viewer: Viewer, child: UUID) -> HttpResponse:
    """A new entry about the child, with its file: a photo from a phone in one step."""
    _open(viewer, child)
    sent = request.method == "POST"
    form = NoteForm(request.POST, request.FILES) if sent else NoteForm(initial={"on": today()})
    if sent and form.is_valid():
        added = _tried(form, lambda: _note(viewer, child, form))
        if added:
            return _added(child, added)
    return _page(request, viewer, child, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def add_to_entry_page(request: HttpRequest, viewer: Viewer, child: UUID, entry: UUID) -> HttpResponse:
    """A file for an entry that stands; anybody else's entry is not there to be added to."""
    _open(viewer, child, entry)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        added = _tried(form, lambda: _beside(viewer, child, entry, form))
        if added:
            return _added(child, added)
    return _page(request, viewer, child, form, entry)


def _open(viewer: Viewer, child: UUID, entry: UUID | None = None) -> None:
    """Refuse before anything that was sent is looked at."""
    with reading(viewer, act="file.form", person=child, entry=entry):
        opened = open_child(viewer, child, {})
        if entry is not None:
            _own_entry(opened, entry, viewer)
    allowed(viewer, Permission.ADD_ENTRY, child)


def _own_entry(opened: Opened, entry: UUID, viewer: Viewer) -> Entry:
    found = opened.record.entry.get(str(entry))
    if found is None or found.agency != viewer.actor.agency or not concerns(opened.record, found, opened.key):
        raise Refused("absent", "There is no entry of your agency’s here.")
    return found


def _note(viewer: Viewer, child: UUID, form: NoteForm) -> UUID:
    authority, at = allowed(viewer, Permission.ADD_ENTRY, child), now()
    check_note(form.note(), at)
    ready = make_ready(authority=authority, offered=form.offered(), now=at)
    return file_note(authority=authority, child=child, note=form.note(), ready=ready, now=at)


def _beside(viewer: Viewer, child: UUID, entry: UUID, form: FileForm) -> UUID:
    authority, at = allowed(viewer, Permission.ADD_ENTRY, child), now()
    ready = make_ready(authority=authority, offered=form.offered(), now=at)
    keep_file(authority=authority, person=child, entry=entry, ready=ready, now=at)
    return entry


def _tried(form: FileForm, act: Callable[[], UUID]) -> UUID | None:
    """What the act gives; None where it was refused, which the form then says."""
    try:
        return act()
    except Refused as refused:
        if refused.code in ("absent", "no-claim", "role"):
            raise
        form.refuse(refused)
        return None


def _added(child: UUID, entry: UUID) -> HttpResponse:
    return told(f"/children/{child}/chronology", f"file-added#entry-{entry}")


def _page(request: HttpRequest, viewer: Viewer, child: UUID, form: FileForm, entry: UUID | None) -> HttpResponse:
    with reading(viewer, act="file.form", person=child, entry=entry):
        opened = open_child(viewer, child, {})
        to = _own_entry(opened, entry, viewer) if entry is not None else None
        context: dict[str, Any] = {
            "opened": opened,
            "top": top_of(opened, "chronology", viewer),
            "tab": "chronology",
            "form": form,
            "accept": ACCEPT,
            "to": to,
            "to_words": f"{kind_words(to.kind)}, {to.occurred.in_words()}" if to else "",
            "may_answer": False,
        }
        return page(request, "files/add.html", context)
