"""Asking a ClamAV daemon whether a file holds a known virus, by its INSTREAM command (clamd(8))."""

from __future__ import annotations

import enum
import logging
import re
import socket
import struct
from dataclasses import dataclass
from typing import Final

_CHUNK: Final = 2**16
_PATIENCE: Final = 20.0
"""Seconds for each step of the conversation."""
_FOUND: Final = re.compile(r"^stream: (.{1,200}) FOUND$")
_logger = logging.getLogger(__name__)


class Verdict(enum.StrEnum):
    """What the daemon said of a file."""

    CLEAN = "clean"
    FOUND = "found"
    NOT_ASKED = "not_asked"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Scanned:
    """The verdict and, where something was found, the name that the daemon gives it."""

    verdict: Verdict
    name: str = ""


def scan(data: bytes, address: str) -> Scanned:
    """What the daemon at the address says; NOT_ASKED for a blank address. It raises nothing.

    The address is a socket's path, or `host:port`. A daemon that cannot be reached, breaks off or answers anything
    but clean or found gives NO_ANSWER: silence is never taken for clean.
    """
    if not address:
        return Scanned(Verdict.NOT_ASKED)
    try:
        with _connected(address) as daemon:
            return _understood(_asked(daemon, data))
    except (OSError, ValueError) as error:
        _logger.warning("files: the virus scanner does not answer: %s", type(error).__name__)
        return Scanned(Verdict.NO_ANSWER)


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        daemon = socket.socket(socket.AF_UNIX)
        daemon.settimeout(_PATIENCE)
        try:
            daemon.connect(address)
        except OSError:
            daemon.close()
            raise
        return daemon
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE)


def _asked(daemon: socket.socket, data: bytes) -> str:
    daemon.sendall(b"zINSTREAM\0")
    for at in range(0, len(data), _CHUNK):
        part = data[at : at + _CHUNK]
        daemon.sendall(struct.pack("!I", len(part)) + part)
    daemon.sendall(struct.pack("!I", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < 4096:
        part = daemon.recv(4096)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _understood(answer: str) -> Scanned:
    if answer == "stream: OK":
        return Scanned(Verdict.CLEAN)
    found = _FOUND.match(answer)
    if found:
        return Scanned(Verdict.FOUND, found[1])
    _logger.warning("files: the virus scanner gave no verdict")
    return Scanned(Verdict.NO_ANSWER)
