"""The web server process: workers that end when whoever started them ends, however that was."""

from __future__ import annotations

import argparse
import ctypes
import signal
from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

APPLICATION = "wholepicture.config.wsgi:application"
WORKERS = 2
THREADS = 4
"""For each worker; each may hold a connection of each role, so WORKERS x THREADS x 2 must stay under the server's."""

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Serve on 127.0.0.1 until told to stop."""
    parser = argparse.ArgumentParser(prog="wholepicture.config.serve", description=main.__doc__)
    parser.add_argument("--port", type=int, required=True)
    port: int = parser.parse_args().port
    end_with_parent()
    server = Granian(
        APPLICATION,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=load_in_worker, wrap_loader=False)


def load_in_worker() -> Callable[..., Any]:
    """Load the application in a worker, which must not outlive the server and hold its port."""
    end_with_parent()
    # Here, not at the top: Django is set up once in each worker, never in the process that starts them.
    from wholepicture.config.wsgi import application

    return application


def end_with_parent() -> None:
    """Ask the kernel to end this process when its parent ends: a killed parent cannot do it itself."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    main()
