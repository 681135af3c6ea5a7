"""What is asked of whoever decides that two people are one, or that one is two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from wholepicture.people.joining.rules import LEAST_WORDS
from wholepicture.web.fields.forms import GovForm


def _ground(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text="What you compared, or whom you asked. It stays on the record, with your name.",
        widget=forms.Textarea,
        min_length=LEAST_WORDS,
        max_length=1000,
        error_messages={
            "required": "Say what makes you sure",
            "min_length": "Say in a sentence what makes you sure",
        },
    )


class JoinForm(GovForm):
    """An identifier of the other record, typed again, and the evidence."""

    retyped = forms.CharField(label="Type it again", required=False, max_length=30)
    ground = _ground("What makes you sure that they are one person?")

    def __init__(self, data: Mapping[str, Any] | None, wanted: str) -> None:
        super().__init__(data)
        if not wanted:
            del self.fields["retyped"]
            return
        self.fields["retyped"].label = f"Type their {wanted} from the second record"
        self.fields["retyped"].help_text = "So that nobody joins two records by a slip. A date as 27 3 2026."


class PartForm(GovForm):
    """Which of the identities are somebody else."""

    ground = _ground("What makes you sure that they are not one person?")

    def __init__(self, data: Mapping[str, Any] | None, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["identities"] = forms.TypedMultipleChoiceField(
            label="Which of these are somebody else?",
            choices=choices,
            coerce=UUID,
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": "Choose which of these are somebody else",
                "invalid_choice": "Choose among those that are listed: the record has just changed",
            },
        )
        self.order_fields(["identities", "ground"])
