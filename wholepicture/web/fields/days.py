"""A date as far as somebody knows it: a day, a month or only a year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wholepicture.foundation.when import BadDate, When
from wholepicture.web.fields.forms import DayWidget


class PartialDayField(forms.Field):
    """A date of which the day, or day and month, may be left blank where nobody knows them."""

    widget = DayWidget

    def to_python(self, value: Any) -> When | None:
        """The date as far as it was given; a field message says what is wrong with it."""
        if value is None or isinstance(value, When):
            return value
        day, month, year = value
        if not year or (day and not month):
            raise ValidationError("Enter at least the year; with a day, enter the month too")
        try:
            parts = [f"{int(year):04d}", *(f"{int(p):02d}" for p in (month, day) if p)]
            return When.parse("-".join(parts))
        except (ValueError, BadDate) as error:
            raise ValidationError("Enter a real date, such as 27 3 2026, or a month and year, or a year") from error
