"""Medusa's packages, installed once into the cache."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from bot.medusa_store.places import PACKAGE_FILES, SERVER, cache_folder, package_digest
from bot.medusa_store.tools import Tools
from bot.processes.disk import check_room
from bot.processes.trouble import Trouble

NEEDED_BYTES = 1500 * 1024**2  # packages, npm's own cache of them, two databases
GIVE_UP_AFTER = 900  # seconds
UNREACHABLE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ECONNRESET", "ENETUNREACH", "ERR_SOCKET_TIMEOUT")


def installed_packages(tools: Tools, log: Path) -> Path:
    """The folder with ``node_modules``; a second call finds it. Call it under the cache's lock.

    Raises:
        Trouble: npm cannot be reached, or there is no room.
    """
    folder = cache_folder() / f"packages-{package_digest()}"
    if folder.exists():
        return folder
    check_room(folder.parent, NEEDED_BYTES)
    draft = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    for name in PACKAGE_FILES:
        (draft / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SERVER / name, draft / name)
    _npm_ci(tools, draft, log)
    draft.replace(folder)
    return folder


def _npm_ci(tools: Tools, folder: Path, log: Path) -> None:
    # The scripts of packages do not run: none of these needs to, and nobody's code runs only because it was downloaded.
    command = [str(tools.npm), "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    environment = {**os.environ, "PATH": f"{tools.node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    try:
        said = subprocess.run(  # noqa: S603
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=GIVE_UP_AFTER, check=False
        )
    except subprocess.TimeoutExpired as timeout:
        raise Trouble(f"npm did not finish installing Medusa within {GIVE_UP_AFTER // 60} minutes.") from timeout
    log.write_text(said.stdout + said.stderr)
    if said.returncode == 0:
        return
    if "ENOSPC" in said.stderr:
        raise Trouble(f"The disk became full while npm installed Medusa into {folder.parent}: free 1.5 GB.")
    if any(code in said.stderr for code in UNREACHABLE):
        raise Trouble("npm cannot reach its registry, and Medusa is not installed yet: connect and try again.")
    raise Trouble(f"npm could not install Medusa; its words are in {log}.")
