"""Why a notice matters to each role, and what answer is wanted of it, in words (R20, R23, R33)."""

from __future__ import annotations

from datetime import date
from typing import Final

from wholepicture.casework.notice.words import age_words, seen_words
from wholepicture.casework.task.types import AskedChild, Decision, IncidentFacts, TaskRole

_ORDINALS: Final = "first second third fourth fifth sixth seventh eighth ninth tenth".split()

_MATTERS: Final = {
    TaskRole.MIDWIFE: "Abuse in pregnancy harms mother and baby, and often begins or grows worse then.",
    TaskRole.HEALTH_VISITOR: "You see the home, the growth and how the child is with each adult: nobody else does.",
    TaskRole.SCHOOL_NURSE: "You hold the school-age health record: attendances, appointments missed, worries raised.",
    TaskRole.GP: "Your list may hold the child and the adults: injuries, low mood, drink or drugs on one screen.",
    TaskRole.SCHOOL_LEAD: "{name} comes to you on the next school day, and may need somebody trusted at the door.",
    TaskRole.EARLY_YEARS: "You see {name} with whoever brings and collects, and in play, when words are few.",
    TaskRole.SOCIAL_WORKER: "You answer for {name}’s safety: this changes what is known, and may overtake a decision.",
    TaskRole.EARLY_HELP: "Screening decided on early help: {name} needs somebody who starts, not a waiting list.",
}

_ASKED: Final = {
    TaskRole.MIDWIFE: (
        "See {victim} alone at the next contact, sooner if that is more than a week away, and ask about abuse. Book an "
        "interpreter if one is needed, never a relative. Say what you will do before the birth, and with whom."
    ),
    TaskRole.HEALTH_VISITOR: (
        "Decide: visit, call, discuss with your safeguarding lead, or refer. See {name}, and see {victim} alone. Look "
        "back over weights, missed appointments and what {name} was like when last seen."
    ),
    TaskRole.SCHOOL_NURSE: (
        "Look back over attendances at A&E, missed appointments and concerns. Decide: see {name}, talk with the "
        "school’s lead, discuss with your safeguarding lead, or refer."
    ),
    TaskRole.GP: (
        "Look at the records of {name} and of the adults on your list together. Say what bears on {name}’s safety, and "
        "what you will do at the next contact. Code it so that the next clinician sees it."
    ),
    TaskRole.SCHOOL_LEAD: (
        "Have somebody {name} trusts look out for {name} at the start of the day. Listen and write down {name}’s own "
        "words; ask nothing about the incident, and do not speak of it with a parent at the gate. Reply with what you "
        "did, and with any injury, hunger, absence or change that the school has seen."
    ),
    TaskRole.EARLY_YEARS: (
        "Watch how {name} is on arriving and at home time, in play and at meals. Reply with what you see, and with any "
        "injury, hunger or absence so far. Do not speak of this with whoever collects {name}."
    ),
    TaskRole.SOCIAL_WORKER: (
        "Look again at the plan or assessment in the light of this, see {name} alone, and say what changes. If nothing "
        "changes, say why."
    ),
    TaskRole.EARLY_HELP: (
        "Make first contact with {victim} safely and alone, agree who works with {name}, and say when that begins."
    ),
}
_TAKEN: Final = {
    Decision.ASSESSMENT: (
        "Read the earlier assessments, open this one, and see {name} alone (with an interpreter if one is needed). Say "
        "who has it and when {name} is seen."
    ),
    Decision.STRATEGY: (
        "Hold the strategy discussion with police and health, with the history open in front of everybody. Say when, "
        "who takes part, and what keeps {name} safe until then."
    ),
}


def ordinal(number: int) -> str:
    """`third`; past ten, `number 14`."""
    return _ORDINALS[number - 1] if 1 <= number <= len(_ORDINALS) else f"number {number}"


def repeats_words(count_12_months: int, count_ever: int, unconfirmed: int = 0) -> str:
    """How often it has happened, added up (R41). While it waits to be said who somebody is, that is not all."""
    if unconfirmed and count_ever <= 1:
        return "Whether this happened before is not known: nobody has said yet who everybody named is."
    if unconfirmed:
        return f"{repeats_words(count_12_months, count_ever)} There may be more: not everybody named is known yet."
    if count_ever <= 1:
        return "The first incident on record for this home."
    if count_12_months <= 1:
        return f"The only incident on record in 12 months; {count_ever} ever."
    more = f"; {count_ever} ever" if count_ever > count_12_months else ""
    return f"The {ordinal(count_12_months)} incident on record in 12 months{more}."


def violence_words(facts: IncidentFacts) -> str:
    """What was done, as the notice says it."""
    parts = list(facts.violence) + (["violence both ways"] if facts.both_ways else [])
    if not parts:
        return ""
    words = ", ".join(parts)
    return f"This time: {words}."


def child_words(child: AskedChild, facts: IncidentFacts, day: date) -> str:
    """Who the child is, and what was seen of them."""
    if child.person == facts.victim:
        return f"{child.name} is pregnant and was the victim."
    age = age_words(child.born, child.unborn, day)
    if child.seen is None:
        return (
            f"{child.name} ({age}) lives in this home, and the notice does not name them: nobody says where they were."
        )
    return seen_words(child.seen, name=f"{child.name} ({age})")


def why_for(role: TaskRole, child: AskedChild, facts: IncidentFacts, day: date) -> str:
    """Why this matters to this reader: the child, the repeats, the violence, and what only they can see (R23)."""
    parts = [child_words(child, facts, day), repeats_words(facts.count_12_months, facts.count_ever, facts.unconfirmed)]
    parts.append(violence_words(facts))
    if facts.pregnant and child.person != facts.victim:
        parts.append("The victim is pregnant.")
    if facts.language:
        parts.append(f"The family speaks {facts.language}.")
    if role.finds is not None:
        parts.append(f"Nobody is on record as {child.name}’s {role.finds.label}.")
    else:
        parts.append(_MATTERS[role].format(name=child.called))
    return " ".join(p for p in parts if p)


def asked_of(role: TaskRole, child: AskedChild, facts: IncidentFacts, decision: Decision | None = None) -> str:
    """What answer is wanted; never “for information” (R20)."""
    victim = facts.victim_given or facts.victim_name or "the victim"
    if role.finds is not None:
        return f"Find out who is {child.name}’s {role.finds.label} today, and pass this to them."
    text = _TAKEN.get(decision, _ASKED[role]) if decision is not None else _ASKED[role]
    return text.format(name=child.called, victim=victim)
