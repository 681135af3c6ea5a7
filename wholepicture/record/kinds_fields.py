"""How a kind's own fields are declared: a name, a type, the values it may take, and words for forms and pages."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class FieldType(enum.StrEnum):
    """What a field of `details` may hold (spec: chronology-bundle, Kinds and their details)."""

    DATE = "date"
    NUMBER = "number"
    TEXT = "text"
    FLAG = "true or false"
    TEXT_OR_FLAG = "text, or true or false"
    CHOICE = "one of"
    AGENCY = "agency code"
    PERSON = "person key"
    TEXTS = "list of text"
    AGENCIES = "list of agency codes"
    PERSONS = "list of person keys"
    ENTRIES = "list of entry ids"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: `label` is what a form or page calls it; `values` are codes, said by `value_label`."""

    name: str
    type: FieldType
    label: str
    values: tuple[str, ...] = ()

    @property
    def expects(self) -> str:
        """What to write instead, for an error message."""
        return either(self.values) if self.values else _EXPECTS[self.type]


@dataclass(frozen=True, slots=True)
class KindSpec:
    """One kind of entry and its fields, in the order in which a form asks for them."""

    name: str
    label: str
    fields: tuple[FieldSpec, ...] = ()

    def field(self, name: str) -> FieldSpec | None:
        """The field of that name; None where the kind has none."""
        return next((f for f in self.fields if f.name == name), None)


_EXPECTS = {
    FieldType.DATE: "a date in quotes (YYYY, YYYY-MM, YYYY-MM-DD or a datetime), or “never”",
    FieldType.NUMBER: "a number without quotes",
    FieldType.TEXT: "text in quotes",
    FieldType.FLAG: "true or false without quotes",
    FieldType.TEXT_OR_FLAG: "text in quotes, or true or false",
    FieldType.CHOICE: "one of its values",
    FieldType.AGENCY: "an agency code such as school or school/st-marys",
    FieldType.PERSON: "a person key of this record",
    FieldType.TEXTS: "a list of texts",
    FieldType.AGENCIES: "a list of agency codes",
    FieldType.PERSONS: "a list of person keys",
    FieldType.ENTRIES: "a list of entry ids",
}


def either(values: tuple[str, ...]) -> str:
    """`a, b or c`: the values as a sentence offers them."""
    if len(values) < 2:
        return "".join(values)
    return f"{', '.join(values[:-1])} or {values[-1]}"


def flag(name: str, label: str) -> FieldSpec:
    """A field that is true, false, or left out where nobody knows."""
    return FieldSpec(name, FieldType.FLAG, label)


def text(name: str, label: str) -> FieldSpec:
    """A field in somebody's own words."""
    return FieldSpec(name, FieldType.TEXT, label)


def text_or_flag(name: str, label: str) -> FieldSpec:
    """A field that the spec's list of types leaves to be a boolean and that real chronologies write as words."""
    return FieldSpec(name, FieldType.TEXT_OR_FLAG, label)


def number(name: str, label: str) -> FieldSpec:
    """A number, in the unit that its label names."""
    return FieldSpec(name, FieldType.NUMBER, label)


def day(name: str, label: str) -> FieldSpec:
    """A date of any precision, or `never`."""
    return FieldSpec(name, FieldType.DATE, label)


def choice(name: str, label: str, values: str) -> FieldSpec:
    """One of the values, written here as words parted by spaces."""
    return FieldSpec(name, FieldType.CHOICE, label, tuple(values.split()))


def agency(name: str, label: str) -> FieldSpec:
    """One agency."""
    return FieldSpec(name, FieldType.AGENCY, label)


def agencies(name: str, label: str) -> FieldSpec:
    """Agencies, none or more."""
    return FieldSpec(name, FieldType.AGENCIES, label)


def person(name: str, label: str) -> FieldSpec:
    """One person of the record."""
    return FieldSpec(name, FieldType.PERSON, label)


def persons(name: str, label: str) -> FieldSpec:
    """People of the record, none or more."""
    return FieldSpec(name, FieldType.PERSONS, label)


def texts(name: str, label: str) -> FieldSpec:
    """Texts, none or more."""
    return FieldSpec(name, FieldType.TEXTS, label)


def entries(name: str, label: str) -> FieldSpec:
    """Entries of the record, by id."""
    return FieldSpec(name, FieldType.ENTRIES, label)
