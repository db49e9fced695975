"""What a WooCommerce shop answers with, after the examples of its published pages.

Orders: https://woocommerce.github.io/woocommerce-rest-api-docs/#orders (Retrieve an order)
Refunds: https://woocommerce.github.io/woocommerce-rest-api-docs/#refunds (Create a refund)
Notes: https://woocommerce.github.io/woocommerce-rest-api-docs/#order-notes (Create an order note)
Products: https://woocommerce.github.io/woocommerce-rest-api-docs/#products (Retrieve a product)
Variations: https://woocommerce.github.io/woocommerce-rest-api-docs/#product-variations
Data: https://woocommerce.github.io/woocommerce-rest-api-docs/#data (current currency, countries and their states)
Fulfillments: plugins/woocommerce/client/admin/docs/features/fulfillments-rest-api.md of woocommerce/woocommerce
Shipment Tracking: https://woocommerce.com/document/shipment-tracking/; its meta data as its users' code reads it
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

Document = dict[str, Any]

SITE_OFFSET = 8  # hours; dates without _gmt are the site's own

# Of WooCommerce's i18n/states.php, as GET data/countries/<code> shows them.
COUNTRIES: dict[str, Document] = {
    "MY": {
        "code": "MY",
        "name": "Malaysia",
        "states": [
            {"code": "SGR", "name": "Selangor"},
            {"code": "KUL", "name": "Kuala Lumpur"},
            {"code": "JHR", "name": "Johor"},
        ],
    },
    "SG": {"code": "SG", "name": "Singapore", "states": []},
    "US": {
        "code": "US",
        "name": "United States (US)",
        "states": [{"code": "CA", "name": "California"}, {"code": "CO", "name": "Colorado"}],
    },
}


def order(order_id: int, number: str, lines: list[Document], person: Document, at: datetime) -> Document:
    """A paid order as the checkout leaves it: "processing"."""
    address = {key: value for key, value in person.items() if key not in {"email", "customer_id"}}
    return {
        "id": order_id,
        "parent_id": 0,
        "number": number,
        "order_key": f"wc_order_{order_id:x}",
        "created_via": "checkout",
        "version": "9.4.2",
        "status": "processing",
        "currency": "MYR",
        **_dates("date_created", at),
        **_dates("date_modified", at),
        "discount_total": "0.00",
        "discount_tax": "0.00",
        "shipping_total": "8.00",
        "shipping_tax": "0.00",
        "cart_tax": "0.00",
        "total": "0.00",
        "total_tax": "0.00",
        "prices_include_tax": False,
        "customer_id": person.get("customer_id", 0),
        "customer_ip_address": "",
        "customer_user_agent": "",
        "customer_note": "",
        "billing": {**address, "email": person["email"]},
        "shipping": dict(address),
        "payment_method": "stripe",
        "payment_method_title": "Visa &bull;&bull;&bull;&bull; 4242",
        "transaction_id": f"ch_{order_id}",
        **_dates("date_paid", at),
        "date_completed": None,
        "date_completed_gmt": None,
        "cart_hash": "",
        "meta_data": [{"id": order_id * 100, "key": "_download_permissions_granted", "value": "yes"}],
        "line_items": lines,
        "tax_lines": [],
        "shipping_lines": [
            {
                "id": order_id * 10 + 9,
                "method_title": "Flat Rate",
                "method_id": "flat_rate",
                "total": "8.00",
                "total_tax": "0.00",
                "taxes": [],
                "meta_data": [],
            }
        ],
        "fee_lines": [],
        "coupon_lines": [],
        "refunds": [],
    }


def line(line_id: int, product: Document, variation: Document | None, quantity: int) -> Document:
    price = float((variation or product)["price"])
    chosen = variation["attributes"] if variation else []
    name = product["name"] + (f" &ndash; {', '.join(each['option'] for each in chosen)}" if chosen else "")
    return {
        "id": line_id,
        "name": name,
        "product_id": product["id"],
        "variation_id": variation["id"] if variation else 0,
        "quantity": quantity,
        "tax_class": "",
        "subtotal": f"{price * quantity:.2f}",
        "subtotal_tax": "0.00",
        "total": f"{price * quantity:.2f}",
        "total_tax": "0.00",
        "taxes": [],
        "meta_data": [
            {
                "id": line_id * 10 + place,
                "key": f"pa_{each['name'].lower()}",
                "value": each["option"].lower(),
                "display_key": each["name"],
                "display_value": each["option"],
            }
            for place, each in enumerate(chosen)
        ]
        + [
            {
                "id": line_id * 10 + 9,
                "key": "_reduced_stock",
                "value": str(quantity),
                "display_key": "_reduced_stock",
                "display_value": str(quantity),
            }
        ],
        "sku": "",
        "price": price,
        "image": {"id": "1", "src": "https://example.com/wp-content/uploads/T_1.jpg"},
        "parent_name": product["name"] if variation else None,
    }


def product(product_id: int, name: str, price: str, category: str, *, variable: bool) -> Document:
    return {
        "id": product_id,
        "name": name,
        "slug": name.lower().replace(" ", "-"),
        "permalink": f"https://example.com/product/{product_id}/",
        "type": "variable" if variable else "simple",
        "status": "publish",
        "featured": False,
        "catalog_visibility": "visible",
        "description": f"<p>{name}: made to last.</p>\n",
        "short_description": f"<p>{name} &amp; more.</p>\n",
        "sku": "",
        "price": price,
        "regular_price": price,
        "sale_price": "",
        "on_sale": False,
        "purchasable": True,
        "total_sales": 0,
        "tax_status": "taxable",
        "manage_stock": False,
        "stock_quantity": None,
        "stock_status": "instock",
        "backorders": "no",
        "backorders_allowed": False,
        "categories": [{"id": 9, "name": category, "slug": "c"}],
        "images": [{"id": 1, "src": "https://example.com/wp-content/uploads/T_1.jpg", "name": "", "alt": ""}],
        "attributes": [{"id": 6, "name": "Color", "variation": True, "options": ["Black", "Green"]}]
        if variable
        else [],
        "variations": [],
        "meta_data": [],
    }


def variation(variation_id: int, price: str, color: str) -> Document:
    return {
        "id": variation_id,
        "permalink": f"https://example.com/product/x/?attribute_pa_color={color.lower()}",
        "sku": "",
        "price": price,
        "regular_price": price,
        "sale_price": "",
        "on_sale": False,
        "status": "publish",
        "purchasable": True,
        "manage_stock": True,
        "stock_quantity": 50,
        "stock_status": "instock",
        "backorders": "no",
        "backorders_allowed": False,
        "attributes": [{"id": 6, "name": "Color", "option": color}],
        "meta_data": [],
    }


def refund(refund_id: int, amount: str, reason: str, lines: list[Document], at: datetime, *, paid: bool) -> Document:
    return {
        "id": refund_id,
        **_dates("date_created", at),
        "amount": amount,
        "reason": reason,
        "refunded_by": 1,
        "refunded_payment": paid,
        "meta_data": [],
        "line_items": lines,
    }


def refund_line(line_id: int, item: Document, quantity: int) -> Document:
    """As in "List all refunds": quantities are negative, ``_refunded_item_id`` names the order's line."""
    return {
        "id": line_id,
        "name": item["name"],
        "product_id": item["product_id"],
        "variation_id": item["variation_id"],
        "quantity": -quantity,
        "total": f"-{float(item['price']) * quantity:.2f}",
        "meta_data": [{"id": line_id * 10, "key": "_refunded_item_id", "value": str(item["id"])}],
    }


def note(note_id: int, text: str, at: datetime, *, for_customer: bool) -> Document:
    return {
        "id": note_id,
        "author": "system",
        **_dates("date_created", at),
        "note": text,
        "customer_note": for_customer,
    }


def fulfillment(fulfillment_id: int, items: dict[int, int], *, fulfilled: bool, number: str = "") -> Document:
    return {
        "id": fulfillment_id,
        "entity_type": "WC_Order",
        "entity_id": "0",
        "status": "fulfilled" if fulfilled else "unfulfilled",
        "is_fulfilled": fulfilled,
        "date_updated": "2024-01-15T10:30:00",
        "date_deleted": None,
        "meta_data": [
            {"id": 1, "key": "_items", "value": [{"item_id": item, "qty": count} for item, count in items.items()]},
            {"id": 2, "key": "_tracking_number", "value": number},
            {"id": 3, "key": "_shipment_provider", "value": "ups"},
        ],
    }


def tracking_item(number: str, provider: str = "", link: str = "") -> Document:
    """One entry of the meta data ``_wc_shipment_tracking_items``."""
    return {
        "tracking_provider": "" if link else provider,
        "custom_tracking_provider": provider if link else "",
        "custom_tracking_link": link,
        "tracking_number": number,
        "date_shipped": "1705276800",
        "tracking_id": "7f4978c390ee633c6294ae0f258656f9",
    }


def _dates(name: str, at: datetime) -> Document:
    local = at + timedelta(hours=SITE_OFFSET)
    return {name: f"{local:%Y-%m-%dT%H:%M:%S}", f"{name}_gmt": f"{at:%Y-%m-%dT%H:%M:%S}"}
