"""What is asked of whoever records an address, keeps one from somebody, reviews that, or asks for a release."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from wholepicture.foundation.when import When
from wholepicture.people.addresses.rules import LONGEST_REVIEW
from wholepicture.people.addresses.types import Address, AddressSort, ShieldReason
from wholepicture.web.fields.days import PartialDayField
from wholepicture.web.fields.forms import DayField, GovForm

Choices = Sequence[tuple[str, str]]
LEAST: Final = 20  # characters: a sentence, which another person decides on


class AddressForm(GovForm):
    """One address of one person of the family, between two dates as far as they are known."""

    who = forms.ChoiceField(
        label="Whose address is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whose address it is"},
    )
    sort = forms.TypedChoiceField(
        label="What is it to them?",
        choices=tuple((s.value, s.words) for s in AddressSort),
        coerce=AddressSort,
        initial=AddressSort.HOME.value,
    )
    lines = forms.CharField(
        label="Address",
        help_text="Without the postcode, a line for each part.",
        widget=forms.Textarea,
        max_length=500,
        error_messages={"required": "Enter the address"},
    )
    postcode = forms.CharField(label="Postcode", required=False, max_length=10)
    phone = forms.CharField(label="Telephone there", required=False, max_length=30)
    from_ = PartialDayField(label="Since when?", required=False, help_text="Leave blank what is not known.")
    to = PartialDayField(label="Until when?", required=False, help_text="Blank: they are there still, or nobody knows.")
    source = forms.CharField(label="Who said so?", required=False, max_length=200)

    def __init__(self, data: Any = None, *, people: Choices, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        _choose(self.fields["who"], people)


class CorrectForm(AddressForm):
    """An address as it was recorded, to be put right."""

    def __init__(self, data: Any = None, *, was: Address) -> None:
        initial = {
            "sort": was.sort.value, "lines": "\n".join(was.lines), "postcode": was.postcode, "phone": was.phone,
            "from_": _boxes(was.from_), "to": _boxes(was.to), "source": was.source,
        }  # fmt: skip
        super().__init__(data, people=(), initial=initial)
        del self.fields["who"]


class HandForm(GovForm):
    """To which team a shield is handed over, and why."""

    team = forms.ChoiceField(label="To which team?", error_messages={"required": "Choose the team"})
    others = forms.MultipleChoiceField(
        label="Hand over with it",
        help_text="Their shields were set with this one: an address that they share should have one team to ask.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    why = forms.CharField(
        label="Why is it handed over?",
        help_text="They read this before they decide. Do not write where the family is.",
        widget=forms.Textarea,
        max_length=2000,
        error_messages={"required": "Say why it is handed over"},
    )

    def __init__(self, data: Any = None, *, teams: Choices, others: Choices) -> None:
        super().__init__(data, initial={"others": [key for key, _ in others]})
        _choose(self.fields["team"], [("", "Choose a team"), *teams])
        _choose(self.fields["others"], others)


class OfferForm(GovForm):
    """Whether a shield that is offered is taken; or, for those who offered it, whether the offer is taken back."""

    taken = forms.ChoiceField(
        label="Does your team take it over?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether your team takes it over"},
    )
    words = forms.CharField(
        label="Anything that they should know",
        help_text="Needed where you decline it or take it back.",
        widget=forms.Textarea,
        required=False,
        max_length=2000,
    )

    def __init__(self, data: Any = None, *, acts: Choices) -> None:
        super().__init__(data)
        _choose(self.fields["taken"], acts)

    def clean(self) -> dict[str, Any]:
        """Whoever does not take it says why."""
        found = super().clean() or self.cleaned_data
        if found.get("taken") == "no" and not found.get("words"):
            self.add_error("words", "Say why, so that the other team knows what to do")
        return found


class ShieldForm(GovForm):
    """Whose address is kept, from whom, why and since when: short enough to be filled in while somebody waits."""

    people = forms.MultipleChoiceField(
        label="Whose address must be kept?",
        help_text="The address of a child leads to whoever the child lives with: keep them all. Whoever else lives "
        "there, and is not yours to see here, is kept as well.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose whose address must be kept"},
    )
    reason = forms.TypedChoiceField(
        label="Why?",
        choices=tuple((r.value, r.words) for r in ShieldReason),
        coerce=ShieldReason,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it must be kept"},
    )
    words = forms.CharField(
        label="Anything that whoever is asked for it should know",
        help_text="Needed for another reason.",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
    )
    from_whom = forms.CharField(
        label="From whom?",
        help_text="In your own words. It is kept from everybody but your team, whoever you name.",
        required=False,
        max_length=300,
    )
    people_from = forms.MultipleChoiceField(
        label="Are they on this record?", widget=forms.CheckboxSelectMultiple, required=False
    )
    covers_from = DayField(
        label="Since when?",
        help_text="The day they left. Places recorded of that day and later are kept as well.",
        error_messages={"required": "Enter the day since when it must be kept"},
    )
    review_by = DayField(
        label="When should this be reviewed?", required=False, help_text="Blank: in six months, which is the latest."
    )

    def __init__(self, data: Any = None, *, people: Choices, adults: Choices, today: date, kept: list[str]) -> None:
        super().__init__(data, initial={"people": kept, "covers_from": today})
        self.today = today
        _choose(self.fields["people"], people)
        _choose(self.fields["people_from"], adults)

    def clean_covers_from(self) -> date:
        """Today or earlier: it is in force at once."""
        day: date = self.cleaned_data["covers_from"]
        if day > self.today:
            raise ValidationError("Enter a day that is not in the future: the shield is in force at once")
        return day

    def clean_review_by(self) -> date | None:
        """Within six months, and not before today."""
        return _within(self.cleaned_data["review_by"], self.today)

    def clean(self) -> dict[str, Any]:
        """From somebody, who is not one of those kept safe; another reason needs its words."""
        found = super().clean() or self.cleaned_data
        if not found.get("from_whom") and not found.get("people_from"):
            self.add_error("from_whom", "Say from whom it must be kept")
        if set(found.get("people") or ()) & set(found.get("people_from") or ()):
            self.add_error("people_from", "Nobody’s address is kept from themselves: choose them in one place only")
        if found.get("reason") is ShieldReason.OTHER and not found.get("words"):
            self.add_error("words", "Say in your own words why it must be kept")
        return found


class KeptForm(GovForm):
    """A review of a shield, or one of the two steps by which it ends."""

    act = forms.ChoiceField(
        label="What do you do?", widget=forms.RadioSelect, error_messages={"required": "Choose what you do"}
    )
    why = forms.CharField(
        label="Why, and whom did you ask?",
        widget=forms.Textarea,
        min_length=LEAST,
        max_length=2000,
        error_messages={
            "required": "Say why, and whom you asked",
            "min_length": "Say in a sentence why, and whom you asked",
        },
    )
    review_by = DayField(label="Next review", required=False, help_text="Blank: in six months, which is the latest.")

    def __init__(self, data: Any = None, *, acts: Choices, today: date) -> None:
        super().__init__(data)
        self.today = today
        _choose(self.fields["act"], acts)

    def clean_review_by(self) -> date | None:
        """Within six months, and not before today."""
        return _within(self.cleaned_data["review_by"], self.today)


class AskForm(GovForm):
    """For whom a release is asked, why and for how long."""

    reader = forms.ChoiceField(label="Who is to read it?", error_messages={"required": "Choose who is to read it"})
    why = forms.CharField(
        label="Why is the address needed now?",
        help_text="Somebody of another team decides by these words, and they stay on the ledger.",
        widget=forms.Textarea,
        min_length=LEAST,
        max_length=2000,
        error_messages={
            "required": "Say why the address is needed now",
            "min_length": "Say in a sentence why the address is needed now",
        },
    )
    hours = forms.IntegerField(
        label="For how many hours?",
        help_text="From 1 to 24.",
        min_value=1,
        max_value=24,
        initial=4,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Enter a number of hours from 1 to 24"
        ),
    )

    def __init__(self, data: Any = None, *, readers: Choices, me: str) -> None:
        super().__init__(data, initial={"reader": me})
        _choose(self.fields["reader"], readers)


class DecideForm(GovForm):
    """Whether the release is granted, and why."""

    granted = forms.TypedChoiceField(
        label="May they read it?",
        choices=(("yes", "Yes, for the hours asked"), ("no", "No")),
        coerce={"yes": True, "no": False}.get,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether they may read it"},
    )
    why = forms.CharField(
        label="Why?",
        help_text="It stays on the ledger, with your name.",
        widget=forms.Textarea,
        max_length=2000,
        error_messages={"required": "Say why"},
    )


def _boxes(when: When | None) -> tuple[str, str, str] | None:
    """A date as three boxes, as far as it was stated; of a moment its day."""
    if when is None:
        return None
    stated = when.stated if when.stated.replace("-", "").isdecimal() else str(when.start)
    year, month, day = (*stated.split("-"), "", "")[:3]
    return day.lstrip("0"), month.lstrip("0"), year


def _choose(field: forms.Field, choices: Choices) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


def _within(day: date | None, today: date) -> date | None:
    if day is not None and not today <= day <= today + LONGEST_REVIEW:
        raise ValidationError("Enter a review date from today to six months from today")
    return day
