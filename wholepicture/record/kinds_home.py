"""Kinds about parents, the home and everyday dealings, and the plain note."""

from __future__ import annotations

from typing import Final

from wholepicture.record.kinds_fields import (
    KindSpec,
    agencies,
    choice,
    day,
    flag,
    person,
    persons,
    text,
    text_or_flag,
)

HOME_KINDS: Final = (
    KindSpec(
        "call",
        "Telephone call",
        (
            choice("to", "Call to", "parent carer agency"),
            choice("reason", "Reason", "absence concern outcome other"),
            flag("answered", "Answered"),
        ),
    ),
    KindSpec(
        "letter",
        "Letter",
        (
            choice("to", "Letter to", "parent agency"),
            text("about", "What it is about"),
            text("language", "Language"),
            day("received", "Received on"),
        ),
    ),
    KindSpec(
        "parent_account",
        "Parent’s account",
        (text("about", "What it is about"), flag("consistent", "Fits what else is known")),
    ),
    KindSpec(
        "parental_health",
        "Parent’s health",
        (
            choice(
                "type",
                "Type",
                "mental_health overdose self_harm suicide_attempt alcohol drugs learning_disability physical",
            ),
            choice("severity", "Severity", "mild moderate severe"),
            flag("childs_position_considered", "The children’s position was considered"),
        ),
    ),
    KindSpec(
        "housing",
        "Housing",
        (
            choice("type", "Type", "moved_in moved_out arrears eviction_notice evicted homeless overcrowded"),
            text_or_flag("address_key", "Address key"),
            text("area", "Area"),
        ),
    ),
    KindSpec(
        "household_change",
        "Household change",
        (persons("joined", "Joined the household"), persons("left", "Left the household")),
    ),
    KindSpec(
        "adult_check",
        "Check on an adult",
        (
            person("adult", "Adult"),
            flag("identified", "Identified"),
            agencies("checked_with", "Checked with"),
            flag("spoken_to", "Spoken to"),
        ),
    ),
    KindSpec("note", "Note"),
)
