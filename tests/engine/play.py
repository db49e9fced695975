"""Play conversations to a model, through Ramah's engine or through Rasa as it comes, and write down what was answered.

``python -m tests.engine.play ramah|rasa MODEL ACTION_PORT CONVERSATIONS ANSWERS``; one process each, for the engine
changes Rasa's insides. CONVERSATIONS is a JSON file, a list of conversations, each a list of messages; one that begins
with ``/`` is a button's payload. ``ramah`` shortens conversations at every chance and forgets each third tracker.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from bot.engine.before_rasa import prepare

Answers = list[dict[str, Any]]


def main() -> None:
    kind, model, port = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    conversations: list[list[str]] = json.loads(Path(sys.argv[4]).read_text())
    prepare()
    play = play_ramah if kind == "ramah" else play_rasa
    Path(sys.argv[5]).write_text(json.dumps(asyncio.run(play(model, port, conversations))))


async def play_ramah(model: Path, port: int, conversations: list[list[str]]) -> list[Answers]:
    from bot.engine.server import load  # noqa: PLC0415 - Rasa only after prepare()
    from bot.engine.turn_request import TurnRequest  # noqa: PLC0415
    from bot.engine.turns import Turns  # noqa: PLC0415
    from bot.settings import Settings  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        agent = load(model, Settings(state_dir=Path(folder), actions_port=port))
        store = agent.tracker_store._tracker_store
        turns = Turns(agent, store, events_kept=0)
        played = []
        for c, messages in enumerate(conversations):
            answers: Answers = []
            for i, message in enumerate(messages):
                said = (
                    {"kind": "choice", "payload": message} if message[:1] == "/" else {"kind": "text", "text": message}
                )
                request = {"turn_id": f"t{i}", "conversation_id": f"c{c}", "input": said}
                answer = json.loads(await turns.run(TurnRequest.parse_obj(request)))
                answers.append(_answer(answer["replies"], answer["state"], answer["intent"]))
                if i % 3 == 0:
                    store._held.clear()
            played.append(answers)
        await agent.action_endpoint.close()
        store.close()
    return played


async def play_rasa(model: Path, port: int, conversations: list[list[str]]) -> list[Answers]:
    import logging  # noqa: PLC0415

    from rasa.core.agent import Agent  # noqa: PLC0415
    from rasa.core.channels.channel import UserMessage  # noqa: PLC0415
    from rasa.utils.endpoints import EndpointConfig  # noqa: PLC0415
    from rasa.utils.log_utils import configure_structlog  # noqa: PLC0415

    from bot.engine.handoff import state_of  # noqa: PLC0415
    from bot.engine.turn_output import TurnOutput  # noqa: PLC0415

    configure_structlog(logging.ERROR)
    agent = Agent.load(str(model), action_endpoint=EndpointConfig(f"http://127.0.0.1:{port}/webhook"))
    played = []
    for c, messages in enumerate(conversations):
        answers: Answers = []
        for i, message in enumerate(messages):
            output = TurnOutput()
            about = {"turn_id": f"t{i}"}
            await agent.handle_message(UserMessage(message, output, f"c{c}", input_channel="turns", metadata=about))
            tracker = await agent.tracker_store.retrieve(f"c{c}")
            users = [event for event in tracker.events if event.type_name == "user"]
            said = next(event for event in users if event.metadata.get("turn_id") == f"t{i}")
            answers.append(_answer(output.replies, state_of(tracker), said.intent))
        played.append(answers)
    return played


def _answer(replies: Any, state: Any, intent: Any) -> dict[str, Any]:
    return {"replies": replies, "state": state, "intent": [intent["name"], round(intent["confidence"], 9)]}


if __name__ == "__main__":
    main()
