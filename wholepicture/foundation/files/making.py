"""Having a file made anew by a child process that is watched: given so long and no longer, and believed in nothing."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from dataclasses import replace
from typing import Final

from wholepicture.foundation.files.sniff import sort_of
from wholepicture.foundation.files.texts import shown
from wholepicture.foundation.files.types import MOST_MADE_BYTES, SECONDS, Garbled, Made, unpack
from wholepicture.foundation.refusals import Refused

AT_ONCE: Final = 2
"""Makings at once in one process: each may take all the memory that it is allowed."""
_PATIENCE: Final = 30.0
_turns = threading.BoundedSemaphore(AT_ONCE)
_logger = logging.getLogger(__name__)

# One thread before the lock, which holds the thread that takes it and those that come of it; and one store of memory.
ENVIRONMENT: Final = {"OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
CHILD: Final = (sys.executable, "-I", "-m", "wholepicture.foundation.files.child")


def made_anew(data: bytes, *, command: tuple[str, ...] = CHILD, seconds: float = SECONDS) -> Made:
    """The file made anew; raises Refused where it cannot be, saying what the file is and what to do instead.

    The file's own bytes are judged here only by their beginning and their number: everything that decodes runs in the
    child, which is killed when it takes longer than `seconds`.
    """
    sort_of(data)
    if not _turns.acquire(timeout=_PATIENCE):
        raise Refused("file-busy", "Many files are being added just now. Nothing is lost: try again in a minute.")
    try:
        return _understood(_run(data, command, seconds))
    finally:
        _turns.release()


def _run(data: bytes, command: tuple[str, ...], seconds: float) -> bytes:
    # Files in memory, not pipes: neither side waits for the other, and the child's own limit bounds what it can say.
    given, said = os.memfd_create("given"), os.memfd_create("said")
    try:
        with os.fdopen(os.dup(given), "wb") as out:
            out.write(data)
        os.lseek(given, 0, os.SEEK_SET)
        ended = _watched(command, given, said, seconds)
        if ended is None:
            _logger.warning("files: a making took longer than %d seconds and was killed", seconds)
            raise Refused(
                "file-slow",
                f"The file takes longer than {SECONDS} seconds to open safely. Send a part of it at a time.",
            )
        if ended:
            _logger.warning("files: a making ended with %d", ended)
            raise Refused(
                "file-damaged", "The file could not be opened safely. Print it to PDF or save it as JPEG, and try that."
            )
        return os.pread(said, MOST_MADE_BYTES + 2_000_000, 0)
    finally:
        os.close(given)
        os.close(said)


def _watched(command: tuple[str, ...], given: int, said: int, seconds: float) -> int | None:
    """How the child ended; None where it had to be killed."""
    child = subprocess.Popen(
        command, stdin=given, stdout=said, stderr=subprocess.DEVNULL, cwd="/", env=ENVIRONMENT, close_fds=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        return child.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        child.kill()
        child.wait()


def _understood(said: bytes) -> Made:
    try:
        found = unpack(said)
    except Garbled as error:
        _logger.warning("files: a making said what no making says")
        raise Refused(
            "file-damaged", "The file could not be opened safely. Print it to PDF or save it as JPEG, and try that."
        ) from error
    if isinstance(found, Made):
        # Whoever took over the child could say words that turn others round; we show nobody any.
        return replace(found, words=tuple(shown(page)[0] for page in found.words))
    raise Refused(*found)
