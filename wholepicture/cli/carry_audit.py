"""`wholepicture carry-audit`: take what the second sink holds into the audit's chain."""

from __future__ import annotations

import argparse

from wholepicture.cli.installation import installation

NAME = "carry-audit"
HELP = "take into the audit's chain the looks that the second sink holds, once the database takes rows again"


def configure(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(arguments: argparse.Namespace) -> int:
    """Carry what is not carried yet; doing it again adds nothing."""
    with installation():
        from wholepicture.access.audit.operations import carry
        from wholepicture.access.clock import now
        from wholepicture.access.operations import second_sink, system_authority

        added = carry(authority=system_authority(act="audit:carry", now=now()), folder=second_sink())
        print(f"Looks carried from {second_sink()}: {added:,}.")
    return 0
