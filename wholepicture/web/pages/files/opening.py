"""Opening a file, with an audit row of its own; and the list of files in which a virus was found."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wholepicture.access.clock import now
from wholepicture.access.roles import Permission, may
from wholepicture.agencies.queries import agency_names
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.people.queries import family_of
from wholepicture.record.files.queries import file_with_bytes, file_with_words, refused_files
from wholepicture.record.files.rules import file_name
from wholepicture.record.files.types import FileCard
from wholepicture.web.pages.child.chronology import concerns
from wholepicture.web.pages.child.opened import open_child
from wholepicture.web.pages.child.top import top_of
from wholepicture.web.views import page, reading, signed_in

_TOLD_FOR = 30  # days
# Nothing in it may run, load, send or be framed, even if it were not what we made.
_POLICY = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@require_safe
@signed_in
def file_page(request: HttpRequest, viewer: Viewer, child: UUID, file: UUID) -> HttpResponse:
    """The file as it was made anew: a picture is shown, anything else is saved. The look is written to this child."""
    with reading(viewer, act="file.open", person=child, entry=file):
        found = file_with_bytes(file)
        if found is None or not _stands_on(child, found[0]):
            raise Refused("absent", "There is no such file beside an entry about this child.")
    card, data = found
    response = HttpResponse(data, content_type=card.sort.content_type)
    way = "inline" if card.sort.is_picture and "save" not in request.GET else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{file_name(card.label, card.sort)}"'
    response["Content-Security-Policy"] = _POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@signed_in
def words_page(request: HttpRequest, viewer: Viewer, child: UUID, file: UUID) -> HttpResponse:
    """The words that can be seen in a file, as a page that can be read aloud, searched and copied from."""
    with reading(viewer, act="file.open", person=child, entry=file):
        found = file_with_words(file)
        if found is None or not _stands_on(child, found[0]):
            raise Refused("absent", "There is no such file beside an entry about this child.")
        opened = open_child(viewer, child, {})
        card, words = found
        context = {
            "opened": opened, "top": top_of(opened, "chronology", viewer), "tab": "chronology", "card": card,
            "words": words, "may_answer": False, "href": f"/children/{child}/files/{file}",
        }  # fmt: skip
        return page(request, "files/words.html", context)


@require_safe
@signed_in
def refused_files_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the virus scanner found, for the information governance lead: who sent it, and when."""
    with reading(viewer, act="files.refused", permission=Permission.VIEW_REFUSED_FILES):
        return page(request, "files/refused.html", {"files": refused_files(), "agencies": agency_names()})


def told_of_viruses(viewer: Viewer) -> dict[str, int]:
    """For the first page of whoever is told of them: how many files were refused for a virus in the last 30 days."""
    if not may(viewer.actor.role, Permission.VIEW_REFUSED_FILES):
        return {}
    with reading(viewer, act="files.refused", permission=Permission.VIEW_REFUSED_FILES):
        since = now() - timedelta(days=_TOLD_FOR)
        return {"viruses": sum(file.at >= since for file in refused_files())}


def _stands_on(child: UUID, card: FileCard) -> bool:
    """Whether the entry shows on this child's page: another child's file is not opened under this one's ledger."""
    record = family_of([child])
    entry = record.entry.get(str(card.entry))
    return entry is not None and concerns(record, entry, str(child))
