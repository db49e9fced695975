"""What the mutations do to the shop, and what they refuse with ``userErrors``.

Payloads and codes follow https://shopify.dev/docs/api/admin-graphql/2026-01/mutations/orderCancel, .../orderUpdate,
.../refundCreate, .../returnRequest, .../returnCreate, .../metafieldsSet and .../tagsAdd.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from graphql import GraphQLResolveInfo
from graphql.execution.values import get_directive_values

from tests.store.shopify.nodes import Node, connection, money
from tests.store.shopify.orders_made import stamp
from tests.store.shopify.shop import PROVINCES, Shop

OVER = {"DECLINED", "CANCELED"}  # of Return.status: the pieces are free again


def problem(message: str, *field: str, code: str | None = None) -> Node:
    return {"field": list(field), "message": message, **({"code": code} if code else {})}


class Mutations:
    """One method a field of Mutation."""

    def __init__(self, shop: Shop, need: Callable[[str], None]) -> None:
        self._shop = shop
        self._need = need

    def orderUpdate(self, _info: object, input: dict[str, Any]) -> Node:
        self._need("write_orders")
        order = self._shop.visible(input["id"])
        if order is None:
            return {"order": None, "userErrors": [problem("Order does not exist", "id")]}
        given = dict(input.get("shippingAddress") or {})
        code = given.get("provinceCode")
        name = given.pop("province", None) or PROVINCES.get(code or "", "")
        if (code and code not in PROVINCES) or (name and name not in PROVINCES.values()):
            return {"order": None, "userErrors": [problem("Province is invalid", "shippingAddress", "province")]}
        given["countryCodeV2"] = given.pop("countryCode")
        given["name"] = f"{given.get('firstName', '')} {given.get('lastName', '')}".strip()
        region = {"province": name or None, "provinceCode": code}
        if not self._shop.ignores_addresses:
            order["shippingAddress"] = {**order["shippingAddress"], **region, **given}
        return {"order": order, "userErrors": []}

    def orderCancel(
        self,
        _info: object,
        orderId: str,
        reason: str,
        restock: bool,
        refundMethod: dict[str, Any] | None = None,
        staffNote: str | None = None,
        **_: object,
    ) -> Node:
        self._need("write_orders")
        self._shop.finish_jobs()
        order = self._shop.visible(orderId)
        running = [job for job in self._shop.jobs.values() if job["_order"] == orderId]
        if order is None:
            error = problem("Order does not exist", "orderId", code="NOT_FOUND")
        elif order["cancelledAt"] or running:
            error = problem("Order has already been cancelled", "orderId", code="INVALID")
        elif order["_fulfillments"]:
            error = problem("Cannot cancel a fulfilled order", "orderId", code="INVALID")
        elif len(staffNote or "") > 255:
            error = problem("Staff note is too long", "staffNote", code="INVALID")
        else:
            refund = bool((refundMethod or {}).get("originalPaymentMethodsRefund"))
            return {"job": self._begin(order, reason, staffNote, refund), "orderCancelUserErrors": [], "userErrors": []}
        return {"job": None, "orderCancelUserErrors": [error], "userErrors": []}

    def _begin(self, order: Node, reason: str, note: str | None, refund: bool) -> Node:
        def finish() -> None:
            if self._shop.job_fails:
                return
            order["cancelledAt"] = stamp(self._shop.now())
            order["cancelReason"] = reason
            order["cancellation"] = {"staffNote": note}
            for line in order["_lines"]:
                line["currentQuantity"] = 0
            if refund and not self._shop.refund_of_cancel_fails:
                self._pay_back(order, Decimal(order["_total"]), order["_lines"])

        job = {
            "id": f"gid://shopify/Job/{len(self._shop.jobs) + 1}",
            "done": False,
            "_order": order["id"],
            "_at": time.monotonic() + self._shop.job_takes,
            "_finish": finish,
        }
        self._shop.jobs[job["id"]] = job
        return dict(job)

    def _pay_back(self, order: Node, amount: Decimal, lines: list[Node]) -> Node:
        sale = order["_transactions"][0]
        number = f"{order['name'][1:]}{len(order['_transactions'])}"
        paid = {
            **sale,
            "id": f"gid://shopify/OrderTransaction/{number}",
            "kind": "REFUND",
            "processedAt": stamp(self._shop.now()),
            "amountSet": money(amount),
            "parentTransaction": sale,
            "_amount": amount,
        }
        order["_transactions"].append(paid)
        order["displayFinancialStatus"] = "REFUNDED"
        given_back = [
            {"id": None, "quantity": line["quantity"], "restockType": "CANCEL", "lineItem": line} for line in lines
        ]
        refund = {
            "id": f"gid://shopify/Refund/{number}",
            "return": None,
            "totalRefundedSet": money(amount),
            "refundLineItems": connection(lambda: given_back),
        }
        order["_refunds"].append(refund)
        return refund

    def suggested_refund(self, order: Node) -> Node:
        signs = {"SALE": 1, "CAPTURE": 1, "REFUND": -1}
        left = sum((each["_amount"] * signs.get(each["kind"], 0) for each in order["_transactions"]), Decimal(0))
        sale = order["_transactions"][0]
        part = {
            "amountSet": money(left),
            "gateway": sale["gateway"],
            "formattedGateway": sale["formattedGateway"],
            "kind": "SUGGESTED_REFUND",
            "parentTransaction": sale,
        }
        return {"amountSet": money(left), "suggestedTransactions": [part] if left > 0 else []}

    def refundCreate(self, info: GraphQLResolveInfo, input: dict[str, Any]) -> Node:
        self._need("write_orders")
        idempotent = info.schema.get_directive("idempotent")
        assert idempotent is not None
        directive = get_directive_values(idempotent, info.field_nodes[0], info.variable_values)
        assert directive is not None, "refundCreate needs @idempotent (from 2026-04 on it is refused without)"
        key = directive["key"]
        if key not in self._shop.refunds_by_key:
            order = self._shop.orders[input["orderId"]]
            amount = sum((Decimal(each["amount"]) for each in input["transactions"]), Decimal(0))
            left = Decimal(self.suggested_refund(order)["amountSet"]["shopMoney"]["amount"])
            if amount > left or self._shop.refuses_refunds:
                return {"refund": None, "userErrors": [problem("Refund amount is more than is left", "transactions")]}
            self._shop.refunds_by_key[key] = self._pay_back(order, amount, [])
        return {"refund": self._shop.refunds_by_key[key], "userErrors": []}

    def returnRequest(self, _info: object, input: dict[str, Any]) -> Node:
        self._need("write_returns")
        return self._return(input, "REQUESTED", "customerNote", 300)

    def returnCreate(self, _info: object, returnInput: dict[str, Any]) -> Node:
        self._need("write_returns")
        return self._return(returnInput, "OPEN", "returnReasonNote", 255)

    def _return(self, given: dict[str, Any], status: str, note: str, longest: int) -> Node:
        order = self._shop.visible(given["orderId"])
        if order is None:
            return _refuse(problem("Order not found.", "orderId", code="NOT_FOUND"))
        parcel_lines = {line["id"]: line for parcel in order["_fulfillments"] for line in parcel["_lines"]}
        error = self._wrong_line(given, note, longest, self._left(order)) or self._wrong_variant(given)
        if error is not None:
            return _refuse(error)
        made = self._make_return(order, given, status, parcel_lines)
        order["_returns"].append(made)
        return {"return": made, "userErrors": []}

    @staticmethod
    def _wrong_line(given: dict[str, Any], note: str, longest: int, left: Counter[str]) -> Node | None:
        for index, line in enumerate(given["returnLineItems"]):
            path = ("returnLineItems", str(index))
            if line["fulfillmentLineItemId"] not in left:
                return problem("Not found", *path, "fulfillmentLineItemId", code="NOT_FOUND")
            if not 0 < line["quantity"] <= left[line["fulfillmentLineItemId"]]:
                return problem("Quantity is invalid", *path, "quantity", code="INVALID")
            if len(line.get(note) or "") > longest:
                return problem("Note is too long", *path, note, code="TOO_LONG")
            if line.get("returnReason") == "OTHER" and not line.get("returnReasonNote"):
                return problem("A note is needed", *path, "returnReasonNote", code="BLANK")
        return None

    def _wrong_variant(self, given: dict[str, Any]) -> Node | None:
        variants = {variant["id"] for product in self._shop.products for variant in product["_variants"]}
        for index, line in enumerate(given.get("exchangeLineItems") or []):
            if line.get("variantId") not in variants:
                path = ("exchangeLineItems", str(index), "variantId")
                return problem("Variant not found", *path, code="NOT_FOUND")
        return None

    def _make_return(self, order: Node, given: dict[str, Any], status: str, parcel_lines: dict[str, Node]) -> Node:
        count = len(order["_returns"]) + 1
        number = f"{order['name'][1:]}{count}"
        lines = [
            {
                "__typename": "ReturnLineItem",
                "id": f"gid://shopify/ReturnLineItem/{number}{index}",
                "quantity": line["quantity"],
                "processedQuantity": 0,
                "customerNote": line.get("customerNote"),
                "returnReason": line.get("returnReason") or "UNKNOWN",
                "returnReasonNote": line.get("returnReasonNote") or "",
                "_definition": line.get("returnReasonDefinitionId"),
                "fulfillmentLineItem": parcel_lines[line["fulfillmentLineItemId"]],
            }
            for index, line in enumerate(given["returnLineItems"])
        ]
        exchanged = [
            {
                "id": f"gid://shopify/ExchangeLineItem/{number}{index}",
                "variantId": line["variantId"],
                "quantity": line["quantity"],
            }
            for index, line in enumerate(given.get("exchangeLineItems") or [])
        ]
        return {
            "id": f"gid://shopify/Return/{number}",
            "name": f"{order['name']}-R{count}",
            "status": status,
            "createdAt": stamp(self._shop.now()),
            "returnLineItems": connection(lambda: lines),
            "exchangeLineItems": connection(lambda: exchanged),
            "_lines": lines,
        }

    def _left(self, order: Node) -> Counter[str]:
        left = Counter({line["id"]: line["quantity"] for parcel in order["_fulfillments"] for line in parcel["_lines"]})
        for each in order["_returns"]:
            if each["status"] not in OVER:
                left.subtract({line["fulfillmentLineItem"]["id"]: line["quantity"] for line in each["_lines"]})
        return left

    def returnable(self, order: Node) -> list[Node]:
        left = self._left(order)
        found = []
        for parcel in order["_fulfillments"]:
            lines = [
                {"quantity": left[line["id"]], "fulfillmentLineItem": line}
                for line in parcel["_lines"]
                if left[line["id"]] > 0
            ]
            if lines:
                connected = connection(lambda lines=lines: lines)  # type: ignore[misc]
                number = parcel["id"].rpartition("/")[2]
                found.append(
                    {"id": f"gid://shopify/ReturnableFulfillment/{number}", "returnableFulfillmentLineItems": connected}
                )
        return found

    def metafieldsSet(self, _info: object, metafields: list[dict[str, Any]]) -> Node:
        self._need("write_orders")
        (given,) = metafields
        fields = self._shop.orders[given["ownerId"]]["_metafields"]
        name = (given["namespace"], given["key"])
        if self._shop.metafield_moves:
            self._shop.metafield_moves -= 1
            fields[name] = _metafield(*name, "[ ]" + " " * self._shop.metafield_moves)
        now = fields.get(name)
        if "compareDigest" in given and given["compareDigest"] != (now["compareDigest"] if now else None):
            return {"metafields": [], "userErrors": [problem("Stale", "metafields", "0", code="STALE_OBJECT")]}
        fields[name] = _metafield(*name, given["value"])
        return {"metafields": [fields[name]], "userErrors": []}

    def tagsAdd(self, _info: object, id: str, tags: list[str]) -> Node:
        self._need("write_orders")
        order = self._shop.visible(id)
        if order is None:
            return {"node": None, "userErrors": [problem("Node not found", "id")]}
        order["tags"] = sorted({*order["tags"], *tags})
        return {"node": order, "userErrors": []}


def _metafield(namespace: str, key: str, value: str) -> Node:
    digest = hashlib.sha256(value.encode()).hexdigest()
    number = int(digest[:8], 16)
    return {
        "id": f"gid://shopify/Metafield/{number}",
        "namespace": namespace,
        "key": key,
        "value": value,
        "type": "json",
        "compareDigest": digest,
    }


def _refuse(error: Node) -> Node:
    return {"return": None, "userErrors": [error]}
