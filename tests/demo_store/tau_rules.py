"""What the benchmark's policy and tools say a write does to its data: the yardstick for our store's writes.

Written from the policy and the tools' documentation; knows nothing of the store's code.
"""

from __future__ import annotations

from typing import Any

Data = dict[str, Any]


class Refused(Exception):
    """The benchmark's tools would not do it."""


def demand(condition: bool) -> None:
    if not condition:
        raise Refused


def cancel_pending_order(data: Data, order_id: str, reason: str) -> None:
    order = data["orders"][order_id]
    demand(order["status"] == "pending")
    demand(reason in ("no longer needed", "ordered by mistake"))
    methods = data["users"][order["user_id"]]["payment_methods"]
    for paid in list(order["payment_history"]):
        order["payment_history"].append({**paid, "transaction_type": "refund"})
        _pay(methods[paid["payment_method_id"]], -paid["amount"])
    order.update(status="cancelled", cancel_reason=reason)


def modify_pending_order_address(data: Data, order_id: str, **address: str) -> None:
    order = data["orders"][order_id]
    demand("pending" in order["status"])
    order["address"] = address


def modify_pending_order_items(
    data: Data, order_id: str, item_ids: list[str], new_item_ids: list[str], payment_method_id: str
) -> None:
    order = data["orders"][order_id]
    demand(order["status"] == "pending")
    pairs = _pairs(data, order, item_ids, new_item_ids)
    difference = sum((variant["price"] - item["price"] for item, variant in pairs), 0.0)
    method = data["users"][order["user_id"]]["payment_methods"][payment_method_id]
    demand(method["source"] != "gift_card" or method["balance"] >= difference)
    order["payment_history"].append(
        {
            "transaction_type": "payment" if difference > 0 else "refund",
            "amount": abs(difference),
            "payment_method_id": payment_method_id,
        }
    )
    _pay(method, difference)
    for item, variant in pairs:
        item.update(item_id=variant["item_id"], price=variant["price"], options=variant["options"])
    order["status"] = "pending (item modified)"


def return_delivered_order_items(data: Data, order_id: str, item_ids: list[str], payment_method_id: str) -> None:
    order = data["orders"][order_id]
    demand(order["status"] == "delivered")
    _pairs(data, order, item_ids, item_ids, only_available=False)
    method = data["users"][order["user_id"]]["payment_methods"][payment_method_id]
    original = order["payment_history"][0]["payment_method_id"]
    demand(method["source"] == "gift_card" or payment_method_id == original)
    order.update(status="return requested", return_items=sorted(item_ids), return_payment_method_id=payment_method_id)


def exchange_delivered_order_items(
    data: Data, order_id: str, item_ids: list[str], new_item_ids: list[str], payment_method_id: str
) -> None:
    order = data["orders"][order_id]
    demand(order["status"] == "delivered")
    pairs = _pairs(data, order, item_ids, new_item_ids)
    difference = round(sum((variant["price"] - item["price"] for item, variant in pairs), 0.0), 2)
    method = data["users"][order["user_id"]]["payment_methods"][payment_method_id]
    demand(method["source"] != "gift_card" or method["balance"] >= difference)
    order.update(
        status="exchange requested",
        exchange_items=sorted(item_ids),
        exchange_new_items=sorted(new_item_ids),
        exchange_payment_method_id=payment_method_id,
        exchange_price_difference=difference,
    )


def _pairs(
    data: Data, order: Data, item_ids: list[str], new_item_ids: list[str], only_available: bool = True
) -> list[tuple[Data, Data]]:
    """Each item that is meant with the variant it becomes."""
    left = list(order["items"])
    pairs = []
    for item_id, new_id in zip(item_ids, new_item_ids, strict=True):
        item = next((each for each in left if each["item_id"] == item_id), None)
        demand(item is not None)
        left.remove(item)
        variant = data["products"][item["product_id"]]["variants"].get(new_id)
        demand(not only_available or bool(variant and variant["available"]))
        pairs.append((item, variant))
    return pairs


def _pay(method: Data, amount: float) -> None:
    if method["source"] == "gift_card":
        method["balance"] = round(method["balance"] - amount, 2)
