"""Ordinary health: births, reviews with weights along the child's track, vaccines, the surgery, the hospital."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from wholepicture.demo import sizes
from wholepicture.demo.household import Member
from wholepicture.demo.pen import Pen
from wholepicture.demo.terms import school_start, year_group
from wholepicture.people.types import PersonType

EARLY_YEARS = timedelta(days=5 * 365)
_REVIEWS = (
    (11, 15, "new_birth", "New birth visit at home. {x} feeding well, cord clean and dry. Safe sleeping gone through."),
    (43, 56, "six_week", "Six to eight week review. {x} alert and smiling. Maternal mood asked about."),
    (300, 365, "one_year", "One year review. {x} cruising and babbling, eating family food."),
    (740, 910, "two_year", "Two year review. {x} joining two words, plays alongside others. Questionnaire completed."),
)
_VACCINES = (
    (57, "8-week vaccines"),
    (86, "12-week vaccines"),
    (115, "16-week vaccines"),
    (370, "one-year vaccines"),
    (1220, "pre-school boosters"),
)
_SURGERY = (
    ("Seen with cough and runny nose for three days. Chest clear. Advice given.", "general practitioner"),
    ("Earache. Red drum on the left. Pain relief, return if no better in three days.", "general practitioner"),
    ("Eczema on the elbows. Emollients and a mild steroid prescribed.", "practice nurse"),
    ("Sore throat, no fever. No antibiotic needed.", "general practitioner"),
    ("Conjunctivitis. Cleaning shown, no drops.", "practice nurse"),
    ("Asthma review. Inhaler technique good with spacer.", "practice nurse"),
    ("Tummy aches before school on Mondays. Examined, well. To come back if they go on.", "general practitioner"),
    ("Hay fever. Antihistamine advised.", "practice nurse"),
    ("Verruca on the right foot. Left to clear by itself.", "practice nurse"),
    ("Threadworms. The whole household treated.", "general practitioner"),
)


def write_health(pen: Pen, child: Member, skip: frozenset[str]) -> None:
    """Everything that health services write of a child whom nobody has reason to worry about."""
    home, rng = pen.household, pen.rng
    expected = child.type is PersonType.UNBORN or child.born > home.first_day + timedelta(days=60)
    if expected and "pregnancy" not in skip:
        _pregnancy(pen, child)
    if child.type is PersonType.UNBORN:
        return
    if child.born > home.today - EARLY_YEARS:
        _birth(pen, child)
        if "growth" not in skip:
            _reviews(pen, child)
            _clinic(pen, child)
        _vaccines(pen, child, rng)
    _surgery(pen, child, rng)
    if "growth" not in skip:
        _school_measurements(pen, child)
    if "appointments" not in skip:
        _clinics(pen, child)


def measure(pen: Pen, child: Member, day: date, agency: str, author: str, text: str, *, head: bool = False) -> None:
    """Write a measurement on the child's track, with the scales' and the day's small noise."""
    home = pen.household
    age = child.age(day)
    noise = max(-0.12, min(0.12, pen.rng.gauss(0, 0.05)))
    details: dict[str, object] = {"weight_kg": sizes.weight(child.track + noise, child.sex, age)}
    if age > 0.1:
        details["height_cm"] = sizes.height(child.height_track + noise / 2, child.sex, age)
    if head and age > 0:
        details["head_circumference_cm"] = sizes.head(child.height_track / 2 + noise, child.sex, age)
    about = f"{child.key}; {home.carer}:present" if agency != "school_nursing" else child.key
    pen.write("measurement", day, agency, author, about, text, details)


def _pregnancy(pen: Pen, child: Member) -> None:
    rng = pen.rng
    conceived = child.born - timedelta(days=child.gestation * 7 if child.type is PersonType.CHILD else 280)
    stages = (
        (
            rng.randint(56, 68),
            "booked",
            "Booking appointment. History taken, screening offered and accepted. Asked alone about home and safety.",
        ),
        (rng.randint(110, 118), "", "Sixteen week appointment. Blood pressure normal. Results given."),
        (rng.randint(138, 146), "", "Anomaly scan: no abnormality seen."),
        (rng.randint(193, 199), "", "Twenty-eight week appointment. Growth on the line. Bloods taken."),
        (rng.randint(236, 242), "", "Thirty-four week appointment. Birth plan talked through."),
    )
    for days, stage, text in stages:
        day = conceived + timedelta(days=days)
        if day >= child.born - timedelta(days=3):
            continue
        details: dict[str, object] = {"stage": stage, "expected": (conceived + timedelta(days=280)).isoformat()}
        about = f"{child.key}; mother:subject"
        if stage:
            pen.write("pregnancy", day, "midwifery", "midwife", about, text, details, shared="gp; health_visiting+1")
        else:
            service = {"service": "antenatal", "outcome": "attended"}
            pen.write("appointment", day, "midwifery", "midwife", about, text, service)


def _birth(pen: Pen, child: Member) -> None:
    rng = pen.rng
    weight = sizes.birth_weight(child.track + rng.gauss(0, 0.05), child.sex, child.gestation)
    text = rng.choice(
        ("Born by spontaneous vaginal birth.", "Born by planned caesarean section.", "Born in the birth centre.")
    )
    pen.write(
        "birth",
        child.born,
        "midwifery",
        "midwife",
        f"{child.key}; mother:present",
        f"{text} {child.gestation} weeks. Mother and baby well, home next day.",
        {"gestation_weeks": child.gestation, "birth_weight_kg": weight},
        clock=f"{rng.randrange(24):02d}:{rng.randrange(60):02d}",
        shared="gp+1; health_visiting+1",
    )
    day = child.born + timedelta(days=rng.randint(14, 35))
    pen.write(
        "registration",
        day,
        "gp",
        "practice administrator",
        child.key,
        "Registered as a new patient.",
        {"service": "gp", "type": "registered"},
    )


def _reviews(pen: Pen, child: Member) -> None:
    for first, last, review, text in _REVIEWS:
        day = child.born + timedelta(days=pen.rng.randint(first, last))
        about = f"{child.key}; {pen.household.carer}:present"
        row = pen.write(
            "health_review",
            day,
            "health_visiting",
            "health visitor",
            about,
            text.replace("{x}", "{" + child.key + "}"),
            {"type": review, "weighed": True, "concern": False},
        )
        measure(
            pen,
            child,
            row.occurred.date(),
            "health_visiting",
            "health visitor",
            "Weighed and measured at the review.",
            head=review in ("new_birth", "six_week"),
        )


def _clinic(pen: Pen, child: Member) -> None:
    for weeks in pen.rng.sample((4, 16, 21, 28, 34, 40, 62), 3):
        day = child.born + timedelta(days=weeks * 7 + pen.rng.randint(0, 4))
        measure(
            pen,
            child,
            day,
            "health_visiting",
            "community nursery nurse",
            pen.rng.choice(
                (
                    "Weighed at child health clinic.",
                    "Brought to clinic. Following the line.",
                    "Clinic weight. Weaning talked about." if weeks > 20 else "Clinic weight. Feeding going well.",
                )
            ),
        )


def _vaccines(pen: Pen, child: Member, rng: Random) -> None:
    missed = rng.randrange(9)  # about one child in two misses one, and is brought within the fortnight
    for n, (days, name) in enumerate(_VACCINES):
        day = child.born + timedelta(days=days + rng.randint(0, 9))
        if n == missed:
            text = f"Not brought for {name}. Telephoned the same day: {rng.choice(_REASONS)}. New date given."
            row = pen.write(
                "appointment",
                day,
                "gp",
                "practice nurse",
                f"{child.key}",
                text,
                {"service": "immunisation", "outcome": "was_not_brought"},
            )
            day = row.occurred.date() + timedelta(days=rng.randint(6, 10))
        pen.write(
            "appointment",
            day,
            "gp",
            "practice nurse",
            f"{child.key}; {pen.household.carer}:present",
            f"{name.capitalize()} given.",
            {"service": "immunisation", "outcome": "attended"},
        )


_REASONS = ("had the wrong day", "child had a temperature", "car would not start", "shift changed at work")


def _surgery(pen: Pen, child: Member, rng: Random) -> None:
    home = pen.household
    for _ in range(rng.choices((2, 3, 4, 5, 6), (15, 30, 30, 15, 10))[0]):
        day = max(home.since(child), child.born + timedelta(days=20)) + timedelta(days=rng.randint(0, 720))
        text, author = rng.choice(_SURGERY)
        pen.write(
            "appointment",
            day,
            "gp",
            author,
            f"{child.key}; {home.carer}:present",
            text,
            {"service": "general practice", "outcome": "attended"},
        )


def _school_measurements(pen: Pen, child: Member) -> None:
    start = school_start(child.born)
    for year, days in ((0, 130), (6, 160)):
        day = start.replace(year=start.year + year) + timedelta(days=days + pen.rng.randint(0, 40))
        if not pen.household.since(child) <= day <= pen.household.today:
            continue
        if year == 0:
            pen.write(
                "health_review",
                day,
                "school_nursing",
                "school nurse",
                child.key,
                "School entry review. Parent's questionnaire returned. Hearing and vision passed.",
                {"type": "school_entry", "weighed": True, "concern": False},
            )
        measure(pen, child, day, "school_nursing", "school nursing assistant", "National child measurement programme.")


def _clinics(pen: Pen, child: Member) -> None:
    rng = pen.rng
    if rng.random() < 0.5 and year_group(child.born, pen.household.today) >= 0:
        pen.write(
            "appointment",
            _some_day(pen, child),
            "hospital",
            "orthoptist",
            f"{child.key}; {pen.household.carer}:present",
            "Eye clinic. Glasses prescribed, review in a year.",
            {"service": "orthoptics", "outcome": "attended"},
            shared="gp+4",
        )
    if rng.random() < 0.18:
        _hearing_test(pen, child)
    if rng.random() < 0.12:
        _blood_test(pen, child)


def _some_day(pen: Pen, child: Member) -> date:
    """A day of the two years on which the child was at least some weeks old, and not among the last."""
    first = max(pen.household.since(child) + timedelta(days=20), child.born + timedelta(days=40))
    return first + timedelta(days=pen.rng.randint(0, max(0, (pen.household.today - first).days - 25)))


def _hearing_test(pen: Pen, child: Member) -> None:
    """Missed for a plain reason, rebooked by telephone, and kept within the fortnight."""
    rng, home = pen.rng, pen.household
    day = _some_day(pen, child)
    text = f"Not brought to hearing clinic. Telephoned: {rng.choice(_REASONS)}. Rebooked."
    missed = pen.write(
        "appointment",
        day,
        "community_paediatrics",
        "audiologist",
        child.key,
        text,
        {"service": "audiology", "outcome": "was_not_brought"},
    )
    kept = missed.occurred.date() + timedelta(days=rng.randint(7, 12))
    pen.write(
        "appointment",
        kept,
        "community_paediatrics",
        "audiologist",
        f"{child.key}; {home.carer}:present",
        "Hearing test: both ears normal.",
        {"service": "audiology", "outcome": "attended"},
        shared="gp+5",
    )


def _blood_test(pen: Pen, child: Member) -> None:
    home = pen.household
    day = _some_day(pen, child)
    row = pen.write(
        "test_result",
        day,
        "gp",
        "practice nurse",
        f"{child.key}",
        "Iron level normal.",
        {"test": "full blood count", "ready": "@1", "told": "@2"},
    )
    pen.write(
        "letter",
        row.occurred.date() + timedelta(days=6),
        "gp",
        "practice administrator",
        f"{child.key}; {home.carer}",
        "Normal result sent to the family.",
        {"to": "parent", "about": "blood test result"},
    )
