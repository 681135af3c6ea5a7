"""What is asked of whoever shares, refuses, or writes down that somebody asks. Each names the place and the remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from wholepicture.access.roles import ROLES
from wholepicture.agencies.queries import practitioners_named
from wholepicture.casework.disclosure.gateways import Gateway
from wholepicture.casework.disclosure.queries import DisclosureCard, recipients
from wholepicture.casework.disclosure.rules import TYPED
from wholepicture.casework.disclosure.types import (
    Channel,
    Correction,
    DocumentKind,
    Recipient,
    RecipientKind,
    Threshold,
)
from wholepicture.foundation.when import ENGLAND
from wholepicture.web.fields.forms import DayField, GovForm

KINDS: Final = tuple((k.value, k.words) for k in RecipientKind)
PRACTISING: Final = tuple((r.slug, r.name) for r in ROLES.values() if r.slug not in ("teacher", "board_officer"))
TOLD: Final = (("yes", "Yes, they know what is shared, with whom and why"), ("no", "No"))

_CHANNELS: Final[Mapping[RecipientKind, tuple[Channel, ...]]] = {
    RecipientKind.PRACTITIONER: (Channel.IN_APP, Channel.SECURE_EMAIL, Channel.POST, Channel.BY_HAND,
                                 Channel.HAND_OF_PARENT),
    RecipientKind.PROFESSIONAL: (Channel.SECURE_EMAIL, Channel.POST, Channel.BY_HAND, Channel.HAND_OF_PARENT),
    RecipientKind.FAMILY: (Channel.BY_HAND, Channel.POST, Channel.SECURE_EMAIL),
    RecipientKind.COURT: (Channel.COURT_PORTAL, Channel.SECURE_EMAIL, Channel.POST, Channel.BY_HAND,
                          Channel.HAND_OF_PARENT),
}  # fmt: skip


class ChoiceForm(GovForm):
    """What goes out, and what sort of recipient it is for: the rest is asked on the next page."""

    what = forms.ChoiceField(
        label="What do you want to send or tell?", widget=forms.RadioSelect,
        error_messages={"required": "Choose what you want to send or tell"},
    )  # fmt: skip
    to = forms.ChoiceField(
        label="Who is it for?", choices=KINDS, widget=forms.RadioSelect,
        error_messages={"required": "Choose who it is for"},
    )  # fmt: skip

    def __init__(self, data: QueryDict | None, *, exports: bool) -> None:
        super().__init__(data)
        kinds = [k for k in DocumentKind if exports or k.written_here]
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = [(k.value, k.words) for k in kinds]


class _ToSomebody(GovForm):
    """Fields by which a recipient or asker is known, as far as their kind has them."""

    kind: RecipientKind

    def _ask_who(self, kind: RecipientKind, family: Sequence[tuple[str, str]]) -> None:
        self.kind = kind
        if kind is RecipientKind.FAMILY:
            self.fields["person"] = forms.ChoiceField(
                label="Which member of the family?", choices=[("", "Choose"), *family],
                error_messages={"required": "Choose which member of the family"},
            )  # fmt: skip
            return
        label = {RecipientKind.PRACTITIONER: "Their user name, or their whole name as it shows on the record"}
        self.fields["name"] = forms.CharField(
            label=label.get(kind, "Name of the court" if kind is RecipientKind.COURT else "Their name"), max_length=150
        )
        if kind is RecipientKind.PROFESSIONAL:
            self.fields["role"] = forms.ChoiceField(
                label="Their role", choices=[("", "Choose"), *PRACTISING],
                help_text="It decides what of the record they are sent.",
                error_messages={"required": "Choose their role: it decides what they are sent"},
            )  # fmt: skip
            self.fields["organisation"] = forms.CharField(label="Their organisation", max_length=150)

    def clean_name(self) -> str:
        """A practitioner must be exactly one; anybody else is as typed."""
        name = str(self.cleaned_data["name"]).strip()
        if self.kind is RecipientKind.PRACTITIONER:
            found = practitioners_named(name)
            if len(found) != 1:
                raise ValidationError(
                    f"{len(found)} people bear that name: enter the user name of the one you mean" if found
                    else "Nobody here signs in by that name or bears it: check it, or choose another named professional"
                )  # fmt: skip
            self.practitioner = found[0].id
        return name

    def recipient(self, family: Mapping[str, tuple[str, str]]) -> Recipient:
        """Whom the form names; `family` gives name and relation by person."""
        data = self.cleaned_data
        if self.kind is RecipientKind.FAMILY:
            name, relation = family[data["person"]]
            return Recipient(self.kind, name, relation, person=UUID(data["person"]))
        if self.kind is RecipientKind.PRACTITIONER:
            return next(r for r in recipients() if r.practitioner == self.practitioner)
        return Recipient(self.kind, data["name"], data.get("role", ""), data.get("organisation", ""))


class _Grounds(_ToSomebody):
    """Why something is shared or refused: the fields that every row of the ledger carries."""

    def _ask_why(self, gateways: Sequence[Gateway], *, refusing: bool = False) -> None:
        words = "refused" if refusing else "shared"
        self.fields["gateway"] = forms.ChoiceField(
            label="Which law would allow it?" if refusing else "Which law allows it?",
            choices=[(g.code, f"{g.law}: {g.words}") for g in gateways if self.kind in g.recipients],
            widget=forms.RadioSelect, error_messages={"required": "Choose the law that allows it"},
        )  # fmt: skip
        self.fields["purpose"] = _sentence("What was it wanted for?" if refusing else "What is it for?")
        self.fields["threshold"] = forms.ChoiceField(
            label="Where does the content stand?", choices=[(t.value, t.words) for t in Threshold],
            widget=forms.RadioSelect, error_messages={"required": "Choose where the content stands"},
        )  # fmt: skip
        self.fields["basis"] = _sentence(
            "If below, on what lawful basis, and why?", required=False,
            hint="For example: public task (UK GDPR Article 6(1)(e)) and safeguarding (Data Protection Act 2018 Sch 1 "
                 "para 18), because …",
        )  # fmt: skip
        self.fields["told"] = forms.ChoiceField(
            label="Does the family know?", choices=TOLD, widget=forms.RadioSelect,
            error_messages={"required": "Say whether the family know"},
        )  # fmt: skip
        self.fields["told_words"] = _sentence("If not, why not?", required=False)
        self.fields["harm_words"] = _sentence(
            f"Whom could it harm that this is {words}, and what did you check?",
            hint="Think of the child, and of anybody whose whereabouts must be kept.",
        )


class ShareForm(_Grounds):
    """Something to be sent or told."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        document: DocumentKind,
        kind: RecipientKind,
        family: Sequence[tuple[str, str]],
        gateways: Sequence[Gateway],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.document = document
        self._ask_who(kind, family)
        if document.written_here:
            self.fields["text"] = forms.CharField(
                label="Your letter" if document is DocumentKind.LETTER else "What you will tell them",
                widget=forms.Textarea, max_length=20_000,
                help_text="Write no address, school, nursery or surgery that could lead to somebody who is hidden.",
            )  # fmt: skip
        else:
            self.fields["first"] = DayField(label="From (leave blank for the beginning)", required=False)
            self.fields["last"] = DayField(label="To (leave blank for today)", required=False)
            self.fields["left_words"] = _sentence(
                "Why are the others left out?", required=False,
                hint="The recipient does not see this. Only a court is told that you left anything out.",
            )  # fmt: skip
        if document is not DocumentKind.SPOKEN:
            self.fields["channel"] = forms.ChoiceField(
                label="By which way does it go?", choices=[(c.value, c.words) for c in _CHANNELS[kind]],
                widget=forms.RadioSelect, error_messages={"required": "Choose by which way it goes"},
            )  # fmt: skip
            self.fields["address"] = forms.CharField(
                label="If posted, to which address?", widget=forms.Textarea, required=False, max_length=500
            )
        self._ask_why(gateways)
        self.fields["conditions"] = forms.CharField(
            label="What may they do with it? (optional)", widget=forms.Textarea, required=False, max_length=1000,
            help_text="For example: not to be passed on, not to be discussed with the family.",
        )  # fmt: skip

    def tell(self, faults: Mapping[str, str]) -> None:
        """Show what the rules found wrong, each at its field."""
        for name, words in faults.items():
            self.add_error(name if name in self.fields else None, words)


class RefuseForm(_Grounds):
    """Why something is not shared, and who looks at that again."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        kind: RecipientKind,
        family: Sequence[tuple[str, str]],
        gateways: Sequence[Gateway],
        reviewers: Sequence[tuple[str, str]],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self._ask_who(kind, family)
        self.fields["reason"] = _sentence("Why is it not shared?")
        self._ask_why(gateways, refusing=True)
        self.fields["reviewer"] = forms.TypedChoiceField(
            label="Who reviews this?", choices=[("", "Choose"), *reviewers], coerce=UUID,
            error_messages={"required": "Choose who reviews this"},
        )  # fmt: skip
        self.fields["review_by"] = DayField(
            label="By when? (leave blank for five working days from today)", required=False
        )


class RequestForm(_ToSomebody):
    """What somebody outside asks for."""

    def __init__(self, data: QueryDict | None, *, kind: RecipientKind, family: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self._ask_who(kind, family)
        self.fields["asked"] = _sentence("What do they ask for?")
        self.fields["purpose"] = _sentence("What do they want it for?")
        self.fields["due_on"] = DayField(
            label="By when? (leave blank for five working days from today)", required=False
        )


class CorrectForm(GovForm):
    """What the ledger should say of something that has left: all of it is filled in as it stands."""

    day = DayField(label="The day on which it was shared")
    name = forms.CharField(label="The recipient’s name, as it is spelt", max_length=150)
    correct_gateway = forms.ChoiceField(label="The law that allowed it")
    correct_reason = forms.CharField(
        label="What was wrong, and how do you know?", widget=forms.Textarea, min_length=20, max_length=1000,
        error_messages={"min_length": "Say in a sentence what was wrong, and how you know"},
    )  # fmt: skip

    def __init__(self, data: QueryDict | None, *, card: DisclosureCard, gateways: Sequence[Gateway]) -> None:
        words, law = card.words, card.gateway
        super().__init__(data, initial={
            "day": card.at.astimezone(ENGLAND).date(), "name": words.recipient_name if words else "",
            "correct_gateway": law.code if law else "",
        })  # fmt: skip
        if card.recipient_kind not in TYPED or words is None:
            del self.fields["name"]
        offered = [g for g in gateways if card.recipient_kind in g.recipients]
        choice = self.fields["correct_gateway"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(g.code, g.law) for g in dict.fromkeys((*((law,) if law else ()), *offered))]

    def correction(self) -> Correction:
        """The cleaned fields as a value."""
        data = self.cleaned_data
        return Correction(data["correct_reason"], data["day"], data.get("name", ""), data["correct_gateway"])

    def tell(self, faults: Mapping[str, str]) -> None:
        """Show what the rules found wrong, each at its field."""
        places = {"gateway": "correct_gateway", "reason": "correct_reason"}
        for name, words in faults.items():
            self.add_error(places.get(name, name), words)


class ApproveForm(GovForm):
    """Whether what is stopped may go, and why."""

    may = forms.ChoiceField(
        label="May it go?", choices=(("yes", "Yes, it may go as it is"), ("no", "No, it must be put right first")),
        widget=forms.RadioSelect, error_messages={"required": "Choose whether it may go"},
    )  # fmt: skip
    approve_reason = forms.CharField(
        label="What did you check, and why may it or may it not go?", widget=forms.Textarea, min_length=20,
        max_length=1000, error_messages={"min_length": "Say it in a sentence"},
    )  # fmt: skip


class ReleaseForm(GovForm):
    """Why a place that is kept must stand in this document, and within how many hours it is to leave."""

    release_why = forms.CharField(
        label="Why must the place stand in it?", widget=forms.Textarea, min_length=20, max_length=2000,
        help_text="Somebody of another team decides by these words; they stay on the ledger. Do not name the place.",
        error_messages={"required": "Say why the place must stand in it",
                        "min_length": "Say in a sentence why the place must stand in it"},
    )  # fmt: skip
    release_hours = forms.IntegerField(
        label="Within how many hours is it to leave?", help_text="From 1 to 24.", min_value=1, max_value=24, initial=4,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Enter a number of hours from 1 to 24"),
    )  # fmt: skip


class WithdrawForm(GovForm):
    """Why it is not sent."""

    withdraw_reason = forms.CharField(
        label="Why is it not sent?", widget=forms.Textarea, min_length=20, max_length=1000,
        error_messages={"min_length": "Say in a sentence why it is not sent"},
    )  # fmt: skip


class ReceiptForm(GovForm):
    """How it is known that it arrived."""

    receipt = forms.CharField(
        label="How do you know that it arrived?", max_length=300, min_length=5,
        help_text="For example: she rang to say so; handed over at the office; posted by hand today.",
    )  # fmt: skip


class ReviewForm(GovForm):
    """What the reviewer of a refusal found."""

    upheld = forms.ChoiceField(
        label="What do you find?",
        choices=(("yes", "Right not to share"), ("no", "It should be shared after all")),
        widget=forms.RadioSelect, error_messages={"required": "Choose what you find"},
    )  # fmt: skip
    review_words = forms.CharField(
        label="What did you look at, and why?", widget=forms.Textarea, min_length=20, max_length=1000,
        error_messages={"min_length": "Say it in a sentence"},
    )  # fmt: skip


def _sentence(label: str, *, required: bool = True, hint: str = "") -> forms.CharField:
    short = f"{label.rstrip('?')}: say it in a sentence"
    return forms.CharField(
        label=label, required=required, help_text=hint, widget=forms.Textarea, max_length=2000,
        min_length=20 if required else None, error_messages={"min_length": short},
    )  # fmt: skip
