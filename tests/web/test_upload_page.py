"""Bringing a bundle in by the browser: whole or not at all, every fault named, for one role only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.conftest import Store
from tests.files.clamd import FINDS, speaking
from tests.web.browsing import browser
from tests.worlds import World, build_world, practitioner
from wholepicture.demo.bundles import folders


@pytest.fixture
def world(store: Store) -> Iterator[World]:
    """Two teams that may be involved."""
    yield build_world()


@pytest.fixture
def governance(world: World) -> Client:
    """The information governance lead's browser."""
    return browser(practitioner("igl", "ig_lead", "other/partnership", "governance"))


def zipped(files: dict[str, str]) -> SimpleUploadedFile:
    """A zip file of one folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"family/{name}", text)
    return SimpleUploadedFile("family.zip", out.getvalue(), "application/zip")


PEOPLE = "person,type,sex,born,given_name,family_name\nkid,child,female,2020-02-01,Ida,Brook\n"
ENTRIES = "entry_id,occurred,agency,kind,about,summary\ne1,2026-01-05,school,note,kid:subject,A note.\n"


def test_a_sound_bundle_is_brought_in_and_opened_by_the_team_chosen(world: World, governance: Client) -> None:
    sent = {"bundle": zipped({"people.csv": PEOPLE, "chronology.csv": ENTRIES}), "teams": [world.ann.actor.team]}
    page = governance.post("/bundles", sent).content.decode()
    assert "family is brought in" in page
    assert "Ida Brook" in browser(world.ann).get("/").content.decode()
    assert "Ida Brook" not in browser(world.bob).get("/").content.decode()


def test_the_same_bundle_twice_stores_nothing_twice(world: World, governance: Client) -> None:
    for expected in ("is brought in", "Nothing new"):
        sent = {"bundle": zipped({"people.csv": PEOPLE, "chronology.csv": ENTRIES}), "teams": [world.ann.actor.team]}
        assert expected in governance.post("/bundles", sent).content.decode()


def test_every_fault_is_named_by_file_line_and_column_and_nothing_is_stored(world: World, governance: Client) -> None:
    wrong = ENTRIES + "e2,2026-13-01,school,nonsense,ghost:subject,Wrong.\n"
    sent = {"bundle": zipped({"people.csv": PEOPLE, "chronology.csv": wrong}), "teams": [world.ann.actor.team]}
    response = governance.post("/bundles", sent)
    page = response.content.decode()
    assert response.status_code == 400
    assert "Nothing was stored: 3 problems in the bundle" in page
    for column in ("occurred", "kind", "about"):
        assert f"chronology.csv:3: {column}:" in page
    assert "Ida Brook" not in browser(world.ann).get("/").content.decode()


def test_a_bundle_with_a_virus_is_not_read_and_governance_is_told(
    world: World, governance: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = zipped({"people.csv": PEOPLE, "chronology.csv": ENTRIES}).read()
    with speaking() as daemon:
        monkeypatch.setattr("django.conf.settings.CLAMD", daemon)
        for data, says in ((sound + FINDS, "A virus was found in the file"), (FINDS, "A virus was found in the file")):
            sent = {"bundle": SimpleUploadedFile("family.zip", data), "teams": [world.ann.actor.team]}
            page = governance.post("/bundles", sent).content.decode()
            assert says in page
            assert "no zip file" not in page, "nothing of it was read"
            assert f'value="{world.ann.actor.team}" checked' in page, "what was chosen stays chosen"
        assert "Ida Brook" not in browser(world.ann).get("/").content.decode()
        assert governance.get("/files/refused").content.decode().count("Test.Virus") == 2
        sent = {"bundle": SimpleUploadedFile("family.zip", sound), "teams": [world.ann.actor.team]}
        assert "family is brought in" in governance.post("/bundles", sent).content.decode()


def test_no_bundle_is_read_while_the_scanner_does_not_answer(
    world: World, governance: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with speaking(b"") as daemon:
        monkeypatch.setattr("django.conf.settings.CLAMD", daemon)
        sent = {"bundle": zipped({"people.csv": PEOPLE, "chronology.csv": ENTRIES}), "teams": [world.ann.actor.team]}
        assert "The virus scanner does not answer" in governance.post("/bundles", sent).content.decode()
    assert "Ida Brook" not in browser(world.ann).get("/").content.decode()


def test_what_is_no_zip_file_is_refused_in_words(world: World, governance: Client) -> None:
    sent = {"bundle": SimpleUploadedFile("a.zip", b"not a zip"), "teams": [world.ann.actor.team]}
    page = governance.post("/bundles", sent)
    assert page.status_code == 400
    assert "a.zip:1: file:</code> the file is no zip file that can be read" in page.content.decode()


def test_a_missing_file_or_team_is_said_beside_its_field(governance: Client) -> None:
    page = governance.post("/bundles", {}).content.decode()
    assert page.count("Choose the zip file of a bundle") == 2
    assert page.count("Choose at least one team") == 2


def test_only_a_role_that_may_bring_records_in_sees_the_page(world: World) -> None:
    response = browser(world.ann).get("/bundles")
    assert response.status_code == 403
    assert "Your role does not allow this" in response.content.decode()


@pytest.mark.slow
@pytest.mark.requirement("R3", "R74")
def test_a_published_review_opens_on_its_last_day_and_says_so(world: World, governance: Client) -> None:
    [folder] = [f for f in folders() if f.name == "coventry-2012"]
    files = {f.name: f.read_text() for f in folder.glob("*.csv")}
    governance.post("/bundles", {"bundle": zipped(files), "teams": [world.ann.actor.team]})
    ann = browser(world.ann)
    listed = ann.get("/?q=child+a").content.decode()
    address = listed.partition("/children/")[2].partition('"')[0]
    page = ann.get(f"/children/{address}").content.decode()
    assert "This child has died. The page stands on 2 March 2012" in page
    assert "Weight falling across the centiles" in page
    assert "/questions/" not in page
    growth = ann.get(f"/children/{address}growth").content.decode()
    assert "centile" in growth
    assert "Post-mortem" not in ann.get(f"/children/{address}chronology").content.decode()
