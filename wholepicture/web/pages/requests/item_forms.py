"""The decision about one item, as a form that needs no scripts: an outcome, a reason, and what to withhold of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wholepicture.casework.subject_access.codes import codes_on
from wholepicture.casework.subject_access.rules import places_of, sentences
from wholepicture.casework.subject_access.types import Cut, Decision, Item, Outcome, Suggestion
from wholepicture.web.fields.forms import GovForm


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be withheld: the words, why they are offered, and whether they are chosen now."""

    value: str
    words: str
    why: str
    chosen: bool


class ItemForm(GovForm):
    """What a reviewer decides of an item. `cut` holds `part:start:end:code`, the code blank for the part's own."""

    outcome = forms.ChoiceField(
        label="What is decided?",
        choices=[(o.value, o.label) for o in Outcome],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose: give, give with parts withheld, or withhold"},
    )
    code = forms.ChoiceField(label="Why is it withheld?", required=False)
    words = forms.CharField(
        label="Other words to withhold", help_text="Exactly as they stand; wherever they stand in this item.",
        required=False, max_length=500,
    )  # fmt: skip
    note = forms.CharField(
        label="What did you weigh?", help_text="Needed for some reasons. The asker does not see it.",
        widget=forms.Textarea, required=False, max_length=4000,
    )  # fmt: skip

    def __init__(self, data: Any = None, *, item: Item, decision: Decision | None, day: date) -> None:
        start = {}
        if decision is not None:
            code = decision.code or next(iter({c.code for c in decision.cuts}), "")
            start = {"outcome": decision.outcome.value, "code": code, "note": decision.note}
        super().__init__(data, initial=start)
        field = self.fields["code"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Choose a reason"), *((c.code, f"{c.title} ({c.mark})") for c in codes_on(day))]
        self._item = item
        self._chosen = (
            list(data.getlist("cut")) if data is not None else [_value(c) for c in (decision.cuts if decision else ())]
        )

    def clean(self) -> dict[str, Any]:
        """Read the places; words that stand nowhere are said to."""
        found = super().clean() or self.cleaned_data
        cuts = [cut for cut in (self._read(v) for v in self._chosen) if cut is not None]
        words = str(found.get("words") or "").strip()
        if words:
            if not found.get("code"):
                self.add_error("code", "Choose a reason for the words to withhold")
            places = [
                Cut(p.name, start, end, str(found.get("code")))
                for p in self._item.parts
                for start, end in places_of(p.text, words)
            ]
            if not places:
                self.add_error("words", "These words do not stand in this item. Check the spelling")
            cuts += places
        if any(not cut.code for cut in cuts) and found.get("outcome") == Outcome.PART.value:
            self.add_error("code", "Choose a reason for the sentences to withhold")
        found["cuts"] = cuts
        return found

    def _read(self, value: str) -> Cut | None:
        part, _, rest = value.partition(":")
        try:
            start, end = (int(n) for n in rest.split(":")[:2])
        except ValueError:
            raise ValidationError("What you chose to withhold is not in this item. Choose it again") from None
        code = (rest.split(":") + [""])[2] or str(self.cleaned_data.get("code") or "")
        return Cut(part, start, end, code)

    def suggested(self, found: tuple[Suggestion, ...]) -> list[Choice]:
        """The places that may have to be withheld, each with why."""
        return [self._choice(s.cut, s.why) for s in found if s.cut is not None]

    def sentences_of(self, part: str, found: tuple[Suggestion, ...]) -> list[Choice]:
        """Each sentence of a part, to withhold whole."""
        text = next(p.text for p in self._item.parts if p.name == part)
        whole = {(s.cut.start, s.cut.end) for s in found if s.cut is not None and s.cut.part == part}
        spans = [span for span in sentences(text) if span not in whole]
        return [self._choice(Cut(part, start, end, ""), "") for start, end in spans]

    def earlier(self, offered: list[Choice]) -> list[Choice]:
        """What was chosen before and is offered nowhere else: words typed, as places."""
        known = {c.value for c in offered} | {c.value.rpartition(":")[0] + ":" for c in offered}
        cuts = [self._cut(v) for v in self._chosen if v not in known and v.rpartition(":")[0] + ":" not in known]
        return [self._choice(c, "") for c in cuts if c is not None]

    def _cut(self, value: str) -> Cut | None:
        bits = value.split(":")
        if len(bits) != 4 or not (bits[1].isdigit() and bits[2].isdigit()):
            return None
        return Cut(bits[0], int(bits[1]), int(bits[2]), bits[3])

    def _choice(self, cut: Cut, why: str) -> Choice:
        value, part = _value(cut), self._item.part(cut.part)
        place = value.rpartition(":")[0]
        chosen = value in self._chosen or (not cut.code and any(v.rpartition(":")[0] == place for v in self._chosen))
        return Choice(value, part.text[cut.start : cut.end] if part else "", why, chosen)


def _value(cut: Cut) -> str:
    return f"{cut.part}:{cut.start}:{cut.end}:{cut.code}"
