"""A small sound bundle, and ways of spoiling it."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from wholepicture.exchange.bundles.errors import BundleErrors
from wholepicture.exchange.bundles.reader import read_bundle_files

TODAY = date(2026, 3, 2)

PEOPLE = """person,type,sex,born,died,nhs_number,upn,language,interpreter,gestation_weeks
child_A,child,male,2020-05-04,,943 476 5870,R201100018042,pl,needed,38.5
baby,unborn,,2026-06,,,,,,
mother,adult,female,1995,,,,pl,not_needed,
"""
IDENTITIES = """person,agency,given_name,family_name,born,sex,nhs_number,upn,reference,from,to
child_A,school/st-marys,Adam,Nowak,2020-05-05,male,9434765870,,p1,2024-09,2025-07
"""
RELATIONSHIPS = """person,relation,other,from,to,lives_with,known_from,source
mother,mother,child_A,2019-11,,yes,2020-01,register
mother,mother,baby,,,,,
"""
CHRONOLOGY = """entry_id,occurred,precision,recorded,agency,author_role,kind,about,summary,details,shared,source
e1,2024-10-01,day,,school/st-marys,teacher,injury,child_A:subject;mother:mentioned,Bruise.,,gp@2024-10-02;police@,
e2,2024-10,about,2024-10-20T09:30,police,constable,police_contact,mother:subject,Spoken to.,"{""answers"": [""e1""]}",,
"""
EXPECT = """expect_id,by,person,concern,must_not,why,source,from,entries
x1,2024-12-01,child_A,injury_site,,,,2024-10-01,e1;e2
"""
BUNDLE = """key,value
title,A family
source_system,small-1
area,Coventry
"""


def sound() -> dict[str, str]:
    """The files of a sound bundle by name."""
    return {
        "bundle.csv": BUNDLE,
        "people.csv": PEOPLE,
        "identities.csv": IDENTITIES,
        "relationships.csv": RELATIONSHIPS,
        "chronology.csv": CHRONOLOGY,
        "expect.csv": EXPECT,
    }


def encoded(files: dict[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


def zipped(files: dict[str, bytes], folder: str = "") -> bytes:
    """A zip file of these files; `folder` stands before each name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(folder + name, data)
    return buffer.getvalue()


def problems_of(files: dict[str, bytes], today: date | None = TODAY) -> list[str]:
    """Every problem of the files, as a person reads them."""
    with pytest.raises(BundleErrors) as caught:
        read_bundle_files(files, "small", today=today)
    return [str(problem) for problem in caught.value.problems]


def spoilt(file: str, old: str, new: str, today: date | None = TODAY) -> list[str]:
    """The problems of the sound bundle with one text of one file replaced; `old` must stand there exactly once."""
    files = sound()
    assert files[file].count(old) == 1
    return problems_of(encoded({**files, file: files[file].replace(old, new)}), today)


def entry_with(kind: str, details: str) -> list[str]:
    """The problems of the sound bundle with the first entry's kind and details replaced."""
    quoted = '"' + details.replace('"', '""') + '"'
    return spoilt(
        "chronology.csv", "injury,child_A:subject;mother:mentioned,Bruise.,,", f"{kind},child_A:subject,B.,{quoted},"
    )
