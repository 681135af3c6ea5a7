"""The command line: one file here for each command, found by its NAME, and `main`, which runs the one asked for."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from functools import partial
from typing import Protocol, cast, runtime_checkable

from wholepicture.foundation.refusals import Refused

WIDTH = 100


@runtime_checkable
class Command(Protocol):
    """What a module in this package must have to be a command."""

    NAME: str
    HELP: str

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Say what the command takes."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it; 0 when all went well, 1 when it found something amiss. Bad input raises Refused."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 done, 1 something is amiss, 2 what was asked or given is not right."""
    chosen = parser().parse_args(arguments)
    command = cast(Command, chosen.command)
    try:
        return command.run(chosen)
    except Refused as refused:
        print(f"wholepicture {command.NAME}: {refused.sentence}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read our output, such as `head`, has had enough. Not an error of ours.
        sys.stderr.close()
        return 0


def commands() -> list[Command]:
    """Every command, by name."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    found = [cast(Command, module) for module in modules if isinstance(module, Command)]
    return sorted(found, key=lambda command: command.NAME)


def parser() -> argparse.ArgumentParser:
    """The whole command line, each command's own options included."""
    formatter = partial(argparse.HelpFormatter, width=WIDTH)
    whole = argparse.ArgumentParser(
        prog="wholepicture",
        description="Whole Picture from the command line: in bulk, what its pages do one at a time.",
        epilog="Data is found in .data, or in $WHOLEPICTURE_DATA. Ends 0 when done, 1 when something is amiss, "
        "2 when what was asked or given is not right.",
        formatter_class=formatter,
        allow_abbrev=False,
    )
    choices = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in commands():
        one = choices.add_parser(
            command.NAME,
            help=command.HELP,
            description=command.HELP,
            formatter_class=formatter,
            allow_abbrev=False,
        )
        one.set_defaults(command=command)
        command.configure(one)
    return whole
