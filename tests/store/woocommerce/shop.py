"""A shop's books in memory, kept as WooCommerce keeps them.

What writing does follows the pages named in ``documents`` and the published controllers of woocommerce/woocommerce
(plugins/woocommerce/includes/rest-api/Controllers/Version2 and Version3).
"""

from __future__ import annotations

from datetime import datetime, timezone
from decimal import Decimal
from itertools import count

from tests.store.woocommerce import documents
from tests.store.woocommerce.documents import Document

CORE_STATUSES = ("pending", "processing", "on-hold", "completed", "cancelled", "refunded", "failed", "checkout-draft")
ADDRESS_FIELDS = {
    "first_name",
    "last_name",
    "company",
    "address_1",
    "address_2",
    "city",
    "state",
    "postcode",
    "country",
    "phone",
    "email",
}
TOTALS_ANEW = {"billing", "shipping", "line_items", "shipping_lines", "fee_lines", "coupon_lines"}
ASIA = "Aisyah Rahman|1 Jalan Merdeka|Kuala Lumpur|KUL|50000|MY"


class RefundImpossible(Exception):
    """What ``wc_create_refund`` says no to; the controller answers it with a 500."""


class Shop:
    """``moved``: amounts that the payment gateway has sent back."""

    def __init__(self, custom_statuses: tuple[str, ...] = ()) -> None:
        self.statuses = (*CORE_STATUSES, *custom_statuses)
        self.orders: dict[int, Document] = {}
        self.notes: dict[int, list[Document]] = {}
        self.refunds: dict[int, list[Document]] = {}
        self.fulfillments: dict[int, list[Document]] | None = None  # None: the feature is off
        self.products: dict[int, Document] = {}
        self.variations: dict[int, list[Document]] = {}
        self.moved: list[str] = []
        self.gateway_refuses = False
        self.tax_rates: dict[str, Decimal] = {}  # by state: the shop taxes by where it ships to
        self._ids = count(1001)

    def add_product(
        self, name: str, price: str = "25.00", category: str = "Shirts", *, variable: bool = True
    ) -> Document:
        made = documents.product(next(self._ids), name, price, category, variable=variable)
        self.products[made["id"]] = made
        colors = ("Black", "Green") if variable else ()
        self.variations[made["id"]] = [documents.variation(next(self._ids), price, color) for color in colors]
        made["variations"] = [each["id"] for each in self.variations[made["id"]]]
        return made

    def add_order(
        self,
        status: str = "processing",
        *,
        products: list[Document] | None = None,
        quantity: int = 1,
        number: str = "",
        **person: object,
    ) -> Document:
        """An order of one line a product, its first variation."""
        order_id = next(self._ids)
        bought = products or [next(iter(self.products.values()))]
        lines = []
        for product in bought:
            chosen = next(iter(self.variations[product["id"]]), None)
            lines.append(documents.line(next(self._ids), product, chosen, quantity))
            product["total_sales"] += quantity
        made = documents.order(order_id, number or str(order_id), lines, self._person(order_id, person), _now())
        self.orders[order_id] = made
        self.notes[order_id], self.refunds[order_id] = [], []
        self.calculate_totals(made)
        self.set_status(made, status)
        return made

    def update(self, order: Document, body: Document) -> None:
        """PUT: ``prepare_object_for_database`` and ``save_object`` of the version 3 orders controller."""
        for key in ("billing", "shipping"):
            order[key].update({name: value for name, value in body.get(key, {}).items() if name in ADDRESS_FIELDS})
        for meta in body.get("meta_data", []):
            self.update_meta(order, meta)
        if TOTALS_ANEW & body.keys():
            self.calculate_totals(order)
        if body.get("status"):
            self.set_status(order, body["status"])

    def update_meta(self, order: Document, given: Document) -> None:
        """By id, else the first of that key, else a new one."""
        by = "id" if given.get("id") else "key"
        found = next((meta for meta in order["meta_data"] if meta[by] == given[by]), None)
        if found is not None:
            found.update({"key": given["key"], "value": given["value"]})
        else:
            order["meta_data"].append({"id": next(self._ids), "key": given["key"], "value": given["value"]})

    def calculate_totals(self, order: Document) -> None:
        rate = self.tax_rates.get(order["shipping"]["state"], Decimal(0))
        items = Decimal(0)
        tax = Decimal(0)
        for line in order["line_items"]:
            line_tax = (Decimal(line["total"]) * rate).quantize(Decimal("0.01"))
            line["total_tax"] = line["subtotal_tax"] = str(line_tax)
            items += Decimal(line["total"])
            tax += line_tax
        order["cart_tax"] = order["total_tax"] = str(tax)
        order["total"] = str(items + tax + Decimal(order["shipping_total"]))

    def set_status(self, order: Document, status: str) -> None:
        before = order["status"]
        order["status"] = status
        if before != status:
            self.add_note(order["id"], f"Order status changed from {before} to {status}.", for_customer=False)
        if status in {"completed", "delivered"} and not order["date_completed_gmt"]:
            order["date_completed"] = order["date_completed_gmt"] = f"{_now():%Y-%m-%dT%H:%M:%S}"
        if status in {"pending", "failed"}:
            order["date_paid"] = order["date_paid_gmt"] = None

    def add_note(self, order_id: int, text: str, *, for_customer: bool) -> Document:
        made = documents.note(next(self._ids), text, _now(), for_customer=for_customer)
        self.notes[order_id].insert(0, made)
        return made

    def create_refund(self, order: Document, body: Document) -> Document:
        """The refunds controller: anything but a plain ``false`` for ``api_refund`` moves the money."""
        amount = Decimal(str(body["amount"]))
        left = Decimal(order["total"]) - sum(Decimal(each["amount"]) for each in self.refunds[order["id"]])
        if not 0 < amount <= left:
            raise RefundImpossible("Invalid refund amount.")
        through_gateway = body.get("api_refund") is not False
        if through_gateway and self.gateway_refuses:
            raise RefundImpossible(
                "An error occurred while attempting to create the refund using the payment gateway API."
            )
        if through_gateway:
            self.moved.append(f"{amount:.2f}")
        items = {item["id"]: item for item in order["line_items"]}
        lines = [
            documents.refund_line(next(self._ids), items[each["id"]], each["quantity"])
            for each in body.get("line_items", [])
        ]
        reason = body.get("reason") or ""
        made = documents.refund(next(self._ids), f"{amount:.2f}", reason, lines, _now(), paid=through_gateway)
        self.refunds[order["id"]].insert(0, made)
        order["refunds"].append({"id": made["id"], "reason": reason, "total": f"-{amount:.2f}"})
        if amount == left:
            self.set_status(order, "refunded")
        return made

    @staticmethod
    def _person(order_id: int, given: Document) -> Document:
        name, street, city, state, postcode, country = ASIA.split("|")
        first, last = name.split()
        return {
            "first_name": first,
            "last_name": last,
            "company": "",
            "address_1": street,
            "address_2": "",
            "city": city,
            "state": state,
            "postcode": postcode,
            "country": country,
            "email": f"buyer-{order_id}@example.com",
            "phone": f"012-{order_id:07d}",
            **given,
        }


def _now() -> datetime:
    return datetime.now(timezone.utc)
