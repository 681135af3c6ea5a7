"""Starting: what can be said wrong about ports and addresses, and the visitor that `./run --check` sends."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from wholepicture.config import launch, ready
from wholepicture.config.places import read_private, secret, write_private
from wholepicture.config.ready import NotReady, open_store
from wholepicture.config.visit import Page, Visitor


def test_a_port_in_use_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "PORT_PATIENCE", 0)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(NotReady, match=rf"Port {port} cannot be used .*--port"):
            launch.usable_port(port)
    assert launch.usable_port(port) == port


@pytest.mark.parametrize("port", [-1, 65536, 10**9])
def test_a_port_that_cannot_be_is_refused(port: int, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        launch.parser().parse_args([f"--port={port}"])
    assert ended.value.code == 2
    assert "from 1 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "database"),
    [
        ("postgresql://a:b@db.example/", "wholepicture"),
        ("postgresql://a:b@db.example/postgres", "wholepicture"),
        ("postgresql://a:b@db.example/picture", "picture"),
    ],
)
def test_another_server_is_used_as_its_address_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, database: str
) -> None:
    monkeypatch.setenv("WHOLEPICTURE_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", address)
    store = open_store()
    assert (store.superuser_url, store.database, store.server) == (address, database, None)


def test_an_address_that_is_none_is_refused_without_repeating_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHOLEPICTURE_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://a:mouse-trap@db.example/%zz")
    with pytest.raises(NotReady, match="DATABASE_URL is not an address") as refused:
        open_store()
    assert "mouse-trap" not in str(refused.value)


def test_a_data_folder_of_somebody_elses_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(data: Path, name: str) -> str:
        raise PermissionError(13, "Permission denied", str(data / "secrets.json"))

    monkeypatch.setenv("WHOLEPICTURE_DATA", str(tmp_path))
    monkeypatch.setattr(ready, "secret", forbidden)
    with pytest.raises(NotReady, match="belongs to another user"):
        open_store()


def test_a_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    made = secret(tmp_path, "key")
    assert secret(tmp_path, "key") == made != secret(tmp_path, "other")
    assert read_private(tmp_path / "secrets.json").keys() == {"key", "other"}
    assert (tmp_path / "secrets.json").stat().st_mode & 0o077 == 0


def test_a_private_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "kept.json"
    write_private(path, {"a": "1"})
    write_private(path, {"b": "2"})
    assert read_private(path) == {"b": "2"}
    assert [found.name for found in path.parent.iterdir()] == ["kept.json"]


class Handler(BaseHTTPRequestHandler):
    """A site of three pages: one to sign in on, one for those who have, and one that fails."""

    def answer(self, status: int, text: str = "", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def do_GET(self) -> None:
        if self.path == "/sign-in":
            self.answer(200, '<h1>Sign in</h1><input type="hidden" name="token" value="t"><input name="username">')
        elif self.path == "/broken":
            self.answer(500, "oh")
        elif "who=ann" in self.headers.get("Cookie", ""):
            self.answer(200, "<h1>Hello</h1>")
        else:
            self.answer(302, Location="/sign-in")

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if form == {"token": ["t"], "username": ["ann"], "password": ["pass word"]}:
            self.answer(302, Location="/", Set_Cookie="who=ann; Path=/")
        else:
            self.answer(403)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_visitor_signs_in_by_the_form(site: str) -> None:
    visitor = Visitor(site)
    assert visitor.open("/").trouble() == "sent the visitor back to sign in"
    assert visitor.sign_in("ann", "wrong").trouble() == "answered 403"
    assert visitor.sign_in("ann", "pass word").trouble() is None
    assert visitor.open("/").trouble() is None


def test_the_visitor_says_what_is_wrong_with_a_page(site: str) -> None:
    assert Visitor(site).open("/broken").trouble() == "answered 500"
    assert Page(200, "/", "<p>Nothing</p>").trouble() == "has no heading"
