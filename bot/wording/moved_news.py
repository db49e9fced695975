"""The sentence by which a shopper hears that a parcel has moved."""

from __future__ import annotations

from collections.abc import Sequence

from bot.orders.movement import Move
from bot.orders.track import Tracking
from bot.wording.next_steps import next_steps_text
from bot.wording.tongue import Tongue


def moved_news(moves: Sequence[Move], tracking: Tracking, tongue: Tongue) -> str:
    """One sentence a step, each on a line of its own."""
    return "\n".join(_sentence(move, tracking, tongue) for move in moves)


def _sentence(move: Move, tracking: Tracking, tongue: Tongue) -> str:
    steps = [each.next_step for each in tracking.shipments if each.id in move.shipment_ids]
    told = tongue.say(
        f"utter_moved_{move.state.value}",
        which=_which(move, tracking, tongue),
        next=next_steps_text(steps[:1] if steps else tracking.next_steps, tongue),
    ).strip()
    return told[:1].upper() + told[1:]


def _which(move: Move, tracking: Tracking, tongue: Tongue) -> str:
    parcels = [each for each in tracking.shipments if each.id in move.shipment_ids]
    titles = list(dict.fromkeys(item.title for parcel in parcels for item in parcel.items))
    if not titles or len(parcels) == len(tracking.shipments):
        return tongue.words.text("moved.order", number=tracking.number)
    return tongue.words.text("moved.parcel", number=tracking.number, items=tongue.formats.listed(titles))
