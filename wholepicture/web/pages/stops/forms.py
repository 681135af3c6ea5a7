"""What is asked of whoever keeps somebody from a record, keeps themselves from it, or lifts a stop."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from wholepicture.access.policy import Stop
from wholepicture.agencies.queries import practitioners_named
from wholepicture.web.fields.forms import GovForm

GROUNDS: Final = {
    Stop.SELF: "It is their own record",
    Stop.FAMILY: "The child or an adult here is of their family, or close to it",
    Stop.COLLEAGUE: "The child or an adult here is a colleague, or a colleague’s",
    Stop.LINKED_PERPETRATOR: "They are linked to somebody alleged to have harmed the child",
}
OWN_GROUNDS: Final = {
    Stop.SELF: "It is my own record",
    Stop.FAMILY: "The child or an adult here is of my family, or close to it",
    Stop.COLLEAGUE: "The child or an adult here is a colleague of mine, or a colleague’s",
}


class StopForm(GovForm):
    """Whom to keep from the record, and why."""

    who = forms.CharField(
        label="Who must not see this record?",
        help_text="Their user name, or their whole name as it shows on the record.",
        max_length=150,
        error_messages={"required": "Enter a user name or a whole name"},
    )
    ground = forms.TypedChoiceField(
        label="Why?",
        choices=tuple((ground.value, words) for ground, words in GROUNDS.items()),
        coerce=Stop,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why they must not see it"},
    )

    def clean_who(self) -> UUID:
        """Exactly one practitioner; where several bear the name, which of them must be said."""
        found = practitioners_named(self.cleaned_data["who"])
        if not found:
            raise ValidationError("Nobody here signs in by that name or bears it: check it with your administrator")
        if len(found) > 1:
            raise ValidationError(f"{len(found)} people bear that name: enter the user name of the one you mean")
        return found[0].id


class OwnStopForm(GovForm):
    """Why somebody keeps themselves from the record."""

    ground = forms.TypedChoiceField(
        label="Why should you not see this record?",
        choices=tuple((ground.value, words) for ground, words in OWN_GROUNDS.items()),
        coerce=Stop,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why you should not see it"},
    )


class LiftForm(GovForm):
    """Why somebody may see the record again."""

    reason = forms.CharField(
        label="Why may they see this record again?",
        help_text="It stays on the ledger, with your name.",
        widget=forms.Textarea,
        min_length=20,
        max_length=1000,
        error_messages={
            "required": "Say why they may see this record again",
            "min_length": "Say in a sentence why they may see this record again",
        },
    )
