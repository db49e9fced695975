"""Returns, exchanges, replacements, lost parcels and missing items: what the store accepts and how it files them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from bot.demo_store.books import Books
from bot.demo_store.ramah import book, catalogue
from bot.store.errors import Invalid, NotAllowed
from bot.store.models import Case, CaseKind, CaseRequest, CaseState, Line, Order, OrderState, PaymentKind, Wish
from bot.store.money import Money

FIRST_CASE_NUMBER = 20001
LONGEST_NOTE = 2000
SMALLEST_UNIT = {"IDR": Decimal(1)}  # rupiah are paid whole; all others to the hundredth
CLOSED = (CaseState.completed, CaseState.rejected)


def open_case(books: Books, order_id: str, request: CaseRequest, now: datetime) -> Case:
    order = book.read(books, order_id)
    if order.state is OrderState.cancelled:
        raise NotAllowed("already_cancelled")
    if order.state is OrderState.returned:
        raise NotAllowed("already_returned")
    if not book.has_left(order):
        raise NotAllowed("not_shipped")
    if len(request.note) > LONGEST_NOTE:
        raise Invalid("note")
    whole = request.kind is CaseKind.lost_parcel
    lines = _whole_order(order, request) if whole else _lines_with(books, order, request)
    _check_refund_method(order, request.refund_to)
    number = books.next_number("next_case_number", FIRST_CASE_NUMBER)
    case = Case(
        id=f"case_{number}",
        number=f"C-{number}",
        order_id=order.id,
        kind=request.kind,
        state=CaseState.requested,
        items=request.items,
        reason=request.reason,
        wish=request.wish,
        refund=_refund(order, request),
        created_at=now,
    )
    changed = order.copy(update={"lines": lines, "cases": [*order.cases, case]})
    # The shopper's words and photos are for the people who work on the case; the API's Case does not carry them.
    background = {"note": request.note, "photos": request.photos, "refund_to": request.refund_to}
    notes = books.order(order.id).notes
    notes.setdefault("cases", {})[case.id] = background
    books.put_order(book.stored(changed, notes), changed)
    return case


def _whole_order(order: Order, request: CaseRequest) -> list[Line]:
    if request.items:
        raise Invalid("items")
    if any(case.kind is CaseKind.lost_parcel and case.state not in CLOSED for case in order.cases):
        raise NotAllowed("already_requested")
    return order.lines


def _lines_with(books: Books, order: Order, request: CaseRequest) -> list[Line]:
    """The order's lines with the case's pieces taken; raises where there are not as many."""
    asked: Counter[str] = Counter()
    for item in request.items:
        asked[item.line_id] += item.quantity
    if not asked or not set(asked) <= {line.id for line in order.lines}:
        raise Invalid("items")
    lines = {line.id: line for line in order.lines}
    for line_id, quantity in asked.items():
        line = lines[line_id]
        if line.shipped_quantity == 0:
            raise NotAllowed("not_shipped")
        if quantity > line.shipped_quantity - line.returned_quantity:
            raise NotAllowed("over_quantity")
    for item in request.items:
        if request.kind is CaseKind.exchange:
            if item.new_variant_id is None:
                raise Invalid("new_variant_id")
            line = lines[item.line_id]
            catalogue.wanted_variant(books, line.product_id, item.new_variant_id, item.quantity)
    return [
        line.copy(update={"returned_quantity": line.returned_quantity + asked.get(line.id, 0)}) for line in order.lines
    ]


def _check_refund_method(order: Order, method_id: str | None) -> None:
    paid = {payment.method_id for payment in order.payments if payment.kind is PaymentKind.payment}
    if method_id is not None and method_id not in paid:
        raise Invalid("refund_to")


def _refund(order: Order, request: CaseRequest) -> Money | None:
    """The items' price less their share of the order's discount; None where nothing is to be paid back."""
    if request.kind is not CaseKind.return_ or request.wish not in (None, Wish.refund, Wish.store_credit):
        return None
    prices = {line.id: line.unit_price.amount for line in order.lines}
    everything = sum((line.unit_price.amount * line.quantity for line in order.lines), Decimal(0))
    value = sum((prices[item.line_id] * item.quantity for item in request.items), Decimal(0))
    if everything:
        value -= order.discount.amount * value / everything
    unit = SMALLEST_UNIT.get(order.total.currency, Decimal("0.01"))
    return Money(amount=value.quantize(unit, ROUND_HALF_UP), currency=order.total.currency)
