"""The shop behind tau-retail data: its documents are kept as they are, and changed as its own tools would."""

from __future__ import annotations

import json
from datetime import datetime

from bot.demo_store.books import Books, Document, StoredOrder
from bot.demo_store.product_search import best_selling, matching, pieces_sold
from bot.demo_store.ramah.parcel import MoveParcel
from bot.demo_store.tau import orders, requests, view
from bot.store.errors import NotSupported
from bot.store.models import (
    Ability,
    Address,
    Case,
    CaseKind,
    CaseRequest,
    CaseState,
    ItemChange,
    Order,
    Product,
)
from bot.store.money import Money
from bot.store.wire import to_json


class TauShop:
    abilities = frozenset(Ability) - {Ability.replacement, Ability.lost_parcel, Ability.missing_item}

    def order(self, books: Books, order_id: str) -> Order:
        stored = books.order(order_id)
        return view.order_view(stored, _user_of(books, stored))

    def orders_of(self, books: Books, customer_id: str, limit: int) -> list[Order]:
        return [view.order_view(stored, _user_of(books, stored)) for stored in books.orders_of(customer_id, limit)]

    def product(self, books: Books, product_id: str) -> Product:
        return view.product_view(books.product(product_id))

    def find_products(self, books: Books, query: str, limit: int) -> list[Product]:
        return matching([view.product_view(body) for body in books.products()], query, limit)

    def list_products(self, books: Books, limit: int, offset: int) -> list[Product]:
        products = [view.product_view(body) for body in books.products()]
        items = [item for stored in books.orders() for item in stored.body["items"]]
        return best_selling(products, pieces_sold(items))[offset : offset + limit]

    def change_address(self, books: Books, order_id: str, address: Address, now: datetime) -> Order:
        stored = books.order(order_id)
        orders.change_address(stored.body, address)
        return _write(books, stored, _user_of(books, stored))

    def cancel(self, books: Books, order_id: str, reason: str, now: datetime) -> Order:
        stored = books.order(order_id)
        user = _user_of(books, stored)
        orders.cancel(stored.body, user, reason)
        return _write(books, stored, user)

    def change_items(
        self, books: Books, order_id: str, changes: list[ItemChange], payment_method_id: str | None, now: datetime
    ) -> Order:
        stored = books.order(order_id)
        user = _user_of(books, stored)
        orders.change_items(stored.body, user, _products_of(books, stored), changes, payment_method_id)
        return _write(books, stored, user)

    def move_parcel(self, books: Books, order_id: str, asked: MoveParcel, now: datetime) -> Order:
        raise NotSupported  # the format knows no parcels

    def open_case(self, books: Books, order_id: str, request: CaseRequest, now: datetime) -> Case:
        stored = books.order(order_id)
        user = _user_of(books, stored)
        refund: Money | None = None
        if request.kind is CaseKind.return_:
            refund = view.money(requests.request_return(stored.body, user, request))
        elif request.kind is CaseKind.exchange:
            requests.request_exchange(stored.body, user, _products_of(books, stored), request)
        else:
            raise NotSupported
        case = Case(
            id=f"{request.kind.value}-{stored.id}",
            number=f"{stored.body['order_id']}-{request.kind.value[0].upper()}",
            order_id=stored.id,
            kind=request.kind,
            state=CaseState.requested,
            items=request.items,
            reason=request.reason,
            wish=request.wish,
            refund=refund,
            created_at=now,
        )
        stored.notes["cases"] = [json.loads(to_json(case))]
        stored.notes["background"] = {"note": request.note, "photos": request.photos}
        _write(books, stored, user)
        return case


def _user_of(books: Books, stored: StoredOrder) -> Document:
    return books.user(stored.body["user_id"])


def _products_of(books: Books, stored: StoredOrder) -> dict[str, Document]:
    return {product_id: books.product(product_id) for product_id in {i["product_id"] for i in stored.body["items"]}}


def _write(books: Books, stored: StoredOrder, user: Document) -> Order:
    seen = view.order_view(stored, user)
    books.put_user(user["user_id"], user)
    books.put_order(stored, seen)
    return seen
