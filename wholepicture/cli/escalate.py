"""`wholepicture escalate`: let silence escalate now. Run it from a timer, every few minutes."""

from __future__ import annotations

import argparse

from wholepicture.cli.installation import installation

NAME = "escalate"
HELP = "tell the supervising teams of everything left unanswered after its day"


def configure(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(arguments: argparse.Namespace) -> int:
    """Look at the clock once, and say what that did; doing it again changes nothing."""
    with installation():
        from wholepicture.access.clock import now
        from wholepicture.casework.clock import escalate_overdue, passed_words

        print(passed_words(escalate_overdue(now=now())))
    return 0
