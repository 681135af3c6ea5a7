"""The reasons for which something may be withheld: dated configuration, each with its law. Say no other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class ReasonCode:
    """A reason: its code, its mark in the document, its law, and what the asker is told.

    `weigh` is what the reviewer must have thought about; where `needs_note` is so, what was thought is written down.
    A `quiet` one is for the two readers alone: “told in confidence by the child” tells a parent that the child spoke.
    """

    code: str
    mark: str
    title: str
    law: str
    says: str
    weigh: str
    effective: date
    needs_note: bool = False
    until: date | None = None
    quiet: bool = False

    @property
    def told(self) -> ReasonCode:
        """The reason as the document says it: one that would itself tell what is withheld is not named."""
        return RESTRICTED if self.quiet else self


_FIRST: Final = date(2018, 5, 25)  # Data Protection Act 2018 came into force

REASON_CODES: Final = (
    ReasonCode("third_party", "T", "About somebody else",
               "Data Protection Act 2018, Schedule 2, paragraph 16; UK GDPR Article 15(4)",
               "It is about somebody else as well, who has not agreed, and giving it would not be reasonable.",
               "Did they agree, or is it reasonable without? Professionals acting in role are named (paragraph 17).",
               _FIRST),
    ReasonCode("serious_harm_social", "S", "Serious harm: social work data",
               "Data Protection Act 2018, Schedule 3, Part 3, paragraph 11",
               "Giving it would be likely to cause serious harm to somebody.",
               "Whose health, body or mind would likely be seriously harmed, and how?", _FIRST,
               needs_note=True, quiet=True),
    ReasonCode("serious_harm_health", "H", "Serious harm: health data",
               "Data Protection Act 2018, Schedule 3, Part 2, paragraphs 5 and 6",
               "A health professional finds that giving it would be likely to cause serious harm to somebody.",
               "Name the health professional who gave their opinion within the last six months, and what it was.",
               _FIRST,
               needs_note=True, quiet=True),
    ReasonCode("child_abuse", "A", "Child abuse data",
               "Data Protection Act 2018, Schedule 3, Part 5, paragraph 21",
               "It is about the abuse of a child, or the risk of it, and giving it is not in the child’s interests.",
               "Only where somebody with parental responsibility asks for a child: why is it not in the child’s "
               "interests?", _FIRST,
               needs_note=True, quiet=True),
    ReasonCode("childs_confidence", "C", "Told in confidence by the child",
               "Data Protection Act 2018, Schedule 3, Part 3, paragraph 10 (health: Part 2, paragraph 4)",
               "It was given in the expectation that it would not be passed on to the person who asks.",
               "Did the child expect that this asker would not be told, or say that they must not be?", _FIRST,
               quiet=True),
    ReasonCode("legal_privilege", "L", "Legal privilege",
               "Data Protection Act 2018, Schedule 2, Part 4, paragraph 19",
               "It is confidential advice from a lawyer, or was written for proceedings.",
               "Is it advice, or written mainly for proceedings? Ask the lawyer.", _FIRST),
    ReasonCode("crime", "P", "Crime and tax",
               "Data Protection Act 2018, Schedule 2, Part 1, paragraph 2",
               "Giving it would be likely to prejudice the prevention or detection of crime.",
               "Ask the police: which enquiry would be harmed, and how?", _FIRST,
               needs_note=True, quiet=True),
    ReasonCode("shielded_place", "X", "A place that is kept safe",
               "Data Protection Act 2018, Schedule 2, paragraph 16, and Schedule 3, Part 3, paragraph 11",
               "It would tell where somebody lives, learns or is treated whose whereabouts are protected.",
               "Would it tell where somebody is who must not be found: also a school, a surgery, a street?", _FIRST,
               quiet=True),
    ReasonCode("not_theirs", "N", "Not about the person",
               "UK GDPR Article 15(1); Data Protection Act 2018, section 3(2)",
               "It is not about the person whose record was asked for.",
               "Is nothing of it about the person whose record is asked for?", _FIRST),
)  # fmt: skip


RESTRICTED: Final = ReasonCode(
    "restricted", "R", "Restricted by law", "Data Protection Act 2018, Schedules 2 and 3",
    "An exemption in that Act applies. Which one is not said, since saying it could tell what is withheld.", "", _FIRST,
)  # fmt: skip
"""What the document says in the place of every quiet reason; no reviewer chooses it."""


def codes_on(day: date) -> tuple[ReasonCode, ...]:
    """The reasons in force on a day."""
    return tuple(c for c in REASON_CODES if c.effective <= day and (c.until is None or day < c.until))


BY_CODE: Final = {c.code: c for c in REASON_CODES}


def pages() -> dict[str, str]:
    """The reference page of the reasons, for `wholepicture docs`."""
    lines = [
        "# Reasons for withholding something that a person asked to see", "",
        "A reviewer chooses one for each thing that is withheld; the document shows a mark where something is left "
        "out, and the schedule at its end says the law and how often.", "",
        f"A reason that would itself tell what is withheld is not told: the document says *{RESTRICTED.title}* "
        f"({RESTRICTED.mark}), {RESTRICTED.law}: “{RESTRICTED.says}” The two readers see the reason.", "",
        "| mark | reason | law | what it means | told to the asker as | what to weigh | from |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    lines += [
        f"| {c.mark} | {c.title} (`{c.code}`) | {c.law} | {c.says} | {c.told.mark} | {c.weigh}"
        f"{' Write down what you found.' if c.needs_note else ''} | {c.effective.isoformat()} |"
        for c in REASON_CODES
    ]
    return {"docs/reference/reasons-for-withholding.md": "\n".join(lines) + "\n"}
