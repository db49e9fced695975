"""The programs that a Medusa needs and that Ramah does not bring: Node, npm and PostgreSQL."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bot.processes.trouble import Trouble

OLDEST_NODE = 20
POSTGRES_HOMES = Path("/usr/lib/postgresql")  # Debian keeps the server's programs out of PATH
POSTGRES_PROGRAMS = ("initdb", "postgres", "pg_ctl", "pg_dump", "pg_restore")


@dataclass(frozen=True)
class Tools:
    node: Path
    npm: Path
    postgres: Path  # the folder of PostgreSQL's programs


def find_tools() -> Tools:
    """Where they are.

    Raises:
        Trouble: one is missing or too old.
    """
    return Tools(node=_node(), npm=_npm(), postgres=_postgres())


def _node() -> Path:
    found = shutil.which("node")
    wanted = f"Medusa needs Node {OLDEST_NODE} or newer, and"
    if found is None:
        raise Trouble(f"{wanted} there is no `node` in PATH: install it.")
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
    version = re.match(r"v(\d+)\.", said)
    if version is None or int(version[1]) < OLDEST_NODE:
        raise Trouble(f"{wanted} {found} is {said or 'not Node'}: install a newer one.")
    return Path(found)


def _npm() -> Path:
    found = shutil.which("npm")
    if found is None:
        raise Trouble("Medusa is installed with npm, and there is no `npm` in PATH: install it beside Node.")
    return Path(found)


def _postgres() -> Path:
    """The newest of those outside PATH, else what is in PATH."""
    homes = sorted(POSTGRES_HOMES.glob("*/bin"), key=_version, reverse=True)
    in_path = shutil.which("initdb")
    homes += [Path(in_path).resolve().parent] if in_path else []
    for home in homes:
        if all((home / name).exists() for name in POSTGRES_PROGRAMS):
            return home
    raise Trouble(
        "Medusa keeps its data in PostgreSQL, and initdb and pg_ctl are neither in PATH nor in "
        f"{POSTGRES_HOMES}/*/bin: install the PostgreSQL server."
    )


def _version(home: Path) -> int:
    return int(home.parent.name) if home.parent.name.isdigit() else 0
