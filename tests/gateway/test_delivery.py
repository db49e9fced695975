"""News inside one process: nobody waits for a slow listener, and a slow listener knows that it missed something."""

from __future__ import annotations

from bot.gateway.delivery import BACKLOG, Event, LocalDelivery


async def test_a_listener_hears_its_own_conversation_in_order() -> None:
    delivery = LocalDelivery()
    async with delivery.subscribe("a") as events:
        await delivery.publish("b", Event("read", {"seq": 9}))
        for seq in range(3):
            await delivery.publish("a", Event("read", {"seq": seq}))
        assert [(await events.get()).data["seq"] for _ in range(3)] == [0, 1, 2]
        assert not events.lagging


async def test_a_listener_who_falls_behind_is_told_so_and_holds_up_nobody() -> None:
    delivery = LocalDelivery()
    async with delivery.subscribe("a") as slow, delivery.subscribe("a") as quick:
        for seq in range(BACKLOG + 5):
            await delivery.publish("a", Event("read", {"seq": seq}))
            assert (await quick.get()).data["seq"] == seq
        assert (slow.lagging, quick.lagging) == (True, False)
        assert (await slow.get()).data["seq"] == 5


async def test_nothing_is_kept_for_those_who_left() -> None:
    delivery = LocalDelivery()
    async with delivery.subscribe("a"):
        pass
    await delivery.publish("a", Event("read", {"seq": 1}))
    assert delivery.listened_to() == set()
