"""The API's OpenAPI document, made from the models themselves."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.schema import schema

from bot.demo_store.api.requests import (
    LARGEST_PAGE,
    LAST_OFFSET,
    MOST_ORDERS,
    MOST_PRODUCTS,
    CancelOrder,
    ChangeItems,
    FindOrder,
)
from bot.demo_store.ramah.parcel import MoveParcel
from bot.store.models import Ability, Address, Case, CaseRequest, Order, Product

Part = dict[str, Any]
REFERENCE = "#/components/schemas/"


class Problem(BaseModel):
    type: str
    title: str
    status: int
    code: str
    detail: str
    reason: str | None = None  # of not_allowed: "already_shipped", …
    field: str | None = None  # of invalid: "postcode", …


class Capabilities(BaseModel):
    abilities: list[Ability]


class Orders(BaseModel):
    orders: list[Order]


class Products(BaseModel):
    products: list[Product]


class Health(BaseModel):
    status: str
    format: str


MODELS = (
    Address,
    CancelOrder,
    Capabilities,
    Case,
    CaseRequest,
    ChangeItems,
    FindOrder,
    Health,
    MoveParcel,
    Order,
    Orders,
)


def document() -> Part:
    """The whole document as a JSON object."""
    order_id, product_id = _in_path("order_id"), _in_path("product_id")
    writes = {
        "address": ("Send an order to another address", "Address", "Order"),
        "cancel": ("Cancel a whole order", "CancelOrder", "Order"),
        "items": ("Exchange variants in an order not yet packed", "ChangeItems", "Order"),
        "parcels": ("What the courier did with a parcel: the demo's own staff", "MoveParcel", "Order"),
        "cases": ("Ask for a return, exchange or replacement, report a lost or missing item", "CaseRequest", "Case"),
    }
    paths: dict[str, Part] = {
        "/health": {"get": _operation("Whether the store answers", "Health", open_to_all=True)},
        "/v1/capabilities": {"get": _operation("What this shop can do at all", "Capabilities")},
        "/v1/orders/find": {"post": _operation("Find an order by number and proof", "Order", 404, body="FindOrder")},
        "/v1/orders/{order_id}": {"get": _operation("An order by its id", "Order", 404, parameters=[order_id])},
        "/v1/customers/{customer_id}/orders": {
            "get": _operation(
                "A customer's orders, newest first",
                "Orders",
                parameters=[_in_path("customer_id"), _limit(10, MOST_ORDERS)],
            )
        },
        "/v1/products": {
            "get": _operation(
                "Find products by words",
                "Products",
                parameters=[
                    {"name": "query", "in": "query", "schema": {"type": "string"}},
                    _limit(5, MOST_PRODUCTS),
                ],
            )
        },
        "/v1/catalogue": {
            "get": _operation(
                "All products, page by page: what sells best first",
                "Products",
                parameters=[_limit(100, LARGEST_PAGE), _whole_number("offset", 0, 0, LAST_OFFSET)],
            )
        },
        "/v1/products/{product_id}": {"get": _operation("A product", "Product", 404, parameters=[product_id])},
    }
    for path, (summary, body, answer) in writes.items():
        paths[f"/v1/orders/{{order_id}}/{path}"] = {
            "post": _operation(
                summary, answer, 403, 404, 409, 422, 501, body=body, parameters=[order_id, IDEMPOTENCY_KEY]
            )
        }
    return {
        "openapi": "3.0.3",
        "info": {"title": "Ramah demo store", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"key": []}],
    }


IDEMPOTENCY_KEY: Part = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "The same key with the same request answers with the first result and writes nothing more.",
    "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,200}$"},
}


def _schemas() -> Part:
    definitions: Part = schema([*MODELS, Problem, Product, Products], ref_prefix=REFERENCE)["definitions"]
    definitions["Money"]["properties"]["amount"] = {"type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$"}
    return definitions


def _operation(
    summary: str,
    answer: str,
    *refusals: int,
    body: str = "",
    parameters: list[Part] | None = None,
    open_to_all: bool = False,
) -> Part:
    known = refusals if open_to_all else (400, 401, 503, *refusals)
    operation: Part = {
        "summary": summary,
        "parameters": parameters or [],
        "responses": {
            "200": {"description": "Done", "content": {"application/json": _schema_of(answer)}},
            **{
                str(status): {"description": "Refused", "content": {"application/problem+json": _schema_of("Problem")}}
                for status in known
            },
        },
    }
    if body:
        operation["requestBody"] = {"required": True, "content": {"application/json": _schema_of(body)}}
    if open_to_all:
        operation["security"] = []
    return operation


def _schema_of(name: str) -> Part:
    return {"schema": {"$ref": f"{REFERENCE}{name}"}}


def _in_path(name: str) -> Part:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _limit(default: int, most: int) -> Part:
    return _whole_number("limit", default, 1, most)


def _whole_number(name: str, default: int, least: int, most: int) -> Part:
    schema = {"type": "integer", "minimum": least, "maximum": most, "default": default}
    return {"name": name, "in": "query", "schema": schema}
