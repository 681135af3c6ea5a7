"""`wholepicture audit-report`: who looked at records in a way that somebody should ask about, and why."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from wholepicture.cli.installation import installation
from wholepicture.foundation.refusals import Refused

if TYPE_CHECKING:
    from wholepicture.people.lookers import ToAsk

NAME = "audit-report"
HELP = "list the looks at records that somebody should ask about, each with the reason to ask"


def configure(parser: argparse.ArgumentParser) -> None:
    """How far to look back."""
    parser.add_argument("--days", type=int, default=7, metavar="N", help="the last N days (default: 7)")


def run(arguments: argparse.Namespace) -> int:
    """Print every question; 0 whether or not there are any, for a question is nothing amiss."""
    if not 0 < arguments.days <= 3660:
        raise Refused("days", "Look back by 1 to 3660 days.")
    with installation():
        from wholepicture.access.clock import now
        from wholepicture.access.operations import system_authority
        from wholepicture.people.lookers import audit_report

        until = now()
        authority = system_authority(act="audit:report", now=until)
        report = audit_report(authority=authority, since=until - timedelta(days=arguments.days), until=until)
    for asked in report.to_ask:
        print(_words(asked))
    print(f"Looks at people: {report.looks:,}; days: {arguments.days}; to ask about: {len(report.to_ask):,}.")
    return 0


def _words(asked: ToAsk) -> str:
    from wholepicture.foundation.when import ENGLAND

    who = ", ".join(filter(None, (asked.who, asked.role, asked.team)))
    moment = asked.first.astimezone(ENGLAND)
    people, rows = _some(asked.people, 3), _some(asked.rows, 10)
    return f"{moment:%-d %B %Y, %H:%M}  {who}\n  {asked.why}\n  People: {people}\n  Audit rows: {rows}\n"


def _some(things: Sequence[object], most: int) -> str:
    return ", ".join(map(str, things[:most])) + (" …" if len(things) > most else "")
