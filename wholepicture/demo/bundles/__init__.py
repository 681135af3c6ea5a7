"""Published reviews, and a quiet control written beside them, as bundles. Real children: roles only, never names."""

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
REVIEW: Final = "replay-coventry-2012"  # the source system of the review that the project answers


def folders() -> list[Path]:
    """Every bundle that the demonstration carries, in the order of their names."""
    return sorted(p for p in FOLDER.iterdir() if (p / "chronology.csv").exists())
