"""What the engine stand-in answers: one scene a kind of card, under the words a test types to see it."""

from __future__ import annotations

from typing import Any

HANDOFF = {
    "reason": "wish_for_person",
    "record": {"identity": None, "order_snapshot": None, "slots": {}, "form": None, "tried": []},
}


def _field(name: str, label: str, autocomplete: str, *, required: bool = True, **more: Any) -> dict[str, Any]:
    return {"name": name, "label": label, "required": required, "autocomplete": autocomplete, **more}


_NAME = _field("name", "Full name", "name")
_LINE1 = _field("line1", "Street and number", "address-line1")
_PHONE = _field("phone", "Phone", "tel", required=False)

SHIPMENT = {
    "type": "timeline",
    "carrier": "Pos Kilat",
    "tracking_number": "PK771204559MY",
    "tracking_url": "https://track.example.com/PK771204559MY",
    "state": "in_transit",
    "state_label": "On its way",
    "events": [
        {"at": "20 Nov 2026, 8:12 am", "text": "Sorted for delivery", "place": "Shah Alam"},
        {"at": "19 Nov 2026, 9:40 pm", "text": "Arrived at hub", "place": "Kuala Lumpur"},
        {"at": "19 Nov 2026, 2:05 pm", "text": "Picked up from the shop", "place": "Ipoh"},
    ],
}

ORDER = {
    "type": "order",
    "number": "1047",
    "state": "in_transit",
    "state_label": "On its way",
    "late": True,
    "late_label": "Two days late. We are sorry.",
    "placed": "14 Nov 2026",
    "promised": "19 Nov 2026",
    "total": "RM 278.00",
    "items": [
        {"title": "Batik Long-Sleeve Shirt", "options": "Colour: indigo, Size: M", "quantity": 1, "price": "RM 129.00"},
        {"title": "Woven Leather Sandals", "options": "Size: 38", "quantity": 1, "price": "RM 149.00"},
    ],
    "shipments": [SHIPMENT],
}

ADDRESS = {
    "type": "address_form",
    "country": "MY",
    "countries": [{"code": "MY", "name": "Malaysia"}, {"code": "SG", "name": "Singapore"}],
    "fields": {
        "MY": [
            _NAME,
            _LINE1,
            _field("postcode", "Postcode", "postal-code"),
            _field("city", "City", "address-level2"),
            _field(
                "region",
                "State",
                "address-level1",
                options=[{"value": "Selangor", "label": "Selangor"}, {"value": "Johor", "label": "Johor"}],
            ),
            _PHONE,
        ],
        "SG": [_NAME, _LINE1, _field("postcode", "Postal code", "postal-code"), _PHONE],
    },
    "values": {"name": "Nurul Huda Ismail", "city": "Kajang", "region": "Selangor"},
    "errors": {},
    "submit": "/take_address",
}

ITEMS = {
    "type": "item_picker",
    "items": [
        {"id": "l_1", "title": "Batik Long-Sleeve Shirt", "options": "Size: M", "price": "RM 129.00", "max": 2},
        {"id": "l_2", "title": "Enamel Mug Pair", "options": "Colour: blue", "price": "RM 48.00", "max": 1},
        {
            "id": "l_3",
            "title": "Sambal Trio",
            "price": "RM 36.00",
            "max": 0,
            "why_not": "Food cannot be sent back.",
        },
    ],
    "submit": "/take_items",
}

CONFIRM = {
    "type": "confirm",
    "title": "Change the address of order 1060?",
    "rows": [{"label": "Order", "value": "1060"}],
    "columns": [
        {"label": "Now", "lines": ["Nurul Huda Ismail", "12 Jalan Reko", "43000 Kajang"]},
        {"label": "New", "lines": ["Nurul Huda Ismail", "5 Jalan Semenyih", "43500 Semenyih"]},
    ],
}

CASE = {
    "type": "case",
    "number": "R-20417",
    "kind_label": "Return",
    "state_label": "Requested",
    "rows": [{"label": "Refund", "value": "RM 129.00 to GrabPay"}, {"label": "Send by", "value": "4 Dec 2026"}],
}

PRODUCTS = {
    "type": "products",
    "items": [
        {"title": "Canvas Sneakers", "price": "RM 119.00 to RM 148.80", "url": "/shop/product.html#canvas_sneakers"},
        {"title": "Stoneware Vase", "price": "RM 95.00", "options": "celadon", "url": "https://shop.example/vase"},
        {"title": "Enamel Mug Pair", "price": "RM 48.00", "image": "/shop/pictures/enamel_mugs.svg"},
    ],
}

SCRIPT = '<img src=x onerror="document.title=\'broken in\'"><script>document.title="broken in"</script>'


def _say(text: str, *buttons: tuple[str, str], card: dict[str, Any] | None = None) -> dict[str, Any]:
    shown = [{"title": title, "payload": payload} for title, payload in buttons]
    return {"response": "utter_scene", "text": text, "buttons": shown, "card": card}


SCENES: dict[str, list[dict[str, Any]]] = {
    "hello": [_say("Hello! What can I do for you?")],
    "Where is my order?": [
        _say("Which order is it?", ("1047, batik shirt", '/choose{"order_id":"o_1"}'), ("1060, mugs", "/choose_other"))
    ],
    '/choose{"order_id":"o_1"}': [
        _say("I am sorry, order 1047 is two days late. It is at the Shah Alam hub now.", card=ORDER),
        _say("Shall I ask a person to look into it?", ("Yes, please", "/affirm"), ("No, thanks", "/deny")),
    ],
    "order": [_say("Here is your order.", card=ORDER)],
    "order of the demo store": [_say("Here is your order.", card={**ORDER, "order_id": "ord_1047"})],
    "timeline": [_say("Here is your parcel.", card=SHIPMENT)],
    "address": [_say("Where should it go?", card=ADDRESS)],
    "wrong address": [
        _say(
            "Please look at the postcode again.",
            card={**ADDRESS, "errors": {"postcode": "A Malaysian postcode has five digits."}},
        )
    ],
    "/take_address": [_say("Is this right?", ("Yes, change it", "/affirm"), ("No", "/deny"), card=CONFIRM)],
    "return": [_say("Which items would you like to send back?", card=ITEMS)],
    "/take_items": [_say("Is something wrong with it? A photo helps us.", card={"type": "photo_request", "hint": ""})],
    "photo request": [
        _say("A photo helps us.", card={"type": "photo_request", "hint": "Show the whole item, please."})
    ],
    "photo": [_say("Thank you, your return is on its way to us.", card=CASE)],
    "confirm": [_say("Is this right?", ("Yes, change it", "/affirm"), ("No", "/deny"), card=CONFIRM)],
    "/affirm": [_say("Done. You will get an email about it within an hour.")],
    "/deny": [_say("All right, nothing was changed.")],
    "case": [_say("Your return is on record.", card=CASE)],
    "products": [_say("I'd pick these.", card=PRODUCTS)],
    "article": [
        _say(
            "Delivery costs RM 8 in Malaysia.",
            card={"type": "article", "title": "What delivery costs", "url": "/help/en/delivery-cost"},
        ),
        _say("Did that help?", ("Yes, thanks", "/affirm"), ("No, not really", "/deny")),
    ],
    "email": [_say("Where can we reach you?", card={"type": "email_form", "submit": "/take_email"})],
    "/take_email": [_say("Thank you. A person writes to you there.")],
    "person": [_say("I have asked a person of our shop to join. They see everything you told me.")],
    "script": [_say(SCRIPT)],
    "link": [_say("See https://shop.example/help?a=1, and never javascript:alert(1) or http://plain.example.")],
    "long": [_say("word " * 600), _say("W" * 900)],
    "other card": [_say("A card of tomorrow.", card={"type": "hologram"})],
}


def unknown(given: dict[str, Any]) -> list[dict[str, Any]]:
    return [_say(f"You said: {given.get('text') or given.get('title') or ''}")]
