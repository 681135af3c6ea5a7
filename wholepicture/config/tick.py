"""The process that lets time do what it does: silence escalates, and waits that have run out raise their questions."""

from __future__ import annotations

import logging
import os
import time
from datetime import UTC, datetime

from wholepicture.config.serve import end_with_parent
from wholepicture.foundation.refusals import Refused

EVERY = 60.0
"""Seconds between looks at the clock; every deadline is a day, so a minute late is not late."""


def main() -> None:
    """Look at the clock now and every minute, until ended."""
    end_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wholepicture.config.settings")
    import django

    django.setup()
    carried = 0
    while True:
        carried = look(carried)
        time.sleep(EVERY)


def look(carried: int = 0) -> int:
    """Do what is due now; a database that is away for a moment is tried again at the next look.

    `carried` is how many bytes of the second sink are in the chain already; returns how many are now.
    """
    from django.db import DatabaseError, connections

    from wholepicture.access.clock import now
    from wholepicture.casework.clock import escalate_overdue
    from wholepicture.config.witness import carry_sink, checkpoint, checkpoints

    try:
        carried = carry_sink(carried)
        escalate_overdue(now=now())
        checkpoint(checkpoints(), datetime.now(UTC))
    except DatabaseError:
        logging.getLogger(__name__).warning("the clock could not be looked at: the database did not answer")
    except (OSError, Refused):
        # A folder that cannot be written, or a sink that somebody altered: said each minute until somebody looks.
        logging.getLogger(__name__).exception("the audit could not be carried or witnessed")
    finally:
        connections.close_all()
    return carried


if __name__ == "__main__":
    main()
