"""Checks an entry's `details` against its kind: every problem at once, each naming the field and what to write."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import Final, NoReturn

from wholepicture.foundation.when import BadDate, When
from wholepicture.record.kinds import KINDS, agency_problem, field_of
from wholepicture.record.kinds_fields import FieldSpec, FieldType, either
from wholepicture.record.types import NEVER

# A measurement has no limit here: what an agency wrote down is on its record, slips of the pen or the unit (grams for
# kilograms) too, and the rules of growth set aside what cannot be.
_GREATEST: Final = {"percent": 100.0, "risk_rating": 10.0, "gestation_weeks": 50.0}
_ABOVE_NOUGHT: Final = frozenset("gestation_weeks birth_weight_kg weight_kg height_cm head_circumference_cm".split())
_DEEPEST: Final = 10  # no field is deeper than a list in {"value": …}
_TOO_MUCH: Final = "holds a number too long or lists too deep; expected a plain JSON object"
_LISTS: Final = frozenset({FieldType.TEXTS, FieldType.AGENCIES, FieldType.PERSONS, FieldType.ENTRIES})


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field, and what is expected; `field` is empty where it is the whole object."""

    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


class BadDetails(ValueError):
    """Text that is no JSON object as the record accepts it; the message says why."""


def parse_details(text: str) -> dict[str, object]:
    """Read a `details` cell; blank is `{}`.

    Raises BadDetails for broken JSON, anything but an object, a name given twice, NaN or Infinity, a number too great
    to hold, or text with characters that cannot be stored.
    """
    if not text.strip():
        return {}
    try:
        found = json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    except BadDetails:
        raise
    except json.JSONDecodeError as error:
        raise BadDetails(
            f"broken JSON at character {error.pos + 1} ({error.msg}); expected an object such as "
            '{"outcome": "accepted"}'
        ) from error
    except (ValueError, RecursionError) as error:
        raise BadDetails(_TOO_MUCH) from error
    if not isinstance(found, dict):
        raise BadDetails('is not a JSON object; expected one such as {"outcome": "accepted"}')
    _refuse_unstorable(found)
    return found


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise BadDetails(f"“{name}” stands twice; expected each field once")
        found[name] = value
    return found


def _no_constant(text: str) -> NoReturn:
    raise BadDetails(f"{text} is not a number; expected a number, or leave the field out where it is not known")


def _refuse_unstorable(value: object, depth: int = 0) -> None:
    """NUL and half a surrogate pair are valid in JSON and in no database text; 1e999 is no finite number."""
    if depth > _DEEPEST:
        raise BadDetails(_TOO_MUCH)
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _refuse_unstorable(name, depth + 1)
            _refuse_unstorable(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _refuse_unstorable(inner, depth + 1)
    elif isinstance(value, str) and any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value):
        raise BadDetails("holds a character that cannot be stored (\\u0000 or half a pair); expected plain text")
    elif isinstance(value, float) and not math.isfinite(value):
        raise BadDetails("holds a number too great to hold; expected a plain number")


def check_details(
    kind: str, details: Mapping[str, object], people: Container[str], entries: Container[str]
) -> list[FieldProblem]:
    """Everything wrong with the details of an entry of that kind, in the order written; empty where nothing is.

    `people` and `entries` are the keys and ids that a field may name.
    """
    if kind not in KINDS:
        return [FieldProblem("", f"unknown kind “{kind}”; expected {either(tuple(KINDS))}")]
    known = _Known(people, entries)
    found = [problem for name, raw in details.items() for problem in _field_problems(kind, name, raw, known)]
    return found + _order_problems(details)


@dataclass(frozen=True, slots=True)
class _Known:
    people: Container[str]
    entries: Container[str]


def _field_problems(kind: str, name: str, raw: object, known: _Known) -> list[FieldProblem]:
    spec = field_of(kind, name)
    if spec is None:
        return [FieldProblem(name, f"{kind} has no such field; expected {_names(kind)}")]
    found: list[FieldProblem] = []
    if isinstance(raw, Mapping):
        problem = _wrapper_problem(raw)
        if problem is not None:
            return [FieldProblem(name, problem)]
        raw = raw["value"]
    message = _value_problem(spec, raw, known)
    if message is not None:
        found.append(FieldProblem(name, message))
    return found


def _names(kind: str) -> str:
    own = tuple(f.name for f in KINDS[kind].fields)
    return either((*own, "answers", "same_event_as"))


def _wrapper_problem(raw: Mapping[object, object]) -> str | None:
    if set(raw) != {"value", "known"}:
        return 'expected {"value": …, "known": "YYYY-MM-DD"} and nothing else where a field became known later'
    known = raw["known"]
    if not isinstance(known, str):
        return "known: expected the date, in quotes, from which it was known"
    problem = _date_problem(known)
    return None if problem is None else f"known: {problem}"


def _value_problem(spec: FieldSpec, value: object, known: _Known) -> str | None:
    if spec.type in _LISTS:
        return _list_problem(spec, value, known)
    if spec.type is FieldType.FLAG:
        return None if isinstance(value, bool) else _wrong(spec, value)
    if spec.type is FieldType.NUMBER:
        return _number_problem(spec, value)
    if spec.type is FieldType.TEXT_OR_FLAG and isinstance(value, bool):
        return None
    if not isinstance(value, str):
        return _wrong(spec, value)
    if value == NEVER and spec.type is FieldType.DATE:
        return None
    return _text_problem(spec, value, known)


def _text_problem(spec: FieldSpec, value: str, known: _Known) -> str | None:
    if spec.type is FieldType.CHOICE and value not in spec.values:
        return f"“{value}” is not one of its values; expected {spec.expects}"
    if spec.type is FieldType.DATE:
        return _date_problem(value)
    return _ITEM_CHECKS.get(spec.type, _anything)(value, known)


def _list_problem(spec: FieldSpec, value: object, known: _Known) -> str | None:
    if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
        return _wrong(spec, value)
    check = _ITEM_CHECKS.get(spec.type, _anything)
    problems = (check(v, known) for v in value)
    return next((p for p in problems if p is not None), None)


def _number_problem(spec: FieldSpec, value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return _wrong(spec, value)
    least = "more than 0" if spec.name in _ABOVE_NOUGHT else "0 or more"
    if value < 0 or (value == 0 and spec.name in _ABOVE_NOUGHT):
        return f"{_shown(value)} cannot be; expected {least}"
    greatest = _GREATEST.get(spec.name)
    if greatest is not None and value > greatest:
        return f"{_shown(value)} cannot be; expected {least}, at most {greatest:g}"
    return None


def _date_problem(value: str) -> str | None:
    try:
        When.parse(value)
    except BadDate as error:
        return str(error)
    return None


def _order_problems(details: Mapping[str, object]) -> list[FieldProblem]:
    """A period whose every possible end lies before its every possible beginning (an attendance's `from` and `to`)."""
    first, last = (_when(details.get(name)) for name in ("from", "to"))
    if first is not None and last is not None and last.latest < first.earliest:
        return [
            FieldProblem("to", f"“{last.stated}” lies before from “{first.stated}”; expected the same day or later")
        ]
    return []


def _when(raw: object) -> When | None:
    value = raw.get("value") if isinstance(raw, Mapping) else raw
    try:
        return When.parse(value) if isinstance(value, str) else None
    except BadDate:
        return None


def _wrong(spec: FieldSpec, value: object) -> str:
    return f"{_shown(value)} is {_json_type(value)}; expected {spec.expects}"


def _shown(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else f"{shown[:59]}…"


def _json_type(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "text" if isinstance(value, str) else "a list or object"


def _agency(value: str, _known: _Known) -> str | None:
    return agency_problem(value)


def _person(value: str, known: _Known) -> str | None:
    return None if value in known.people else f"unknown person “{value}”; expected the key of a person in the record"


def _entry(value: str, known: _Known) -> str | None:
    return None if value in known.entries else f"unknown entry “{value}”; expected the id of an entry in the record"


def _anything(_value: str, _known: _Known) -> None:
    return None


_ITEM_CHECKS: Final[Mapping[FieldType, Callable[[str, _Known], str | None]]] = {
    FieldType.AGENCY: _agency,
    FieldType.AGENCIES: _agency,
    FieldType.PERSON: _person,
    FieldType.PERSONS: _person,
    FieldType.ENTRIES: _entry,
}
