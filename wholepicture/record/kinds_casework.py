"""Kinds that record what agencies asked, decided and did together."""

from __future__ import annotations

from typing import Final

from wholepicture.record.kinds_fields import (
    KindSpec,
    agencies,
    agency,
    choice,
    day,
    flag,
    number,
    persons,
    text,
    text_or_flag,
    texts,
)

_REFERRAL_OUTCOMES: Final = "accepted no_further_action advice_given not_recorded pending"

CASEWORK_KINDS: Final = (
    KindSpec(
        "referral",
        "Referral",
        (
            agency("to", "Referred to"),
            text("reason", "Reason"),
            choice("outcome", "Outcome", _REFERRAL_OUTCOMES),
            day("decided", "Decided on"),
            day("feedback_given", "Referrer told of the outcome on"),
        ),
    ),
    KindSpec(
        "contact",
        "Contact",
        (
            agency("to", "Contact with"),
            choice("outcome", "Outcome", _REFERRAL_OUTCOMES),
            flag("linked_to_history", "Linked to the family’s earlier record"),
        ),
    ),
    KindSpec(
        "screening",
        "Screening",
        (
            choice("stage", "Stage", "received discussed decided"),
            choice("decision", "Decision", "no_further_action early_help assessment strategy_discussion"),
            text_or_flag("reasons", "Reasons for the decision"),
        ),
    ),
    KindSpec(
        "strategy_discussion",
        "Strategy discussion",
        (
            choice("decision", "Decision", "enquiry assessment no_further_action"),
            agencies("present", "Agencies present"),
            flag("history_shared", "History shared with those present"),
            day("minutes_sent", "Minutes sent on"),
            choice("medical_opinion", "Medical opinion", "accidental inflicted undetermined"),
        ),
    ),
    KindSpec(
        "enquiry",
        "Section 47 enquiry",
        (
            choice("stage", "Stage", "opened concluded"),
            choice("outcome", "Outcome", "substantiated unsubstantiated undetermined"),
            flag("joint", "Joint with police"),
        ),
    ),
    KindSpec(
        "assessment",
        "Assessment",
        (
            choice(
                "type",
                "Type",
                "initial core single prebirth early_help paediatric parenting mental_health court_report",
            ),
            choice("stage", "Stage", "opened completed"),
            choice(
                "outcome",
                "Outcome",
                "no_further_action child_in_need child_protection early_help step_down referred_elsewhere",
            ),
            agencies("consulted", "Agencies that answered"),
            flag("earlier_assessments_reviewed", "Earlier assessments read"),
            flag("child_seen", "Child seen"),
            flag("child_seen_alone", "Child seen alone"),
            flag("interpreter_used", "Professional interpreter used"),
            persons("household_adults_assessed", "Adults of the household assessed"),
            number("risk_rating", "Rating (0 to 10)"),
            choice("risk_scale", "What a high rating means", "high_is_safe high_is_danger"),
            choice("risk_level", "Level of risk", "low medium high"),
            choice("main_source", "Main source", "parent agencies observation"),
            flag("abuse_considered", "Abuse considered"),
            text("tool", "Tool used"),
        ),
    ),
    KindSpec(
        "case",
        "Case opened, moved or closed",
        (
            choice("stage", "Stage", "opened closed transferred stepped_down stepped_up"),
            choice("status", "Status", "early_help child_in_need child_protection looked_after"),
            text("reason", "Reason"),
        ),
    ),
    KindSpec(
        "conference",
        "Child protection conference",
        (
            choice("type", "Type", "initial review not_needed"),
            text("reason", "Reason"),
            text("outcome", "Outcome"),
            choice("category", "Category", "neglect physical emotional sexual multiple"),
        ),
    ),
    KindSpec(
        "plan",
        "Plan",
        (
            choice("type", "Type", "child_in_need child_protection early_help safety"),
            choice("stage", "Stage", "started reviewed ended"),
        ),
    ),
    KindSpec(
        "visit",
        "Visit",
        (
            choice("place", "Place", "home school clinic other"),
            flag("announced", "Announced"),
            choice("outcome", "Outcome", "completed no_access refused cancelled_by_parent cancelled_by_service"),
            flag("child_seen", "Child seen"),
            flag("child_seen_alone", "Child seen alone"),
            flag("bedroom_seen", "Bedroom seen"),
            flag("interpreter_used", "Professional interpreter used"),
        ),
    ),
    KindSpec(
        "information_request",
        "Request for information",
        (agency("to", "Asked of"), day("answered", "Answered on")),
    ),
    KindSpec(
        "meeting",
        "Meeting",
        (
            choice("type", "Type", "professionals core_group family_group child_in_need multi_agency"),
            agencies("present", "Agencies present"),
            day("minutes_sent", "Minutes sent on"),
            texts("actions", "Actions agreed"),
        ),
    ),
    KindSpec(
        "action",
        "Action",
        (agency("owner", "Agency that is to do it"), day("due", "Due on"), day("done", "Done on")),
    ),
    KindSpec(
        "supervision",
        "Supervision",
        (
            text_or_flag("with", "With whom"),
            flag("reflective", "Reflective"),
            text_or_flag("decision", "Decision"),
        ),
    ),
    KindSpec(
        "record_transfer",
        "Record transfer",
        (agency("to", "Sent to"), day("sent", "Sent on"), day("received", "Received on")),
    ),
    KindSpec(
        "disagreement",
        "Professional disagreement",
        (agency("with", "With"), day("resolved", "Resolved on")),
    ),
)
