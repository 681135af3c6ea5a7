"""`wholepicture clock --move-on DAYS`: move a demonstration's clock, to see what silence brings about."""

from __future__ import annotations

import argparse

from wholepicture.cli.installation import installation

NAME = "clock"
HELP = "say what day it is; in a demonstration, move the clock on and let time do what it does"


def configure(parser: argparse.ArgumentParser) -> None:
    """How far to move it, where it is to be moved."""
    parser.add_argument("--move-on", type=int, metavar="DAYS", help="whole days, 1 to 3650; in demo mode only")


def run(arguments: argparse.Namespace) -> int:
    """Move the clock on where that is asked, then say the day."""
    with installation():
        from wholepicture.access.clock import today
        from wholepicture.casework.clock import move_clock_on, passed_words

        if arguments.move_on is not None:
            print(passed_words(move_clock_on(arguments.move_on)))
        print(f"It is {today():%A %d %B %Y}.")
    return 0
