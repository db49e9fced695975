"""Answers the questions of the schema from the shop; what a scope does not allow is ACCESS_DENIED."""

from __future__ import annotations

import re
from typing import Any

from graphql import GraphQLError

from tests.store.shopify.mutations import Mutations
from tests.store.shopify.nodes import MOST, Node, connection
from tests.store.shopify.shop import Shop

GID = re.compile(r"gid://shopify/[A-Za-z]+/[0-9]+")


def refused(code: str, message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": code})


class Queries:
    """One attribute a field of QueryRoot."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._mutations = Mutations(shop, self._need)

    def root(self, operation: str) -> Any:
        return self._mutations if operation == "mutation" else self

    @property
    def currentAppInstallation(self) -> Node:
        return {
            "id": "gid://shopify/AppInstallation/1",
            "accessScopes": [{"handle": each} for each in sorted(self._shop.scopes)],
        }

    def shop(self, _info: object) -> Node:
        return {"id": "gid://shopify/Shop/1", "name": "Ramah", "currencyCode": "MYR"}

    def order(self, _info: object, id: str) -> Node | None:
        self._need("read_orders")
        _check_id(id)
        self._shop.finish_jobs()
        found = self._shop.visible(id)
        return None if found is None else self.shown(found)

    def orders(self, info: object, query: str, **page: Any) -> Node:
        self._need("read_orders")
        found = sorted(self._shop.search(query), key=lambda order: str(order["createdAt"]))
        shown = [self.shown(order) for order in found]
        return connection(lambda: shown)(info, **page)

    def shown(self, order: Node) -> Node:
        """The order with the fields that have scopes of their own, or arguments."""

        def customer(_info: object) -> Node:
            self._need("read_customers")
            return dict(order["customer"])

        def returns(info: object, **page: Any) -> Node:
            self._need("read_returns")
            return connection(lambda: order["_returns"])(info, **page)

        def fulfillments(_info: object, first: int | None = None, **_: object) -> list[Node]:
            self._shop.when_parcels_are_read()
            return list(order["_fulfillments"])[:first]

        def metafield(_info: object, key: str, namespace: str | None = None) -> Node | None:
            found: Node | None = order["_metafields"].get((namespace, key))
            return found

        def suggested_refund(_info: object, **_: object) -> Node:
            return self._mutations.suggested_refund(order)

        cancellation = None if self._shop.hides_staff_notes else order["cancellation"]
        own = {
            "customer": customer,
            "returns": returns,
            "fulfillments": fulfillments,
            "metafield": metafield,
            "suggestedRefund": suggested_refund,
        }
        return {**order, **own, "cancellation": cancellation}

    def fulfillment(self, _info: object, id: str) -> Node | None:
        self._need("read_orders")
        parcels = [parcel for order in self._shop.orders.values() for parcel in order["_fulfillments"]]
        return next((parcel for parcel in parcels if parcel["id"] == id), None)

    def returnableFulfillments(self, info: object, orderId: str, **page: Any) -> Node:
        self._need("read_returns")
        order = self._shop.visible(orderId)
        found = self._mutations.returnable(order) if order else []
        return connection(lambda: found)(info, **page)

    def returnReasonDefinitions(self, info: object, handles: list[str], **page: Any) -> Node:
        self._need("read_returns")
        known = {"arrived-late": 7, "quality": 9}  # example handles of .../objects/ReturnReasonDefinition
        found = [
            {
                "id": f"gid://shopify/ReturnReasonDefinition/{known[each]}",
                "handle": each,
                "name": each,
                "deleted": False,
            }
            for each in handles
            if each in known
        ]
        return connection(lambda: found)(info, **page)

    def job(self, _info: object, id: str) -> Node | None:
        return self._shop.job(id)

    def product(self, _info: object, id: str) -> Node | None:
        self._need("read_products")
        _check_id(id)
        return next((each for each in self._shop.products if each["id"] == id), None)

    def products(self, info: object, query: str, **page: Any) -> Node:
        self._need("read_products")
        assert page["first"] <= MOST
        return connection(lambda: self._shop.find_products(query))(info, **page)

    def _need(self, scope: str) -> None:
        granted = self._shop.scopes
        if scope not in granted and scope.replace("read_", "write_", 1) not in granted:
            raise refused("ACCESS_DENIED", f"Access denied. Required access: `{scope}` access scope.")


# `return` is a word of Python's own.
def _return(queries: Queries, _info: object, id: str) -> Node | None:
    queries._need("read_returns")
    found = [each for order in queries._shop.orders.values() for each in order["_returns"]]
    return next((each for each in found if each["id"] == id), None)


setattr(Queries, "return", _return)


def _check_id(text: str) -> None:
    if not GID.fullmatch(text):
        raise refused("argumentLiteralsIncompatible", f"Invalid global id '{text}'")
