"""What Ecwid's two writing requests accept, by their documents; whatever is not named there is refused.

https://docs.ecwid.com/api-reference/rest-api/orders/update-order
https://docs.ecwid.com/api-reference/rest-api/orders/order-extra-fields/add-extra-fields-to-order
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

PAYMENT = {
    *("AWAITING_PAYMENT", "PAID", "CANCELLED", "REFUNDED", "PARTIALLY_REFUNDED", "INCOMPLETE"),
    *(f"CUSTOM_PAYMENT_STATUS_{number}" for number in (1, 2, 3)),
}
FULFILMENT = {
    *("AWAITING_PROCESSING", "PROCESSING", "SHIPPED", "DELIVERED", "WILL_NOT_DELIVER", "RETURNED"),
    *("READY_FOR_PICKUP", "OUT_FOR_DELIVERY"),
    *(f"CUSTOM_FULFILLMENT_STATUS_{number}" for number in (1, 2, 3)),
}
TEXTS = {
    *("email", "paymentMethod", "paymentModule", "refererUrl", "orderComments", "globalReferer", "customerGroup"),
    *("trackingNumber", "paymentMessage", "externalTransactionId", "affiliateId", "privateAdminNotes", "pickupTime"),
    *("refererId", "externalOrderId", "lang"),
}
NUMBERS = {"subtotal", "total", "tax", "discount", "couponDiscount", "volumeDiscount", "customerId"}
FLAGS = {"hidden", "acceptMarketing", "disableAllCustomerNotifications", "externalFulfillment", "pricesIncludeTax"}
PERSON = {
    *("name", "companyName", "street", "city", "countryCode", "countryName", "postalCode", "stateOrProvinceCode"),
    *("stateOrProvinceName", "phone"),
}
FIELD_TEXTS = {"id", "value", "customerInputType", "title", "orderDetailsDisplaySection", "orderBy"}
FIELD_FLAGS = {"showInNotifications", "showInInvoice"}
INPUTS = {"TEXT", "TEXTAREA", "SELECT", "CHECKBOX", "TOGGLE_BUTTON_GROUP", "RADIO_BUTTONS", "DATETIME", "LABEL"}
SECTIONS = {"shipping_info", "billing_info", "customer_info", "order_comments"}
ROOM = 8192  # bytes: "Total storage of extra fields cannot exceed 8Kb"


def update_is_fine(body: Json) -> bool:
    for name, value in body.items():
        if name == "paymentStatus":
            fine = value in PAYMENT
        elif name == "fulfillmentStatus":
            fine = value in FULFILMENT
        elif name in {"shippingPerson", "billingPerson"}:
            fine = _is_person(value)
        elif name in TEXTS:
            fine = isinstance(value, str)
        elif name in NUMBERS:
            fine = isinstance(value, (int, float)) and not isinstance(value, bool)
        else:
            fine = name in FLAGS and isinstance(value, bool)
        if not fine:
            return False
    return True


def extra_field_is_fine(body: Json, there: list[Json]) -> bool:
    fine = all(isinstance(body.get(name), str) and body[name] for name in ("id", "value", "title"))
    fine &= set(body) <= FIELD_TEXTS | FIELD_FLAGS
    fine &= all(isinstance(body[name], bool) for name in FIELD_FLAGS & set(body))
    fine &= body.get("customerInputType", "TEXT") in INPUTS
    fine &= "orderDetailsDisplaySection" not in body or body["orderDetailsDisplaySection"] in SECTIONS
    fine &= all(field["id"] != body.get("id") for field in there)  # "Unique order extra field ID"
    return fine and sum(_size(field) for field in [*there, body]) <= ROOM


def _size(field: Json) -> int:
    return sum(len(value.encode()) for value in field.values() if isinstance(value, str))


def _is_person(value: object) -> bool:
    if not isinstance(value, dict) or not set(value) <= PERSON:
        return False
    return all(isinstance(part, str) for part in value.values()) and len(value.get("countryCode", "MY")) == 2
