"""Aldermere, an invented town: its agencies and their teams. No such place, force, trust or school exists."""

from __future__ import annotations

from typing import Final

from wholepicture.demo.types import DemoAgency, DemoTeam

AREA: Final = "Aldermere"
ELSEWHERE: Final = "Brackenford"  # an invented authority next door, for histories that come from another area

PRIMARIES: Final = ("school/st-oswalds", "school/mill-lane", "school/kestrel-park")
SECONDARY: Final = "school/alder-vale"
PRACTICES: Final = ("gp/market-street", "gp/riverside")
NURSERY: Final = "early_years/little-acorns"
VOLUNTARY: Final = "voluntary/open-door"
SCHOOL_NUMBERS: Final = {"school/st-oswalds": 2101, "school/mill-lane": 2102, "school/kestrel-park": 2103}

_AGENCIES = (
    ("police", "Mereshire Police"),
    ("social_care", "Aldermere Borough Council children's social care"),
    ("health_visiting", "Mereshire Community Health NHS Trust: health visiting"),
    ("school_nursing", "Mereshire Community Health NHS Trust: school nursing"),
    ("community_paediatrics", "Mereshire Community Health NHS Trust: community paediatrics"),
    ("midwifery", "Alder Valley Hospital: community midwifery"),
    ("hospital_ae", "Alder Valley Hospital: emergency department"),
    ("hospital", "Alder Valley Hospital"),
    ("gp/market-street", "Market Street Surgery"),
    ("gp/riverside", "Riverside Medical Centre"),
    ("mental_health", "Mereshire Mental Health NHS Trust"),
    ("school/st-oswalds", "St Oswald's Church of England Primary School"),
    ("school/mill-lane", "Mill Lane Primary School"),
    ("school/kestrel-park", "Kestrel Park Primary Academy"),
    ("school/alder-vale", "Alder Vale School"),
    ("early_years/little-acorns", "Little Acorns Nursery"),
    ("education_welfare", "Aldermere Borough Council education welfare"),
    ("housing", "Aldermere Homes"),
    ("domestic_abuse_service", "Haven Aldermere domestic abuse service"),
    ("substance_misuse_service", "Turning Tide substance misuse service"),
    ("probation", "Mereshire probation delivery unit"),
    ("ambulance", "Mereshire Ambulance Service"),
    ("fire", "Mereshire Fire and Rescue Service"),
    ("court", "Family Court sitting at Aldermere"),
    ("voluntary/open-door", "Open Door Family Project"),
    ("public", "Family, neighbours and others"),
    ("police/brackenford", "Brackenford Constabulary"),
    ("social_care/brackenford", "Brackenford Council children's social care"),
)
# Agencies whose one team stands for them take their agency's name.
_TEAMS = (
    ("police-protection", "Public protection unit", "police"),
    ("police-response", "Response team", "police"),
    ("front-door", "Front door (MASH)", "social_care"),
    ("assessment-north", "Assessment team, north", "social_care"),
    ("assessment-south", "Assessment team, south", "social_care"),
    ("early-help", "Early help team", "social_care"),
    ("reviewing", "Conference and reviewing service", "social_care"),
    ("partnership", "Safeguarding partnership office", "social_care"),
    ("information", "Information governance", "social_care"),
    ("hv-north", "Health visiting, north", "health_visiting"),
    ("hv-south", "Health visiting, south", "health_visiting"),
    ("safeguarding-health", "Safeguarding children team", "health_visiting"),
    ("school-nurses", "School nursing", "school_nursing"),
    ("paediatrics", "Community paediatrics", "community_paediatrics"),
    ("midwives", "Community midwives", "midwifery"),
    ("emergency", "Emergency department, paediatric liaison", "hospital_ae"),
    ("wards", "Children's ward", "hospital"),
    ("market-street", "Market Street Surgery", "gp/market-street"),
    ("riverside", "Riverside Medical Centre", "gp/riverside"),
    ("adult-mental-health", "Adult community mental health team", "mental_health"),
    ("st-oswalds", "St Oswald's safeguarding team", "school/st-oswalds"),
    ("mill-lane", "Mill Lane safeguarding team", "school/mill-lane"),
    ("kestrel-park", "Kestrel Park safeguarding team", "school/kestrel-park"),
    ("alder-vale", "Alder Vale safeguarding team", "school/alder-vale"),
    ("little-acorns", "Little Acorns Nursery", "early_years/little-acorns"),
    ("attendance", "Attendance team", "education_welfare"),
    ("tenancies", "Tenancy support", "housing"),
    ("advocates", "Independent domestic violence advocates", "domestic_abuse_service"),
    ("recovery", "Family recovery team", "substance_misuse_service"),
    ("probation-north", "Probation, north", "probation"),
    ("family-project", "Family support workers", "voluntary/open-door"),
)

AGENCIES: Final = tuple(DemoAgency(code, name, code.partition("/")[0]) for code, name in _AGENCIES)
TEAMS: Final = tuple(DemoTeam(*row) for row in _TEAMS)
AGENCY_OF: Final = {team.code: team.agency for team in TEAMS}

STREETS: Final = (
    "larch-close", "tanners-row", "weir-street", "priory-road", "quarry-lane", "canal-side", "orchard-way",
    "heron-court", "moor-view", "chapel-street", "bridge-end", "poplar-avenue", "fuller-street", 
    "almond-drive", "castle-rise", "station-road",
)  # fmt: skip
