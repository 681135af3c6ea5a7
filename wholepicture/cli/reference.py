"""The reference page of the command line, from the same parser that reads it."""

from __future__ import annotations

import argparse
from functools import partial

from wholepicture.cli import WIDTH, commands, parser


def pages() -> dict[str, str]:
    """One page: what every command is for and takes."""
    parts = [
        "# The command line\n\n",
        "After `./run` or `./test`, `.venv/bin/wholepicture` is the command line.\n\n",
        block(parser()),
    ]
    for command in commands():
        one = argparse.ArgumentParser(
            prog=f"wholepicture {command.NAME}",
            description=command.HELP,
            formatter_class=partial(argparse.HelpFormatter, width=WIDTH),
        )
        command.configure(one)
        parts += [f"\n## {command.NAME}\n\n", block(one)]
    return {"docs/reference/command-line.md": "".join(parts)}


def block(described: argparse.ArgumentParser) -> str:
    """A parser's own help, as it stands on a screen."""
    return f"```text\n{described.format_help().rstrip()}\n```\n"
