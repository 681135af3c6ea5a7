"""What a file is called: the name that it came with, cleaned until it is only a label."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from wholepicture.foundation.files.types import Sort
from wholepicture.record.files.types import LONGEST_LABEL

_FOLDERS: Final = re.compile(r"^.*[/\\]", re.DOTALL)
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_LABEL: Final = "-_.,'’()&"


def label_of(name: str, sort: Sort) -> str:
    """`Letter from Dr Shah` of `C:\\x\\Letter from Dr Shah.docx`: letters, digits, spaces and a few marks.

    Folders and endings are dropped, however many endings there are; a name of nothing else becomes what the file is.
    """
    bare = unicodedata.normalize("NFC", _FOLDERS.sub("", name.strip()))
    while _ENDING.search(bare):
        bare = _ENDING.sub("", bare)
    kept = "".join(c if c.isalnum() or unicodedata.category(c) == "Mn" or c in _LABEL else " " for c in bare)
    label = " ".join(kept.split())[:LONGEST_LABEL].strip(" .")
    return label or sort.words[:1].upper() + sort.words[1:]


def file_name(label: str, sort: Sort) -> str:
    """The name under which it is saved, in characters that every system takes: `Letter-from-Dr-Shah.docx`."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    return f"{re.sub(r'[^A-Za-z0-9]+', '-', plain).strip('-') or sort.value}.{sort.suffix}"
