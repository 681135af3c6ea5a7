"""An answer's form: what it means for the child, and what was done or why nothing; and passing a notice on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from wholepicture.casework.wording import refusal, stock_phrases
from wholepicture.web.fields.forms import DayField, GovForm


class AnswerForm(GovForm):
    """One of `did` and `nothing_because` is needed, never both."""

    meaning = forms.CharField(
        label="What does this mean for the child?",
        help_text="With what you know that others do not.",
        max_length=4000,
        min_length=10,
        widget=forms.Textarea,
        error_messages={
            "required": "Say what this means for the child",
            "min_length": "Say what this means for the child, in a sentence",
        },
    )
    did = forms.CharField(
        label="What did you do?",
        help_text="Whom you saw or spoke to, what you found, what happens next.",
        required=False,
        max_length=4000,
        widget=forms.Textarea,
    )
    nothing_because = forms.CharField(
        label="Or: why are you doing nothing?",
        help_text="Only where you did nothing. A reason is an answer; silence is not.",
        required=False,
        max_length=4000,
        widget=forms.Textarea,
    )
    on = DayField(label="On what day?", error_messages={"required": "Enter the day on which you acted or decided"})

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Exactly one of what was done and why nothing; no day ahead; no stock phrase in place of what was seen."""
        data = super().clean() or {}
        did, nothing, on = data.get("did", ""), data.get("nothing_because", ""), data.get("on")
        if bool(did) == bool(nothing):
            self.add_error("did", "Say what you did, or why you did nothing: one of the two")
        if on is not None and on > self.today:
            self.add_error("on", "The day on which you acted must be today or earlier")
        for name in ("meaning", "did", "nothing_because"):
            for flag in stock_phrases(str(data.get(name, ""))):
                if flag.of_children and not flag.quoted:
                    self.add_error(name, refusal(flag))
        return data


class PassOnForm(GovForm):
    """Which team was found to hold the child, and how that is known."""

    how_found = forms.CharField(
        label="How do you know?",
        max_length=1000,
        min_length=10,
        error_messages={
            "required": "Say how you know that this team holds the child",
            "min_length": "Say how you know that this team holds the child: a record, a call, a parent",
        },
    )

    def __init__(self, data: Mapping[str, Any] | None, teams: Mapping[str, str], label: str) -> None:
        super().__init__(data)
        self.fields["team"] = forms.ChoiceField(
            label=f"Who is the {label}?",
            choices=[("", "Choose"), *teams.items()],
            error_messages={"required": "Choose the team", "invalid_choice": "Choose the team"},
        )
        self.order_fields(["team", "how_found"])
