"""What `./run` does once the packages are there: make ready, serve, stop cleanly; or with --check, prove it works."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from urllib.error import URLError

from rich.console import Console

from wholepicture.config.places import data_dir, project_root
from wholepicture.config.ready import NotReady, ready, set_up_django, step
from wholepicture.config.visit import SIGN_IN, Visitor
from wholepicture.foundation.refusals import Refused

PORT = 8000
PORT_PATIENCE = 3.0
"""Seconds for a server that is just ending to let go of its port."""

PATIENCE = 30.0
"""Seconds for the web server to answer its first request, or to end when told to."""


class Stopped(BaseException):
    """Somebody asked this process to stop. Not an error, so no handler of errors may catch it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stopped, or check; 0 when all went well."""
    options = parser().parse_args(arguments)
    console = Console(highlight=False, soft_wrap=True)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGHUP, stop)
    try:
        with ready(console):
            port = free_port() if options.check else usable_port(options.port)
            with served(console, port) as server:
                return check(console, port) if options.check else wait(console, port, server)
    except Stopped:
        return 0
    except (NotReady, Refused) as error:
        console.print("[bold red]Not started.[/]", end=" ")
        console.print(str(error), markup=False)
        return 1


def parser() -> argparse.ArgumentParser:
    """The options of `./run`."""
    made = argparse.ArgumentParser(prog="./run", description="Make ready what is missing, and serve.")
    made.add_argument(
        "--port", type=port_number, default=PORT, help=f"serve on this port of 127.0.0.1 (default: {PORT})"
    )
    made.add_argument("--check", action="store_true", help="do all of it on a free port, open each main page, and stop")
    return made


def stop(signum: int, frame: FrameType | None) -> None:
    """Unwind to `main`, letting go of everything on the way; asked again while doing so, just carry on."""
    for handled in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(handled, signal.SIG_IGN)
    raise Stopped


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def usable_port(port: int) -> int:
    """The port asked for, once a server that is just ending has let go of it."""
    deadline = time.monotonic() + PORT_PATIENCE
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError as error:
                if time.monotonic() >= deadline:
                    raise NotReady(
                        f"Port {port} cannot be used ({error.strerror}): choose another with --port."
                    ) from error
        time.sleep(0.2)


def port_number(text: str) -> int:
    """A port as written on the command line."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: a whole number from 1 to 65535")
    return int(text)


@contextmanager
def served(console: Console, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The web server, answering, with the clock beside it."""
    command = [sys.executable, "-m", "wholepicture.config.serve", "--port", str(port)]
    environment = os.environ | {"WHOLEPICTURE_DATA": str(data_dir())}
    ticking = [sys.executable, "-m", "wholepicture.config.tick"]
    server = subprocess.Popen(command, cwd=project_root(), env=environment)
    clock = subprocess.Popen(ticking, cwd=project_root(), env=environment)
    try:
        with step(console, "Starting the web server"):
            wait_for_answer(port, server)
        yield server
    finally:
        for process in (server, clock):
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and make it when it does not."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for_answer(port: int, server: subprocess.Popen[bytes]) -> None:
    """Return when the first page comes; refuse when the server ends or stays silent."""
    visitor = Visitor(f"http://127.0.0.1:{port}")
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise NotReady("The web server ended while starting; see above.")
        try:
            if visitor.open(SIGN_IN).status == 200:
                return
            raise NotReady("The web server answers with an error; see above.")
        except URLError:
            time.sleep(0.05)
    raise NotReady(f"The web server did not answer within {PATIENCE:.0f} seconds.")


def wait(console: Console, port: int, server: subprocess.Popen[bytes]) -> int:
    """Say where and as whom to sign in, then serve until told to stop."""
    greet(console, port)
    server.wait()
    raise NotReady("The web server ended by itself; see above.")


def greet(console: Console, port: int) -> None:
    """Print the address and, in demonstration mode, who can sign in."""
    from wholepicture.config.settings import DEMO

    console.print(f"\n[bold]Whole Picture[/] is at [bold]http://127.0.0.1:{port}[/] (Ctrl-C stops it)")
    if DEMO:
        from wholepicture.demo.users import DEMO_PASSWORD, OFFERED

        width = max(len(user.username) for user in OFFERED)
        console.print(
            f"\nDemonstration: invented people only. The password of every user is [bold]{DEMO_PASSWORD}[/]\n"
        )
        for user in OFFERED:
            console.print(f"  {user.username:<{width}}  {user.name}, {user.role.replace('_', ' ')}")


def check(console: Console, port: int) -> int:
    """Open each main page as the user it is for; 0 when all of them came."""
    set_up_django()
    from wholepicture.config.check import main_pages
    from wholepicture.demo.users import DEMO_PASSWORD

    failed = 0
    visitors: dict[str, Visitor] = {}
    for username, path in main_pages():
        if username not in visitors:
            visitors[username] = Visitor(f"http://127.0.0.1:{port}")
            visitors[username].sign_in(username, DEMO_PASSWORD)
        began = time.monotonic()
        trouble = visitors[username].open(path).trouble()
        failed += trouble is not None
        outcome = f"{trouble}" if trouble else f"{(time.monotonic() - began) * 1000:.0f} ms"
        console.print(f"{'FAILED' if trouble else 'ok':<6}  {username:<14} {path}  {outcome}", markup=False)
    console.print(f"{failed} of the main pages did not open." if failed else "Every main page opens.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
