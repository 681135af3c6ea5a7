"""A daemon of our own that speaks ClamAV's protocol over loopback, so that every answer can be had. It scans nothing:
it finds its virus wherever the bytes `Qzvirus` stand."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

FINDS = b"Qzvirus"


@contextmanager
def speaking(answer: bytes | None = None) -> Iterator[str]:
    """The address of a daemon that answers as ClamAV would, or always with `answer`."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_serve, args=(server, answer), daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        thread.join(10)


def _serve(server: socket.socket, answer: bytes | None) -> None:
    while True:
        try:
            caller, _ = server.accept()
        except OSError:
            return
        with caller, caller.makefile("rb") as said:
            if said.read(10) != b"zINSTREAM\0":
                caller.sendall(b"UNKNOWN COMMAND\0")
                continue
            given = b""
            while size := struct.unpack("!I", said.read(4))[0]:
                given += said.read(size)
            found = b"stream: Test.Virus FOUND\0" if FINDS in given else b"stream: OK\0"
            caller.sendall(found if answer is None else answer)
