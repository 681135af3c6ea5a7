"""The Caldicott table in the code is the one in the database, and it speaks of every kind, agency and role."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from tests.conftest import Store
from wholepicture.access import policy, reference
from wholepicture.access.policy import FieldClass, Level, class_of, level_of, readable
from wholepicture.access.roles import ROLES, Permission, may
from wholepicture.record.kinds import AGENCY_CODES
from wholepicture.record.kinds import KINDS as RECORD_KINDS

UNHEARD_OF = "unheard_of"


def test_the_table_sorts_every_kind_of_entry_once() -> None:
    sorted_kinds = [kind for kinds in policy.KINDS.values() for kind in kinds] + list(policy.BY_AUTHOR)
    assert sorted(sorted_kinds) == sorted(RECORD_KINDS)


def test_the_table_sorts_every_kind_of_agency_once() -> None:
    authors = [agency for agencies in policy.AUTHORS.values() for agency in agencies]
    assert sorted(authors) == sorted(AGENCY_CODES)


def test_what_is_not_in_the_table_is_as_closed_as_anything() -> None:
    assert class_of(UNHEARD_OF, "social_care") == class_of("note", UNHEARD_OF) == policy.UNKNOWN
    fewest = {c: sum(level_of(role, c) is Level.CONTENT for role in ROLES) for c in FieldClass}
    assert fewest[policy.UNKNOWN] == min(fewest.values())


@pytest.mark.parametrize("role", ROLES)
def test_the_policy_speaks_of_every_role_and_class_once_and_says_why(role: str) -> None:
    grants = list(policy.grants_of(role))
    classes = [c for grant in grants for c in grant.classes]
    assert sorted(classes) == sorted([] if role in policy.READS_NOTHING else FieldClass)
    assert all(grant.why.endswith(".") for grant in grants)
    # A role that may look at no child reads nothing, and the other way about.
    assert may(role, Permission.VIEW_CHILD) == bool(readable(role)) == (role not in policy.READS_NOTHING)


@pytest.mark.requirement("R13")
def test_the_database_sorts_and_grants_as_the_table_does(whole_store: Store) -> None:
    kinds, agencies = [*RECORD_KINDS, UNHEARD_OF], [*AGENCY_CODES, "school/st-marys", UNHEARD_OF, ""]
    with whole_store.as_superuser() as connection:
        classes = connection.execute(
            "SELECT k, a, access_class_of(k, a) FROM unnest(%s::text[]) k, unnest(%s::text[]) a", [kinds, agencies]
        ).fetchall()
        levels = connection.execute(
            "SELECT r, c, access_level_of(r, c) FROM unnest(%s::text[]) r, unnest(%s::text[]) c",
            [[*ROLES, UNHEARD_OF], [*FieldClass, UNHEARD_OF]],
        ).fetchall()
    assert {(k, a): c for k, a, c in classes} == {(k, a): class_of(k, a).value for k, a in product(kinds, agencies)}
    # Roles that decide read whatever there is; but no entry is of a class unheard of, so what that gives is no matter.
    told = {(r, c): level for r, c, level in levels if c != UNHEARD_OF}
    assert told == {(r, c.value): level_of(r, c) for r in [*ROLES, UNHEARD_OF] for c in FieldClass}


@pytest.mark.requirement("R13")
def test_the_database_knows_a_place_as_the_policy_does(whole_store: Store) -> None:
    kinds, agencies = [*RECORD_KINDS, UNHEARD_OF], ["police", "school", "school/oak", "police/warwickshire", ""]
    details = ["{}", '{"area": "x"}', '{"to": "gp/a"}', '{"to": "gp"}', '{"a": "moon/b"}', '{"words": "his/her home"}',
               '{"address_key": "x"}', '{"other_school": true}', '{"outcome": "area"}', '{"a": ["court/x"]}',
               '{"a": "school/"}']  # fmt: skip
    with whole_store.as_superuser() as connection:
        found = connection.execute(
            "SELECT k, a, d, access_tells_place(k, a, d) FROM unnest(%s::text[]) k, unnest(%s::text[]) a, "
            "unnest(%s::text[]) d", [kinds, agencies, details]
        ).fetchall()  # fmt: skip
    assert len(found) == len(kinds) * len(agencies) * len(details)
    assert [row for row in found if row[3] != policy.tells_place(*map(str, row[:3]))] == []


def test_who_decides_a_release_is_who_has_leave_to() -> None:
    assert {role for role in ROLES if may(role, Permission.RELEASE_ADDRESS)} == set(policy.MAY_RELEASE)


def test_the_classes_that_the_viewer_is_asked_for_are_all_there_are(whole_store: Store) -> None:
    with whole_store.as_superuser() as connection:
        row = connection.execute("SELECT prosrc FROM pg_proc WHERE proname = 'access_viewer_classes'").fetchone()
    assert row is not None
    assert {c for c in FieldClass if f"'{c.value}'" in str(row[0])} == set(FieldClass)


def test_the_reference_page_names_tests_that_there_are() -> None:
    here = Path(__file__).parent
    [page] = reference.pages().values()
    named = set(re.findall(r"`([\w./]*test_\w+\.py)::(test_\w+)`", page))
    assert len(named) > 8
    assert {(file, test) for file, test in named if f"def {test}(" not in (here / file).read_text("utf-8")} == set()
    assert all(role.name in page for role in ROLES.values())
