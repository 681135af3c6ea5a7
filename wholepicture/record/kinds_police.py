"""Kinds that police, courts, MARACs and the public mostly give rise to."""

from __future__ import annotations

from typing import Final

from wholepicture.record.kinds_fields import (
    KindSpec,
    choice,
    day,
    flag,
    text,
    texts,
)

POLICE_KINDS: Final = (
    KindSpec(
        "domestic_abuse_incident",
        "Domestic abuse incident",
        (
            choice("grade", "Risk grade for the adult victim", "standard medium high"),
            choice("tool", "Risk tool used", "dash dara other"),
            flag("alcohol", "Alcohol involved"),
            flag("drugs", "Drugs involved"),
            flag("weapon", "Weapon used or threatened"),
            flag("injury", "Somebody was injured"),
            flag("strangulation", "Strangulation or choking"),
            flag("pregnant_victim", "Victim pregnant"),
            flag("children_present", "Children present"),
            flag("children_seen", "Children seen"),
            flag("children_spoken_to", "Children spoken to"),
            choice("child_grade", "Risk grade for the children", "standard medium high"),
            flag("threat_to_kill", "Threat to kill"),
            flag("controlling", "Controlling or coercive behaviour"),
            flag("phrase_safe_and_well", "A stock phrase stood in place of what was seen of the children"),
            flag("arrest", "Arrest made"),
            flag("interpreter_used", "Professional interpreter used"),
            text("reference", "Reference"),
        ),
    ),
    KindSpec(
        "police_contact",
        "Police contact",
        (text("reason", "Reason"), text("outcome", "Outcome"), text("reference", "Reference")),
    ),
    KindSpec(
        "police_investigation",
        "Police investigation",
        (
            choice("stage", "Stage", "opened reviewed closed"),
            text("offence", "Offence"),
            text("outcome", "Outcome"),
            flag("reviewed_by_other", "Reviewed by somebody other than the investigating officer"),
        ),
    ),
    KindSpec(
        "marac",
        "MARAC",
        (
            choice("stage", "Stage", "referred heard"),
            text("area", "Area of the MARAC"),
            texts("actions", "Actions agreed"),
        ),
    ),
    KindSpec(
        "public_concern",
        "Concern from family or public",
        (
            choice("reporter", "Who reported it", "grandparent relative neighbour anonymous other"),
            text("theme", "What it was about"),
            choice("outcome", "Outcome", "accepted no_further_action judged_malicious not_recorded"),
            day("decided", "Decided on"),
        ),
    ),
    KindSpec(
        "legal",
        "Legal step",
        (
            choice(
                "type",
                "Step",
                "arrest bail charge conviction advice planning_meeting proceedings_begun order_made order_refused "
                "order_ended private_law",
            ),
            text("what", "What it concerned"),
        ),
    ),
)
