"""The decision's form: one outcome, its reasons, and each child's own position; and a review of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from wholepicture.casework.screening.rules import decision_problems
from wholepicture.casework.task.types import AskedChild, Decision
from wholepicture.web.fields.forms import GovForm

_MEANS = {
    Decision.NONE: "Everybody who holds the children is still told, and asked to act.",
    Decision.EARLY_HELP: "A named team starts work with the family, with their consent.",
    Decision.ASSESSMENT: "A social work team assesses each child (Children Act 1989, section 17).",
    Decision.STRATEGY: "Reasonable cause to suspect significant harm: police, health and social care meet (s47).",
}


class DecisionForm(GovForm):
    """What is decided, and why."""

    decision = forms.ChoiceField(
        label="What do you decide?",
        required=False,
        widget=forms.RadioSelect,
        choices=[(d.value, d.label) for d in Decision],
        error_messages={"invalid_choice": "Choose what you decide"},
    )
    reasons = forms.CharField(
        label="Why?",
        help_text="What you read, what it adds up to with what came before, and why this is the right step.",
        required=False,
        max_length=8000,
        widget=forms.Textarea,
    )

    def __init__(
        self, data: Mapping[str, Any] | None, children: Sequence[AskedChild], teams: Mapping[str, str]
    ) -> None:
        super().__init__(data)
        self.children, self.teams = children, teams
        for child in children:
            self.fields[f"position-{child.person}"] = forms.CharField(
                label=f"{child.name}: this child’s own position",
                help_text="What the child saw, heard and said; what is not known; whatever the adult’s grade.",
                required=False,
                max_length=4000,
                widget=forms.Textarea,
            )
        self.fields["taken_by"] = forms.ChoiceField(
            label="Which team takes this on?",
            help_text="For early help, an assessment or a strategy discussion.",
            required=False,
            choices=[("", "Choose a team"), *teams.items()],
        )

    @property
    def choices(self) -> list[dict[str, object]]:
        """The outcomes, each with what it means."""
        chosen = self["decision"].value()
        return [
            {"value": d.value, "text": d.label, "hint": {"text": _MEANS[d]}, "checked": d.value == chosen}
            for d in Decision
        ]

    @property
    def position_fields(self) -> list[forms.BoundField]:
        """A box for each child."""
        return [self[f"position-{c.person}"] for c in self.children]

    @property
    def decided(self) -> Decision | None:
        """The outcome chosen."""
        value = self.cleaned_data.get("decision")
        return Decision(value) if value else None

    @property
    def positions(self) -> dict[UUID, str]:
        """Each child's position by person."""
        return {UUID(c.person): self.cleaned_data.get(f"position-{c.person}", "") for c in self.children}

    def may_be_recorded(self) -> bool:
        """Whether the decision says all that it must; otherwise messages stand on its fields."""
        if not self.is_valid():
            return False
        found = decision_problems(
            decision=self.decided,
            reasons=self.cleaned_data["reasons"],
            positions={str(p): text for p, text in self.positions.items()},
            children={c.person: c.name for c in self.children},
            taken_by=self.cleaned_data["taken_by"],
            teams=list(self.teams),
        )
        for problem in found:
            self.add_error(problem.field, problem.message)
        return not found


class ReviewForm(GovForm):
    """A manager's review of somebody else's decision."""

    agrees = forms.ChoiceField(
        label="Do you agree with the decision?",
        widget=forms.RadioSelect,
        choices=(("yes", "Yes"), ("no", "No: it must be looked at again")),
        error_messages={"required": "Say whether you agree", "invalid_choice": "Say whether you agree"},
    )
    comment = forms.CharField(
        label="What did you read, and why?",
        max_length=4000,
        min_length=10,
        widget=forms.Textarea,
        error_messages={
            "required": "Say what you read and why you agree or do not",
            "min_length": "Say what you read and why you agree or do not, in a sentence",
        },
    )


class WhoForm(GovForm):
    """Whether somebody named is a person the record knows."""

    candidate = forms.IntegerField(widget=forms.HiddenInput)
    same = forms.ChoiceField(
        label="Is this the same person?",
        widget=forms.RadioSelect,
        choices=(("yes", "Yes, the same person"), ("no", "No, somebody else")),
        error_messages={"required": "Say whether this is the same person"},
    )
    reason = forms.CharField(
        label="What makes you sure?",
        max_length=1000,
        min_length=10,
        error_messages={
            "required": "Say what you compared, or whom you asked",
            "min_length": "Say what you compared, or whom you asked, in a sentence",
        },
    )

    @property
    def problems(self) -> list[dict[str, str]]:
        """Each message leads to the box of the person it is about: there may be several on the page."""
        which = str(self["candidate"].value() or "")
        places = {"same": f"#same-{which}", "reason": f"#reason-{which}"}
        return [{"text": str(m), "href": places.get(f, "#who")} for f, found in self.errors.items() for m in found]
