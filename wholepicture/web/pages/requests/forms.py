"""What is asked of whoever handles a request."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from wholepicture.agencies.queries import practitioners, teams
from wholepicture.casework.subject_access.types import Asker, Pause
from wholepicture.web.fields.forms import DayField, GovForm

_PAUSES: Final = (
    (Pause.IDENTITY.value, "Identity: the month begins when it is shown"),
    (Pause.CLARIFICATION.value, "Clarification: the days of waiting are not counted"),
)


class NewForm(GovForm):
    """A request as it came."""

    asker = forms.ChoiceField(
        label="Who asks?",
        choices=[(a.value, a.label) for a in Asker],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who asks"},
    )
    asker_name = forms.CharField(label="Their name", max_length=200)
    given_name = forms.CharField(label="Given name of the person whose record is asked for", max_length=100)
    family_name = forms.CharField(label="Family name of the person whose record is asked for", max_length=100)
    born = DayField(label="Date of birth of the person whose record is asked for", required=False)
    scope = forms.CharField(
        label="What do they ask for?",
        help_text="In their words. Leave it blank where they ask for everything.",
        widget=forms.Textarea,
        required=False,
        max_length=4000,
    )
    received_on = DayField(label="When was it received?", help_text="The clock runs from this day.")


class IdentifyForm(GovForm):
    """Whose record it is: by number, or by whole name and day of birth."""

    nhs_number = forms.CharField(label="NHS number", required=False, max_length=20)
    given_name = forms.CharField(label="Given name", required=False, max_length=100)
    family_name = forms.CharField(label="Family name", required=False, max_length=100)
    born = DayField(label="Date of birth", required=False)


class WordsForm(GovForm):
    """One thing to write down."""

    words = forms.CharField(label="What was done", widget=forms.Textarea, max_length=4000)

    def __init__(self, data: Any = None, *, label: str, hint: str = "", prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self.fields["words"].label, self.fields["words"].help_text = label, hint
        self.fields["words"].error_messages["required"] = "Write down what was done and found"


class PauseForm(WordsForm):
    """Why the clock stands still, and what was asked."""

    reason = forms.ChoiceField(
        label="What was asked for?",
        choices=_PAUSES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was asked for"},
    )
    field_order = ("reason", "words")


class ReaderForm(GovForm):
    """A manager, of those in the directory but the one who chooses."""

    practitioner = forms.ChoiceField(label="Manager", error_messages={"required": "Choose a manager"})

    def __init__(self, data: Any = None, *, label: str, hint: str, prefix: str, but: str) -> None:
        super().__init__(data, prefix=prefix)
        field = self.fields["practitioner"]
        field.label, field.help_text = label, hint
        named = teams()
        cards = [c for c in practitioners(roles=("manager",)) if str(c.id) != but]
        choices = [(str(c.id), f"{c.name}, {named[c.team].name if c.team in named else c.team}") for c in cards]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Choose a manager"), *choices]
