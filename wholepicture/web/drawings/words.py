"""How the drawings say agencies, kinds, groups of kinds and spans of time."""

from __future__ import annotations

import enum
from datetime import date
from typing import Final

from wholepicture.foundation.when import When
from wholepicture.people.types import Person, PersonType
from wholepicture.record.types import Entry, agency_kind

MONTHS = "January February March April May June July August September October November December".split()

AGENCIES: Final = {
    "police": "Police",
    "social_care": "Social care",
    "health_visiting": "Health visiting",
    "school_nursing": "School nursing",
    "midwifery": "Midwifery",
    "gp": "GP",
    "hospital_ae": "Emergency department",
    "hospital": "Hospital",
    "community_paediatrics": "Community paediatrics",
    "mental_health": "Mental health",
    "school": "School",
    "early_years": "Early years",
    "education_welfare": "Education welfare",
    "housing": "Housing",
    "probation": "Probation",
    "domestic_abuse_service": "Domestic abuse service",
    "substance_misuse_service": "Substance misuse service",
    "fire": "Fire service",
    "ambulance": "Ambulance",
    "voluntary": "Voluntary sector",
    "court": "Court",
    "public": "Family and public",
    "other": "Other",
}
AGENCY_ORDER: Final = {code: n for n, code in enumerate(AGENCIES)}


class Group(enum.StrEnum):
    """What a mark tells at a glance; the order is the order of the key, and of what a cluster shows first."""

    ABUSE = "abuse"
    INJURY = "injury"
    CONCERN = "concern"
    MISSED = "missed"
    DECISION = "decision"
    SEEN = "seen"
    HEALTH = "health"
    OTHER = "other"

    @property
    def words(self) -> str:
        """As the key says it."""
        return _GROUP_WORDS[self]


_GROUP_WORDS = {
    Group.ABUSE: "Domestic abuse",
    Group.INJURY: "Injury",
    Group.CONCERN: "Concern or referral",
    Group.MISSED: "Missed or refused",
    Group.DECISION: "Decision or assessment",
    Group.SEEN: "Child seen or heard",
    Group.HEALTH: "Health",
    Group.OTHER: "Other",
}
GROUP_ORDER: Final = {group: n for n, group in enumerate(Group)}

_KIND_GROUPS = {
    **dict.fromkeys(("domestic_abuse_incident", "marac"), Group.ABUSE),
    "injury": Group.INJURY,
    **dict.fromkeys(
        "welfare_concern public_concern referral contact parental_health disagreement death".split(), Group.CONCERN
    ),
    **dict.fromkeys(
        "screening strategy_discussion enquiry assessment case conference plan legal police_investigation".split(),
        Group.DECISION,
    ),
    "childs_words": Group.SEEN,
    **dict.fromkeys(
        "measurement health_review medical_finding hospital_attendance test_result registration pregnancy birth "
        "appointment".split(),
        Group.HEALTH,
    ),
}
_MISSED_OUTCOMES = frozenset(
    "was_not_brought cancelled_by_parent missed_or_cancelled adult_did_not_attend no_access refused".split()
)
GOOD_ATTENDANCE: Final = 90.0  # per cent; below it the Department for Education counts a pupil persistently absent


def group_of(entry: Entry) -> Group:
    """The one group that an entry's mark shows; what was missed and whether the child was seen come first."""
    if entry.text("outcome") in _MISSED_OUTCOMES or entry.text("stage") == "antenatal_missed":
        return Group.MISSED
    if entry.kind == "school_move" and entry.text("type") == "missing_from_education":
        return Group.MISSED
    percent = entry.number("percent") if entry.kind == "attendance" else None
    if percent is not None and percent < GOOD_ATTENDANCE:
        return Group.MISSED
    if entry.kind == "pregnancy" and entry.text("stage") in ("concern", "disclosed_abuse"):
        return Group.CONCERN
    if entry.kind == "visit" and was_seen(entry):
        return Group.SEEN
    return _KIND_GROUPS.get(entry.kind, Group.OTHER)


def was_seen(entry: Entry) -> bool:
    """Whether the entry says that a child was seen or spoken to."""
    fields = ("child_seen", "child_seen_alone", "children_seen", "children_spoken_to")
    return any(entry.flag(name) is True for name in fields)


def agency_words(agency: str) -> str:
    """`School: St Marys` of `school/st-marys`."""
    code, _, name = agency.partition("/")
    words = AGENCIES.get(code, code.replace("_", " ").capitalize())
    return f"{words}: {name.replace('-', ' ').replace('_', ' ').title()}" if name else words


def agency_inline(agency: str) -> str:
    """An agency's words within a sentence: `social care`, `GP`."""
    words = agency_words(agency)
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def agency_key(agency: str) -> tuple[int, str]:
    """Order of lanes: police, social care, health, education, housing, others."""
    return (AGENCY_ORDER.get(agency_kind(agency), len(AGENCY_ORDER)), agency)


def kind_words(kind: str) -> str:
    """`Child's words` of `childs_words`; the rest as the format names them."""
    return {"childs_words": "Child’s words", "marac": "MARAC", "adult_check": "Check of an adult"}.get(
        kind, kind.replace("_", " ").capitalize()
    )


def name_words(person: Person | None, key: str) -> str:
    """A name to begin a label with: people without names are called by their key."""
    name = person.name if person is not None else key.replace("_", " ")
    return name[:1].upper() + name[1:]


def person_noun(person: Person) -> str:
    """`boy`, `girl`, `unborn child`, `man`, `woman`, or `child` and `adult` where the sex is not held."""
    if person.type is PersonType.UNBORN:
        return "unborn child"
    adult = {"female": "woman", "male": "man"}
    child = {"female": "girl", "male": "boy"}
    if person.is_child:
        return child.get(person.sex, "child")
    return adult.get(person.sex, "adult")


def month_words(day: date) -> str:
    """`January 2011`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def short_month(day: date) -> str:
    """`Jan 2011`."""
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def day_words(day: date) -> str:
    """`3 March 2012`."""
    return f"{day.day} {month_words(day)}"


def when_short(when: When) -> str:
    """A date no finer than it is known: `3 Mar 2012`, `Mar 2012`, `about Dec 2008`, `2010`."""
    words = when.in_words().partition(" at ")[0]
    for month in MONTHS:
        words = words.replace(month, month[:3])
    return words


def span_words(first: date, last: date) -> str:
    """How long, in the unit a person would use: `12 days`, `7 weeks`, `13 months`, `3 years 5 months`."""
    days = (last - first).days
    if days < 21:
        return _count(days, "day")
    if days < 91:
        return _count(round(days / 7), "week")
    months = round(days / 30.4375)
    if months < 24:
        return _count(months, "month")
    years, rest = divmod(months, 12)
    return _count(years, "year") + (f" {_count(rest, 'month')}" if rest else "")


def age_words(years: float) -> str:
    """An age as it is said: `5 days`, `11 weeks`, `7 months`, `4 years 6 months`; before birth counts weeks early."""
    days = round(years * 365.25)
    if days < 0:
        return f"{_count(round(-days / 7), 'week')} before the due date"
    return age_between(date(2000, 1, 1), date.fromordinal(date(2000, 1, 1).toordinal() + days))


def age_between(born: date, day: date) -> str:
    """The same for a birth date and a later day, in whole months: nobody is a month older before the day comes."""
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    if months < 3:
        return span_words(born, day)
    years, rest = divmod(months, 12)
    if years < 2:
        return _count(months, "month")
    return _count(years, "year") + (f" {_count(rest, 'month')}" if rest else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def clipped(text: str, length: int = 160) -> str:
    """Text cut at a word, with an ellipsis where something was left out."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
