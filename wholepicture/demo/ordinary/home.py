"""Ordinary home life: where the family lives, a move, a bump with an honest account, help asked for and given."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from wholepicture.demo.household import Household, Member
from wholepicture.demo.pen import Pen
from wholepicture.demo.places import AREA
from wholepicture.people.types import PersonType

# What happened, where on the body, type, side, needs to walk, whether others saw.
_BUMPS = (
    ("Fell from a scooter in the park. Graze and bruise to the right knee.", "knee", "bruise", "right", 2),
    ("Ran into a door frame at nursery pick-up. Small bump to the forehead.", "forehead", "bruise", "", 1),
    ("Fell off the climbing frame at school. Left wrist sprained, X-ray clear.", "wrist", "other", "left", 5),
    ("Trapped finger in a car door. Nail bed bruised, no fracture.", "finger", "bruise", "right", 2),
    ("Football tackle. Bruised shin, ice and rest.", "shin", "bruise", "left", 6),
    ("Cut chin on the swimming pool steps. Glued.", "chin", "cut", "", 3),
    ("Trampoline: landed on ankle. Swollen, X-ray clear.", "ankle", "other", "right", 4),
)


def write_home(pen: Pen, skip: frozenset[str]) -> None:
    """What the household's record holds beside each child's own."""
    home, rng = pen.household, pen.rng
    _address(pen, rng)
    if "injury" not in skip:
        _bumps(pen, rng)
    if "home" in skip:
        return
    if rng.random() < 0.05:
        _advice(pen, rng)
    if rng.random() < 0.04:
        _emergency_contact(pen)
    if rng.random() < 0.06:
        _policing(pen, rng)
    if rng.random() < 0.05:
        _mild_low_mood(pen, rng)
    if rng.random() < 0.10:
        _speech_therapy(pen, rng, home)


def _address(pen: Pen, rng: Random) -> None:
    home = pen.household
    moved = home.moved or home.first_day
    tenancy = rng.choice(("council tenancy", "private tenancy", "family's own house"))
    born = [c.born for c in home.children if c.type is not PersonType.UNBORN]
    day = max([moved, *born]) if rng.random() < 0.12 else moved
    known = [m.key for m in [*home.adults, *home.children] if m.joined is None and m.born < day]
    row = pen.write(
        "housing",
        day,
        "housing",
        "housing officer",
        "; ".join(known) or home.carer,
        f"Moved in, {tenancy}.",
        {"type": "moved_in", "address_key": home.address, "area": AREA},
    )
    row.day_only = True
    for child in home.children:
        if child.type is PersonType.CHILD and child.key not in known:
            pen.write(
                "housing",
                child.born + timedelta(days=12),
                "health_visiting",
                "health visitor",
                child.key,
                "Address as given at the new birth visit.",
                {"type": "moved_in", "address_key": home.address, "area": AREA},
            )


def _bumps(pen: Pen, rng: Random) -> None:
    home = pen.household
    walkers = [c for c in home.children if c.type is PersonType.CHILD and c.age(home.today) > 2]
    if not walkers:
        return
    # Two at the most in a household, months apart: a third within a year is for somebody to look at.
    days = [rng.randint(30, 280), rng.randint(440, 700)][: rng.choices((0, 1, 2), (45, 40, 15))[0]]
    for offset in days:
        _bump(pen, rng, rng.choice(walkers), home.first_day + timedelta(days=offset))


def _bump(pen: Pen, rng: Random, child: Member, day: date) -> None:
    home = pen.household
    text, site, kind, side, least = rng.choice([b for b in _BUMPS if b[4] <= max(child.age(day), 2)])
    if child.age(day) < 2.2:
        return
    details: dict[str, object] = {
        "type": kind,
        "site": site,
        "side": side or None,
        "explanation": text.partition(".")[0],
        "explained_by": "parent",
        "explanation_consistent": True,
        "opinion": "accidental",
        "presented": "@0",
        "independent_witness": True,
        "child_mobile": True,
    }
    hour = rng.randint(12, 18)
    about = f"{child.key}; {home.carer}:present"
    pen.write(
        "injury",
        day,
        "hospital_ae",
        "emergency nurse practitioner",
        about,
        text,
        details,
        clock=f"{hour}:{rng.randrange(60):02d}",
        shared="gp+1",
        tag=f"bump{day}",
    )
    row = pen.write(
        "hospital_attendance",
        day,
        "hospital_ae",
        "emergency nurse practitioner",
        about,
        "Seen within the hour and home the same day. Account fits, child agrees with it.",
        {"department": "emergency", "reason": text.partition(".")[0], "admitted": False},
        clock=f"{hour}:{rng.randrange(60):02d}",
        shared="gp+1",
    )
    row.same_as = (f"bump{day}",)


def _advice(pen: Pen, rng: Random) -> None:
    day = pen.household.first_day + timedelta(days=rng.randint(30, 680))
    tag = f"advice{day}"
    pen.write(
        "contact",
        day,
        "school",
        "family link worker",
        f"children; {pen.household.carer}:informant",
        "Parent asked for help with bedtimes and boundaries. Advice line consulted.",
        {"to": "social_care", "outcome": "advice_given", "linked_to_history": True},
        shared="social_care",
        tag=tag,
    )
    row = pen.write(
        "note",
        day + timedelta(days=1),
        "social_care",
        "front door worker",
        "children",
        "Advice given: parenting course at Open Door, details sent to the parent. Course since attended.",
    )
    row.answers = (tag,)


def _emergency_contact(pen: Pen) -> None:
    day = pen.household.today - timedelta(days=400)
    pen.write(
        "note",
        day,
        "gp",
        "practice administrator",
        pen.household.carer,
        "New address for the children's great-aunt noted as emergency contact.",
    )


def _policing(pen: Pen, rng: Random) -> None:
    day = pen.household.first_day + timedelta(days=rng.randint(30, 690))
    text = rng.choice(
        (
            "Reported a bicycle stolen from the garden.",
            "Witness to a collision at the junction.",
            "Reported a shed broken into overnight.",
        )
    )
    pen.write(
        "police_contact",
        day,
        "police",
        "police officer",
        f"{pen.household.carer}:informant",
        text,
        {"reason": text.rstrip("."), "outcome": "crime number given"},
    )


def _mild_low_mood(pen: Pen, rng: Random) -> None:
    day = pen.household.first_day + timedelta(days=rng.randint(60, 500))
    text = "Low mood since changing jobs. No thoughts of self-harm. Family supportive. Talking therapy arranged."
    pen.write(
        "parental_health",
        day,
        "gp",
        "general practitioner",
        f"{pen.household.carer}; children:affected",
        text,
        {"type": "mental_health", "severity": "mild", "childs_position_considered": True},
    )


def _speech_therapy(pen: Pen, rng: Random, home: Household) -> None:
    young = [c for c in home.children if c.type is PersonType.CHILD and 2.5 < c.age(home.today) < 7]
    if not young:
        return
    child, tag = young[0], "speech"
    day = home.today - timedelta(days=rng.randint(60, 300))
    pen.write(
        "referral",
        day,
        "health_visiting",
        "health visitor",
        f"{child.key}; {home.carer}:present",
        "Speech hard to follow outside the family. Referred to speech and language therapy with agreement.",
        {
            "to": "community_paediatrics",
            "reason": "speech and language",
            "outcome": "accepted",
            "decided": "@2",
            "feedback_given": "@2",
        },
        shared="community_paediatrics",
        tag=tag,
    )
    row = pen.write(
        "appointment",
        day + timedelta(days=3),
        "community_paediatrics",
        "speech and language therapist",
        f"{child.key}; {home.carer}:present",
        "Telephone triage. Programme sent, to be seen in the term.",
        {"service": "speech and language therapy", "outcome": "attended"},
    )
    row.answers = (tag,)
