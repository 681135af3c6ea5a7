"""The reference page of access, out of the policy itself, for `wholepicture docs`: who may see what, why, its test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wholepicture.access.policy import (
    AUTHORS,
    BY_AUTHOR,
    GRANTS,
    KINDS,
    MAY_RELEASE,
    MAY_REVIEW_GLASS,
    PLACE_DETAILS,
    PLACE_KINDS,
    READS_NOTHING,
    UNKNOWN,
    FieldClass,
    level_of,
)
from wholepicture.access.roles import ROLES, Permission, may

_DIFFERENTIAL: Final = "test_policy_differential.py::test_three_engines_decide_alike"
_PLANTED: Final = "test_policy_planted.py::test_the_differential_tells_every_clause_that_is_dropped"
_TABLE: Final = "test_policy_table.py::test_the_database_sorts_and_grants_as_the_table_does"
_GLASS: Final = "test_policy_stops_and_glass.py"
_SHIELDS: Final = "../people/addresses/test_addresses_store.py"
_HANDING: Final = "../people/addresses/test_handing_store.py"

RULES: Final = (
    ("A person is seen by those whose team, or a team that theirs supervises, has a live involvement with them: "
     "begun, not run out, not ended.", _DIFFERENTIAL),
    ("A personal involvement (break-glass) counts for its own practitioner alone.",
     f"{_GLASS}::test_broken_glass_shows_the_family_to_one_practitioner_for_a_while"),
    ("An entry exists for those who see anybody in it. It is read whole by those whose role reads its class, whose own "
     "agency wrote it, or whose own agency it was sent to or received by.", _DIFFERENTIAL),
    ("Below that, a headline tells its kind, agency and day; existence tells its agency and day.",
     f"{_GLASS}::test_a_school_is_told_that_others_hold_something_and_not_what"),
    ("Whoever is stopped from a person (self, family, colleague, linked alleged perpetrator) sees nothing of them and "
     "no entry that names them, break-glass or not.",
     f"{_GLASS}::test_a_stop_hides_a_person_whom_the_team_is_involved_with_until_it_is_lifted"),
    ("A shielded address is read by the team that holds the shield, and by a practitioner for whom one asked and "
     "another of a different team granted it, for at most 24 hours; by nobody else, whatever their role, receipt or "
     "broken glass. Where two shields lie on it both must be open.",
     f"{_SHIELDS}::test_a_shielded_address_is_read_by_the_holding_team_alone"),
    ("Others who see the person learn that an address is shielded, and which team to ask.",
     f"{_SHIELDS}::test_others_involved_learn_that_an_address_is_kept_and_whom_to_ask"),
    ("From the shield’s first day an entry about the person that tells a place (" + ", ".join(PLACE_KINDS)
     + "; one by or naming an agency with a name of its own; one with " + " or ".join(PLACE_DETAILS)
     + ") is read by the agency that wrote it, the holding team and whoever has a release. Others learn that it is "
     "held, without that agency’s own name, and are to ask the holding team.", _DIFFERENTIAL),
    ("Likewise a receipt, an involvement, a task, an identity and a line of the ledger that would name such an agency "
     "of a shielded person; the information governance lead reads every line of the ledger.", _DIFFERENTIAL),
    ("A shield is set by one person and is in force at once; it is ended by two, and its passing a review date ends "
     "nothing.", f"{_SHIELDS}::test_a_shield_ends_only_when_two_people_of_its_team_say_so"),
    ("Whoever holds a shield sees it, the name of whom it keeps and the addresses that it keeps, involved or not, and "
     "nothing else of the record by that. Where nobody is left in the team, nor in one above, the managers of social "
     "care see the shield and the name, and hand it over.",
     f"{_HANDING}::test_whoever_holds_a_shield_answers_for_it_after_they_have_gone_from_the_case"),
    ("A shield is handed over by two people, one of each team, and is never unheld; it is reviewed when it was due.",
     f"{_HANDING}::test_a_shield_is_handed_over_and_is_never_unheld"),
    ("A kept place leaves in one document, by a release for its very bytes that somebody of another team granted, once "
     "and for at most 24 hours. No approval lets it go.",
     "../casework/test_document_release.py::test_the_place_leaves_in_that_document_once_and_in_no_other"),
    ("The words and the file of a document that names a kept place are read by the team that made it, by whom it was "
     "sent to, and by those to whom the shield is open.",
     "../casework/test_document_release.py::"
     "test_a_letter_that_names_the_place_is_read_on_the_ledger_by_those_who_know_it"),
    ("Whom a question asks is told without the own name of a place that is kept.",
     "../signals/test_places.py::test_whom_a_question_asks_is_told_without_the_place_s_own_name"),
    ("A shielded address is matched on by nothing: a guess at it answers as a wrong one does, by the same queries.",
     f"{_SHIELDS}::test_a_guess_at_a_shielded_address_answers_as_a_wrong_one_does"),
    ("A question is read by those whom its rule asks, by whoever decides, and by whoever reads every entry behind it. "
     "Others who see the child learn that it waits and whom to ask, for its words would tell what the evidence is.",
     _DIFFERENTIAL),
    ("The words of a task are read by the team that was asked and by whoever reads the entry that asked; of its "
     "answer, by that team and by whoever reads the answer. That it was asked and answered is told to all who see the "
     "child.",
     _DIFFERENTIAL),
    ("A session that is forged, run out or ended, or whose practitioner has left, sees nothing.", _DIFFERENTIAL),
    ("A session never outlives its transaction on a shared connection.",
     "test_policy_pool.py::test_no_session_outlives_its_transaction"),
    ("Hidden and absent answer alike.", "test_policy_hidden.py::test_a_hidden_person_answers_as_nobody_does"),
    ("Without a claim, whoever may look for a child learns that one is known and which team to ask: by NHS number, or "
     "by whole name and exact day of birth.",
     f"{_GLASS}::test_a_worker_without_a_claim_learns_that_a_child_is_known_and_whom_to_ask"),
    ("Break-glass needs a reason of at least twenty characters and lasts at most 24 hours.",
     f"{_GLASS}::test_glass_is_not_broken_lightly"),
    ("A break-glass is reviewed once, by somebody of another team, and is due in two working days.",
     f"{_GLASS}::test_a_break_glass_is_reviewed_once_by_somebody_independent"),
    ("Whoever answers a request for what is held about a person reads that person's record, alone and until it is "
     "closed; a governance lead sees that somebody asks, and no item.",
     "test_personal.py::test_it_is_lent_to_one_and_taken_back"),
    ("A row is removed only by the owner's function, when it is due, decided by one, confirmed by another and held by "
     "nothing, and only where that destruction's tombstone names it.",
     "test_catalogue.py::test_only_the_owner_removes_rows_and_only_those_that_its_tombstone_names"),
    ("The database holds this table and no other.", _TABLE),
    ("Each clause of the policy is needed: dropped, the differential fails.", _PLANTED),
)  # fmt: skip
"""What the database does whatever the role, and the test that shows it."""

_WORDS: Final = {
    FieldClass.EVERYDAY: "everyday",
    FieldClass.CHILD_HEALTH: "child’s health",
    FieldClass.ADULT_HEALTH: "adults’ health",
    FieldClass.DOMESTIC_ABUSE: "domestic abuse",
    FieldClass.POLICE: "police",
    FieldClass.SOCIAL_CARE: "social care",
    FieldClass.CHILDS_VOICE: "child’s voice",
    FieldClass.HOME: "home",
}


def pages() -> dict[str, str]:
    """The one page, by its path from the top folder."""
    return {"docs/reference/access.md": "\n".join(_lines())}


def _lines() -> Iterator[str]:
    yield "# Who may see what, and why\n"
    yield "View = role, live relationship, purpose and class of entry. The database decides; every look is written down"
    yield "before it is shown. Tests are in `tests/access`.\n"
    yield "## Whatever the role\n"
    yield "| rule | test |\n| --- | --- |"
    yield from (f"| {rule} | `{test}` |" for rule, test in RULES)
    yield "\n## What each role reads of those whom they may see\n"
    yield f"Tests: `{_TABLE}`, and as reads `{_DIFFERENTIAL}`.\n"
    yield f"| role | {' | '.join(_WORDS.values())} |\n| --- |{' --- |' * len(_WORDS)}"
    for slug, role in ROLES.items():
        yield f"| {role.name} | {' | '.join(level_of(slug, c) or 'nothing' for c in FieldClass)} |"
    yield from _reasons()
    yield from _classes()
    yield from _acts()


def _reasons() -> Iterator[str]:
    yield "\n## Why\n"
    yield "| roles | level | of | why |\n| --- | --- | --- | --- |"
    for grant in GRANTS:
        roles = ", ".join(ROLES[r].name for r in grant.roles)
        of = "everything" if len(grant.classes) == len(FieldClass) else ", ".join(_WORDS[c] for c in grant.classes)
        yield f"| {roles} | {grant.level} | {of} | {grant.why} |"
    yield from (f"| {ROLES[slug].name} | nothing | everything | {why} |" for slug, why in READS_NOTHING.items())


def _classes() -> Iterator[str]:
    yield "\n## Classes of entry\n"
    yield f"Of these kinds the class is that of the agency that wrote them: {_coded(BY_AUTHOR)}. Whatever is in"
    yield f"neither column is {_WORDS[UNKNOWN]}.\n"
    yield "| class | kinds | agencies that write of it |\n| --- | --- | --- |"
    yield from (f"| {_WORDS[c]} | {_coded(KINDS[c])} | {_coded(AUTHORS[c])} |" for c in FieldClass)


def _acts() -> Iterator[str]:
    yield "\n## What each role may do\n"
    yield "Test: `test_permissions.py::test_only_these_roles_may`.\n"
    yield "| act | roles |\n| --- | --- |"
    for permission in Permission:
        yield f"| `{permission}` | {', '.join(r.name for slug, r in ROLES.items() if may(slug, permission))} |"
    reviewers = ", ".join(ROLES[r].name for r in MAY_REVIEW_GLASS)
    deciders = ", ".join(ROLES[r].name for r in MAY_RELEASE)
    yield f"| decide a release | {deciders} (never of the asker’s or the reader’s team) |"
    yield f"| review a break-glass | {reviewers} (never of the team that broke it) |"


def _coded(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
