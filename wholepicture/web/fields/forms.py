"""A form whose fields know their component, and the fields that the record's forms are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from wholepicture.access.engine import is_only_showing

_COMPONENTS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.CheckboxInput, "checkbox"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
)


class DayWidget(forms.Widget):
    """Three boxes: day, month and year. The value is the three texts as typed."""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> tuple[str, str, str] | None:
        """What was typed in each box; None where all three are blank."""
        parts = tuple(str(data.get(f"{name}-{part}", "")).strip() for part in ("day", "month", "year"))
        return (parts[0], parts[1], parts[2]) if any(parts) else None


class DayField(forms.Field):
    """A whole date typed as day, month and year."""

    widget = DayWidget

    def to_python(self, value: Any) -> date | None:
        """The date; a field message says what is wrong with it."""
        if value is None or isinstance(value, date):
            return value
        try:
            day, month, year = (int(part) for part in value)
            return date(year, month, day)
        except (ValueError, OverflowError) as error:
            raise ValidationError("Enter a real date, such as 27 3 2026") from error


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or nobody knows. None means that nobody knows, which is never the same as no."""

    widget = forms.RadioSelect

    def __init__(self, *, not_known: str = "Not known", **options: Any) -> None:
        choices = (("yes", "Yes"), ("no", "No"), ("not_known", not_known))
        super().__init__(choices=choices, coerce={"yes": True, "no": False}.get, empty_value=None, **options)


class GovBoundField(BoundField):
    """A field of a form as the macros draw it."""

    @property
    def component(self) -> str:
        """Which of the design system's components draws the field."""
        if isinstance(self.field.widget, DayWidget):
            return "day"
        return next((name for kind, name in _COMPONENTS if isinstance(self.field.widget, kind)), "input")

    @property
    def error(self) -> dict[str, str] | None:
        """The field's first message, as a component's parameter."""
        return {"text": str(self.errors[0])} if self.errors else None

    @property
    def hint(self) -> dict[str, str] | None:
        """The field's hint, as a component's parameter."""
        return {"text": str(self.help_text)} if self.help_text else None

    @property
    def items(self) -> list[dict[str, object]]:
        """The choices, as radios, checkboxes and selects take them."""
        value = self.value()
        given = value if isinstance(value, list | tuple) else [value]
        chosen = {str(v) for v in given if v is not None}
        choices: Sequence[tuple[Any, Any]] = list(getattr(self.field, "choices", ()))
        return [
            {"value": str(v), "text": str(words), "checked": str(v) in chosen, "selected": str(v) in chosen}
            for v, words in choices
        ]

    @property
    def days(self) -> tuple[str, str, str]:
        """The day, month and year as typed, for three boxes."""
        value = self.value()
        if isinstance(value, date):
            return (str(value.day), str(value.month), str(value.year))
        return value or ("", "", "")

    @property
    def target(self) -> str:
        """The id that a link of the error summary moves to."""
        name = self.html_name
        return f"{name}-day" if self.component == "day" else name


class GovForm(forms.Form):
    """A form of the design system. Its messages say what to enter, never “This field is required”."""

    bound_field_class = GovBoundField
    use_required_attribute = False

    def __init__(self, data: QueryDict | Mapping[str, Any] | None = None, *args: Any, **options: Any) -> None:
        super().__init__(data, *args, **options)
        for name, field in self.fields.items():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = f"Enter: {str(field.label or name).rstrip('?').lower()}"

    def is_valid(self) -> bool:
        """Whether it may be acted on: never while a kept form is only being shown again."""
        return super().is_valid() and not is_only_showing()

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every message with the place it links to, for the summary at the top."""
        found: list[dict[str, str]] = [{"text": str(m)} for m in self.non_field_errors()]
        for name in self.fields:
            bound = self[name]
            if isinstance(bound, GovBoundField):
                found += [{"text": str(m), "href": f"#{bound.target}"} for m in bound.errors]
        return found
