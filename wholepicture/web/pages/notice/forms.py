"""The notice's form: one incident, adults and children as rows; blank rows are left out, and nothing typed is lost."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from wholepicture.casework.notice.languages import LANGUAGES
from wholepicture.casework.notice.rules import FACTS
from wholepicture.casework.notice.types import Part
from wholepicture.people.types import Relation
from wholepicture.record.kinds import KINDS
from wholepicture.web.fields.days import PartialDayField
from wholepicture.web.fields.forms import DayField, GovForm, YesNoField

_KIND: Final = KINDS["domestic_abuse_incident"]
_TIME: Final = re.compile(r"([01]?\d|2[0-3])[:.h ]?([0-5]\d)")
_SEXES: Final = (("", "Not known"), ("female", "Female"), ("male", "Male"), ("indeterminate", "Indeterminate"))
_LANGUAGES: Final = (("", "Not asked"), *LANGUAGES.items())
_GRADES: Final = (("", "Not graded"), ("standard", "Standard"), ("medium", "Medium"), ("high", "High"))


class TimeField(forms.CharField):
    """A time of day as people type it: 23:10, 23.10 or 2310."""

    def clean(self, value: Any) -> str:
        """`23:10`; blank stays blank."""
        text = str(super().clean(value)).strip()
        if not text:
            return ""
        found = _TIME.fullmatch(text)
        if not found:
            raise ValidationError("Enter a time of day, such as 23:10")
        return f"{int(found[1]):02d}:{found[2]}"


def short(label: str, hint: str = "", **options: Any) -> forms.CharField:
    """A line of text that may be left blank; the notice's own rules say what may not."""
    return forms.CharField(label=label, help_text=hint, required=False, max_length=200, **options)


def long(label: str, hint: str = "") -> forms.CharField:
    """Some sentences that may be left blank."""
    return forms.CharField(label=label, help_text=hint, required=False, max_length=8000, widget=forms.Textarea)


def choice(label: str, choices: Any, hint: str = "") -> forms.ChoiceField:
    """One of a list, or none."""
    return forms.ChoiceField(
        label=label, choices=choices, help_text=hint, required=False,
        error_messages={"invalid_choice": "Choose one of the list"},
    )  # fmt: skip


def yes_no(label: str, hint: str = "") -> YesNoField:
    """Yes, no, or not known; left blank it is not known."""
    return YesNoField(label=label, help_text=hint, required=False)


class IncidentForm(GovForm):
    """The incident itself, its violence, its wording, and what was done."""

    reference = short("Police reference")
    day = PartialDayField(label="When did it happen?", required=False, help_text="Leave blank what is not known.")
    time = TimeField(label="At what time?", required=False, help_text="For example 23:10", max_length=8)
    about = forms.BooleanField(label="This time or date is approximate", required=False)
    end_time = TimeField(label="Until what time?", required=False, help_text="If it is known", max_length=8)
    past_midnight = forms.BooleanField(label="It went on past midnight", required=False)
    place = short("Where?", "The address, or the place as people would name it.")
    adults_relation = choice(
        "What are the adults to each other?",
        (("", "Not known"), (Relation.PARTNER.value, "Partners"), (Relation.EX_PARTNER.value, "Former partners"),
         (Relation.SIBLING.value, "Brother or sister"), (Relation.PARENT.value, "The second is a parent of the first"),
         (Relation.OTHER.value, "Other")),
    )  # fmt: skip
    tool = choice(
        "Risk tool used with the adult victim", (("", "None"), ("dash", "DASH"), ("dara", "DARA"), ("other", "Other"))
    )
    grade = choice("Grade for the adult victim", _GRADES)
    child_grade = choice(
        "Grade for the children",
        _GRADES,
        "The children’s own position: a standard risk to the adult may be a high one to a child.",
    )
    circumstances = long(
        "What happened?",
        "What you saw and heard, who said what, the state of the home, and anything the children could have seen or "
        "heard. Others will act on these words.",
    )
    words_of = short("Whose words do you quote?", "Needed where a stock phrase is somebody else’s, in quotation marks.")
    words_kept = forms.BooleanField(label="I have thought about my wording, and mean it as it stands", required=False)
    no_children = forms.BooleanField(
        label="I asked, and no child lives there, was there, or is expected", required=False
    )
    safety_action = long("What has been done to keep them safe?", "Arrest, refuge, a relative called, locks, a marker.")
    safe_contact = long(
        "How can the victim be reached safely?", "Which number, at what times, and what must not be left or said."
    )
    keep_address = forms.BooleanField(
        label="The victim’s address must be kept from somebody",
        help_text="It is shielded as you send this, with the children’s: only the front door reads it.",
        required=False,
    )
    keep_from = short("From whom?", "Whoever you name, it is kept from everybody but the front door.")
    reply_by = DayField(
        label="By when do you want a reply?", required=False, help_text="Blank: within two working days."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in FACTS:
            spec = _KIND.field(name)
            self.fields[name] = yes_no(spec.label if spec else name)

    @property
    def fact_fields(self) -> list[forms.BoundField]:
        """The facts of violence, gravest first."""
        return [self[name] for name in FACTS]


class PersonForm(GovForm):
    """What is known of anybody named."""

    given_name = short("Given name")
    family_name = short("Family name")
    born = PartialDayField(label="Born", required=False)
    sex = choice("Sex", _SEXES)
    address = short("Home address")

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed or chosen, so that the row is left out."""
        return not any(self[name].value() for name in self.fields)


class AdultForm(PersonForm):
    """An adult, their part, and what they are to the children."""

    part = forms.ChoiceField(
        label="Part",
        required=False,
        widget=forms.RadioSelect,
        choices=(
            (Part.VICTIM.value, "Victim"),
            (Part.ALLEGED_PERPETRATOR.value, "Alleged perpetrator"),
            (Part.BOTH.value, "Both: violence went both ways"),
            (Part.PRESENT.value, "There, in neither part"),
        ),
        error_messages={"invalid_choice": "Choose one of the list"},
    )
    relation = choice(
        "To the children",
        (("", "Not known"), (Relation.MOTHER.value, "Mother"), (Relation.FATHER.value, "Father"),
         (Relation.STEP_PARENT.value, "Step-parent"), (Relation.GRANDPARENT.value, "Grandparent"),
         (Relation.CARER.value, "Other carer"), (Relation.OTHER.value, "Other")),
    )  # fmt: skip
    language = choice("Language", _LANGUAGES)
    interpreter = choice(
        "Interpreter", (("", "Not asked"), ("needed", "Needed"), ("not_needed", "Not needed"))
    )  # fmt: skip


class ChildForm(PersonForm):
    """A child and what was seen of them."""

    address = short("Home address", "Blank: the same as the first adult’s.")
    unborn = forms.BooleanField(label="Not yet born: the date is when the baby is expected", required=False)
    school = short("School or nursery")
    present = yes_no("Was the child there?")
    seen = yes_no("Did you or a colleague see the child?")
    where = short("Where was the child, and with whom?", "For example: on the stairs with her mother")
    awake = yes_no("Was the child awake?")
    spoken_to = yes_no("Did anybody speak to the child?")
    spoken_by = short("Who spoke to the child?")
    alone = yes_no("Was the child alone with them?")
    language = choice("In what language?", _LANGUAGES)
    interpreter = choice(
        "Who interpreted?",
        (
            ("", "Nobody"),
            ("professional", "A professional interpreter"),
            ("relative", "A relative"),
            ("child", "A child"),
        ),
    )
    words = long("What did the child say?", "In the child’s own words, and language.")
    not_seen_reason = long("Why was the child not seen, and what did you do to find out?")
