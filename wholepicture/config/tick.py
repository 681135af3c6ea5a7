"""The process that lets time do what it does: silence escalates, and waits that have run out raise their questions."""

from __future__ import annotations

import logging
import os
import time

from wholepicture.config.serve import end_with_parent

EVERY = 60.0
"""Seconds between looks at the clock; every deadline is a day, so a minute late is not late."""


def main() -> None:
    """Look at the clock now and every minute, until ended."""
    end_with_parent()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wholepicture.config.settings")
    import django

    django.setup()
    while True:
        look()
        time.sleep(EVERY)


def look() -> None:
    """Do what is due now; a database that is away for a moment is tried again at the next look."""
    from django.db import OperationalError, connections

    from wholepicture.access.clock import now
    from wholepicture.casework.clock import escalate_overdue

    try:
        escalate_overdue(now=now())
    except OperationalError:
        logging.getLogger(__name__).warning("the clock could not be looked at: the database did not answer")
    finally:
        connections.close_all()


if __name__ == "__main__":
    main()
