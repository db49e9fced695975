"""Notes, whispers, names in them, labels: what agents tell each other and shoppers never see."""

from __future__ import annotations

import json

import pytest

from bot.conversations.errors import ClientIdReused, NoConversation
from bot.desk.conversation.labels import UnknownLabel, change_labels, labels_of
from bot.desk.conversation.mentions import mentions_seen, unseen_mentions
from bot.desk.conversation.notes import NobodyToWhisperTo, Note, add_note, note_json, notes_of
from bot.desk.people.agent import Agent
from bot.desk.people.agents import update_agent
from bot.desk.queue.claims import claim
from tests.conversations.play import Play
from tests.desk.conftest import Enter, SignIn
from tests.desk.desk_client import DeskClient
from tests.desk.processes import Desk
from tests.desk.room import Room

Labels = tuple[str, ...]
LABELS: Labels = ("delivery", "refund")


async def _note(room: Room, play: Play, agent: Agent, text: str, **more: str) -> Note:
    noted = await room.write(
        lambda connection: add_note(connection, play.id, agent, text=text, now=room.now, **more)  # type: ignore[arg-type]
    )
    return noted.note


async def _seen_by(room: Room, play: Play, agent: Agent) -> list[str]:
    return [note.text for note in await room.log.read(lambda c: notes_of(c, play.id, agent)) if note.kind != "event"]


async def _change(room: Room, play: Play) -> int:
    return int((await room.row(play)).change)


async def test_a_note_stands_behind_the_message_it_was_written_after(room: Room) -> None:
    aini, play = await room.agent("Aini"), await room.waiting()
    before = await _change(room, play)
    note = await _note(room, play, aini, "She rang yesterday too.")
    assert note.after_seq == (await play.messages())[-1].seq
    assert await _seen_by(room, play, aini) == ["She rang yesterday too."]
    assert await _change(room, play) > before


async def test_a_note_that_is_sent_twice_stands_there_once(room: Room) -> None:
    aini, play = await room.agent("Aini"), await room.waiting()
    first = await _note(room, play, aini, "Look at the photo.", client_id="n1")
    change = await _change(room, play)
    assert await _note(room, play, aini, "Look at the photo.", client_id="n1") == first
    assert await _change(room, play) == change
    with pytest.raises(ClientIdReused):
        await _note(room, play, aini, "Something else.", client_id="n1")
    with pytest.raises(NoConversation):
        await room.write(lambda c: add_note(c, "c_unknown", aini, text="Nobody there", now=room.now))


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@Budi please look", ["Budi"]),
        ("@budi, @BUDI: please", ["Budi"]),
        ("ask @Siti Aminah first", ["Siti Aminah"]),
        ("(@Siti Rahayu)", ["Siti Rahayu"]),
        ("@Siti is one of two", []),
        ("@Budiman is nobody", []),
        ("write to me@Budi.example", []),
        ("@Aini is the author, @Citra has left", []),
        ("@Budi and @Siti Rahayu", ["Budi", "Siti Rahayu"]),
        ("@", []),
    ],
)
async def test_who_is_named_is_called(room: Room, text: str, called: list[str]) -> None:
    aini = await room.agent("Aini")
    people = {name: await room.agent(name) for name in ("Budi", "Citra")}
    for name in ("Siti Aminah", "Siti Rahayu"):
        people[name] = await room.agent(name.replace(" ", "-"))
        await _changed(room, people[name], name=name)
    await _changed(room, people["Citra"], active=False)
    play = await room.waiting()
    note = await _note(room, play, aini, text)
    names = {agent.id: name for name, agent in people.items()}
    assert sorted(names[each] for each in note.mentioned) == called


async def test_who_is_called_has_it_on_their_list_until_they_looked(room: Room) -> None:
    aini, budi = await room.agent("Aini"), await room.agent("Budi")
    first, second = await room.waiting(), await room.waiting()
    for play in (first, second, first):
        await _note(room, play, aini, "@Budi?")
    assert await room.log.read(lambda c: unseen_mentions(c, budi.id)) == [first.id, second.id]
    assert await room.write(lambda c: mentions_seen(c, first.id, budi.id, room.now))
    assert not await room.write(lambda c: mentions_seen(c, first.id, budi.id, room.now))
    assert await room.log.read(lambda c: unseen_mentions(c, budi.id)) == [second.id]


async def test_a_whisper_is_for_the_owner_and_supervisors_only(room: Room) -> None:
    aini, budi = await room.agent("Aini"), await room.agent("Budi")
    boss, play = await room.agent("Dewi", role="supervisor"), await room.waiting()
    with pytest.raises(NobodyToWhisperTo):
        await _note(room, play, boss, "Offer them a voucher.", kind="whisper")
    await room.write(lambda c: claim(c, play.id, aini, room.now))
    note = await _note(room, play, boss, "Offer them a voucher.", kind="whisper")
    assert note.mentioned == (aini.id,)
    assert [await _seen_by(room, play, each) for each in (aini, boss, budi)] == [[note.text], [note.text], []]


async def test_a_trainer_reads_notes_without_addresses(room: Room) -> None:
    aini, chandra = await room.agent("Aini"), await room.agent("Chandra", role="trainer")
    play = await room.waiting()
    note = await _note(room, play, aini, "Her other address is siti@example.com.")
    assert "siti@example.com" in note_json(note, aini)["text"]
    assert note_json(note, chandra)["text"] == "Her other address is s•••@example.com."


async def test_labels_are_the_shops_own(room: Room) -> None:
    play = await room.waiting()

    async def change(
        add: tuple[str, ...] = (), remove: tuple[str, ...] = (), known: tuple[str, ...] = LABELS
    ) -> object:
        return await room.write(lambda c: change_labels(c, play.id, add=add, remove=remove, known=known))

    before = await _change(room, play)
    assert await change(("refund", "delivery")) == (["delivery", "refund"], True)
    assert await _change(room, play) > before
    assert await change(("refund",)) == (["delivery", "refund"], False)
    with pytest.raises(UnknownLabel):
        await change(("praise",))
    assert await change(remove=("refund", "never there"), known=()) == (["delivery"], True)
    assert await room.log.read(lambda c: labels_of(c, play.id)) == ["delivery"]


async def test_nothing_of_notes_and_labels_reaches_the_shopper(
    agent: DeskClient, supervisor: DeskClient, enter: Enter
) -> None:
    shopper = await enter("a person please")
    async with shopper.tab() as tab:
        path = f"/conversations/{shopper.id}"
        await agent.post(f"{path}/claim")
        await agent.post(f"{path}/notes", {"client_id": "n1", "text": "Secret-note @Budi"})
        await supervisor.post(f"{path}/notes", {"client_id": "n2", "text": "Secret-whisper", "kind": "whisper"})
        await agent.post(f"{path}/labels", {"add": ["complaint"]})
        await agent.post(f"{path}/messages", {"client_id": "m1", "text": "I am looking into it."})
        said = (await shopper.page())["messages"][-1]
        await tab.until_seq(said["seq"])
        seen = json.dumps([await shopper.page(), tab.frames])
    assert said["text"] == "I am looking into it."
    assert "Secret" not in seen
    assert "complaint" not in seen
    shown = (await agent.get(path))["notes"]
    assert [note["text"] for note in shown if note["kind"] != "event"] == ["Secret-note @Budi", "Secret-whisper"]


async def test_who_is_named_hears_of_it_at_once(agent: DeskClient, desk: Desk, sign_in: SignIn, enter: Enter) -> None:
    gita = await sign_in(desk.add_agent("Gita"))
    shopper = await enter("a person please")
    async with gita.stream() as tab:
        await tab.until(type="ready")
        body = {"client_id": "n1", "text": "@Gita, she is siti@example.com"}
        await agent.post(f"/conversations/{shopper.id}/notes", body)
        notice = await tab.until(type="notice", what="mentioned", conversation_id=shopper.id)
    assert notice["text"] == "@Gita, she is s•••@example.com"
    assert (await gita.request("POST", f"/conversations/{shopper.id}/mentions/seen", {})).status_code == 204


async def test_only_supervisors_whisper_and_only_to_who_has_it(
    agent: DeskClient, supervisor: DeskClient, enter: Enter
) -> None:
    shopper = await enter("a person please")
    whisper = {"client_id": "w1", "text": "Go on.", "kind": "whisper"}
    path = f"/conversations/{shopper.id}/notes"
    assert (await agent.refused("POST", path, whisper))[:2] == (403, "forbidden")
    assert (await supervisor.refused("POST", path, whisper))[:2] == (409, "nobody_to_whisper_to")


@pytest.mark.parametrize(
    "body",
    [
        {"client_id": "n1", "text": "  "},
        {"client_id": "n1", "text": "a" * 4001},
        {"client_id": "n1", "text": "nul \0"},
        {"client_id": "n 1", "text": "hello"},
        {"client_id": "n1", "text": "hello", "kind": "event"},
        {"text": "hello"},
    ],
)
async def test_a_note_that_is_none_is_refused(agent: DeskClient, enter: Enter, body: dict[str, str]) -> None:
    shopper = await enter("a person please")
    assert (await agent.refused("POST", f"/conversations/{shopper.id}/notes", body))[:2] == (422, "invalid")


async def _changed(room: Room, agent: Agent, **changes: object) -> None:
    await room.write(lambda connection: update_agent(connection, agent.id, changes))
