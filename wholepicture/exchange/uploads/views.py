"""The page that brings a bundle in: a zip file, checked whole; every problem is listed and nothing half-stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from wholepicture.access.clock import now
from wholepicture.access.operations import authorise
from wholepicture.access.roles import ROLES, Permission, may
from wholepicture.agencies.queries import TeamCard, teams
from wholepicture.exchange.bundles.errors import BundleErrors, Problem
from wholepicture.exchange.bundles.lexing import MAX_BYTES
from wholepicture.exchange.bundles.operations import Imported, import_bundle
from wholepicture.exchange.bundles.reader import read_bundle_zip
from wholepicture.foundation.authority import Viewer
from wholepicture.foundation.refusals import Refused
from wholepicture.foundation.when import ENGLAND
from wholepicture.record.files.operations import look_for_viruses

PERMISSION = Permission.IMPORT_BUNDLE


@dataclass(frozen=True)
class Upload:
    """What was sent: the file, and the teams that are to be involved; with what is wrong, by field."""

    file: UploadedFile | None
    teams: tuple[str, ...]
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def problems(self) -> list[dict[str, str]]:
        """For the summary at the top of the page."""
        return [{"text": text, "href": f"#{name}"} for name, text in self.wrong.items()]


@require_http_methods(["GET", "HEAD", "POST"])
def upload_page(request: HttpRequest) -> HttpResponse:
    """Ask for a bundle, or bring in the one that was sent."""
    viewer = getattr(request, "viewer", None)
    if not isinstance(viewer, Viewer) or not may(viewer.actor.role, PERMISSION):
        raise Refused("role", f"Your role does not allow this ({PERMISSION.value}).")
    known = teams()
    if request.method != "POST":
        return _page(request, known, Upload(None, ()))
    upload = _sent(request, known)
    if upload.file is None or upload.wrong:
        return _page(request, known, upload)
    try:
        brought = _bring_in(viewer, upload.file, upload.teams)
    except BundleErrors as errors:
        return _page(request, known, upload, problems=errors.problems)
    except Refused as refused:
        if refused.code not in ("virus", "scanner"):
            raise
        return _page(request, known, replace(upload, wrong={"bundle": refused.sentence}))
    return _page(request, known, Upload(None, ()), brought=brought)


def _sent(request: HttpRequest, known: dict[str, TeamCard]) -> Upload:
    file = request.FILES.get("bundle")
    chosen = tuple(code for code in request.POST.getlist("teams") if code in known)
    wrong = {}
    if not isinstance(file, UploadedFile):
        wrong["bundle"] = "Choose the zip file of a bundle"
    elif (file.size or 0) > MAX_BYTES:
        wrong["bundle"] = f"The file must be {MAX_BYTES // 1_000_000} MB or smaller"
    if not chosen:
        wrong["teams"] = "Choose at least one team: nobody else can open what you bring in"
    return Upload(file if isinstance(file, UploadedFile) else None, chosen, wrong)


def _bring_in(viewer: Viewer, file: UploadedFile, chosen: Sequence[str]) -> Imported:
    """Look at it for viruses, read it whole, then store it in one transaction with the audit of who brought it in."""
    at = now()
    purpose, data = ROLES[viewer.actor.role].purpose, file.read()
    authority = authorise(viewer, permission=PERMISSION, purpose=purpose, now=at)
    look_for_viruses(authority=authority, data=data, now=at)
    bundle = read_bundle_zip(data, PurePath(str(file.name)).stem, today=at.astimezone(ENGLAND).date())
    return import_bundle(authority=authority, bundle=bundle, now=at, teams=chosen)


def _page(
    request: HttpRequest,
    known: dict[str, TeamCard],
    upload: Upload,
    *,
    problems: Sequence[Problem] = (),
    brought: Imported | None = None,
) -> HttpResponse:
    choices = sorted(known.values(), key=lambda t: (t.agency_name, t.name))
    context = {
        "form": upload,
        "choices": choices,
        "problems": problems,
        "brought": brought,
        "most": MAX_BYTES // 1_000_000,
    }
    return render(request, "uploads/upload.html", context, status=400 if problems else 200)
