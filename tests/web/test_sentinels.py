"""Markers in every protected field, looked for in every byte that each role may be sent: none where it may not see."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.http import HttpResponse
from django.test import Client

from tests.conftest import Store
from tests.web.browsing import browser
from tests.web.matrix import (
    HANDLER_READS,
    KEEPER_READS,
    NEVER_SHOWN,
    NHS,
    WITHHELD,
    Ids,
    Places,
    address,
    build_places,
    patterns,
)

ROUTES = dict(patterns())
VIEWS = ("", "?whole=family", "?on=2026-01-01")
NUMBERS = (NHS, f"{NHS[:3]} {NHS[3:6]} {NHS[6:]}")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def places(whole_store: Store) -> Iterator[Places]:
    """One world for the module: see `tests.web.matrix`."""
    yield build_places()
    connections.close_all()
    whole_store.empty()


def whole_of(response: object) -> str:
    """Headers and body; of a zipped document, each of its parts and their names."""
    assert isinstance(response, HttpResponse)
    body = response.content
    parts = [str(dict(response.items())).encode(), body]
    if body[:4] == b"PK\x03\x04":
        archive = zipfile.ZipFile(io.BytesIO(body))
        parts += [name.encode() + archive.read(name) for name in archive.namelist()]
    return b"\n".join(parts).decode("utf-8", "replace")


def everything(client: Client, *families: Ids) -> Iterator[tuple[str, str]]:
    """Every page, file, redirect and error that a reader can be sent, by address: of lists, and of these families."""
    for name, route in ROUTES.items():
        if name in ("sign-out", "sign-in"):
            continue
        for ids in families if "<" in route else families[:1]:
            for query in VIEWS if name.startswith(("child", "chronology")) else ("",):
                path = address(route, ids) + query
                yield f"GET {path}", whole_of(client.get(path))
            path = address(route, ids)
            yield f"POST {path}", whole_of(client.post(path, {"candidate": str(ids.candidate)}))
    broken = SimpleUploadedFile("family.zip", b"this is no zip file", "application/zip")
    yield "an upload that fails", whole_of(client.post("/bundles", {"bundle": broken, "teams": ["assessment"]}))
    yield "no such page", whole_of(client.get("/no/such/page"))


@pytest.mark.requirement("R13")
def test_nothing_of_another_family_reaches_any_role_by_any_way(
    places: Places, caplog: pytest.LogCaptureFixture
) -> None:
    markers = {**KEEPER_READS, **HANDLER_READS, **NEVER_SHOWN}
    caplog.set_level(logging.DEBUG)
    leaks, read = [], 0
    for role, viewer in places.viewers.items():
        for where, said in everything(browser(viewer), places.own, places.other, places.absent):
            read += len(said)
            found = [what for what, marker in markers.items() if marker.casefold() in said.casefold()]
            found += ["NHS number" for number in NUMBERS if number in said]
            leaks += [f"{role}: {where}: {what}" for what in found if not _is_a_review(role, where, what)]
    assert leaks == []
    assert read > 1_000_000
    assert [m for m in markers.values() if m.casefold() in caplog.text.casefold()] == []
    assert NHS not in caplog.text


def _is_a_review(role: str, where: str, what: str) -> bool:
    """What a governance lead reads of any family: why glass was broken or an address asked for, who asks. No item."""
    reasons = {"glass reason": ("/glass", "/audit"), "release’s reason": ("/releases",)}.get(what, ())
    asked = "/requests" in where and what in ("name", *HANDLER_READS) and what != "decision note"
    return role == "ig_lead" and (asked or any(page in where for page in reasons))


def test_whoever_is_not_signed_in_is_sent_no_marker(places: Places) -> None:
    for where, said in everything(browser(), places.own, places.other):
        for marker in (*KEEPER_READS.values(), *HANDLER_READS.values(), *NEVER_SHOWN.values(), *WITHHELD, NHS):
            assert marker.casefold() not in said.casefold(), where


def test_whoever_holds_the_other_family_finds_every_marker(places: Places) -> None:
    # What was done to keep them safe is read in the screening room, which the family's own worker does not enter.
    holders = (places.keeper, places.town.screener)
    said = "\n".join(text for h in holders for _, text in everything(browser(h), places.other))
    assert [what for what, marker in KEEPER_READS.items() if marker not in said] == []


def test_whoever_answers_the_other_familys_request_finds_every_marker_of_it(places: Places) -> None:
    said = "\n".join(text for _, text in everything(browser(places.reader), places.other))
    assert [what for what, marker in HANDLER_READS.items() if marker not in said] == []


def test_a_leak_is_found_in_a_word_file(places: Places) -> None:
    client = browser(places.keeper)
    path = address(ROUTES["chronology-docx"], places.other)
    response = client.get(path)
    assert KEEPER_READS["summary"].encode() not in response.content, "it is packed"
    assert KEEPER_READS["summary"] in whole_of(response)


@pytest.mark.requirement("R13")
def test_what_is_withheld_in_a_family_reaches_those_whose_role_reads_it_and_nobody_else(
    places: Places, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = []
    for role, viewer in places.viewers.items():
        sent = list(everything(browser(viewer), places.own))
        for marker, (_, _, readers) in WITHHELD.items():
            found = [where for where, said in sent if marker in said]
            if bool(found) != (role in readers):
                wrong.append(f"{role}: {marker}: {found[:6] or 'not found where it should be'}")
    assert wrong == []
    assert [marker for marker in WITHHELD if marker in caplog.text] == []
