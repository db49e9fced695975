"""`ramah chat`: talk to the bot in the terminal, through the same chat API as the widget."""

from __future__ import annotations

import json
import secrets
from typing import Any

import httpx

from bot.commands.progress import console
from bot.processes.trouble import Trouble

WAIT = 30  # seconds for an answer


def chat(url: str) -> None:
    """Read lines, print replies; a number presses a button; an empty line or Ctrl-D ends.

    Raises:
        Trouble: when no gateway answers at ``url``.
    """
    try:
        with httpx.Client(base_url=url, timeout=WAIT + 5, trust_env=False) as http:
            opened = http.post("/chat/v1/conversations", json={}).raise_for_status().json()
            http.headers["Authorization"] = f"Bearer {opened['token']}"
            _talk(http, f"/chat/v1/conversations/{opened['conversation_id']}/messages")
    except httpx.HTTPError as error:
        raise Trouble(
            f"No gateway answers at {url} ({error}): start one with `ramah demo` or `ramah serve`."
        ) from error


def _talk(http: httpx.Client, path: str) -> None:
    buttons: list[dict[str, str]] = []
    while True:
        try:
            line = console.input("[bold]you>[/bold] ").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if not line:
            return
        pressed = line.isdigit() and 0 < int(line) <= len(buttons)
        said = {"choice": buttons[int(line) - 1]["value"]} if pressed else {"text": line}
        answer = http.post(path, params={"wait": WAIT}, json={"client_id": secrets.token_hex(8), **said})
        body = answer.json()
        if answer.is_error:
            console.print(f"[red]{body.get('detail') or body.get('title')}[/red]")
            continue
        buttons = [button for reply in body.get("replies", []) for button in _show(reply)]
        for number, button in enumerate(buttons, 1):
            console.print(f"  [{number}] {button['title']}", markup=False)


def _show(reply: dict[str, Any]) -> list[dict[str, str]]:
    name = reply["author"].get("name") or reply["author"]["kind"]
    console.print(f"{name}> {reply['text']}", markup=False)
    if reply.get("card"):
        console.print(json.dumps(reply["card"], indent=2, ensure_ascii=False), style="dim", markup=False)
    buttons: list[dict[str, str]] = reply.get("buttons", [])
    return buttons
