"""Adding and opening files by the browser: what is added, what is refused beside which field, and how it is sent."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from tests.casework.town import NOW, TODAY, CaseworkTown, build_town, notice
from tests.casework.town import acts as may
from tests.conftest import Store
from tests.files.clamd import FINDS, speaking
from tests.files.making import MARK, camera_notes, drawing, encoded, page_of
from tests.web.browsing import browser
from tests.worlds import authority, practitioner
from wholepicture.access.models import AuditRow
from wholepicture.access.operations import acting, involve
from wholepicture.access.roles import Permission
from wholepicture.casework.notice.operations import send_notice
from wholepicture.foundation.authority import Actor, Viewer
from wholepicture.foundation.files.types import MOST_BYTES
from wholepicture.foundation.when import When
from wholepicture.people.queries import identities_of
from wholepicture.record.models import EntryRow, FileRow
from wholepicture.record.operations import NewEntry, add_entry
from wholepicture.record.types import AboutRole
from wholepicture.web.receiving import InMemory

PHOTO = encoded(drawing(), "JPEG", exif=camera_notes())
DAY = TODAY - timedelta(days=1)
ON = {"on-day": str(DAY.day), "on-month": str(DAY.month), "on-year": str(DAY.year)}


@pytest.fixture
def town(store: Store) -> Iterator[CaseworkTown]:
    """One family and everybody who holds them; Kasia goes to Oak's nursery."""
    town = build_town()
    for viewer in (town.dsl, town.social_worker):
        involve(authority=authority(), team=viewer.actor.team, people=[town.kasia], ground="held", since=NOW)
    yield town


def sent(data: bytes = PHOTO, name: str = "arm.jpg", **more: str) -> dict[str, object]:
    """A whole form."""
    words = "Kasia showed me her arm at reading; she said that she fell. Seen by me alone, in English."
    form: dict[str, object] = {"kind": "injury", "shows": "Left forearm, inside: three round marks", "words": words}
    return {**form, **ON, "token": "one", **more, "file": SimpleUploadedFile(name, data, "image/jpeg")}


def address(town: CaseworkTown) -> str:
    return f"/children/{town.kasia}/files/add"


def read(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_photo_makes_an_entry_with_its_file_in_one_step(town: CaseworkTown) -> None:
    client = browser(town.dsl)
    answer = client.post(address(town), sent())
    assert answer.status_code == 302
    page = read(client, answer["Location"])
    assert "The file is added" in page
    assert "Left forearm, inside: three round marks" in page
    assert "Kasia showed me her arm" in page
    assert 'src="data:image/jpeg;base64,' in page
    assert "not scanned for viruses, since there is no scanner here" in page.lower()
    with acting(authority()):
        entry, file = EntryRow.objects.get(source_key__startswith="filed:"), FileRow.objects.get()
        assert (entry.kind, entry.agency, entry.occurred) == ("injury", town.dsl.actor.agency, DAY.isoformat())
        assert MARK not in bytes(file.data)


def test_opening_is_audited_by_file_and_nothing_of_it_can_run(town: CaseworkTown) -> None:
    client = browser(town.dsl)
    client.post(address(town), sent())
    [href] = set(re.findall(rf'href="(/children/{town.kasia}/files/[0-9a-f-]{{36}})"', read(client, chronology(town))))
    opened = client.get(href)
    assert opened.content.startswith(b"\xff\xd8\xff")
    assert opened["Content-Disposition"] == 'inline; filename="arm.jpg"'
    assert opened["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert (opened["X-Content-Type-Options"], opened["Cache-Control"]) == ("nosniff", "no-store")
    assert client.get(f"{href}?save")["Content-Disposition"].startswith("attachment")
    with acting(authority()):
        looks = AuditRow.objects.filter(act="file.open", person=town.kasia, entry=href[-36:])
        assert looks.count() == 2


def chronology(town: CaseworkTown) -> str:
    return f"/children/{town.kasia}/chronology"


def test_a_document_is_saved_and_never_shown(town: CaseworkTown) -> None:
    client = browser(town.dsl)
    client.post(address(town), sent(page_of(), "letter.pdf", kind="letter"))
    [href] = set(re.findall(rf'href="(/children/{town.kasia}/files/[0-9a-f-]{{36}})"', read(client, chronology(town))))
    assert client.get(href)["Content-Disposition"] == 'attachment; filename="letter.pdf"'


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"data": b"MZ\x90\0"}, "a Windows program"),
        ({"data": b""}, "The file is empty"),
        ({"data": b"a" * (MOST_BYTES + 1)}, "The most is 25 MB"),
        ({"data": b"%PDF-1.7"}, "damaged"),
        ({"shows": ""}, "Say what it shows"),
        ({"words": "Arm."}, "Say what it is about"),
        ({"words": "Seen at school, safe and well."}, "Who was seen?"),
        ({"kind": ""}, "Choose what you are adding"),
        ({"on-year": "2999"}, "today or earlier"),
        ({"taken-day": "31", "taken-month": "2", "taken-year": "2026"}, "Enter a real date"),
    ],
)
def test_what_is_refused_is_said_and_what_was_typed_stays(
    town: CaseworkTown, change: dict[str, object], says: str
) -> None:
    given = {"data": PHOTO} | change
    data = given.pop("data")
    assert isinstance(data, bytes)
    answer = browser(town.dsl).post(address(town), sent(data) | given)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in page
    assert says in page
    if "words" not in change:
        assert "Kasia showed me her arm at reading" in page
    if "shows" not in change:
        assert "Left forearm, inside: three round marks" in page
    with acting(authority()):
        assert not FileRow.objects.exists()
        assert not EntryRow.objects.filter(source_key__startswith="filed:").exists()


def test_a_form_sent_twice_is_one_entry(town: CaseworkTown) -> None:
    client = browser(town.dsl)
    assert client.post(address(town), sent()).status_code == 302
    assert "This has been added already" in client.post(address(town), sent()).content.decode()
    with acting(authority()):
        assert EntryRow.objects.filter(source_key__startswith="filed:").count() == 1


def test_a_file_is_added_to_an_entry_of_ones_own_and_to_no_others(town: CaseworkTown) -> None:
    entry = send_notice(authority=may(town.police, Permission.SEND_NOTICE), notice=notice("own"), now=NOW)
    path = f"/children/{town.kasia}/entries/{entry}/files/add"
    police = browser(town.police)
    assert f'href="{path}"' in read(police, chronology(town))
    assert f"/entries/{entry}/files/add" in read(police, f"/notices/{entry}")
    assert police.post(path, sent()).status_code == 302
    assert "Left forearm" in read(police, f"/notices/{entry}")
    dsl = browser(town.dsl)
    assert f'href="{path}"' not in read(dsl, chronology(town))
    assert dsl.get(path).status_code == dsl.post(path, sent()).status_code == 404


def test_a_file_reaches_nobody_who_may_not_read_its_entry(town: CaseworkTown) -> None:
    browser(town.health_visitor).post(address(town), sent())
    with acting(authority()):
        file = FileRow.objects.get()
    path = f"/children/{town.kasia}/files/{file.id}"
    assert browser(town.gp).get(path).status_code == 200
    assert browser(town.dsl).get(path).status_code == 404, "a school reads no health visitor's injury record"
    assert "three round marks" not in read(browser(town.dsl), chronology(town))


def test_another_childs_file_is_not_opened_by_way_of_this_one(town: CaseworkTown) -> None:
    browser(town.health_visitor).post(address(town), sent())
    with acting(authority()):
        file = FileRow.objects.get()
    assert browser(town.health_visitor).get(f"/children/{town.jan}/files/{file.id}").status_code == 404


def test_an_export_names_the_file_and_does_not_hold_it(town: CaseworkTown) -> None:
    client = browser(town.social_worker)
    client.post(address(town), sent())
    csv = client.get(f"{chronology(town)}.csv").content.decode()
    assert "arm (picture" in csv
    assert "Left forearm, inside: three round marks" in csv


def test_a_file_shows_only_from_the_day_on_which_it_was_added(town: CaseworkTown) -> None:
    with acting(authority()):
        about = ((identities_of(town.kasia)[0], AboutRole.SUBJECT),)
    long_ago = When.on(DAY.replace(year=DAY.year - 1, day=1))
    agency = town.dsl.actor.agency
    entry = add_entry(
        authority=authority(), entry=NewEntry("note", long_ago, long_ago, agency, "dsl", about, "Started nursery.")
    )
    client = browser(town.dsl)
    client.post(f"/children/{town.kasia}/entries/{entry}/files/add", sent())
    assert "three round marks" in read(client, chronology(town))
    on_the_day_before = read(client, f"{chronology(town)}?on={DAY.isoformat()}")
    assert "Started nursery" in on_the_day_before
    assert "three round marks" not in on_the_day_before


def test_the_words_of_a_pdf_are_read_on_a_page_of_their_own_and_the_look_is_written_down(town: CaseworkTown) -> None:
    client = browser(town.dsl)
    hidden = b"BT /F 12 Tf 40 600 Td (12 Weir Street) Tj ET 0 0 0 rg 30 590 300 30 re f "
    letter = page_of(content=b"BT /F 12 Tf 40 700 Td (She <b>was not</b> brought) Tj ET " + hidden)
    client.post(address(town), sent(letter, "letter.pdf", kind="letter"))
    page = read(client, chronology(town))
    href = re.findall(r'href="(/children/[^"]+/files/[^"]+/words)"', page)[0]
    words = read(client, href)
    assert "She &lt;b&gt;was not&lt;/b&gt; brought" in words and "Page 1 of 1" in words
    assert "Weir" not in words and "[…]" in words
    with acting(authority()):
        looks = AuditRow.objects.filter(act="file.open", person=town.kasia, entry=href.split("/")[-2])
        assert looks.count() == 1
    assert (
        browser(town.police).get(href).status_code == browser(town.police).get(href.replace(href[-8], "0")).status_code
    )
    photo = read(client, client.post(address(town), sent(token="two"))["Location"])
    assert photo.count("/words") == 1, "a photo has no words to read"


def test_a_virus_is_said_to_the_sender_and_told_to_governance(
    town: CaseworkTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = browser(practitioner("igl", "ig_lead", "other/partnership", "governance"))
    assert "None has been refused for a virus" in read(lead, "/files/refused")
    with speaking() as daemon:
        monkeypatch.setattr("django.conf.settings.CLAMD", daemon)
        page = browser(town.dsl).post(address(town), sent(b"Dear all, " + FINDS)).content.decode()
        assert browser(town.dsl).post(address(town), sent()).status_code == 302
    assert "A virus was found in the file, so it was not kept" in page
    assert "Kasia showed me her arm" in page
    assert "A virus was found in 1 file that somebody tried to add" in read(lead, "/")
    told = read(lead, "/files/refused")
    assert "Test.Virus" in told
    assert town.dsl.actor.name in told
    assert "Kasia" not in told
    assert "scanned for viruses by ClamAV" in read(browser(town.dsl), chronology(town)).replace("Scanned", "scanned")


def test_whoever_is_not_signed_in_has_nothing_kept_of_what_they_send() -> None:
    answer = browser().post("/children/00000000-0000-0000-0000-000000000000/files/add", sent())
    assert answer.status_code == 302


@pytest.mark.parametrize(("who", "size", "kept"), [("", 9, 0), ("ann", 9, 9), ("ann", MOST_BYTES + 1, 0)])
def test_a_file_is_kept_in_memory_up_to_the_cap_and_of_the_rest_its_size(who: str, size: int, kept: int) -> None:
    request = RequestFactory().post("/")
    vars(request)["viewer"] = Viewer(Actor("", who, "dsl", "school/oak", "oak"), "") if who else None
    receiving = InMemory(request)
    receiving.new_file("file", "a.txt", "text/plain", size)
    for at in range(0, size, 2**20):
        receiving.receive_data_chunk(b"a" * min(2**20, size - at), at)
    file = receiving.file_complete(size)
    assert (file.size, len(file.read())) == (size, kept)


def test_a_request_far_over_the_cap_is_refused_unread(town: CaseworkTown) -> None:
    client = browser(town.dsl)
    answer = client.generic(
        "POST", address(town), b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc",
        content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(MOST_BYTES * 5),
    )  # fmt: skip
    assert answer.status_code == 413


def test_the_picture_that_comes_back_is_the_one_that_was_sent(town: CaseworkTown) -> None:
    from PIL import Image

    client = browser(town.dsl)
    client.post(address(town), sent())
    with acting(authority()):
        file = FileRow.objects.get()
    opened = Image.open(io.BytesIO(client.get(f"/children/{town.kasia}/files/{file.id}").content))
    assert opened.size == drawing().size
