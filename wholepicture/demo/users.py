"""The demonstration's staff: invented names, one of every role at least, and the password they share."""

from __future__ import annotations

from typing import Final

from wholepicture.demo.places import AGENCY_OF
from wholepicture.demo.types import DemoPractitioner

# Printed by `./run` and on the sign-in page; mode.py keeps it away from real records.
DEMO_PASSWORD: Final = "-".join(("demo", "only", "Aldermere"))

_STAFF = (
    ("police", "Sgt Daniel Okafor", "police_officer", "police-protection"),
    ("police2", "PC Rhian Bowen", "police_officer", "police-response"),
    ("screening", "Marta Zielińska", "screening_worker", "front-door"),
    ("screening2", "Joe Tranter", "screening_worker", "front-door"),
    ("socialworker", "Amira Haddad", "social_worker", "assessment-north"),
    ("socialworker2", "Tom Whitfield", "social_worker", "assessment-south"),
    ("socialworker3", "Grace Mensah", "social_worker", "assessment-north"),
    ("socialworker4", "Owen Prosser", "social_worker", "assessment-south"),
    ("earlyhelp", "Shabnam Akhtar", "practitioner", "early-help"),
    ("chair", "Helen Castell", "chair", "reviewing"),
    ("manager", "Precious Moyo", "manager", "front-door"),
    ("manager2", "Stephen Lacey", "manager", "assessment-south"),
    ("manager3", "Aneta Popescu", "manager", "assessment-north"),
    ("healthvisitor", "Siân Griffiths", "health_visitor", "hv-north"),
    ("healthvisitor2", "Fatima Begum", "health_visitor", "hv-south"),
    ("healthvisitor3", "Laura Denny", "health_visitor", "hv-north"),
    ("schoolnurse", "Kevin Adeyemi", "school_nurse", "school-nurses"),
    ("midwife", "Bernadette Quinn", "midwife", "midwives"),
    ("gp", "Dr Nisha Raman", "gp", "market-street"),
    ("gp2", "Dr Alan Prior", "gp", "riverside"),
    ("paediatrician", "Dr Yusuf Demir", "paediatrician", "paediatrics"),
    ("paediatrician2", "Dr Catherine Ward", "paediatrician", "wards"),
    ("liaison", "Maureen Tully", "ae_liaison", "emergency"),
    ("namednurse", "Dawn Ferreira", "named_nurse", "safeguarding-health"),
    ("dsl", "Ruth Ellwood", "dsl", "st-oswalds"),
    ("dsl2", "Imran Sheikh", "dsl", "mill-lane"),
    ("dsl3", "Claire Hobday", "dsl", "kestrel-park"),
    ("dsl4", "Marcus Lindo", "dsl", "alder-vale"),
    ("nursery", "Jodie Parr", "dsl", "little-acorns"),
    ("teacher", "Ben Ashcroft", "teacher", "st-oswalds"),
    ("teacher2", "Elin Hughes", "teacher", "alder-vale"),
    ("mentalhealth", "Colette Byrne", "practitioner", "adult-mental-health"),
    ("attendance", "Gary Noon", "practitioner", "attendance"),
    ("housing", "Tanisha Clarke", "practitioner", "tenancies"),
    ("advocate", "Mirela Ionescu", "practitioner", "advocates"),
    ("recovery", "Paul Stanton", "practitioner", "recovery"),
    ("probation", "Angela Frost", "practitioner", "probation-north"),
    ("familysupport", "Hodan Warsame", "practitioner", "family-project"),
    ("board", "Judith Armitage", "board_officer", "partnership"),
    ("igl", "Viktor Novák", "ig_lead", "information"),
)

PRACTITIONERS: Final = tuple(
    DemoPractitioner(username, name, role, team, AGENCY_OF[team]) for username, name, role, team in _STAFF
)
# The one user of each role that the sign-in page offers first.
OFFERED: Final = tuple(
    {p.role: p for p in reversed(PRACTITIONERS)}[role] for role in dict.fromkeys(r[2] for r in _STAFF)
)


def of_team(team: str, role: str) -> tuple[str, ...]:
    """Usernames of a team's staff in a role, in the order of the list."""
    return tuple(p.username for p in PRACTITIONERS if p.team == team and p.role == role)
