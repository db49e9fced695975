"""Returns, exchanges, replacements, lost parcels and missing items, each as the Medusa object that staff know."""

from __future__ import annotations

from bot.store.connection import already_begun
from bot.store.errors import NotAllowed, OutcomeUnknown
from bot.store.medusa.answers import Refused
from bot.store.medusa.case_flows import Flow, claim, exchange, return_
from bot.store.medusa.case_rules import all_that_left, check_case
from bot.store.medusa.case_view import case_with_key
from bot.store.medusa.catalogue import Catalogue, Shop
from bot.store.medusa.door import AdminApi
from bot.store.medusa.items import wanted_variant
from bot.store.medusa.line_view import line_id
from bot.store.medusa.open_change import remove_ours
from bot.store.medusa.record import new_record
from bot.store.models import Case, CaseKind, CaseRequest, Order
from bot.store.refund_sum import refund_of

OVER = ("more items than", "items to return", "return more")  # in Medusa's words
STOCK = ("inventory", "stock")

FLOWS = {CaseKind.return_: return_, CaseKind.exchange: exchange}  # all others are claims


async def open_case(shop: Shop, order_id: str, request: CaseRequest, key: str) -> Case:
    api = shop.api
    raw = await api.order(order_id)
    order = await api.view(raw)
    check_case(order, request)
    await _check_variants(shop.catalogue, order, request)
    flow = Flow(
        api=api,
        raw=raw,
        request=request,
        items=request.items or all_that_left(order),
        item_ids={line_id(item): item for item in raw.items if item.detail.quantity},
        record=new_record(request, refund_of(order, request.kind, request.wish, request.items), key),
        options=shop.options,
        key=key,
    )
    try:
        await FLOWS.get(request.kind, claim)(flow)
    except Refused as refusal:
        check_case(await api.view(await api.order(order_id)), request)  # somebody was quicker
        raise NotAllowed(_reason(refusal.message)) from refusal
    with already_begun(key):
        opened = case_with_key(await api.order(order_id), await api.claims_of([order_id]), key)
    if opened is None:
        raise OutcomeUnknown(key)
    return opened


async def case_opened(api: AdminApi, order_id: str, key: str) -> Case | None:
    """The case, if the write under this key made it; what it left half done is removed."""
    opened = case_with_key(await api.order(order_id), await api.claims_of([order_id]), key)
    if opened is None:
        await remove_ours(api, order_id, key)
    return opened


async def _check_variants(catalogue: Catalogue, order: Order, request: CaseRequest) -> None:
    """Raises ``Invalid`` or ``NotAllowed("out_of_stock")`` for variants that shall be sent."""
    if request.kind is CaseKind.return_:
        return
    lines = {line.id: line for line in order.lines}
    for item in request.items:
        if item.new_variant_id is None:
            continue
        line = lines[item.line_id]
        if item.new_variant_id == line.variant_id and request.kind is CaseKind.exchange:
            line = line.copy(update={"variant_id": ""})  # the same again is an exchange too
        await wanted_variant(catalogue, line, item.new_variant_id, item.quantity, order.total.currency)


def _reason(message: str) -> str:
    told = message.casefold()
    if any(words in told for words in OVER):
        return "over_quantity"
    return "out_of_stock" if any(word in told for word in STOCK) else "not_in_this_state"
