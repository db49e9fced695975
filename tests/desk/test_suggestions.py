"""What the desk suggests: the shipped rules on conversations as they really are handed over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.conversations.records import Customer
from bot.desk.queue.claims import claim
from bot.desk.replies.canned_file import read_canned
from bot.desk.replies.canned_values import values_of
from bot.desk.replies.situation import Situation, freshened, situation_of
from bot.desk.replies.suggestion_file import When, read_suggestions
from bot.desk.replies.suggestions import fits, suggest
from bot.desk.tables import facts
from bot.orders.snapshot import snapshot_of
from bot.store.errors import Unavailable
from bot.store.models import Order, OrderState, Payment, PaymentKind, ShipmentState
from bot.wording.tongue import Wording
from tests.conversations.play import Play
from tests.desk.conftest import Enter
from tests.desk.desk_client import DeskClient
from tests.desk.room import ROOT, Room
from tests.gateway.shopper import Shopper
from tests.orders.made_up import NOW, POLICY, TODAY, delivered_order, money, order, shipped_order

SHIPPED = ROOT / "data/desk"
LANGUAGES = ("en", "id", "ms")
CANNED = read_canned(SHIPPED)
RULES = read_suggestions(SHIPPED, CANNED.replies["en"])


def _record(seen: Order | None = None, job: str = "", asks: str = "", tried: tuple[str, ...] = ()) -> dict[str, Any]:
    """``tried``: "job outcome reason" each, the last one last."""
    entries = [
        dict(zip(("job", "outcome", "reason"), (*line.split(), "", ""), strict=False)) | {"data": {}} for line in tried
    ]
    slots: dict[str, Any] = {"job": job or None, "tried": entries}
    snapshot = snapshot_of(seen, NOW) if seen is not None else None
    if seen is not None:
        slots |= {"order_id": seen.id, "order_number": seen.number}
    form = {"name": f"{job}_form", "asks": asks} if asks else None
    return {"slots": slots, "order_snapshot": snapshot, "form": form, "tried": entries}


async def _handed_over(room: Room, reason: str, **about: Any) -> Play:
    room.now = NOW
    return await room.waiting(reason, **_record(**about))


async def _situation(room: Room, play: Play, agent_id: str = "nobody") -> Situation:
    return await room.log.read(lambda connection: situation_of(connection, play.id, agent_id, POLICY, room.now))


def _suggested(situation: Situation) -> tuple[str | None, str | None]:
    suggestion = suggest(situation, RULES)
    return suggestion.reply and suggestion.reply.reply, suggestion.action and suggestion.action.action


UNKNOWN_CANCEL = {"job": "cancel_order", "tried": ("cancel_order unknown OutcomeUnknown",)}
FAILED_ADDRESS = {"job": "change_address", "tried": ("change_address failed Unavailable",)}
TOO_LATE = {"job": "cancel_order", "tried": ("cancel_order refused already_shipped",)}


@pytest.mark.parametrize(
    ("reason", "about", "reply", "action"),
    [
        ("action_failed", {"seen": order(), **UNKNOWN_CANCEL}, "checking_outcome", "job:track"),
        ("action_failed", {"seen": order(), **FAILED_ADDRESS}, "store_slow", "job:change_address"),
        ("action_failed", {"seen": shipped_order(), **FAILED_ADDRESS}, "store_slow", None),
        ("action_failed", {"tried": ("action_x failed KeyError",)}, "doing_it_by_hand", None),
        ("bot_failed", {"tried": ("answer_turn failed unreachable",)}, "doing_it_by_hand", None),
        ("wish_for_person", {"seen": shipped_order(), **TOO_LATE}, "cancel_too_late", None),
        (
            "wish_for_person",
            {
                "seen": order(OrderState.packed),
                "job": "cancel_order",
                "tried": ("cancel_order refused already_packed",),
            },
            "hello",
            "job:cancel",
        ),
        (
            "not_allowed",
            {"seen": order(OrderState.cancelled), "tried": ("cancel_order refused already_cancelled",)},
            "already_done",
            None,
        ),
        (
            "complaint",
            {"seen": delivered_order(), "tried": ("request_return refused window_over",)},
            "return_window_over",
            None,
        ),
        ("wish_for_person", {"tried": ("request_return refused final_sale",)}, "final_sale", None),
        ("abuse", {}, "friendly_limit", None),
        ("complaint", {}, "complaint_received", None),
        ("upset", {"seen": shipped_order(promised_on=TODAY.replace(day=2))}, "delivery_late", None),
        ("upset", {"seen": shipped_order()}, "apology", None),
        ("wish_for_person", {"seen": shipped_order(ShipmentState.lost)}, "parcel_lost", "job:lost"),
        ("wish_for_person", {"seen": shipped_order(ShipmentState.failed_attempt)}, "delivery_failed", None),
        ("wish_for_person", {"seen": delivered_order(), "job": "report_lost"}, "says_delivered", "job:lost"),
        ("wish_for_person", {"seen": delivered_order(), "job": "report_problem"}, "damaged_or_wrong", "job:replace"),
        ("wish_for_person", {"seen": shipped_order(), "job": "track_order"}, "on_its_way", None),
        ("wish_for_person", {"job": "track", "asks": "order_number"}, "ask_order_number", None),
        ("not_understood", {"seen": order()}, "bot_misunderstood", None),
        ("not_understood", {}, "what_is_it_about", None),
        ("not_supported", {"seen": order()}, "rules_say_no", None),
        ("wish_for_person", {}, "hello", None),
    ],
)
async def test_handed_over_for_this_the_desk_suggests_that(
    room: Room, reason: str, about: dict[str, Any], reply: str, action: str | None
) -> None:
    play = await _handed_over(room, reason, **about)
    aini = await room.agent("Aini")
    assert _suggested(await _situation(room, play, aini.id)) == (reply, "claim")
    await room.write(lambda connection: claim(connection, play.id, aini, room.now))
    assert _suggested(await _situation(room, play, aini.id)) == (reply, action)
    budi = await room.agent("Budi")
    assert _suggested(await _situation(room, play, budi.id)) == (None, None)


async def test_once_answered_the_bot_may_go_on_and_silence_ends_it(room: Room) -> None:
    play = await _handed_over(room, "wish_for_person", seen=order(), job="change_address", asks="new_address")
    aini = await room.agent("Aini")
    await room.write(lambda connection: claim(connection, play.id, aini, room.now))
    room.later(minutes=11)
    assert _suggested(await _situation(room, play, aini.id))[0] == "sorry_for_wait"
    await room.answers(play, aini)
    assert _suggested(await _situation(room, play, aini.id)) == ("back_to_assistant", "hand_back")
    room.later(minutes=11)
    assert _suggested(await _situation(room, play, aini.id)) == ("still_there", "snooze")
    room.later(minutes=20)
    assert _suggested(await _situation(room, play, aini.id)) == ("goodbye", "resolve")
    await room.says(play)
    assert _suggested(await _situation(room, play, aini.id)) == ("back_to_assistant", "hand_back")


async def test_a_signed_in_shopper_is_greeted_by_name(room: Room) -> None:
    play = await room.shopper(Customer("c1", "Siti Aminah", "siti@example.com"))
    situation = await _situation(room, play)
    assert (situation.shopper, situation.email, situation.customer) == ("Siti Aminah", "siti@example.com", True)
    assert situation.owner == "bot"
    assert _suggested(situation) == (None, None)
    assert _suggested(replace(situation, owner="queue", reason="wish_for_person"))[0] == "hello_by_name"


async def test_the_order_that_an_agent_chose_counts_and_not_the_one_the_bot_saw(room: Room) -> None:
    play = await _handed_over(room, "wish_for_person", seen=shipped_order(), job="track_order")
    row = {"slot": "order_id", "value": "o_2", "shown": "#2", "agent_id": "a", "agent_name": "A", "at": room.now}
    await room.write(lambda c: c.execute(facts.insert().values(conversation_id=play.id, **row)))
    situation = await _situation(room, play)
    assert (situation.order_id, situation.order) == ("o_2", None)


class _Store:
    def __init__(self, found: Order | None) -> None:
        self._found = found

    async def get_order(self, order_id: str) -> Order:
        if self._found is None:
            raise Unavailable
        return self._found


async def test_the_order_as_it_is_now_counts_if_the_store_answers(room: Room) -> None:
    play = await _handed_over(room, "wish_for_person", seen=order())
    seen = await _situation(room, play)
    down = await freshened(seen, _Store(None), POLICY, NOW)  # type: ignore[arg-type]
    now = await freshened(seen, _Store(shipped_order(ShipmentState.lost)), POLICY, NOW)  # type: ignore[arg-type]
    assert (down, _suggested(now)[0]) == (seen, "parcel_lost")


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", {"order_total": "RM 58.00", "order_state": "on its way", "refund_amount": "RM 20.00"}),
        ("id", {"order_total": "RM 58.00", "order_state": "dalam perjalanan"}),
        ("ms", {"order_total": "RM 58.00", "order_state": "dalam perjalanan"}),
    ],
)
async def test_values_are_written_as_the_bot_writes_them(room: Room, language: str, wanted: dict[str, str]) -> None:
    refund = Payment(id="r1", kind=PaymentKind.refund, method_id="m1", method="GrabPay", amount=money("20.00"))
    seen = shipped_order()
    seen = seen.copy(update={"payments": [*seen.payments, refund]})
    situation = await _situation(room, await _handed_over(room, "upset", seen=seen))
    tongue = Wording(ROOT / "data/words", ROOT / "data/responses", SHIPPED, ("IDR",)).shopper(
        language, f"{language}-MY", "Asia/Kuala_Lumpur"
    )
    values = values_of(situation, tongue, agent="Aini", shop="Kedai")
    assert {name: values[name] for name in wanted} == wanted
    assert (values["order_number"], values["refund_method"]) == ("1047", "GrabPay")
    assert "shopper" not in values  # masked in the snapshot
    now = values_of(situation.with_order(seen, POLICY, NOW), tongue, agent="Aini", shop="Kedai")
    assert now["shopper"] == "Siti Aminah"


async def test_what_is_not_known_fits_no_condition_that_asks_for_it(room: Room) -> None:
    situation = await _situation(room, await _handed_over(room, "upset"))
    for asked in (
        {"order_state": "paid"},
        {"late": True},
        {"refund": True},
        {"order": True},
        {"silent_over": 0},
        {"refusal": "window_over"},
        {"tried": {}},
        {"contact": True},
    ):
        assert not fits(When.parse_obj(asked), situation), asked
    assert fits(When(), situation)


async def test_agents_get_an_editable_reply_with_the_reason(agent: DeskClient, enter: Enter) -> None:
    shopper = await enter("an upset person please")
    path = f"/conversations/{shopper.id}"
    told = await agent.get(f"{path}/suggestions", language="id")
    assert (told["reply"]["id"], told["reply"]["language"]) == ("apology", "en")
    assert told["reply"]["why"] == "Pembeli kesal."
    assert (told["action"]["name"], told["action"]["why"]) == ("claim", "Percakapan ini belum ada yang pegang.")
    before = len(await shopper.messages())
    await agent.post(f"{path}/claim")
    again = await agent.get(f"{path}/suggestions")
    assert (again["reply"]["id"], again["action"]) == ("apology", None)
    said = [message for message in (await shopper.messages())[before:] if message["author"]["kind"] == "agent"]
    assert said == []  # nothing is sent by itself


async def test_the_bots_failed_address_is_suggested_to_the_agent(
    agent: DeskClient, trainer: DeskClient, waiting_with_form: Shopper
) -> None:
    path = f"/conversations/{waiting_with_form.id}/suggestions"
    await agent.post(f"/conversations/{waiting_with_form.id}/claim")
    told = await agent.get(path)
    assert told["reply"]["missing"] == []
    assert (await trainer.refused("GET", path))[:2] == (403, "forbidden")
    missing = "/conversations/c_unknown/suggestions"
    assert (await agent.refused("GET", missing))[:2] == (404, "not_found")


async def test_a_job_that_cannot_be_done_is_no_next_step(room: Room) -> None:
    play = await _handed_over(room, "action_failed", seen=order(), **FAILED_ADDRESS)
    aini = await room.agent("Aini")
    await room.write(lambda connection: claim(connection, play.id, aini, room.now))
    situation = await _situation(room, play, aini.id)
    assert _suggested(situation)[1] == "job:change_address"
    action = suggest(situation, RULES, lambda wanted: wanted != "job:change_address").action
    assert action is None or action.action != "job:change_address"
