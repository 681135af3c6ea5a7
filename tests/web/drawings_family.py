"""A small synthetic family for the tests of the drawings: a father who left, a partner nobody knew of for months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from wholepicture.foundation.when import When
from wholepicture.people.types import FamilyRecord, Person, PersonType, Relation, Relationship
from wholepicture.record.types import About, AboutRole, Entry, Receipt, ReceiptEvent

TODAY = date(2024, 6, 1)


def when(text: str, precision: str | None = None) -> When:
    return When.parse(text, precision)


def entry(
    key: str,
    on: str,
    agency: str,
    kind: str,
    about: Sequence[str] = ("maya",),
    details: Mapping[str, object] | None = None,
    *,
    summary: str = "Written down at the time.",
    precision: str | None = None,
    recorded: str | None = None,
    shared: Mapping[str, str | None] | None = None,
    supersedes: str | None = None,
) -> Entry:
    return Entry(
        id=key,
        kind=kind,
        occurred=when(on, precision),
        recorded=when(recorded or on),
        agency=agency,
        author_role="",
        about=tuple(About(p, AboutRole.SUBJECT) for p in about),
        summary=summary,
        details=details or {},
        receipts=tuple(
            Receipt(to, ReceiptEvent.RECEIVED, when(at) if at else None) for to, at in (shared or {}).items()
        ),
        supersedes=supersedes,
    )


PEOPLE = (
    Person("maya", PersonType.CHILD, "female", when("2018-05-04"), given_name="Maya", family_name="Hart"),
    Person("tom", PersonType.CHILD, "male", when("2021-03-09"), given_name="Tom", family_name="Hart"),
    Person("baby", PersonType.UNBORN, "unknown", when("2024-09-20")),
    Person("sara", PersonType.ADULT, "female", given_name="Sara", family_name="Hart"),
    Person("lee", PersonType.ADULT, "male", given_name="Lee", family_name="Moss"),
    Person("dan", PersonType.ADULT, "male", given_name="Dan", family_name="Poole"),
)

TIES = (
    Relationship("sara", Relation.MOTHER, "maya", when("2018-05-04"), lives_with=True, source="birth register"),
    Relationship("sara", Relation.MOTHER, "tom", when("2021-03-09"), lives_with=True),
    Relationship("sara", Relation.MOTHER, "baby", when("2024-01"), lives_with=True),
    Relationship("lee", Relation.FATHER, "maya", when("2018-05-04"), when("2020-06"), lives_with=True),
    Relationship("lee", Relation.PARTNER, "sara", when("2017"), when("2020-06"), lives_with=True),
    Relationship("dan", Relation.PARTNER, "sara", when("2020-10"), lives_with=True, known_from=when("2021-02-15")),
    Relationship("dan", Relation.FATHER, "tom", when("2021-03-09"), lives_with=True),
)

ENTRIES = (
    entry("b1", "2018-05-04", "midwifery", "birth", ("maya", "sara"), {"birth_weight_kg": 3.3, "gestation_weeks": 39}),
    entry("w1", "2018-07-02", "health_visiting", "measurement", details={"weight_kg": 5.2}),
    entry("da1", "2019-02", "police", "domestic_abuse_incident", ("sara", "lee", "maya"), precision="about"),
    entry("da2", "2020-12-03", "police", "domestic_abuse_incident", ("sara", "dan", "maya"),
          shared={"social_care": "2020-12-20", "health_visiting": None}),
    entry("v1", "2021-01-10", "social_care", "visit", ("maya", "sara"), {"child_seen": True, "place": "home"}),
    entry("c1", "2021-02-01", "social_care", "case", ("maya",), {"stage": "closed"}),
    entry("b2", "2021-03-09", "midwifery", "birth", ("tom", "sara"), {"birth_weight_kg": 3.0}),
    entry("a1", "2022-05-20", "hospital", "appointment", ("maya",), {"outcome": "was_not_brought"}),
    entry("w2", "2022-09-05", "school_nursing", "measurement", details={"weight_kg": 16.4, "height_cm": 104.0}),
    entry("i1", "2023-11-14", "school/st-marys", "injury", ("maya",), {"type": "bruise"}),
    entry("t1", "2024-01-20", "school/st-marys", "childs_words", ("tom",), {"words": "I want to stay"}),
    entry("s1", "2024-02-02", "social_care", "strategy_discussion", ("maya", "tom")),
    entry("w3", "2024-03-11", "gp", "measurement", details={"weight_kg": 15.1}),
)  # fmt: skip


def family(*more: Entry, without: Sequence[str] = ()) -> FamilyRecord:
    """The family, with further entries or without some."""
    kept = [e for e in (*ENTRIES, *more) if e.id not in without]
    people = {p.key: p for p in PEOPLE}
    return FamilyRecord(people, tuple(sorted(kept, key=lambda e: e.occurred.sort_key())), TIES)
