"""The engine decides as Rasa itself does, however long a conversation gets and however it was shortened."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

WALKS = int(os.environ.get("RAMAH_WALKS", "3"))
LENGTH = int(os.environ.get("RAMAH_WALK_TURNS", "36"))  # Rasa's own time grows with the square of it

SMALL_TALK = [
    "hello",
    "bye",
    "when are you open",
    "sing me a song",
    "why is it so late",
    "yes",
    "no",
    "show me the card",
]
JOBS = [
    ["track my order", "it is order 1047", "why is it so late"],
    ["track order 1047", "yes"],
    ["why is it so late", "yes please"],
    ["change my address", "12 Jalan Tun Razak", "50450", "yes"],
    [
        "change my address",
        "when are you open",
        "12 Jalan Tun Razak",
        "are you open on sunday",
        "43000",
        "hello",
        "/deny",
    ],
    ["change my address", "Jalan Ampang 5", "cancel"],
    ["change my address", "Jalan Ampang 5", "hello", "hello", "hello", "hello", "hello", "hello", "50450", "/affirm"],
    ["please reject", "count up"],
    ["talk to a person", "/greet", "/nonsense"],
]


def walk(seed: int) -> list[str]:
    chance = random.Random(seed)
    messages: list[str] = []
    while len(messages) < LENGTH:
        messages += chance.choice(JOBS) if chance.random() < 0.6 else [chance.choice(SMALL_TALK)]
    return messages


def play(
    kind: str, model: Path, actions_port: int, conversations: list[list[str]], folder: Path
) -> list[list[dict[str, Any]]]:
    given, answered = folder / "conversations.json", folder / f"{kind}.json"
    given.write_text(json.dumps(conversations))
    command = [
        sys.executable,
        "-m",
        "tests.engine.play",
        kind,
        str(model),
        str(actions_port),
        str(given),
        str(answered),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "RAMAH_ENGINE_KEY": "k"}, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    played: list[list[dict[str, Any]]] = json.loads(answered.read_text())
    return played


@pytest.fixture(scope="module")
def conversations() -> list[list[str]]:
    return [walk(seed) for seed in range(WALKS)]


def test_long_conversations_are_answered_as_by_rasa(
    model: Path, actions_port: int, conversations: list[list[str]], tmp_path: Path
) -> None:
    ours = play("ramah", model, actions_port, conversations, tmp_path)
    rasas = play("rasa", model, actions_port, conversations, tmp_path)
    for said, our, rasa in zip(conversations, ours, rasas, strict=True):
        for turn, (answer, expected) in enumerate(zip(our, rasa, strict=True)):
            assert answer == expected, f"turn {turn}: {said[: turn + 1][-8:]}"
    assert [len(our) for our in ours] == [len(said) for said in conversations]
    assert any(answer["state"]["form"] for our in ours for answer in our)
