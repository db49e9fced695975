"""The shop behind data of Ramah's own format: it can do everything."""

from __future__ import annotations

from datetime import datetime

from bot.demo_store.books import Books
from bot.demo_store.product_search import best_selling, matching, pieces_sold
from bot.demo_store.ramah import address, book, cancel, cases, catalogue, items, parcel
from bot.store.models import Ability, Address, Case, CaseRequest, ItemChange, Order, Product


class RamahShop:
    abilities = frozenset(Ability)

    def order(self, books: Books, order_id: str) -> Order:
        return book.read(books, order_id)

    def orders_of(self, books: Books, customer_id: str, limit: int) -> list[Order]:
        return [Order.parse_obj(stored.body) for stored in books.orders_of(customer_id, limit)]

    def product(self, books: Books, product_id: str) -> Product:
        return catalogue.product_view(books.product(product_id))

    def find_products(self, books: Books, query: str, limit: int) -> list[Product]:
        return matching([catalogue.product_view(body) for body in books.products()], query, limit)

    def list_products(self, books: Books, limit: int, offset: int) -> list[Product]:
        products = [catalogue.product_view(body) for body in books.products()]
        lines = [line for stored in books.orders() for line in stored.body["lines"]]
        return best_selling(products, pieces_sold(lines))[offset : offset + limit]

    def change_address(self, books: Books, order_id: str, new: Address, now: datetime) -> Order:
        return address.change_address(books, order_id, new)

    def cancel(self, books: Books, order_id: str, reason: str, now: datetime) -> Order:
        return cancel.cancel(books, order_id, reason, now)

    def change_items(
        self, books: Books, order_id: str, changes: list[ItemChange], payment_method_id: str | None, now: datetime
    ) -> Order:
        return items.change_items(books, order_id, changes, payment_method_id, now)

    def move_parcel(self, books: Books, order_id: str, asked: parcel.MoveParcel, now: datetime) -> Order:
        return parcel.move_parcel(books, order_id, asked, now)

    def open_case(self, books: Books, order_id: str, request: CaseRequest, now: datetime) -> Case:
        return cases.open_case(books, order_id, request, now)
