"""Demonstration and real data never meet: the pure check made before anything is loaded or served."""

from __future__ import annotations

import enum

from wholepicture.foundation.refusals import Refused


class Holds(enum.StrEnum):
    """What a database was marked as holding when it was first filled; an empty one holds nothing yet."""

    NOTHING = "nothing"
    DEMO = "demo"
    REAL = "real"


def check_mode(*, demo: bool, holds: Holds) -> None:
    """Refuse to run demonstration mode over real data, or real mode over the demonstration's.

    In demonstration mode the passwords are printed on the sign-in page: over real data that would open every record.
    """
    if demo and holds is Holds.REAL:
        raise Refused(
            "demo_over_real",
            "This database holds real people's records, so demonstration mode will not start on it. "
            "Set WHOLEPICTURE_DEMO=0, or point DATABASE_URL or WHOLEPICTURE_DATA at an empty database.",
        )
    if not demo and holds is Holds.DEMO:
        raise Refused(
            "real_over_demo",
            "This database holds the demonstration's invented people, so it cannot be used for real records. "
            "Point DATABASE_URL or WHOLEPICTURE_DATA at an empty database.",
        )


def check_load(*, demo: bool, holds: Holds) -> None:
    """Refuse to load the demonstration outside demonstration mode, or beside real records."""
    if not demo:
        raise Refused("demo_off", "The demonstration is loaded only in demonstration mode (WHOLEPICTURE_DEMO=1).")
    check_mode(demo=demo, holds=holds)
