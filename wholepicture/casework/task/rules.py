"""Who must act on a notice: a truth table over each child's age and links, the decision, and pregnancy (R18).

Health: health visitor under five and before birth, school nurse from five, midwife in pregnancy, GP always (Deeper
Analysis 5.5, 5.18; Progress Report 6.6). School: Operation Encompass, reception to 17. A role that nobody holds is
itself something to do: the screening team finds the holder (R25).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from wholepicture.casework.task.types import AGENCY_KIND, Ask, AskedChild, Decision, Holder, IncidentFacts, TaskRole
from wholepicture.casework.task.words import asked_of, why_for
from wholepicture.casework.timescales import due_on
from wholepicture.foundation.when import When

SCHOOL_AGE, NURSE_AGE, OF_AGE = 4, 5, 18
# Whose holder is found where nobody is linked; a nursery or a social worker is not everybody's.
_FOUND: Final = {
    TaskRole.MIDWIFE: TaskRole.FIND_MIDWIFE,
    TaskRole.HEALTH_VISITOR: TaskRole.FIND_HEALTH_VISITOR,
    TaskRole.SCHOOL_NURSE: TaskRole.FIND_SCHOOL_NURSE,
    TaskRole.GP: TaskRole.FIND_GP,
    TaskRole.SCHOOL_LEAD: TaskRole.FIND_SCHOOL_LEAD,
}


def ages(born: When | None, unborn: bool, day: date) -> range:
    """Every age in whole years that a child may have on a day; blank or vague dates leave several."""
    if unborn:
        return range(-1, 0)
    if born is None:
        return range(0, OF_AGE)
    return range(max(0, _years(born.latest, day)), max(0, _years(born.earliest, day)) + 1)


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def roles_for(child: AskedChild, day: date) -> tuple[TaskRole, ...]:
    """The roles that must act for a child, whatever was decided; a doubtful age asks all that it may concern."""
    possible = ages(child.born, child.unborn, day)
    # In reception the school nurse takes over from the health visitor, some months before a fifth birthday.
    handed_over = _linked(child, TaskRole.SCHOOL_NURSE) and not _linked(child, TaskRole.HEALTH_VISITOR)
    wanted = {
        TaskRole.MIDWIFE: child.unborn,
        TaskRole.HEALTH_VISITOR: child.unborn or (any(0 <= a < NURSE_AGE for a in possible) and not handed_over),
        TaskRole.EARLY_YEARS: _linked(child, TaskRole.EARLY_YEARS),
        TaskRole.SCHOOL_NURSE: any(a >= NURSE_AGE for a in possible) or _linked(child, TaskRole.SCHOOL_NURSE),
        TaskRole.SCHOOL_LEAD: any(a >= NURSE_AGE for a in possible) or _linked(child, TaskRole.SCHOOL_LEAD),
        TaskRole.GP: not child.unborn,
        TaskRole.SOCIAL_WORKER: _linked(child, TaskRole.SOCIAL_WORKER),
    }
    return tuple(role for role, holds in wanted.items() if holds)


def _linked(child: AskedChild, role: TaskRole) -> bool:
    return bool(child.holders.get(AGENCY_KIND[role]))


def asks(
    *,
    children: Sequence[AskedChild],
    facts: IncidentFacts,
    decision: Decision,
    taken_by: Holder | None,
    front_door: Holder,
    sole: Mapping[str, Holder],
    day: date,
    only: frozenset[TaskRole] | None = None,
) -> list[Ask]:
    """Everything to be asked, each team once for each child and role.

    `sole` are services of which the area has one team, by agency kind: they are asked even where nobody is linked.
    `only` narrows to some roles: schools are told at once, before anything is decided (Operation Encompass).
    """
    found = [a for child in children for a in _asks_about(child, facts, front_door, sole, day)]
    if facts.pregnant and not any(c.unborn for c in children) and facts.victim:
        mother = AskedChild(facts.victim, facts.victim_name)
        found += [_ask(TaskRole.MIDWIFE, mother, h, facts, day) for h in _holders(mother, TaskRole.MIDWIFE, sole)] or [
            _ask(TaskRole.FIND_MIDWIFE, mother, front_door, facts, day)
        ]
    if taken_by is not None and decision.needs_team:
        role = TaskRole.EARLY_HELP if decision is Decision.EARLY_HELP else TaskRole.SOCIAL_WORKER
        # A team that holds the child already is asked to do what was decided, not merely to look again.
        found = [a for a in found if (a.role, a.team) != (role, taken_by.team)]
        found += [_ask(role, c, taken_by, facts, day, decision) for c in children]
    return [a for a in found if only is None or a.role in only]


def _asks_about(
    child: AskedChild, facts: IncidentFacts, front_door: Holder, sole: Mapping[str, Holder], day: date
) -> Iterator[Ask]:
    for role in roles_for(child, day):
        holders = _holders(child, role, sole)
        yield from (_ask(role, child, holder, facts, day) for holder in holders)
        if not holders and role in _FOUND:
            yield _ask(_FOUND[role], child, front_door, facts, day)


def _holders(child: AskedChild, role: TaskRole, sole: Mapping[str, Holder]) -> tuple[Holder, ...]:
    kind = AGENCY_KIND[role]
    linked = child.holders.get(kind, ())
    return linked or ((sole[kind],) if kind in sole else ())


def _ask(
    role: TaskRole, child: AskedChild, holder: Holder, facts: IncidentFacts, day: date, decision: Decision | None = None
) -> Ask:
    return Ask(
        role=role,
        person=child.person,
        team=holder.team,
        agency=holder.agency,
        practitioner=holder.practitioner,
        why=why_for(role, child, facts, day),
        asked=asked_of(role, child, facts, decision),
        due_on=due_on("find_holder" if role.finds else role.value, day),
    )
