"""`wholepicture retention`: which records fall due for review, by which line of the schedule. Nothing is destroyed."""

from __future__ import annotations

import argparse

from wholepicture.cli.installation import installation

NAME = "retention"
HELP = "list the records that fall due for review, by the line of the schedule; ids only, and nothing is destroyed"


def configure(parser: argparse.ArgumentParser) -> None:
    """How far to look ahead."""
    parser.add_argument("--days", type=int, default=0, metavar="N", help="also what falls due in N days (default: 0)")


def run(arguments: argparse.Namespace) -> int:
    """Print what is due; 0 whether or not anything is."""
    from datetime import timedelta

    from wholepicture.foundation.refusals import Refused

    if not 0 <= arguments.days <= 3660:
        raise Refused("days", "Look ahead by 0 to 3660 days.")
    with installation():
        from wholepicture.access.clock import now, today
        from wholepicture.access.operations import acting, system_authority
        from wholepicture.casework.retention.due import falling_due, lines_of

        with acting(system_authority(act="retention:list", now=now())):
            found = falling_due(today() + timedelta(days=arguments.days))
    print("\n".join([*lines_of(found), f"Due: {len(found):,}; held: {sum(f.held for f in found):,}."]))
    return 0
