"""The whole form: the incident with its rows of adults and children, read into a notice and back into messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from wholepicture.casework.notice.rules import FACTS, cautions, problems
from wholepicture.casework.notice.types import NamedAdult, NamedPerson, Notice, Part, SeenChild
from wholepicture.foundation.when import BadDate, Precision, When
from wholepicture.people.types import Relation
from wholepicture.web.fields.forms import GovForm
from wholepicture.web.pages.notice.forms import AdultForm, ChildForm, IncidentForm, PersonForm

ADULTS, CHILDREN, MOST_ROWS = 2, 1, 20
_TOKEN_LENGTH: Final = 32


class NoticeForms:
    """One notice as typed. `problems` are every message, in the order of the page."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, adults: int = ADULTS, children: int = CHILDREN
    ) -> None:
        self.incident = IncidentForm(data)
        self.adults = [AdultForm(data, prefix=f"adult-{n}") for n in range(adults)]
        self.children = [ChildForm(data, prefix=f"child-{n}") for n in range(children)]
        self.token = _token(data)
        self.cautions: list[str] = []
        self.checked = False
        self.added = False

    @classmethod
    def typed(cls, data: Mapping[str, Any]) -> NoticeForms:
        """The form as sent, with as many rows as it had, and one more where that was asked."""
        adults, children = _rows(data.get("adults"), ADULTS), _rows(data.get("children"), CHILDREN)
        add = data.get("add")
        more_adults, more_children = adults + (add == "adult"), children + (add == "child")
        forms = cls(data, adults=min(more_adults, MOST_ROWS), children=min(more_children, MOST_ROWS))
        forms.added = add in ("adult", "child")
        return forms

    @property
    def problems(self) -> list[dict[str, str]]:
        """Every message with its place; none until the form is checked."""
        if not self.checked:
            return []
        found = self.incident.problems
        for form in (*self.adults, *self.children):
            found += form.problems
        return found

    def checked_notice(self, now: datetime, today: date) -> Notice | None:
        """The notice, where it may be sent; None where messages stand on its fields."""
        self.checked = True
        adults = [f for f in self.adults if not f.is_blank]
        children = [f for f in self.children if not f.is_blank]
        every: list[GovForm] = [self.incident, *adults, *children]
        readable = all([form.is_valid() for form in every])
        notice = self._notice(adults, children)
        self.cautions = cautions(notice)
        for problem in problems(notice, now, today):
            self._say(problem.part, problem.field, problem.message, adults, children)
        return notice if readable and not self.problems else None

    def _say(
        self, part: str, field: str, message: str, adults: Sequence[AdultForm], children: Sequence[ChildForm]
    ) -> None:
        kind, _, place = part.partition("-")
        rows: Sequence[PersonForm] = {"adult": adults, "child": children}.get(kind, ())
        form: GovForm = self.incident
        if kind and int(place or 0) < len(rows):
            form = rows[int(place or 0)]
        elif kind == "adult" or field == "nobody":
            form, field = self.adults[0], field if field == "part" else "given_name"
            form.is_valid()
        # What could not be read has its own message already; a second one would say that it is missing.
        if field not in form.errors:
            form.add_error(field if field in form.fields else None, message)

    def _notice(self, adults: Sequence[AdultForm], children: Sequence[ChildForm]) -> Notice:
        data = _given(self.incident)
        home = next((str(_given(a)["address"]) for a in adults if _given(a)["address"]), "")
        occurred = _moment(data["day"], data["time"], bool(data["about"]))
        return Notice(
            reference=data["reference"],
            occurred=occurred,
            ended=_ended(data, occurred),
            place=data["place"],
            circumstances=data["circumstances"],
            adults=tuple(_adult(_given(a)) for a in adults),
            children=tuple(_child(_given(c), home) for c in children),
            adults_relation=Relation(data["adults_relation"]) if data["adults_relation"] else None,
            facts={name: data[name] for name in FACTS},
            tool=data["tool"],
            grade=data["grade"],
            child_grade=data["child_grade"],
            words_of=data["words_of"],
            words_kept=bool(data["words_kept"]),
            safety_action=data["safety_action"],
            safe_contact=data["safe_contact"],
            keep_address=bool(data["keep_address"]),
            keep_from=data["keep_from"],
            reply_by=data["reply_by"],
            no_children_confirmed=bool(data["no_children"]),
            token=self.token,
        )


def _token(data: Mapping[str, Any] | None) -> str:
    sent = str(data.get("token", "")) if data else ""
    fits = len(sent) == _TOKEN_LENGTH and sent.isalnum() and sent.isascii()
    return sent if fits else uuid4().hex


def _rows(text: object, otherwise: int) -> int:
    number = int(str(text)) if str(text).isascii() and str(text).isdigit() and len(str(text)) < 4 else otherwise
    return max(otherwise, min(number, MOST_ROWS))


def _given(form: GovForm) -> dict[str, Any]:
    """What could be read of a form; a field that could not is blank, and has its own message."""
    blank: dict[str, Any] = {name: field.empty_value if hasattr(field, "empty_value") else None
                             for name, field in form.fields.items()}  # fmt: skip
    return {**blank, **getattr(form, "cleaned_data", {})}


def _moment(day: When | None, time: str, about: bool) -> When | None:
    if day is None:
        return None
    precision = Precision.ABOUT.value if about else None
    stated = f"{day.stated}T{time}" if time and day.precision is Precision.DAY else day.stated
    try:
        return When.parse(stated, precision)
    except BadDate:
        return day


def _ended(data: Mapping[str, Any], occurred: When | None) -> When | None:
    if occurred is None or not data["end_time"] or occurred.moment is None:
        return None
    day = occurred.start + timedelta(days=1 if data["past_midnight"] else 0)
    return When.parse(f"{day.isoformat()}T{data['end_time']}")


def _person(data: Mapping[str, Any], home: str = "") -> NamedPerson:
    return NamedPerson(
        given_name=data["given_name"],
        family_name=data["family_name"],
        born=data["born"],
        sex=data["sex"],
        language=data["language"],
        interpreter=data["interpreter"] if data["interpreter"] in ("needed", "not_needed") else "",
        address=data["address"] or home,
    )


def _adult(data: Mapping[str, Any]) -> NamedAdult:
    return NamedAdult(
        person=_person(data),
        part=Part(data["part"]) if data["part"] else None,
        relation=Relation(data["relation"]) if data["relation"] else None,
    )


def _child(data: Mapping[str, Any], home: str) -> SeenChild:
    named = (
        "present seen where awake spoken_to spoken_by alone language interpreter words not_seen_reason school"
    ).split()
    return SeenChild(person=_person(data, home), unborn=bool(data["unborn"]), **{name: data[name] for name in named})
