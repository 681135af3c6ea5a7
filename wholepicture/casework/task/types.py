"""Who is asked about a child, and what about: frozen values that the rules and the pages share."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from wholepicture.casework.notice.types import SeenChild
from wholepicture.foundation.when import When


class TaskRole(enum.StrEnum):
    """The part that somebody is asked to play for a child; its team is whoever holds the child in that part."""

    MIDWIFE = "midwife"
    HEALTH_VISITOR = "health_visitor"
    SCHOOL_NURSE = "school_nurse"
    GP = "gp"
    SCHOOL_LEAD = "school_lead"
    EARLY_YEARS = "early_years"
    SOCIAL_WORKER = "social_worker"
    EARLY_HELP = "early_help"
    FIND_MIDWIFE = "find_midwife"
    FIND_HEALTH_VISITOR = "find_health_visitor"
    FIND_SCHOOL_NURSE = "find_school_nurse"
    FIND_GP = "find_gp"
    FIND_SCHOOL_LEAD = "find_school_lead"

    @property
    def finds(self) -> TaskRole | None:
        """The role whose holder this task is to find; None for an ordinary task."""
        name = self.value.removeprefix("find_")
        return TaskRole(name) if name != self.value else None

    @property
    def label(self) -> str:
        """As people say it."""
        if self.finds is not None:
            return f"find the {self.finds.label}"
        return {"gp": "GP", "early_years": "nursery or childminder", "school_lead": "school’s safeguarding lead"}.get(
            self.value, self.value.replace("_", " ")
        )


AGENCY_KIND: Mapping[TaskRole, str] = {
    TaskRole.MIDWIFE: "midwifery",
    TaskRole.HEALTH_VISITOR: "health_visiting",
    TaskRole.SCHOOL_NURSE: "school_nursing",
    TaskRole.GP: "gp",
    TaskRole.SCHOOL_LEAD: "school",
    TaskRole.EARLY_YEARS: "early_years",
    TaskRole.SOCIAL_WORKER: "social_care",
}


class Decision(enum.StrEnum):
    """The outcomes of screening (R40); `none` is kept on record as the file format says it."""

    NONE = "no_further_action"
    EARLY_HELP = "early_help"
    ASSESSMENT = "assessment"
    STRATEGY = "strategy_discussion"

    @property
    def label(self) -> str:
        """As people say it."""
        return {
            "no_further_action": "No further action by social care",
            "early_help": "Early help",
            "assessment": "Assessment",
            "strategy_discussion": "Strategy discussion",
        }[self.value]

    @property
    def needs_team(self) -> bool:
        """Whether a team must be named that takes it on."""
        return self is not Decision.NONE


@dataclass(frozen=True, slots=True)
class Holder:
    """A team that holds a child in some part, and the practitioner in it where one is named."""

    team: str
    agency: str
    practitioner: str = ""


@dataclass(frozen=True)
class AskedChild:
    """A child about whom somebody may be asked. `holders` are live links, by agency kind (`school`, `gp` …)."""

    person: str
    name: str
    born: When | None = None
    unborn: bool = False
    holders: Mapping[str, tuple[Holder, ...]] = field(default_factory=dict)
    seen: SeenChild | None = None  # None: not named in the notice, known to live in the home
    given: str = ""

    @property
    def called(self) -> str:
        """The given name, where there is one: a page that says the whole name in every line is hard to read."""
        return self.given or self.name


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """What every reader must know of the incident and of those before it."""

    on: When
    victim: str  # the person; blank where nobody is named
    victim_name: str
    victim_given: str = ""
    violence: tuple[str, ...] = ()
    both_ways: bool = False
    pregnant: bool = False
    count_12_months: int = 1
    count_ever: int = 1
    grade: str = ""
    child_grade: str = ""
    language: str = ""  # in words; blank where English or not known
    unconfirmed: int = 0  # people named who may be on record, of whom nobody has said yet who they are


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked of one team about one person: why it matters to them, the answer wanted, and by when."""

    role: TaskRole
    person: str
    team: str
    agency: str
    why: str
    asked: str
    due_on: date
    practitioner: str = ""
