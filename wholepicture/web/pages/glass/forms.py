"""What is asked of whoever looks for a child, breaks the glass, or reviews it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from wholepicture.foundation.identifiers import nhs_number, nhs_number_problem
from wholepicture.web.fields.forms import DayField, GovForm

LEAST: Final = 20  # characters: access asks as much of a reason, and a review is owed no less
GROUNDS: Final = (
    ("harm", "To protect a child at risk of significant harm (Children Act 1989, sections 17 and 47)"),
    ("life", "To protect somebody’s life (vital interests)"),
    ("emergency", "An emergency protection order or police protection (Children Act 1989, sections 44 and 46)"),
)


class FindForm(GovForm):
    """An NHS number, or both names and the day of birth: nobody is found by less."""

    nhs_number = forms.CharField(label="NHS number", required=False, max_length=20)
    given_name = forms.CharField(label="Given name", required=False, max_length=100)
    family_name = forms.CharField(label="Family name", required=False, max_length=100)
    born = DayField(label="Date of birth", required=False)

    def clean_nhs_number(self) -> str:
        """The ten digits; a number that is none is said to be, since it can be nobody’s."""
        text = str(self.cleaned_data["nhs_number"]).strip()
        if text and nhs_number_problem(text):
            raise ValidationError("Enter an NHS number as the NHS issued it, such as 485 777 3456")
        return nhs_number(text)

    def clean(self) -> dict[str, Any]:
        """Enough to find one child by."""
        found = super().clean() or self.cleaned_data
        named = found.get("given_name") and found.get("family_name") and found.get("born")
        if not self.errors and not found.get("nhs_number") and not named:
            raise ValidationError("Enter an NHS number, or the given name, family name and date of birth")
        return found


class BreakForm(GovForm):
    """Why, on what ground and for how long; and who it is, typed again, so that nobody opens a record by a slip."""

    ground = forms.ChoiceField(
        label="What lets you look?",
        choices=GROUNDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what lets you look"},
    )
    reason = forms.CharField(
        label="Why must you open this record now?",
        help_text="The child’s team reads it at once, a reviewer within two working days, and the ledger keeps it.",
        widget=forms.Textarea,
        min_length=LEAST,
        max_length=2000,
        error_messages={
            "required": "Say why you must open this record now",
            "min_length": "Say in a sentence why you must open this record now",
        },
    )
    hours = forms.IntegerField(
        label="For how many hours?",
        help_text="From 1 to 24.",
        min_value=1,
        max_value=24,
        initial=4,
        error_messages={
            "required": "Enter a number of hours from 1 to 24",
            "invalid": "Enter a number of hours from 1 to 24",
            "min_value": "Enter a number of hours from 1 to 24",
            "max_value": "Enter a number of hours from 1 to 24",
        },
    )

    def __init__(self, data: Any = None, *, number: str, born: date | None) -> None:
        super().__init__(data)
        self._wanted: str | date | None = number or born
        again: forms.Field = (
            forms.CharField(label="Type the child’s NHS number again", max_length=20)
            if number
            else DayField(label="Type the child’s date of birth again")
        )
        again.error_messages["required"] = "Type it again, to be sure that it is this child"
        self.fields["again"] = again

    def clean_again(self) -> str:
        """The same as was looked for."""
        typed = self.cleaned_data["again"]
        if (nhs_number(typed.strip()) if isinstance(typed, str) else typed) != self._wanted:
            raise ValidationError("This is not what you looked for: type it again")
        return str(typed)

    @property
    def said(self) -> str:
        """The reason as it is kept: its ground first, then the practitioner’s own words."""
        return f"{dict(GROUNDS)[self.cleaned_data['ground']]}. {self.cleaned_data['reason'].strip()}"


class ReviewForm(GovForm):
    """Whether it was justified, and what the reviewer found."""

    justified = forms.TypedChoiceField(
        label="Was opening this record justified?",
        choices=(("yes", "Justified"), ("no", "Not justified")),
        coerce={"yes": True, "no": False}.get,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it was justified"},
    )
    comment = forms.CharField(
        label="What did you look at, and what did you find?",
        widget=forms.Textarea,
        min_length=LEAST,
        max_length=2000,
        error_messages={
            "required": "Say what you looked at and what you found",
            "min_length": "Say what you looked at and what you found, in a sentence or more",
        },
    )
