"""Ordinary nursery and school life: enrolment, attendance each half term, notes, worries followed up the same day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from wholepicture.demo.household import SECONDARY_YEAR, Member
from wholepicture.demo.pen import Pen
from wholepicture.demo.terms import half_terms, school_start, year_group
from wholepicture.people.types import PersonType

NURSERY_AGE = timedelta(days=2 * 365 + 100)
_NURSERY_NOTES = (
    "Settled quickly after half term. Enjoys water play and songs.",
    "Learning journal shared with parent at pick-up.",
    "Counting to ten, beginning to share. Parent pleased.",
    "Tired after a family wedding, slept after lunch. Parent had told us.",
    "Potty training going well, spare clothes in bag.",
)
_SCHOOL_NOTES = (
    "Parents' evening: both targets met, reads daily at home.",
    "Read aloud in class assembly with confidence.",
    "Moved to a new reading group. Parent told.",
    "Fell out with a friend at lunch. Talked through with both, settled by the afternoon.",
    "Parent telephoned: grandparent died at the weekend. Key adult told, extra check-ins this week.",
    "Chosen for the school council.",
    "PE kit forgotten twice, spare kit lent. Parent told at the gate.",
    "Homework club joined on Tuesdays.",
    "Good week. House points for kindness.",
    "Residential trip: took part in everything, telephoned home once.",
)
_WORRIES = (
    (
        "tiredness",
        "Yawning all morning. Says there is a new baby in the next room. Parent already aware, moving bedrooms.",
    ),
    ("behaviour", "Pushed another child in the queue. Out of character. Spoke with parent, no change at home."),
    ("emotional", "Tearful after the family's dog died. Parent had let us know. Extra check-ins."),
    ("appearance", "Came without a coat on a cold day. Left on the bus, parent brought it at lunch."),
    ("language", "Quiet in group work. Class teacher to pair with a talk partner."),
)
_WORDS = (
    "I like it when Grandad picks me up because we get chips.",
    "My best thing is maths and my worst thing is spellings.",
    "I want to be a vet. Or a footballer.",
    "My brother is annoying but I love him really.",
    "I told the teacher about the argument and she sorted it out.",
    "At home we have film night on Fridays.",
)


def write_school(pen: Pen, child: Member, skip: frozenset[str]) -> None:
    """Two years of nursery or school for a child of that age."""
    if child.type is PersonType.UNBORN:
        return
    started = school_start(child.born)
    _moves(pen, child, started)
    if "attendance" not in skip:
        _attendance(pen, child, started)
    _notes(pen, child, started, pen.rng)
    if pen.household.today >= started and "worries" not in skip:
        _now_and_then(pen, child, started, pen.rng)


def _moves(pen: Pen, child: Member, started: date) -> None:
    home = pen.household
    secondary = started.replace(year=started.year + SECONDARY_YEAR)
    if home.first_day <= started <= home.today:
        pen.write(
            "school_move",
            started,
            "school",
            "school administrator",
            child.key,
            "Started in reception.",
            {"type": "enrolled"},
            snap=False,
        )
        pen.write(
            "record_transfer",
            started,
            "health_visiting",
            "health visitor",
            child.key,
            "Child health record passed from health visiting to school nursing.",
            {"to": "school_nursing", "sent": "@0", "received": "@1"},
            shared="school_nursing+1",
        )
    if home.first_day <= secondary <= home.today:
        _to_secondary(pen, child, secondary)
    nursery = child.born + NURSERY_AGE
    if home.first_day <= nursery <= home.today:
        pen.write(
            "school_move",
            nursery,
            "early_years",
            "nursery manager",
            child.key,
            "Started nursery, fifteen funded hours.",
            {"type": "enrolled"},
        )


def _to_secondary(pen: Pen, child: Member, secondary: date) -> None:
    home = pen.household
    left = secondary - timedelta(days=45)
    pen.write(
        "school_move",
        left,
        "school",
        "school administrator",
        child.key,
        "Left at the end of year 6 for Alder Vale.",
        {"type": "left", "other_school": "Alder Vale School"},
    )
    pen.write(
        "school_move",
        secondary,
        "school",
        "school administrator",
        child.key,
        "Joined year 7.",
        {"type": "enrolled", "other_school": "primary school in Aldermere"},
        snap=False,
    )
    pen.write(
        "record_transfer",
        secondary,
        home.primary,
        "designated safeguarding lead",
        child.key,
        "Pupil and safeguarding files sent to the new school and receipted.",
        {"to": "school/alder-vale", "sent": "@0", "received": "@1"},
        shared="school/alder-vale+1",
        snap=False,
    )


def _attendance(pen: Pen, child: Member, started: date) -> None:
    home, rng = pen.household, pen.rng
    usual = min(99.0, max(93.5, rng.gauss(96.2, 1.4)))
    for opens, closes in half_terms(max(home.since(child), child.born + NURSERY_AGE), home.today - timedelta(days=2)):
        pupil = opens >= started
        percent = round(min(100.0, max(92.0, usual + rng.gauss(0, 1.3))), 1)
        who = "attendance officer" if pupil else "nursery manager"
        details = {"from": opens.isoformat(), "to": closes.isoformat(), "percent": percent, "unauthorised_sessions": 0}
        pen.write(
            "attendance",
            closes,
            "school" if pupil else "early_years",
            who,
            child.key,
            f"Attendance for the half term {percent}%.",
            details,
            clock="15:45",
        )


def _notes(pen: Pen, child: Member, started: date, rng: Random) -> None:
    home = pen.household
    first = max(home.since(child), child.born + NURSERY_AGE)
    span = (home.today - first).days - 1
    if span < 30:
        return
    for _ in range(max(1, span * 6 // 730)):
        day = pen.open_day(first + timedelta(days=rng.randint(28, span)), "school")
        pupil = day >= started
        text = rng.choice(_SCHOOL_NOTES if pupil else _NURSERY_NOTES)
        pen.write(
            "note",
            day,
            "school" if pupil else "early_years",
            "class teacher" if pupil else "key worker",
            child.key,
            text,
        )


def _now_and_then(pen: Pen, child: Member, started: date, rng: Random) -> None:
    first = max(pen.household.since(child), started + timedelta(days=30))
    span = (pen.household.today - first).days - 2
    if span < 10:
        return

    def some_day() -> date:
        return first + timedelta(days=rng.randint(0, span))

    _absences(pen, child, some_day)
    if rng.random() < 0.22:
        theme, text = rng.choice(_WORRIES)
        details = {"theme": theme, "repeated": False, "decision": "no_action", "decided": "@0"}
        pen.write("welfare_concern", some_day(), "school", "class teacher", child.key, text, details)
    if rng.random() < 0.3 and year_group(child.born, pen.household.today) >= 1:
        setting = rng.choice(("Circle time, each child asked in turn.", "Pupil voice survey, asked in the library."))
        words = {"words": rng.choice(_WORDS), "alone": True}
        pen.write("childs_words", some_day(), "school", "learning mentor", child.key, setting, words)
    if rng.random() < 0.2:
        text = "Letter home about the school trip and free school meals."
        about = f"{child.key}; {pen.household.carer}"
        letter = {"to": "parent", "about": "school trip"}
        pen.write("letter", some_day(), "school", "school administrator", about, text, letter)


def _absences(pen: Pen, child: Member, some_day: Callable[[], date]) -> None:
    home, rng = pen.household, pen.rng
    for _ in range(rng.randint(0, 2)):
        pen.write(
            "call",
            some_day(),
            "school",
            "attendance officer",
            f"{child.key}; {home.carer}:informant",
            rng.choice(
                (
                    "First day absence: sickness bug, back on Thursday.",
                    "Absent: dentist, back after lunch.",
                    "Absent with a high temperature. Parent answered at once.",
                )
            ),
            {"to": "parent", "reason": "absence", "answered": True},
            clock="09:20",
        )
