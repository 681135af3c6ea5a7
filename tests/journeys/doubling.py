"""Writes of Lena again, as the midwife knew her before anybody joined the two: prints the second record's id."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta

from wholepicture.foundation.when import When
from wholepicture.record.types import AboutRole


def main() -> int:
    """Add the record, held by the midwives and by the team that assesses Lena."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wholepicture.config.settings")
    import django

    django.setup()
    from tests.journeys.building import people
    from wholepicture.access.operations import involve, system_authority
    from wholepicture.people.operations import NewIdentity, add_person
    from wholepicture.record.operations import NewEntry, add_entry

    now = datetime.now(UTC)
    authority = system_authority(act="test:build", now=now)
    born = next(born for given, *_, born in people(now.date()) if given == "Lena")
    identity = NewIdentity("lena-wrona", type="child", agency="midwifery", given_name="Lena", family_name="Wrona",
                           sex="female", born=When.on(born), language="pl", reference="MAT/2291")  # fmt: skip
    person, row = add_person(authority=authority, identity=identity, now=now, ground="Booked under her mother’s name.")
    for team in ("midwives", "assessment-north"):
        involve(authority=authority, team=team, people=[person], ground="maternity", since=now - timedelta(days=900))
    day = When.on(born + timedelta(days=9))
    entry = NewEntry("visit", day, day, "midwifery", "midwife", ((row, AboutRole.SUBJECT),),
                     "Bruise on the left cheek, said to be from the cot. Mother alone, asked for no visits on Sundays.",
                     {"place": "home", "announced": True, "outcome": "completed", "child_seen": True})  # fmt: skip
    add_entry(authority=authority, entry=entry)
    sys.stdout.write(str(person))
    return 0


if __name__ == "__main__":
    sys.exit(main())
