"""`wholepicture replay`: play a bundle day by day and see what the record would have said, to whom, and when."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wholepicture.exchange.bundles.errors import BundleErrors
from wholepicture.exchange.bundles.reader import read_bundle
from wholepicture.signals.replay import as_json, as_text, replay

NAME = "replay"
HELP = "play a chronology bundle day by day and print each signal on the day it would have stood; import nothing"


def configure(parser: argparse.ArgumentParser) -> None:
    """The bundle, and whether to print for people or programs."""
    parser.add_argument("bundle", type=Path, help="a bundle's folder, or a zip file of one")
    parser.add_argument("--json", action="store_true", help="print one JSON object, for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print the replay; 0 when every row of expect.csv is met, 1 when one is not or the bundle is not sound."""
    try:
        bundle = read_bundle(arguments.bundle)
    except BundleErrors as errors:
        sys.stderr.write(f"{arguments.bundle}: not replayed\n{errors}\n")
        return 1
    played = replay(bundle.record, bundle.expectations, bundle.source_system)
    sys.stdout.write(f"{as_json(played)}\n" if arguments.json else as_text(played))
    return 0 if played.all_met else 1
