"""One PostgreSQL of our own: made, started and ended with the shop; nobody else's server is touched."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg2

from bot.medusa_store.children import end_child, start_child
from bot.medusa_store.tools import Tools
from bot.processes.ports import LOOPBACK
from bot.processes.trouble import Trouble

USER = "ramah"
STARTS_WITHIN = 60.0  # seconds; after a power cut it reads its log first
ENDS_WITHIN = 3.0  # seconds; open connections are cut

Values = Sequence[Any] | Mapping[str, Any]


class Cluster:
    """Listens on 127.0.0.1 only and asks for a password that lies in a private file.

    Args:
        folder: its own; made, and remade where it is nobody's whole database.
        port: of 127.0.0.1.
    """

    def __init__(self, tools: Tools, folder: Path, port: int, password: str) -> None:
        self._programs = tools.postgres
        self._folder = folder
        self._data = folder / "data"
        self._log = folder / "postgres.log"
        self.port = port
        self._password = password
        self._owner = _owner()

    @property
    def exists(self) -> bool:
        return (self._data / "PG_VERSION").exists()

    def url(self, database: str) -> str:
        return f"postgres://{USER}:{self._password}@{LOOPBACK}:{self.port}/{database}"

    def make(self) -> None:
        """An empty one in place of whatever is there.

        Raises:
            Trouble: the folder belongs to somebody else or cannot be made.
        """
        self._refuse_foreign_folder()
        self._end_forgotten()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(mode=0o700, parents=True)
        secret = self._folder / "password"
        secret.touch(mode=0o600)
        secret.write_text(self._password)
        if self._owner:
            for path in (self._folder, secret):
                os.chown(path, self._owner.pw_uid, self._owner.pw_gid)
        command: list[str | Path] = [
            "initdb",
            "-D",
            self._data,
            "-U",
            USER,
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--auth=scram-sha-256",
        ]
        said = self._run([*command, f"--pwfile={secret}", "--no-sync"])
        secret.unlink()
        if said.returncode:
            raise Trouble(f"PostgreSQL's initdb failed: {_last_line(said.stderr)}")

    def remove(self) -> None:
        """Whatever is left of it, when its shop is given up."""
        self._end_forgotten()
        shutil.rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        """Started and answering; ended after the block.

        Raises:
            Trouble: it does not start.
        """
        self._refuse_foreign_folder()
        self._end_forgotten()
        server = self._started()
        try:
            yield server
        finally:
            end_child(server, signal.SIGINT, ENDS_WITHIN)  # "fast": whoever is connected is cut

    def ask(self, question: str, values: Values = (), database: str = "postgres") -> list[tuple[Any, ...]]:
        """One statement outside any transaction; its rows, if it gives any."""
        with closing(psycopg2.connect(self.url(database), connect_timeout=5)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(question, values)
                return list(cursor.fetchall()) if cursor.description else []

    def copy_database(self, source: str, target: str) -> None:
        """``target`` becomes what ``source`` is; connections to either are cut."""
        self.ask(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        self.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [source])
        self.ask(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    def dump(self, database: str, file: Path) -> None:
        """All at once: a dump that was cut off must not look like a whole one."""
        beside = file.with_suffix(f".{os.getpid()}")
        beside.touch(mode=0o600)
        self._client("pg_dump", database, "-Fc", "-Z1", "--no-owner", "-f", beside)
        beside.replace(file)

    def restore(self, database: str, file: Path) -> None:
        self.ask(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        self.ask(f'CREATE DATABASE "{database}"')
        self._client("pg_restore", database, "-j2", "--no-owner", file)

    def _client(self, program: str, database: str, *arguments: str | Path) -> None:
        where = ("-h", LOOPBACK, "-p", str(self.port), "-U", USER, "-d", database)
        # Not on the command line, where everybody on the machine reads it.
        environment = {**os.environ, "PGPASSWORD": self._password}
        said = subprocess.run(  # noqa: S603
            [self._programs / program, *where, *arguments], capture_output=True, text=True, check=False, env=environment
        )
        if said.returncode:
            raise Trouble(f"PostgreSQL's {program} failed: {_last_line(said.stderr)}")

    def _run(self, command: list[str | Path]) -> subprocess.CompletedProcess[str]:
        as_owner: dict[str, Any] = {}
        if self._owner:
            as_owner = {"user": self._owner.pw_uid, "group": self._owner.pw_gid, "extra_groups": []}
        command = [self._programs / command[0], *command[1:]]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **as_owner)  # noqa: S603

    def _end_forgotten(self) -> None:
        """A server of this folder that outlived its shop, or is just ending, is ended; a stale pid file is not one."""
        if (self._data / "postmaster.pid").exists():
            self._run(["pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop"])

    def _refuse_foreign_folder(self) -> None:
        if not self._folder.exists() and not self._folder.is_symlink():
            return
        owner = self._owner.pw_uid if self._owner else os.getuid()
        if self._folder.is_symlink() or self._folder.stat().st_uid != owner:
            raise Trouble(f"The folder {self._folder} is somebody else's: remove it, PostgreSQL needs it.")

    def _started(self) -> subprocess.Popen[bytes]:
        """Answering. Started again while the last one's processes, which a kill left behind, still hold its memory."""
        deadline = time.monotonic() + STARTS_WITHIN
        server = self._start()
        while time.monotonic() < deadline:
            if server.poll() is not None:
                time.sleep(0.5)
                server = self._start()
            try:
                self.ask("SELECT 1")
            except psycopg2.OperationalError:
                time.sleep(0.05)
            else:
                return server
        end_child(server, signal.SIGINT, ENDS_WITHIN)
        raise Trouble(f"PostgreSQL did not start within {STARTS_WITHIN:.0f} s; its words are in {self._log}.")

    def _start(self) -> subprocess.Popen[bytes]:
        return start_child(
            [
                self._programs / "postgres",
                *("-D", self._data, "-h", LOOPBACK, "-p", str(self.port), "-k", ""),
                *("-c", "synchronous_commit=off", "-c", "log_min_messages=fatal", "-c", "max_connections=50"),
            ],
            environment={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            folder=Path("/"),
            when_orphaned=signal.SIGINT,
            user=self._owner,
            log=self._log,
        )


def _owner() -> pwd.struct_passwd | None:
    """Whom it runs as where we are root, which it refuses."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Trouble("PostgreSQL refuses to run as root, and there is no user postgres or nobody: make one.")


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it said nothing."
