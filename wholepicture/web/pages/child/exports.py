"""The chronology as the reader sees it, on its way out as a file: audited, dated, and saying what it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wholepicture.access.clock import now
from wholepicture.access.roles import Permission
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.sheets import Sheet
from wholepicture.web.navigation import role_title
from wholepicture.web.pages.child.chronology import ChronologyFilter, chosen
from wholepicture.web.pages.child.entries import EntryRow, rows_of
from wholepicture.web.pages.child.opened import Opened, open_child
from wholepicture.web.pages.child.tabs import evidence_numbers
from wholepicture.web.pages.files.shown import FileShown, shown_of
from wholepicture.web.views import reading, signed_in
from wholepicture.web.words import count, say_date, say_moment

Writer = Callable[[Sheet], bytes]
_NO_FILES: Mapping[str, Sequence[FileShown]] = {}
HEADINGS = ("When", "Recorded", "Agency and author", "Kind", "About", "What happened", "Details", "Shared", "Source")
WIDTHS = (2.4, 2.6, 2.8, 2.2, 3.0, 6.2, 3.2, 3.0, 1.3)


def chronology_file(write: Writer, suffix: str, content_type: str) -> Callable[..., HttpResponse]:
    """A view that gives the chronology as a file; who may write which format is wired in `config.urls`."""

    @require_safe
    @signed_in
    def view(request: HttpRequest, viewer: Viewer, child: UUID) -> HttpResponse:
        with reading(viewer, act=f"child.export.{suffix}", permission=Permission.EXPORT_RECORD, person=child):
            opened = open_child(viewer, child, request.GET.dict())
            sheet = _sheet(opened, ChronologyFilter.from_query(dict(request.GET.lists())), viewer)
        response = HttpResponse(write(sheet), content_type=content_type)
        # The file's name holds no name of a child: it is seen in lists of downloads.
        response["Content-Disposition"] = f'attachment; filename="chronology-{str(child)[-6:]}.{suffix}"'
        return response

    return view


def _sheet(opened: Opened, wanted: ChronologyFilter, viewer: Viewer) -> Sheet:
    numbers = evidence_numbers(opened.questions)
    entries = chosen(opened.record, opened.focus, wanted, frozenset(numbers))
    rows = rows_of(opened.record, entries, wanted, opened.day, numbers)
    files = shown_of(opened, [UUID(e.id) for e in entries])
    whose = "the family" if opened.whole else opened.person.name
    knew = bool(wanted.known_to)
    headings = ("Held then", *HEADINGS) if knew else HEADINGS
    return Sheet(
        title=f"Chronology of {whose}",
        notes=(
            f"For the use of {viewer.actor.name} alone: to give it to anybody else, choose “Send or take out”.",
            f"Taken out of Whole Picture by {viewer.actor.name}, {role_title(viewer.actor.role)}, {say_moment(now())}.",
            f"{count(len(rows), 'entry', 'entries')}, as known on {say_date(opened.day)}.",
            *wanted.in_words(opened.record),
            *_left_out(opened),
            "It holds what the reader may see; other agencies may hold more.",
        ),
        headings=headings,
        rows=tuple((r.held_words, *cells_of(r, files)) if knew else cells_of(r, files) for r in rows),
        widths=(2.0, 2.2, 2.4, 2.6, 2.0, 2.8, 5.6, 3.0, 2.8, 1.3) if knew else WIDTHS,
    )


def _left_out(opened: Opened) -> tuple[str, ...]:
    """How many entries the file leaves out because the reader may not read them, and whom to ask."""
    if not opened.withheld:
        return ()
    held = count(len(opened.withheld), "entry is", "entries are")
    whom = "; ".join(dict.fromkeys(row.ask for row in opened.withheld))
    return (f"{held} held that the reader may not read, and left out: {whom}.",)


def cells_of(row: EntryRow, files: Mapping[str, Sequence[FileShown]] = _NO_FILES) -> tuple[str, ...]:
    """The row as the cells of a table, under `HEADINGS`; `files` are those kept beside each entry."""
    beside = [("Files, not in this document", f.in_a_line) for f in files.get(row.id, ())]
    corrected = "Corrected by a later entry. " if row.corrected_by else ""
    corrects = "Corrects an earlier entry. " if row.corrects else ""
    return (
        row.when,
        row.recorded,
        f"{row.agency}, {row.role}" if row.role else row.agency,
        row.kind,
        row.people,
        f"{corrected}{corrects}{row.summary}",
        "; ".join(f"{label}: {value}" for label, value in (*row.details, *beside)),
        "; ".join(row.clocks),
        row.source,
    )
