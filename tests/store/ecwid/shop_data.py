"""The fixtures of the local Ecwid shop, in the form of the documents' examples.

Orders: https://docs.ecwid.com/api-reference/rest-api/orders/get-order
Products: https://docs.ecwid.com/api-reference/rest-api/products/search-products
Categories: https://docs.ecwid.com/api-reference/rest-api/categories/search-categories
Statuses: https://docs.ecwid.com/api-reference/rest-api/orders/order-statuses/search-order-statuses
Profile: https://docs.ecwid.com/api-reference/rest-api/store-profile/get-store-profile
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

Json = dict[str, Any]

STORE_ID = 1003
CUSTOMER = 270919557
SIZES = ("S", "M", "L")

PROFILE: Json = {
    "generalInfo": {"storeId": STORE_ID, "storeUrl": "https://store1003.company.site/products"},
    "account": {"accountName": "API Team Store", "suspended": False},
    "settings": {"closed": False, "storeName": "API Team Store"},
    "formatsAndUnits": {
        "currency": "MYR",
        "currencyPrefix": "RM",
        "currencyPrecision": 2,
        "timezone": "Asia/Singapore",
    },
}

STATUSES: list[Json] = [
    {"statusId": "PAID", "orderStatusType": "PAYMENT_STATUS", "defaultStatus": True, "enabled": True},
    {"statusId": "SHIPPED", "orderStatusType": "FULFILLMENT_STATUS", "defaultStatus": True, "enabled": True},
    {
        "statusId": "CUSTOM_FULFILLMENT_STATUS_1",
        "orderStatusType": "FULFILLMENT_STATUS",
        "enabled": True,
        "sendNotificationWhenStatusIsAssigned": True,
        "name": "At the printer's",
        "lastNameChangeDate": "2023-01-01 12:00:00 +0000",
    },
    {"statusId": "CUSTOM_FULFILLMENT_STATUS_2", "orderStatusType": "FULFILLMENT_STATUS", "enabled": False},
]

CATEGORIES: list[Json] = [
    {"id": 9691094, "orderBy": 10, "name": "Shirts", "productCount": 6, "enabled": True},
    {"id": 9691095, "orderBy": 20, "name": "Gifts", "productCount": 4, "enabled": False},
]


def product(number: int) -> Json:
    """Every third product is a shirt in three sizes; the others have no variations."""
    product_id = 692730000 + number
    shirt = number % 3 == 0
    name = f"Shirt Pattern{number}" if shirt else f"Mug Pattern{number}"
    return {
        "id": product_id,
        "sku": f"{number:06}",
        "unlimited": False,
        "quantity": 40,
        "inStock": True,
        "name": name,
        "nameTranslated": {"en": name},
        "price": 19.9,
        "priceInProductList": 19.9,
        "defaultDisplayedPrice": 19.9,
        "defaultDisplayedPriceFormatted": "RM19.90",
        "url": f"https://store1003.company.site/products/thing-{product_id}",
        "enabled": True,
        "options": [{"type": "SIZE", "name": "Size", "choices": [{"text": size} for size in SIZES]}] if shirt else [],
        "defaultCombinationId": 0,
        "imageUrl": f"https://d2j6dbq0eux0bg.cloudfront.net/images/1003/{number}.jpg",
        "description": f"<p>A <b>{name.lower()}</b> &amp; more.</p>",
        "categoryIds": [9691094 if shirt else 9691095],
        "defaultCategoryId": 9691094 if shirt else 9691095,
        "combinations": [_combination(number, place, size) for place, size in enumerate(SIZES)] if shirt else [],
        "isGiftCard": False,
    }


def _combination(number: int, place: int, size: str) -> Json:
    return {
        "id": 421616000 + number * 10 + place,
        "combinationNumber": place + 1,
        "options": [{"name": "Size", "nameTranslated": {"en": "Size"}, "value": size, "valueTranslated": {"en": size}}],
        "inStock": True,
        "unlimited": False,
        "quantity": 10,
        "attributes": [],
        "defaultDisplayedPrice": 21.5,
        "defaultDisplayedPriceFormatted": "RM21.50",
    }


def item(number: int, thing: Json, quantity: int) -> Json:
    chosen = next(iter(thing["combinations"]), None)
    line: Json = {
        "id": 1828115000 + number,
        "productId": thing["id"],
        "categoryId": thing["defaultCategoryId"],
        "price": chosen["defaultDisplayedPrice"] if chosen else thing["price"],
        "productPrice": thing["price"],
        "sku": thing["sku"],
        "quantity": quantity,
        "tax": 0,
        "shipping": 0,
        "quantityInStock": 0,
        "name": thing["name"],
        "isShippingRequired": True,
        "trackQuantity": False,
        "imageUrl": thing["imageUrl"],
        "digital": False,
        "productAvailable": True,
        "couponApplied": False,
    }
    if chosen:
        value = chosen["options"][0]["value"]
        line["combinationId"] = chosen["id"]
        line["selectedOptions"] = [{"name": "Size", "type": "CHOICE", "value": value, "valuesArray": [value]}]
    return line


PERSON: Json = {
    "name": "Support Team",
    "firstName": "Support",
    "lastName": "Team",
    "companyName": "Ecwid API Team",
    "street": "12 Jalan Ampang\nUnit 3-2",
    "city": "Kuala Lumpur",
    "countryCode": "MY",
    "countryName": "Malaysia",
    "postalCode": "50450",
    "stateOrProvinceCode": "14",
    "stateOrProvinceName": "Kuala Lumpur",
    "phone": "012-345 6789",
}


def order(number: int, things: list[Json], **given: Any) -> Json:
    """A paid order that waits; ``given``: fields that are otherwise."""
    items = [item(number * 10 + place, thing, 2 if place == 0 else 1) for place, thing in enumerate(things)]
    subtotal = sum(line["price"] * line["quantity"] for line in items)
    order_id = f"SALE-{_letters(number)}"
    made: Json = {
        "id": order_id,
        "internalId": 516483000 + number,
        "refundedAmount": 0,
        "subtotal": subtotal,
        "total": round(subtotal + 8, 2),
        "giftCardRedemption": 0,
        "totalBeforeGiftCardRedemption": round(subtotal + 8, 2),
        "email": f"buyer{number}@example.com",
        "paymentMethod": "Credit or debit card",
        "paymentModule": "STRIPE",
        "tax": 0,
        "couponDiscount": 0,
        "paymentStatus": "PAID",
        "fulfillmentStatus": "AWAITING_PROCESSING",
        "orderNumber": 516483000 + number,
        "vendorOrderNumber": order_id,
        "publicUid": order_id,
        "orderComments": "",
        "volumeDiscount": 0,
        "customerId": CUSTOMER,
        "discount": 0,
        "createDate": "2024-09-04 07:22:09 +0000",
        "updateDate": "2024-09-04 07:26:24 +0000",
        "createTimestamp": 1725434529 + number,
        "updateTimestamp": 1725434784 + number,
        "items": items,
        "refunds": [],
        "billingPerson": deepcopy(PERSON),
        "shippingPerson": deepcopy(PERSON),
        "shippingOption": {
            "shippingCarrierName": "Pos Laju",
            "shippingMethodName": "Standard",
            "shippingRate": 8,
            "isPickup": False,
            "fulfillmentType": "SHIPPING",
        },
        "handlingFee": {"name": "Wrapping", "value": 0},
        "shipments": [],
        "additionalInfo": {},
        "paymentParams": {},
        "extraFields": {},
        "orderExtraFields": [],
        "hidden": False,
        "privateAdminNotes": "",
        "pricesIncludeTax": True,
    }
    return {**made, **given}


def _letters(number: int) -> str:
    """Five letters or digits: X8UYE."""
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    text, left = "", number * 7919 + 46656 * 36
    while left:
        left, place = divmod(left, 36)
        text = digits[place] + text
    return text
