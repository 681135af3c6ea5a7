"""What is asked of whoever decides how long a record is kept."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from wholepicture.record.retention.types import Ground
from wholepicture.web.fields.forms import DayField, GovForm

_NO_FACTS: Final = "Say no fact about the person: this stays when the record is gone."


class ReasonForm(GovForm):
    """A reason that outlives the record."""

    reason = forms.CharField(label="Why?", help_text=_NO_FACTS, widget=forms.Textarea, max_length=1000)

    def __init__(self, data: Any = None, *, prefix: str, label: str = "Why?") -> None:
        super().__init__(data, prefix=prefix)
        self.fields["reason"].label = label
        self.fields["reason"].error_messages["required"] = "Say why, in a sentence"


class HoldForm(ReasonForm):
    """What holds a record."""

    ground = forms.ChoiceField(
        label="What is it held for?",
        choices=[(g.value, g.label) for g in Ground],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is held for"},
    )
    field_order = ("ground", "reason")


class KeepForm(ReasonForm):
    """Until when a record is kept."""

    until = DayField(label="Until when?", help_text="It is listed again after this day.")
    field_order = ("until", "reason")


class ConfirmForm(GovForm):
    """That whoever confirms has understood what it does."""

    sure = forms.BooleanField(
        label="I have looked at this record or its particulars, and it is to be destroyed. It cannot be brought back.",
        error_messages={"required": "Tick the box to confirm that it is to be destroyed"},
    )

    def __init__(self, data: Any = None, *, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
