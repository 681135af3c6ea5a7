"""A request on its pages: written down, reviewed without scripts, signed off, and given as files that hold no more."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

import pytest
from django.test import Client

from tests.casework.asking import SECRET, Asked, ask, shield_places, write
from tests.casework.town import KASIA_BORN, NOW
from tests.conftest import Store
from tests.web.browsing import browser
from tests.web.pages import plain
from wholepicture.casework.subject_access import operations
from wholepicture.casework.subject_access.types import Asker, Outcome

WORDS = "I do not want Tata to know"


@pytest.fixture
def asked(store: Store) -> Asked:
    return ask()


def post(client: Client, path: str, status: object = 302, **form: object) -> str:
    """Send a form; where it then goes, or what the page says."""
    response = client.post(path, form)
    assert response.status_code == status, plain(response.content.decode())[:2000]
    return str(response["Location"]) if status == 302 else unescape(plain(response.content.decode()))


def sign(asked: Asked, words: str = "Read.") -> str:
    """The second reader signs off what the page shows them."""
    path = f"/requests/{asked.request}/answer"
    client = browser(asked.second)
    return post(client, path, **{"act": "sign", "sign-words": words, "digest": digest(client, path)})


def item_path(asked: Asked, words: str) -> str:
    return f"/requests/{asked.request}/items/{asked.item(words).id}"


def digest(client: Client, path: str) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', client.get(path).content.decode())
    assert found is not None
    return found.group(1)


def test_a_request_is_written_down_and_its_clock_runs(asked: Asked) -> None:
    lead = browser(asked.lead)
    day = {"received_on-day": str(NOW.day), "received_on-month": str(NOW.month), "received_on-year": str(NOW.year)}
    born = {"born-day": str(KASIA_BORN.day), "born-month": str(KASIA_BORN.month), "born-year": str(KASIA_BORN.year)}
    form = {"asker": "self", "asker_name": "Jan Kowal", "given_name": "Kasia", "family_name": "Nowak", "scope": "All",
            **day, **born}  # fmt: skip
    said = post(lead, "/requests/new", 200, **{**form, "asker_name": "", "scope": "Everything since 2020"})
    assert "Enter: their name" in said and "Everything since 2020" in said
    tomorrow = post(lead, "/requests/new", 200, **{**form, "received_on-year": str(NOW.year + 1)})
    assert "day to come" in tomorrow
    where = post(lead, "/requests/new", **form)
    page = plain(lead.get(where).content.decode())
    assert "Request about Kasia Nowak" in page and "found" in page and "Due " in page and "days left" in page
    listed = plain(lead.get("/requests").content.decode())
    assert "Jan Kowal" in listed and "With the reviewer" in listed


def test_an_item_is_decided_without_scripts_and_the_next_one_comes(asked: Asked) -> None:
    client, path = browser(asked.reviewer), item_path(asked, SECRET)
    page = unescape(plain(client.get(path).content.decode()))
    assert "“Ewa” is the name of the mother" in page and "Nothing is chosen for you" in page
    assert "alleged perpetrator" in page
    number = digest(client, path)
    assert "Choose: give" in post(client, path, 200, digest=number)
    part = {"outcome": "part", "digest": number}
    assert "do not stand in this item" in post(client, path, 200, words="nowhere", code="third_party", **part)
    assert "Choose a reason for the words" in post(client, path, 200, words="Hidden Row", **part)
    assert "Choose a reason for the sentences" in post(client, path, 200, cut="summary:0:10:", **part)
    assert "Choose what to withhold" in post(client, path, 200, **part)
    assert "Choose it again" in post(client, path, 200, cut="summary:x:y:", **part)
    assert "not in this item" in post(client, path, 200, cut="summary:0:9999:crime", note="x", **part)
    assert "changed since you opened it" in post(client, path, 200, outcome="give", digest="0")
    said = post(client, path, cut=["summary:0:8:third_party"], words="9 Hidden Row", code="shielded_place", **part)
    assert said.startswith(f"/requests/{asked.request}/items/") and not said.startswith(path)
    again = unescape(plain(client.get(path).content.decode()))
    assert "[withheld: T] told us" in again and "sleeps at [withheld: R]" in again and "Chosen before" in again


def finish(asked: Asked) -> None:
    text = next(p.text for p in asked.item(SECRET).parts if p.name == "summary")
    client = browser(asked.reviewer)
    for words, form in (
        (SECRET, {"outcome": "part", "code": "third_party", "cut": f"summary:0:{len(text)}:"}),
        (WORDS, {"outcome": "withhold", "code": "childs_confidence"}),
    ):
        path = item_path(asked, words)
        post(client, path, digest=digest(client, path), **form)
    asked.decide_rest()
    lead = browser(asked.lead)
    request = f"/requests/{asked.request}"
    post(lead, request, **{"act": "checked", "checked-words": "Passport and birth certificate."})
    assert "harm check" in post(client, request, 200, act="submitted")
    post(client, request, **{"act": "harm_checked", "harm_checked-words": "Spoke to Amira."})
    post(client, request, act="submitted")


@pytest.mark.requirement("R13")
def test_what_is_withheld_is_in_no_byte_of_what_goes_out(asked: Asked) -> None:
    finish(asked)
    request, second = f"/requests/{asked.request}", browser(asked.second)
    early = second.get(f"{request}/answer.docx")
    assert early.status_code == 400 and "not been signed off" in early.content.decode()
    assert "Write down" in post(second, f"{request}/answer", 200, act="sign")
    sign(asked, "Read every line.")
    files = {}
    for suffix in ("docx", "csv"):
        response = second.get(f"{request}/answer.{suffix}")
        assert response.status_code == 200 and "Kasia" not in response["Content-Disposition"]
        files[suffix] = response.content
    archive = zipfile.ZipFile(io.BytesIO(files["docx"]))
    word = {n: archive.read(n).decode("utf-8", "replace") for n in archive.namelist()}
    whole = "\n".join([*word, *word.values(), files["csv"].decode("utf-8-sig")])
    for marker in ("Qzsecret", "Hidden Row", WORDS, "Tata", "w:del ", "w:ins ", "w:vanish", "w:comment ",
                   "confidence by the child", "paragraph 10"):  # fmt: skip
        assert marker not in whole, marker
    body = word["word/document.xml"]
    assert "[withheld: T]" in body and "hands round" in body and "Restricted by law" in body
    assert "python-docx" not in word["docProps/core.xml"] and "2000-01-01" in word["docProps/core.xml"]
    # Of what is withheld whole nobody learns even its kind.
    assert "Child’s words" not in whole and "sand tray" not in whole


def test_the_second_reader_returns_it_and_the_reviewer_goes_on(asked: Asked) -> None:
    finish(asked)
    request, second = f"/requests/{asked.request}", browser(asked.second)
    page = unescape(plain(second.get(f"{request}/answer").content.decode()))
    assert "What is withheld, and why" in page and "Sign it off" in page
    document, _, beside = page.partition("Withheld, and why")
    assert "Qzsecret" not in document and WORDS not in document and "Restricted by law" in document
    assert "Qzsecret" in beside and "Told in confidence by the child" in beside, "the second reader sees why"
    post(second, f"{request}/answer", **{"act": "return", "sign-words": "The school is named in item 4."})
    again = unescape(plain(browser(asked.reviewer).get(request).content.decode()))
    assert "With the reviewer" in again and "The school is named in item 4." in again
    said = post(browser(asked.second), f"{request}/answer", 200, **{"act": "sign", "sign-words": "Now?"})
    assert "moved this request on" in said


def test_every_act_of_the_page_is_done_and_a_wrong_one_says_why(asked: Asked) -> None:
    lead, request = browser(asked.lead), f"/requests/{asked.request}"
    assert "Write down what was done" in post(lead, request, 200, act="checked")
    assert post(lead, request, 200, act="nothing")
    post(lead, request, **{"act": "pause", "pause-reason": "clarification", "pause-words": "Which years?"})
    page = unescape(plain(lead.get(request).content.decode()))
    assert "stood still since" in page and "Stop the clock" not in page
    post(lead, request, **{"act": "resumed", "resumed-words": "Since 2024."})
    post(lead, request, **{"act": "extended", "extended-words": "Twelve volumes; told today."})
    assert "Extended by two months" in plain(lead.get(request).content.decode())
    assert "must be returned" not in post(lead, request, **{"act": "second", "second-practitioner": str(_id(asked))})
    post(lead, request, **{"act": "closed", "closed-words": "Withdrawn."})
    assert browser(asked.reviewer).get(f"{request}/items").status_code == 404


def _id(asked: Asked) -> str:
    return asked.stranger.actor.practitioner


def test_a_record_that_was_not_found_is_found_on_the_page(asked: Asked) -> None:
    made = operations.receive(
        authority=asked.acts(asked.lead), asker=Asker.SELF, asker_name="Ewa", given_name="Eva",
        family_name="Novak", born=None, scope="", received_on=NOW.date(), now=NOW,
    )  # fmt: skip
    lead = browser(asked.lead)
    assert "No one record" in post(lead, f"/requests/{made}", 200, act="identify", given_name="Eva", family_name="N")
    born = {"born-day": str(KASIA_BORN.day), "born-month": str(KASIA_BORN.month), "born-year": str(KASIA_BORN.year)}
    post(lead, f"/requests/{made}", act="identify", given_name="Kasia", family_name="Nowak", **born)
    post(lead, f"/requests/{made}", **{"act": "assign", "assign-practitioner": str(_id(asked))})
    assert browser(asked.stranger).get(f"/requests/{made}/items").status_code == 200


def test_the_ledger_of_the_child_says_who_read_it_and_why(asked: Asked) -> None:
    asked.decide(asked.items(asked.reviewer)[0], Outcome.GIVE)
    page = unescape(plain(browser(asked.reviewer).get(f"/children/{asked.town.kasia}/ledger").content.decode()))
    assert "Gave it to a reviewer, to answer a request for it" in page
    assert "Opened the items of a request for it" in page and "To answer somebody who asked for it" in page


def test_a_reader_is_told_that_a_shield_keeps_more_and_whom_to_ask_and_no_word_of_it(asked: Asked) -> None:
    school = shield_places(asked)
    client = browser(asked.reviewer)
    page = client.get(f"/requests/{asked.request}/items").content.decode()
    assert "kept by a shield" in plain(page) and f"/children/{asked.town.kasia}/addresses" in page
    assert "Qzplace" not in page
    assert client.get(f"/requests/{asked.request}/items/{school}").status_code == 404
    for item in asked.held().items:
        asked.decide(item)
    assert "Every item shown to you is decided." in plain(
        client.get(f"/requests/{asked.request}/items").content.decode()
    )
    answer = plain(browser(asked.second).get(f"/requests/{asked.request}/answer").content.decode())
    assert "Restricted by law" in answer and "Qzplace" not in answer and "kept by a shield" in answer


def test_a_closed_request_stays_on_the_lists_of_those_who_handled_it(asked: Asked) -> None:
    finish(asked)
    sign(asked)
    lead = browser(asked.lead)
    for act in ("released", "closed"):
        post(lead, f"/requests/{asked.request}", **{"act": act, f"{act}-words": "Done."})
    for viewer in (asked.lead, asked.reviewer, asked.second):
        page = browser(viewer).get("/requests").content.decode()
        assert f"/requests/{asked.request}" in page, viewer.actor.name
        assert "Given or closed" in page


def test_what_changed_since_it_was_read_is_not_signed_and_goes_back_to_the_reviewer(asked: Asked) -> None:
    finish(asked)
    path, second = f"/requests/{asked.request}/answer", browser(asked.second)
    read = digest(second, path)
    assert "has changed since you opened it" in post(
        second, path, 200, **{"act": "sign", "sign-words": "Read.", "digest": "0" * 64}
    )
    post(second, path, **{"act": "return", "sign-words": "Withhold the notice."})
    asked.decide(asked.item("hands round"), Outcome.WITHHOLD, "legal_privilege")
    post(browser(asked.reviewer), f"/requests/{asked.request}", act="submitted")
    said = post(second, path, 200, **{"act": "sign", "sign-words": "Read.", "digest": read})
    assert "has changed since you opened it" in said and digest(second, path) != read
    sign(asked)
    assert second.get(f"/requests/{asked.request}/answer.docx").status_code == 200


def test_a_reader_is_never_stuck_before_a_document_that_cannot_be_made(asked: Asked) -> None:
    finish(asked)
    sign(asked)
    write(asked.town.kasia, "Came to light since.")
    second, path = browser(asked.second), f"/requests/{asked.request}/answer"
    page = unescape(plain(second.get(path).content.decode()))
    assert "It cannot be read yet" in page and "Sign it off" not in page
    post(second, path, **{"act": "return", "sign-words": "Something was found since."})
    assert "With the reviewer" in plain(browser(asked.reviewer).get(f"/requests/{asked.request}").content.decode())
