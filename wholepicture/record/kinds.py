"""Every kind of entry and every agency code, in one table each (spec: chronology-bundle).

Forms, validation, bundles and the reference page all read these tables: a new field is added here and nowhere else.
"""

from __future__ import annotations

from typing import Final

from wholepicture.record.kinds_casework import CASEWORK_KINDS
from wholepicture.record.kinds_child import CHILD_KINDS
from wholepicture.record.kinds_fields import FieldSpec, FieldType, KindSpec, either, entries
from wholepicture.record.kinds_home import HOME_KINDS
from wholepicture.record.kinds_police import POLICE_KINDS
from wholepicture.record.types import agency_kind

# The spec's own order, which the reference page and the pick-list of kinds keep.
_ORDER: Final = (
    "domestic_abuse_incident police_contact police_investigation marac public_concern referral contact screening "
    "strategy_discussion enquiry assessment case conference plan visit injury measurement appointment test_result "
    "registration call letter hospital_attendance medical_finding health_review welfare_concern attendance "
    "school_move childs_words parent_account parental_health pregnancy birth death housing household_change "
    "adult_check legal information_request meeting action supervision record_transfer disagreement note"
).split()

_BY_NAME: Final = {k.name: k for k in (*POLICE_KINDS, *CASEWORK_KINDS, *CHILD_KINDS, *HOME_KINDS)}

KINDS: Final[dict[str, KindSpec]] = {name: _BY_NAME[name] for name in _ORDER}

COMMON_FIELDS: Final = (
    entries("answers", "Answers these entries"),
    entries("same_event_as", "Records the same event as these entries"),
)

AGENCY_CODES: Final[dict[str, str]] = {
    "police": "Police",
    "social_care": "Children’s social care",
    "health_visiting": "Health visiting",
    "school_nursing": "School nursing",
    "midwifery": "Midwifery",
    "gp": "GP",
    "hospital_ae": "Hospital emergency department",
    "hospital": "Hospital",
    "community_paediatrics": "Community paediatrics",
    "mental_health": "Mental health",
    "school": "School",
    "early_years": "Early years",
    "education_welfare": "Education welfare",
    "housing": "Housing",
    "probation": "Probation",
    "domestic_abuse_service": "Domestic abuse service",
    "substance_misuse_service": "Substance misuse service",
    "fire": "Fire and rescue",
    "ambulance": "Ambulance",
    "voluntary": "Voluntary organisation",
    "court": "Court",
    "public": "Family or public",
    "other": "Other",
}

_SAID_OTHERWISE: Final = {
    "dash": "DASH",
    "dara": "DARA",
    "gp": "GP",
    "prebirth": "Pre-birth",
    "court_report": "Report for a court",
    "high_is_safe": "A high rating means safer",
    "high_is_danger": "A high rating means more danger",
}


def field_of(kind: str, name: str) -> FieldSpec | None:
    """A kind's own or common field; None where the kind has no such field."""
    common = next((f for f in COMMON_FIELDS if f.name == name), None)
    return common or KINDS[kind].field(name)


def kind_label(kind: str) -> str:
    """What a page calls the kind; an unknown kind is shown by its code."""
    return KINDS[kind].label if kind in KINDS else value_label(kind)


def value_label(value: str) -> str:
    """What a page calls a coded value: `no_further_action` is “No further action”."""
    words = value.replace("_", " ")
    return _SAID_OTHERWISE.get(value, words[:1].upper() + words[1:])


def agency_label(agency: str) -> str:
    """What a page calls an agency: `school/st-marys` is “School (st-marys)”."""
    code, _, name = agency.partition("/")
    label = AGENCY_CODES.get(code, value_label(code))
    return f"{label} ({name})" if name else label


def agency_problem(agency: str) -> str | None:
    """Why the text is no agency code, in a sentence; None where it is one.

    A code may carry a name after a slash. The name may not hold what parts lists of agencies (`;` and `@`), a second
    slash, or characters that do not print.
    """
    code = agency_kind(agency)
    if code not in AGENCY_CODES:
        return f"unknown agency “{agency}”; expected {either(tuple(AGENCY_CODES))}, with or without /name"
    name = agency[len(code) + 1 :]
    if name != name.strip() or ("/" in agency and not name):
        return f"agency “{agency}” has a blank in or for its name; expected {code}/name"
    if set(name) & set(";@/") or not name.isprintable():
        return f"agency name “{name}” has a ; @ / or hidden character; expected plain letters, digits and hyphens"
    return None


def reference_pages() -> dict[str, str]:
    """The generated reference of kinds, fields and agencies: path from the top folder, and Markdown."""
    lines = [
        "# Kinds of entry and their fields",
        "",
        "Every field is optional. Any kind may also carry",
        " and ".join(f"`{f.name}` ({f.type})" for f in COMMON_FIELDS) + ".",
    ]
    for kind in KINDS.values():
        lines += ["", f"## {kind.label}", "", f"`{kind.name}`", ""]
        lines += _field_rows(kind) if kind.fields else ["No fields of its own."]
    lines += ["", "## Agencies", "", "| code | agency |", "| --- | --- |"]
    lines += [f"| `{code}` | {label} |" for code, label in AGENCY_CODES.items()]
    return {"docs/reference/kinds.md": "\n".join(lines) + "\n"}


def _field_rows(kind: KindSpec) -> list[str]:
    return ["| field | holds | label |", "| --- | --- | --- |"] + [
        f"| `{f.name}` | {_holds(f)} | {f.label} |" for f in kind.fields
    ]


def _holds(field: FieldSpec) -> str:
    if field.type is FieldType.CHOICE:
        return ", ".join(f"`{v}`" for v in field.values)
    return str(field.type)
