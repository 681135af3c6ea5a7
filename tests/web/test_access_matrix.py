"""Every address, for every role, about one's own, another's and nobody; a new address or table needs its row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import connections
from django.http import HttpResponse
from django.test import Client

from tests.conftest import Store
from tests.web.browsing import browser
from tests.web.matrix import FORBIDDEN, HOLDS_PEOPLE, TABLE, WRONG_METHOD, Ids, Places, address, build_places, patterns

ROUTES = dict(patterns())
NULL = b"00000000-0000-0000-0000-000000000000"


@pytest.fixture(scope="module")
def places(whole_store: Store) -> Iterator[Places]:
    """One world for the module: nothing here changes it but what a refused act would."""
    yield build_places()
    connections.close_all()
    whole_store.empty()


def bytes_of(response: HttpResponse, ids: Ids) -> bytes:
    """A page without its form token and the ids that were asked for."""
    page = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.content)
    given_ids = (ids.child, ids.signal, ids.entry, ids.screening, ids.task, ids.glass, ids.stop, ids.file, ids.asked,
                 ids.item, ids.shield, ids.release, ids.address, ids.hand, ids.paper)  # fmt: skip
    for given in given_ids:
        # The page says what was asked for back, as a sentence: with a capital where the id begins with a letter.
        page = re.sub(re.escape(str(given)).encode(), NULL, page, flags=re.IGNORECASE)
    return page


def asks(client: Client, method: str, path: str, body: dict[str, str] | None = None) -> HttpResponse:
    """One request."""
    found = client.get(path) if method == "get" else client.post(path, body or {})
    assert isinstance(found, HttpResponse)
    return found


def test_every_address_has_its_row() -> None:
    assert set(ROUTES) == set(TABLE)
    assert len(list(patterns())) == len(ROUTES), "two addresses of one name would hide one another"


def test_every_table_is_said_to_hold_people_or_not_and_those_that_do_are_kept(places: Places) -> None:
    models = [m for m in apps.get_models() if m.__module__.startswith("wholepicture.")]
    assert {m.__name__ for m in models} == set(HOLDS_PEOPLE)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        kept = {str(row[0]) for row in cursor.fetchall()}
    assert [m.__name__ for m in models if HOLDS_PEOPLE[m.__name__] and m._meta.db_table not in kept] == []


@pytest.mark.requirement("R13")
def test_each_role_is_answered_as_the_table_says(places: Places) -> None:
    wrong = []
    for role, viewer in places.viewers.items():
        client = browser(viewer)
        for name, route in ROUTES.items():
            if name in ("sign-out", "sign-in"):
                continue  # they end or change the session: below
            row = TABLE[name]
            for method, of_own in (("get", row.get), ("post", row.post)):
                may = role in row.roles or of_own == WRONG_METHOD
                for kind, ids in (("own", places.own), ("other", places.other), ("absent", places.absent)):
                    if kind != "own" and "<" not in route:
                        continue
                    of_hidden = of_own if of_own == WRONG_METHOD else row.hidden
                    seen = (kind == "own" and role not in row.sees_none) or (kind == "other" and role in row.sees_all)
                    expected = FORBIDDEN if not may else of_own if seen else of_hidden
                    found = asks(client, method, address(route, ids)).status_code
                    if found != expected:
                        wrong.append(f"{role} {method} {name} {kind}: {found}, not {expected}")
    assert wrong == []


def test_whoever_is_not_signed_in_is_answered_as_the_table_says(places: Places) -> None:
    client = browser()
    for name, route in ROUTES.items():
        for method in ("get", "post"):
            for ids in (places.own, places.other, places.absent):
                response = asks(client, method, address(route, ids))
                row = TABLE[name]
                wrong = row.public and (row.get if method == "get" else row.post) == WRONG_METHOD
                assert response.status_code == (WRONG_METHOD if wrong else row.signed_out), (name, method)
                if response.status_code == 302:
                    assert response["Location"].startswith("/sign-in"), (name, method)


@pytest.mark.requirement("R13")
def test_hidden_and_absent_answer_alike_in_status_and_bytes(places: Places) -> None:
    compared = 0
    for role, viewer in places.viewers.items():
        client = browser(viewer)
        for name, route in ROUTES.items():
            if "<" not in route or role in TABLE[name].sees_all:
                continue
            for method in ("get", "post"):
                for swapped in swaps(route, places):
                    hidden, absent = (asks(client, method, address(route, ids)) for ids in swapped)
                    assert hidden.status_code == absent.status_code, (role, method, name)
                    assert bytes_of(hidden, swapped[0]) == bytes_of(absent, swapped[1]), (role, method, name)
                    compared += 1
    assert compared > 400


def swaps(route: str, places: Places) -> Iterator[tuple[Ids, Ids]]:
    """Another family's ids beside nobody's; and where there are two in a path, each swapped alone."""
    yield places.other, places.absent
    if "<uuid:signal>" in route:
        yield replace(places.own, signal=places.other.signal), replace(places.own, signal=places.absent.signal)
        yield replace(places.other, signal=places.own.signal), replace(places.absent, signal=places.own.signal)
    if "<uuid:file>" in route:
        yield replace(places.own, file=places.other.file), replace(places.own, file=places.absent.file)
        yield replace(places.other, file=places.own.file), replace(places.absent, file=places.own.file)
    if "<uuid:child>" in route and "<uuid:entry>" in route:
        yield replace(places.own, entry=places.other.entry), replace(places.own, entry=places.absent.entry)

    if "<uuid:shield>" in route:
        yield replace(places.own, shield=places.other.shield), replace(places.own, shield=places.absent.shield)
        if "<uuid:child>" in route:
            yield replace(places.other, shield=places.own.shield), replace(places.absent, shield=places.own.shield)
    if "<uuid:address>" in route:
        yield replace(places.own, address=places.other.address), replace(places.own, address=places.absent.address)
        yield replace(places.other, address=places.own.address), replace(places.absent, address=places.own.address)


QUERIES = ("person={child}", "about={child}", "entry={entry}", "whole=family&person={child}", "known_to={entry}",
           "moment={entry}", "on=1999-01-01&person={child}", "agency={child}", "q={child}")  # fmt: skip


@pytest.mark.requirement("R13")
def test_an_id_in_a_query_tells_no_more_than_nobodys(places: Places) -> None:
    for role in ("social_worker", "dsl", "practitioner", "named_nurse"):
        client = browser(places.viewers[role])
        for name in ("home", "child", "child-chronology", "child-family", "child-growth", "child-work"):
            path = address(ROUTES[name], places.own)
            for query in QUERIES:
                two = []
                for ids in (places.other, places.absent):
                    response = asks(client, "get", f"{path}?{query.format(child=ids.child, entry=ids.entry)}")
                    two.append((response.status_code, bytes_of(response, ids)))
                assert two[0] == two[1], (role, name, query)


def bodies(ids: Ids) -> dict[str, dict[str, str]]:
    """A whole form for each address that acts, with the family's ids inside it."""
    day = {"on-day": "1", "on-month": "1", "on-year": "2026"}
    reason = "Read all of it, and spoke to the school about what they saw."
    return {
        "question": {"reason": reason, "signal": str(ids.signal), "child": str(ids.child)},
        "screening-item": {"decision": "none", "reasons": reason, f"position-{ids.child}": reason},
        "screening-who": {"candidate": str(ids.candidate), "same": "yes", "reason": reason},
        "screening-review": {"agrees": "yes", "comment": reason},
        "task": {**day, "meaning": reason, "did": reason, "task": str(ids.task)},
        "task-pass-on": {"team": "oak", "how_found": reason},
        "request": {"act": "released", "released-words": reason},
        "request-item": {"outcome": "give", "digest": "0"},
        "request-answer": {"act": "return", "sign-words": reason},
        "address-add": {"who": str(ids.child), "sort": "home", "lines": "1 Elm Row"},
        "shield-set": {
            "people": str(ids.child),
            "reason": "fleeing",
            "from_whom": "x",
            "covers_from-day": "1",
            "covers_from-month": "1",
            "covers_from-year": "2026",
        },
        "shield": {"act": "ask", "why": reason},
        "shield-hand": {"team": "elm", "why": reason},
        "shield-offer": {"taken": "yes"},
        "address-correct": {"sort": "home", "lines": "1 Elm Row"},
        "release-ask": {"why": reason, "hours": "1"},
        "release": {"granted": "yes", "why": reason},
        "document-release": {"granted": "yes", "why": reason},
        "glass-review": {"justified": "yes", "comment": reason},
    }


@pytest.mark.requirement("R13")
def test_a_whole_form_about_somebody_hidden_changes_nothing_and_tells_nothing(places: Places) -> None:
    before = rows(places)
    for role in sorted(set().union(*(TABLE[name].roles for name in bodies(places.own)))):
        client = browser(places.viewers[role])
        for name, form in bodies(places.other).items():
            if role in TABLE[name].sees_all:
                continue
            two = []
            for ids in (places.other, places.absent):
                response = asks(client, "post", address(ROUTES[name], ids), form)
                assert response.status_code == (TABLE[name].hidden if role in TABLE[name].roles else FORBIDDEN)
                two.append(bytes_of(response, ids))
            assert two[0] == two[1], (role, name)
    assert rows(places) == before


def rows(places: Places) -> dict[str, int]:
    """How many rows each table has that an act would write to."""
    found = {}
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        for model in apps.get_models():
            if model.__name__ in (
                "SignalEventRow",
                "TaskEventRow",
                "CandidateChoiceRow",
                "ScreeningReviewRow",
                "SubjectEventRow",
                "SubjectDecisionRow",
                "AddressRow",
                "ShieldRow",
                "ShieldReviewRow",
                "ShieldEndAskRow",
                "ReleaseRow",
                "ReleaseDecisionRow",
                "HandRow",
                "HandEndRow",
                "DocumentReleaseRow",
                "DocumentReleaseDecisionRow",
            ):
                cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")
                row = cursor.fetchone()
                found[model.__name__] = int(row[0]) if row else 0
    return found
