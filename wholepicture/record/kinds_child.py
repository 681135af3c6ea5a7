"""Kinds about the child's body, growth, health, schooling and own words."""

from __future__ import annotations

from typing import Final

from wholepicture.record.kinds_fields import (
    KindSpec,
    agencies,
    choice,
    day,
    flag,
    number,
    text,
    text_or_flag,
)

_OPINIONS: Final = "accidental inflicted undetermined not_asked"

CHILD_KINDS: Final = (
    KindSpec(
        "injury",
        "Injury",
        (
            choice("type", "Type", "bruise fracture burn scald bite cut head mark other"),
            text("site", "Where on the body"),
            text("side", "Which side"),
            text("explanation", "Explanation given"),
            choice("explained_by", "Explained by", "parent carer child sibling other_adult none"),
            flag("explanation_consistent", "Explanation fits the injury and stayed the same"),
            choice("opinion", "Opinion on the cause", _OPINIONS),
            day("presented", "Shown to a professional on"),
            text("delay_reason", "Reason given for any delay"),
            flag("independent_witness", "Seen to happen by somebody outside the home"),
            flag("child_mobile", "Child able to move about"),
            agencies("reported_to", "Reported to"),
        ),
    ),
    KindSpec(
        "measurement",
        "Measurement",
        (
            number("weight_kg", "Weight (kg)"),
            number("height_cm", "Height or length (cm)"),
            number("head_circumference_cm", "Head circumference (cm)"),
        ),
    ),
    KindSpec(
        "appointment",
        "Appointment",
        (
            text("service", "Service"),
            choice(
                "outcome",
                "Outcome",
                "attended was_not_brought cancelled_by_parent missed_or_cancelled adult_did_not_attend "
                "cancelled_by_service rearranged",
            ),
            text("letter_language", "Language of the letter"),
            flag("address_wrong", "Sent to a wrong address"),
        ),
    ),
    KindSpec(
        "test_result",
        "Test result",
        (text("test", "Test"), day("ready", "Result ready on"), day("told", "Carer told on")),
    ),
    KindSpec(
        "registration",
        "Registration with a service",
        (
            choice("service", "Service", "gp health_visiting dentist other"),
            choice("type", "Type", "registered removed declined"),
        ),
    ),
    KindSpec(
        "hospital_attendance",
        "Hospital attendance",
        (
            text_or_flag("department", "Department"),
            text("reason", "Reason"),
            flag("admitted", "Admitted"),
            flag("left_before_seen", "Left before being seen"),
        ),
    ),
    KindSpec(
        "medical_finding",
        "Medical finding",
        (
            text("finding", "Finding"),
            flag("abuse_considered", "Abuse considered"),
            choice("opinion", "Opinion on the cause", _OPINIONS),
        ),
    ),
    KindSpec(
        "health_review",
        "Health review",
        (
            choice("type", "Review", "new_birth six_week one_year two_year school_entry other"),
            flag("weighed", "Weighed"),
            flag("concern", "Concern noted"),
        ),
    ),
    KindSpec(
        "welfare_concern",
        "Welfare concern",
        (
            choice(
                "theme",
                "What it is about",
                "hunger food_seeking appearance hygiene tiredness behaviour emotional fear withdrawn development "
                "language supervision other",
            ),
            flag("repeated", "This entry tells of several occasions"),
            agencies("reported_to", "Reported to"),
            choice("decision", "Decision", "referral monitor no_action"),
            day("decided", "Decided on"),
        ),
    ),
    KindSpec(
        "attendance",
        "School attendance",
        (
            day("from", "From"),
            day("to", "To"),
            number("percent", "Attendance (per cent)"),
            number("unauthorised_sessions", "Unauthorised sessions"),
        ),
    ),
    KindSpec(
        "school_move",
        "School move",
        (
            choice("type", "Type", "enrolled left excluded elective_home_education missing_from_education"),
            text_or_flag("other_school", "Other school"),
        ),
    ),
    KindSpec(
        "childs_words",
        "Child’s words",
        (
            text("words", "What the child said, in the child’s own words"),
            text("language", "Language spoken"),
            flag("alone", "Child seen alone"),
            flag("interpreter_used", "Professional interpreter used"),
            choice("interpreter_was", "Who interpreted", "professional relative child"),
        ),
    ),
    KindSpec(
        "pregnancy",
        "Pregnancy",
        (
            choice("stage", "Stage", "booked late_booking antenatal_missed concern disclosed_abuse"),
            day("expected", "Expected date of delivery"),
            flag("interpreter_used", "Professional interpreter used"),
            choice("interpreter_was", "Who interpreted", "professional relative child"),
        ),
    ),
    KindSpec(
        "birth",
        "Birth",
        (number("gestation_weeks", "Gestation (weeks)"), number("birth_weight_kg", "Birth weight (kg)")),
    ),
    KindSpec("death", "Death", (text("cause", "Cause"),)),
)
