"""Planted patterns are found among ordinary looks, and ordinary looks are left in peace."""

from __future__ import annotations

import random
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID, uuid5

import pytest

from tests.conftest import Store
from tests.worlds import authority, build_world, practitioner
from wholepicture.access.audit.looks import Involved, claim_at, looks_between
from wholepicture.access.audit.snoops import (
    COMMON,
    MANY,
    MANY_FOR_WIDE_ROLES,
    Claim,
    Known,
    Look,
    family_names,
    questions,
)
from wholepicture.access.engine import as_engine
from wholepicture.access.models import InvolvementRow
from wholepicture.access.operations import end_involvement, involve, viewing
from wholepicture.access.policy import Stop
from wholepicture.access.roles import Permission
from wholepicture.access.stops import stop
from wholepicture.cli import audit_report, main
from wholepicture.foundation.authority import Purpose
from wholepicture.foundation.refusals import Refused

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SPACE = UUID(int=7)
_IDS = count(1)
ROLES = (
    "social_worker",
    "health_visitor",
    "school_nurse",
    "gp",
    "police_officer",
    "screening_worker",
    "dsl",
    "manager",
)


def someone(name: str) -> UUID:
    return uuid5(SPACE, name)


def look(
    who: str,
    at: datetime,
    person: str,
    *,
    role: str = "social_worker",
    claim: Claim = Claim.TEAM,
    refused: bool = False,
    existence: bool = False,
) -> Look:
    return Look(next(_IDS), at, someone(who), role, someone(person), claim, refused, existence)


def patterns(looks: list[Look], known: Known | None = None) -> list[str]:
    return [question.pattern for question in questions(looks, known or Known())]


def many(who: str, count: int, at: datetime, *, role: str = "social_worker", minutes: float = 1) -> list[Look]:
    return [look(who, at + timedelta(minutes=n * minutes), f"{who}-{n}", role=role) for n in range(count)]


NAMES = Known(
    lookers={someone("ann"): "Dr Ann Żuk-Hill", someone("bob"): "Bob Fox", someone("nameless"): ""},
    people={someone("tom"): family_names("HILL"), someone("eve"): family_names("Fox"), someone("anon"): frozenset()},
    near={someone("tom"): frozenset({someone("bob")})},
)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (look("ann", MONDAY, "tom"), ["same family name"]),
        (look("ann", MONDAY, "tom", refused=True, claim=Claim.NONE), ["same family name"]),
        (look("ann", MONDAY, "tom", claim=Claim.GLASS), ["same family name"]),
        (look("ann", MONDAY, "tom", claim=Claim.NONE, existence=True), ["same family name"]),
        (look("ann", MONDAY, "tom", claim=Claim.OWN), []),
        (look("ann", MONDAY, "eve"), []),
        (look("ann", MONDAY, "anon"), []),
        (look("nameless", MONDAY, "anon"), []),
        (look("bob", MONDAY, "eve"), ["same family name"]),
        (look("bob", MONDAY, "tom"), ["somebody near"]),
        (look("bob", MONDAY, "tom", claim=Claim.OWN), ["somebody near"]),
        (look("bob", MONDAY, "anon", claim=Claim.NONE), ["no involvement"]),
        (look("bob", MONDAY, "anon", claim=Claim.NONE, refused=True), []),
        (look("bob", MONDAY, "anon", claim=Claim.GLASS), []),
        (look("bob", MONDAY, "anon", claim=Claim.NONE, existence=True), []),
    ],
)
def test_one_look(one: Look, expected: list[str]) -> None:
    assert patterns([one], NAMES) == expected


def test_a_name_that_many_bear_says_nothing() -> None:
    many_hills = {someone(f"hill-{n}"): family_names("Hill") for n in range(9)}
    known = Known(NAMES.lookers, {**many_hills, someone("tom"): family_names("Hill")}, {})
    assert patterns([look("ann", MONDAY, "tom")], known) == []
    others = {someone(f"other-{n}"): family_names(f"Other{n}") for n in range(10 * COMMON)}
    known = Known(NAMES.lookers, {**known.people, **others}, {})
    assert patterns([look("ann", MONDAY, "tom")], known) == ["same family name"]


@pytest.mark.parametrize(
    ("role", "count", "minutes", "expected"),
    [
        ("social_worker", MANY + 1, 1, ["many people"]),
        ("social_worker", MANY, 1, []),
        ("social_worker", MANY + 1, 5, []),
        ("manager", MANY + 1, 1, []),
        ("manager", MANY_FOR_WIDE_ROLES + 1, 0.5, ["many people"]),
    ],
)
def test_many_people_in_an_hour(role: str, count: int, minutes: float, expected: list[str]) -> None:
    assert patterns(many("ann", count, MONDAY, role=role, minutes=minutes)) == expected


def test_two_bursts_are_two_questions_and_one_family_read_often_is_none() -> None:
    afternoon = MONDAY + timedelta(hours=4)
    assert patterns(many("ann", MANY + 9, MONDAY) + many("ann", MANY + 1, afternoon)) == ["many people"] * 2
    assert patterns([look("ann", MONDAY + timedelta(minutes=n), f"child-{n % 6}") for n in range(60)]) == []


@pytest.mark.parametrize(("hours_apart", "expected"), [(1, ["refused again"]), (23, ["refused again"]), (25, [])])
def test_refused_again_and_again(hours_apart: int, expected: list[str]) -> None:
    tries = [
        look("ann", MONDAY + timedelta(hours=n * hours_apart), f"c{n}", claim=Claim.NONE, refused=True)
        for n in range(3)
    ]
    assert patterns(tries) == expected
    assert patterns(tries[:2]) == []


@pytest.mark.parametrize(
    ("at", "role", "count", "expected"),
    [
        (datetime(2026, 3, 2, 23, 0, tzinfo=UTC), "social_worker", 5, ["after hours"]),
        (datetime(2026, 3, 2, 23, 0, tzinfo=UTC), "social_worker", 4, []),
        (datetime(2026, 3, 2, 23, 0, tzinfo=UTC), "police_officer", 5, []),
        (datetime(2026, 3, 7, 11, 0, tzinfo=UTC), "gp", 5, ["after hours"]),  # a Saturday
        (datetime(2026, 4, 3, 11, 0, tzinfo=UTC), "gp", 5, ["after hours"]),  # Good Friday
        (datetime(2026, 6, 1, 6, 10, tzinfo=UTC), "gp", 5, []),  # ten past seven in England
        (datetime(2026, 6, 1, 18, 10, tzinfo=UTC), "gp", 5, ["after hours"]),  # ten past seven in the evening
    ],
)
def test_after_hours(at: datetime, role: str, count: int, expected: list[str]) -> None:
    assert patterns(many("ann", count, at, role=role)) == expected


def test_a_question_says_why_and_shows_the_looks_behind_it() -> None:
    looks = [look("bob", MONDAY, "tom"), look("bob", MONDAY + timedelta(hours=1), "tom")]
    [question] = questions(looks, NAMES)
    assert question.why == (
        "The person is known to be a neighbour, colleague or relative of the practitioner, and their team was "
        "involved. Who agreed that they should work with this family?"
    )
    assert (question.looks, question.people) == (tuple(looks), (someone("tom"),))


@pytest.mark.parametrize(
    ("claim", "refused", "words"),
    [
        (Claim.OWN, False, "they hold the person themselves"),
        (Claim.GLASS, False, "they broke the glass"),
        (Claim.NONE, False, "their team was not involved"),
        (Claim.NONE, True, "the look was refused"),
    ],
)
def test_a_question_says_what_the_looker_had_to_do_with_the_person(claim: Claim, refused: bool, words: str) -> None:
    found = questions([look("bob", MONDAY, "tom", claim=claim, refused=refused)], NAMES)
    [near] = [question for question in found if question.pattern == "somebody near"]
    assert words in near.why


WORKERS = [f"worker-{n}" for n in range(60)]
FAMILY_NAMES = [f"name{'abcdefghij'[n // 30]}{'klmnopqrstuvwxyzabcdefghijklmn'[n % 30]}" for n in range(300)]


def ordinary(chance: random.Random) -> list[Look]:
    """Two working weeks of sixty workers, each with forty people, of whom they hold half themselves."""
    looks = []
    for number, who in enumerate(WORKERS):
        role = ROLES[number % len(ROLES)]
        for day in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11):
            for _ in range(chance.randint(8, 24)):
                at = MONDAY + timedelta(days=day, minutes=chance.randint(-90, 510))
                person = chance.randrange(40)
                claim = Claim.OWN if person < 20 else Claim.TEAM
                looks.append(look(who, at, f"{who}:{person}", role=role, claim=claim))
    return looks


def names_of_all(chance: random.Random) -> Known:
    """Family names as unevenly spread as they are: the commonest is a hundred times as common as the rarest."""
    weights = [1 / (rank + 3) for rank in range(len(FAMILY_NAMES))]
    homes = {f"{who}:{n}": chance.choices(FAMILY_NAMES, weights)[0] for who in WORKERS for n in range(40)}
    own = {who: f"Given {chance.choices(FAMILY_NAMES, weights)[0]}" for who in WORKERS}
    return Known(
        {someone(who): name for who, name in own.items()},
        {someone(person): family_names(name) for person, name in homes.items()},
        {someone("worker-3:30"): frozenset({someone("worker-40")})},
    )


RELATED = ("worker-0", "worker-1", "worker-2", "worker-8")


def with_relatives(known: Known) -> Known:
    """Four workers of rare names have relatives on the record."""
    rare = {who: f"Rare{'abcd'[n]}" for n, who in enumerate(RELATED)}
    lookers = {**known.lookers, **{someone(who): f"Given {name}" for who, name in rare.items()}}
    people = {**known.people, **{someone(f"cousin-{who}"): family_names(name) for who, name in rare.items()}}
    return Known(lookers, people, known.near)


def planted() -> list[tuple[str, list[Look]]]:
    """Twenty ways of looking that somebody should ask about, each by another worker."""
    noon, evening, saturday = MONDAY + timedelta(hours=3), MONDAY.replace(hour=22), MONDAY + timedelta(days=5)
    relatives = [("same family name", [look(who, noon, f"cousin-{who}")]) for who in RELATED]
    bare = [("no involvement", [look(f"worker-{n}", noon, f"famous-{n}", claim=Claim.NONE)]) for n in (9, 10, 11, 12)]
    browsing = [("many people", many(f"worker-{n}", 30, noon, role="gp")) for n in (16, 17, 18)]
    doors = [
        (
            "refused again",
            [
                look(f"worker-{n}", noon + timedelta(hours=t), f"door-{t}", claim=Claim.NONE, refused=True)
                for t in range(3)
            ],
        )
        for n in (24, 25, 26, 27)
    ]
    late = [("after hours", many(f"worker-{n}", 6, at, role="dsl")) for n in (32, 33) for at in (evening, saturday)]
    return [*relatives, *bare, *browsing, *doors, *late, ("somebody near", [look("worker-40", noon, "worker-3:30")])]


@pytest.mark.parametrize("seed", range(3))
def test_twenty_planted_patterns_are_found_and_ordinary_looks_are_left_in_peace(seed: int) -> None:
    chance = random.Random(seed)
    usual, plants, known = ordinary(chance), planted(), with_relatives(names_of_all(chance))
    assert len(plants) == 20
    found = questions([*usual, *(one for _, looks in plants for one in looks)], known)
    hit = {(question.pattern, one.id) for question in found for one in question.looks}
    missed = [pattern for pattern, looks in plants if not any((pattern, one.id) in hit for one in looks)]
    assert len(missed) <= 1, missed
    planted_ids = {one.id for _, looks in plants for one in looks}
    false = [question for question in found if not planted_ids & {one.id for one in question.looks}]
    assert len(false) <= len(usual) / 500, [question.pattern for question in false]


@pytest.mark.parametrize(
    ("teams", "at", "claim"),
    [
        (["north"], 1, Claim.TEAM), (["south"], 1, Claim.NONE), (["north"], 0, Claim.NONE), (["north"], 5, Claim.NONE),
        ([], 1, Claim.NONE), (["east"], 9, Claim.OWN), ([], 9, Claim.OWN),
    ],
)  # fmt: skip
def test_a_claim_is_what_it_was_at_that_moment(teams: list[str], at: int, claim: Claim) -> None:
    moment = MONDAY + timedelta(days=at)
    involved = [
        Involved("north", None, MONDAY + timedelta(days=1), MONDAY + timedelta(days=5)),
        Involved("east", someone("ann"), MONDAY + timedelta(days=8), None),
    ]
    assert claim_at(moment, someone("ann"), teams, involved) is claim


def test_a_glass_that_was_broken_counts_for_nobody_else() -> None:
    broken = [Involved("north", someone("ann"), MONDAY, MONDAY + timedelta(days=1), personal=True)]
    claims = [claim_at(MONDAY, someone(who), ["north"], broken) for who in ("ann", "bob")]
    assert claims == [Claim.GLASS, Claim.NONE]


def test_the_report_on_a_real_audit(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit_report, "installation", nullcontext)
    world, now = build_world(), datetime.now(UTC)
    nowak = practitioner("nora", "social_worker", "social_care", "social_care:north", name="Nora Nowak")
    for viewer in (world.ann, nowak):
        with viewing(viewer, permission=Permission.VIEW_CHILD, purpose=Purpose.ASSESS, now=now, act="child.page",
                     person=world.child):  # fmt: skip
            pass
    stop(authority=authority(), practitioner=UUID(world.bob.actor.practitioner), person=world.child,
         ground=Stop.COLLEAGUE, now=now)  # fmt: skip
    for _ in range(3):
        with pytest.raises(Refused), viewing(world.bob, permission=Permission.VIEW_CHILD, purpose=Purpose.CARE, now=now,
                                             act="child.page", person=world.child):  # fmt: skip
            raise AssertionError("must not be shown")
    assert main(["audit-report", "--days", "1"]) == 0
    said = capsys.readouterr().out
    assert "Nora Nowak, social_worker, social_care:north" in said
    assert "the practitioner's own family name, and their team was involved" in said
    assert "Bob, dsl, school/oak:staff" in said
    assert "refused 3 times" in said
    assert "a neighbour, colleague or relative of the practitioner, and the look was refused" in said
    assert said.endswith("Looks at people: 5; days: 1; to ask about: 3.\n")
    assert main(["audit-report", "--days", "0"]) == 2


def test_an_involvement_that_was_ended_gives_no_claim_afterwards(store: Store) -> None:
    world, now = build_world(), datetime.now(UTC)
    ann = UUID(world.ann.actor.practitioner)
    involve(authority=authority(), team="school/oak:staff", people=[world.mother], ground="roll", since=now)
    with as_engine():
        given = {row.person: row.id for row in InvolvementRow.objects.all()}
    with viewing(world.ann, permission=Permission.VIEW_CHILD, purpose=Purpose.ASSESS, now=now, act="child.page",
                 person=world.child):  # fmt: skip
        pass
    teams = {ann: [world.ann.actor.team]}
    span = (now - timedelta(hours=1), now + timedelta(hours=1))
    with as_engine():
        assert [one.claim for one in looks_between(*span, teams)] == [Claim.TEAM]
    end_involvement(
        authority=authority(), involvement=given[world.child], reason="closed", now=now - timedelta(minutes=1)
    )
    with as_engine():
        [one] = looks_between(*span, teams)
    assert (one.claim, one.practitioner, one.person, one.refused) == (Claim.NONE, ann, world.child, False)
