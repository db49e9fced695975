"""`ramah agent`: the first admin by one command, and the demo's own agents nowhere but in the demo."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import select
import sqlite3
import subprocess
import sys
import termios
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx

from bot.commands.demo import let_demo_agents_in
from bot.desk.people.demo_agents import demo_agents
from bot.installation import PROJECT, with_files_in
from bot.settings import Settings
from tests.desk.desk_client import DeskClient
from tests.desk.processes import PASSWORD, Desk
from tests.until import until

EMAIL = "first@example.com"


def _ramah(state_dir: Path, *words: str, types: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", "agent", *words],
        cwd=PROJECT,
        env={**os.environ, "RAMAH_STATE_DIR": str(state_dir), "COLUMNS": "120"},
        input=types,
        capture_output=True,
        text=True,
        check=False,
    )


def _ramah_at_a_terminal(state_dir: Path, *words: str, types: list[str]) -> tuple[int, str]:
    """What a person sees; they type a line each time they are asked."""
    screen, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "agent", *words],
        cwd=PROJECT,
        env={**os.environ, "RAMAH_STATE_DIR": str(state_dir), "COLUMNS": "120"},
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        # Passwords are asked for at the controlling terminal.
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
    )
    os.close(terminal)
    seen, answered, lines = "", 0, list(types)
    while select.select([screen], [], [], 60)[0]:
        try:
            seen += os.read(screen, 4096).decode()
        except OSError:  # the other end is closed
            break
        if lines and seen[answered:].endswith(": "):
            answered = len(seen)
            os.write(screen, f"{lines.pop(0)}\n".encode())
    os.close(screen)
    return process.wait(60), seen


async def test_the_first_admin_is_made_by_one_command(start_desk: Callable[..., Desk], tmp_path: Path) -> None:
    state = tmp_path / "state"  # where the gateway will look, which has never run
    made = _ramah(
        state, "add", EMAIL, "--name", "Siti", "--role", "admin", "--languages", "en,ms", types=f"{PASSWORD}\n"
    )
    assert made.returncode == 0, made.stderr
    client = await DeskClient(start_desk().url).log_in(EMAIL)
    assert (client.agent["role"], client.agent["languages"]) == ("admin", ["en", "ms"])
    [entry] = (await client.get("/audit"))["entries"][1:]
    assert (entry["what"], entry["agent"]) == ("agent_added", None)
    again = _ramah(state, "password", EMAIL, types="another walk along the coast\n")
    assert again.returncode == 0, again.stderr
    assert "signed out everywhere within three seconds" in again.stdout
    page = httpx.Client(base_url=client.http.base_url, cookies=client.http.cookies, trust_env=False)
    with page:
        until(lambda: page.get("/session").status_code == 401, within=20.0)
    await client.log_in(EMAIL, "another walk along the coast")
    assert EMAIL in _ramah(state, "list").stdout
    await client.leave()


def test_at_a_terminal_the_password_is_asked_for_twice_and_not_shown(tmp_path: Path) -> None:
    words = ("add", EMAIL, "--name", "Siti")
    code, seen = _ramah_at_a_terminal(tmp_path, *words, types=[PASSWORD, "another one", PASSWORD, PASSWORD])
    assert code == 0, seen
    assert PASSWORD not in seen
    assert "do not match" in seen
    assert "Siti (agent) can sign in" in seen


def test_what_cannot_be_is_one_sentence(tmp_path: Path) -> None:
    assert _ramah(tmp_path, "add", EMAIL, "--name", "Siti", types=f"{PASSWORD}\n").returncode == 0
    for words, types, sentence in [
        (("add", EMAIL, "--name", "Siti"), PASSWORD, "works at the desk already"),
        (("add", "no address", "--name", "Siti"), PASSWORD, "is not an email address"),
        (("add", "b@example.com", "--name", " "), PASSWORD, "A name has"),
        (("add", "b@example.com", "--name", "Siti"), "short", "at least 12 characters"),
        (("add", "b@example.com", "--name", "Siti"), "", "at least 12 characters"),
        (("password", "nobody@example.com"), PASSWORD, "Nobody at the desk"),
    ]:
        refused = _ramah(tmp_path, *words, types=f"{types}\n")
        assert refused.returncode == 1
        assert sentence in refused.stderr
        assert "Traceback" not in refused.stderr


def test_a_password_is_never_an_argument(tmp_path: Path) -> None:
    refused = _ramah(tmp_path, "add", EMAIL, "--name", "Siti", "--password", PASSWORD)
    assert refused.returncode == 2
    assert "No such option" in refused.stderr


async def test_the_demos_agents_are_let_in_by_the_demo_and_by_no_other_shop(
    start_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    settings = with_files_in(PROJECT, Settings(state_dir=tmp_path / "state"))
    settings.state_dir.mkdir()
    made = await asyncio.to_thread(let_demo_agents_in, settings)
    assert [(each.name, each.role) for each in made] == [("Aini", "agent"), ("Budi", "supervisor")]
    assert await asyncio.to_thread(let_demo_agents_in, settings) == made == demo_agents(settings.state_dir)
    assert (settings.state_dir / "demo-agents.json").stat().st_mode & 0o777 == 0o600
    demo = start_desk(demo="true", customer_keys='{"demo": "a-secret-that-only-this-demo-knows-and-no-other-shop"}')
    client = DeskClient(demo.url)
    await client.log_in(made[1].email, made[1].password)
    demo.stop()
    shop = start_desk()  # on the same state folder
    now = DeskClient(shop.url)
    now.http.cookies = client.http.cookies
    assert (await now.refused("GET", "/session"))[0] == 401
    assert (await now.try_log_in(made[1].email, made[1].password)).status_code == 401
    with closing(sqlite3.connect(shop.database)) as connection:
        assert connection.execute("select count(*) from agents where active").fetchone() == (0,)
    await asyncio.to_thread(let_demo_agents_in, settings)  # the demo again
    assert (await now.try_log_in(made[1].email, made[1].password)).status_code == 200
    await client.leave()
    await now.leave()
