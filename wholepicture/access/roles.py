"""Who may do what, as prose: read it aloud to a Caldicott Guardian.

A role says what kinds of act its holder may do. Whether they may do it about a given child is another question,
answered by involvement (a dated, live relationship of their team to that child) in the database itself. How much of
that child's record they may then read is a third, answered in `policy`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from wholepicture.foundation.authority import Purpose


class Permission(enum.StrEnum):
    """`thing:act`. A new act needs a new line here and in the roles that may do it."""

    VIEW_CHILD = "child:view"
    FIND_CHILD = "child:find"
    ADD_ENTRY = "entry:add"
    SEND_NOTICE = "notice:send"
    DECIDE_SCREENING = "screening:decide"
    ANSWER_TASK = "task:answer"
    ANSWER_SIGNAL = "signal:answer"
    VIEW_OVERSIGHT = "oversight:view"
    VIEW_LEDGER = "ledger:view"
    IMPORT_BUNDLE = "bundle:import"
    EXPORT_RECORD = "record:export"
    SET_STOP = "stop:set"
    REPORT_AUDIT = "audit:report"
    SHARE = "disclosure:share"
    SEE_DISCLOSURES = "disclosure:see"
    SHIELD_ADDRESS = "address:shield"
    RELEASE_ADDRESS = "address:release"
    VIEW_REFUSED_FILES = "file:refused"
    DECIDE_RETENTION = "retention:decide"
    HANDLE_REQUEST = "request:handle"
    REVIEW_REQUEST = "request:review"
    DECIDE_WHO = "person:decide"


_PRACTISE = frozenset(
    {
        Permission.VIEW_CHILD,
        Permission.FIND_CHILD,
        Permission.ADD_ENTRY,
        Permission.ANSWER_TASK,
        Permission.ANSWER_SIGNAL,
        Permission.VIEW_LEDGER,
        # Whoever hears that an address must be kept keeps it at once: a victim may be at risk now.
        Permission.SHIELD_ADDRESS,
        # Each of them shares and refuses, as golden rules and s11 ask; what and to whom is on the ledger.
        Permission.SHARE,
        Permission.SEE_DISCLOSURES,
    }
)
_LEAD = frozenset(
    {Permission.VIEW_OVERSIGHT, Permission.EXPORT_RECORD, Permission.SET_STOP, Permission.RELEASE_ADDRESS}
)


@dataclass(frozen=True, slots=True)
class Role:
    """A role by its stable slug, as people say it, with why its holders look and what they may do."""

    slug: str
    name: str
    description: str
    purpose: Purpose
    permissions: frozenset[Permission]


_ROLES = (
    Role("police_officer", "Police officer", "Sends notices that say what was seen of each child.", Purpose.PROTECT,
         _PRACTISE | {Permission.SEND_NOTICE}),
    Role("screening_worker", "Screening worker (front door)", "Decides, with reasons, what each notice needs.",
         Purpose.SCREEN,
         _PRACTISE | {Permission.SEND_NOTICE, Permission.DECIDE_SCREENING, Permission.EXPORT_RECORD,
                      Permission.DECIDE_WHO}),
    Role("social_worker", "Social worker", "Assesses and protects the children allocated to them.", Purpose.ASSESS,
         _PRACTISE | {Permission.EXPORT_RECORD}),
    Role("health_visitor", "Health visitor", "Holds a caseload of under-fives and unborn children.", Purpose.CARE,
         _PRACTISE),
    Role("school_nurse", "School nurse", "Cares for children of school age.", Purpose.CARE, _PRACTISE),
    Role("midwife", "Midwife", "Cares for pregnant women and the newborn.", Purpose.CARE, _PRACTISE),
    Role("gp", "General practitioner", "Cares for the patients on the practice's list.", Purpose.CARE, _PRACTISE),
    Role("paediatrician", "Paediatrician", "Examines and treats children referred.", Purpose.CARE, _PRACTISE),
    Role("ae_liaison", "Paediatric liaison nurse", "Passes attendances on to those who know the child.", Purpose.CARE,
         _PRACTISE),
    Role("dsl", "Designated safeguarding lead", "Leads safeguarding for the children on a school's roll.",
         Purpose.CARE, _PRACTISE),
    Role("teacher", "Teacher", "Logs worries about pupils; the lead sees the sequence.", Purpose.RECORD,
         frozenset({Permission.ADD_ENTRY})),
    Role("practitioner", "Practitioner", "Works with the family for another agency.", Purpose.CARE, _PRACTISE),
    Role("chair", "Chair", "Chairs strategy discussions and conferences.", Purpose.PROTECT,
         _PRACTISE | {Permission.EXPORT_RECORD}),
    Role("manager", "Manager", "Supervises teams and answers for what waits.", Purpose.SUPERVISE,
         _PRACTISE | _LEAD | {Permission.DECIDE_SCREENING, Permission.HANDLE_REQUEST, Permission.REVIEW_REQUEST,
                             Permission.DECIDE_RETENTION, Permission.DECIDE_WHO}),
    Role("named_nurse", "Named nurse", "Supervises safeguarding in a health organisation.", Purpose.SUPERVISE,
         _PRACTISE | _LEAD),
    Role("board_officer", "Safeguarding partnership officer", "Sees figures and backlogs, not children's records.",
         Purpose.AUDIT, frozenset({Permission.VIEW_OVERSIGHT})),
    Role("ig_lead", "Information governance lead", "Sees who looked and why; brings records in.", Purpose.AUDIT,
         frozenset({Permission.VIEW_LEDGER, Permission.IMPORT_BUNDLE, Permission.SET_STOP, Permission.REPORT_AUDIT,
                    Permission.RELEASE_ADDRESS, Permission.VIEW_REFUSED_FILES, Permission.HANDLE_REQUEST,
                    Permission.SEE_DISCLOSURES, Permission.DECIDE_RETENTION})),
)  # fmt: skip

ROLES = {role.slug: role for role in _ROLES}


def may(role: str, permission: Permission) -> bool:
    """Whether holders of the role may do acts of that kind at all."""
    found = ROLES.get(role)
    return found is not None and permission in found.permissions
