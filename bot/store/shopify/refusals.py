"""From a mutation's ``userErrors`` to the typed errors of ``OrderApi``.

https://shopify.dev/docs/api/admin-graphql/2026-01/enums/ReturnErrorCode
https://shopify.dev/docs/api/admin-graphql/2026-01/enums/OrderCancelUserErrorCode
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.store.answers import Nonsense
from bot.store.errors import Conflict, Invalid, NotAllowed, NotFound, NotSupported, StoreError
from bot.store.shopify.shapes import UserError

# The last part of an input's path, in the models' words.
ADDRESS_FIELDS = {
    "address1": "line1",
    "address2": "line2",
    "city": "city",
    "country": "country",
    "countryCode": "country",
    "firstName": "name",
    "lastName": "name",
    "phone": "phone",
    "province": "region",
    "provinceCode": "region",
    "shippingAddress": "address",
    "zip": "postcode",
}
TOO_MANY = {"LESS_THAN", "LESS_THAN_OR_EQUAL_TO", "GREATER_THAN", "GREATER_THAN_OR_EQUAL_TO", "TOO_BIG", "INVALID"}
# What is not here, and what has no code: the store refuses, and a person must look why.
BY_CODE: dict[str, Callable[[], StoreError | Nonsense]] = {
    "ALREADY_EXISTS": lambda: NotAllowed("already_requested"),
    "FEATURE_NOT_ENABLED": NotSupported,
    "IDEMPOTENCY_CONCURRENT_REQUEST": lambda: Nonsense("another attempt with the same key"),
    "IDEMPOTENCY_KEY_PARAMETER_MISMATCH": lambda: Conflict("the key was used for another request"),
    "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED": lambda: Nonsense("another attempt with the same key"),
    "INTERNAL_ERROR": lambda: Nonsense("an error inside Shopify"),
    "MISSING_PERMISSION": NotSupported,
    "NO_REFUND_PERMISSION": NotSupported,
    "NOT_FOUND": lambda: Invalid("items"),
    "STALE_OBJECT": lambda: Conflict("the order changed meanwhile"),
}


def refuse_address(errors: Sequence[UserError]) -> None:
    """Raises for the first error; for none, returns."""
    for error in errors:
        last = (error.field or [""])[-1]
        if last in ADDRESS_FIELDS:
            raise Invalid(ADDRESS_FIELDS[last])
        raise _by_code(error)


def refuse_return(errors: Sequence[UserError]) -> None:
    for error in errors:
        if "quantity" in (error.field or []) and (error.code or "INVALID") in TOO_MANY:
            raise NotAllowed("over_quantity")
        if "exchangeLineItems" in (error.field or []):
            raise Invalid("new_variant_id")
        raise _by_code(error)


def refuse(errors: Sequence[UserError]) -> None:
    for error in errors:
        raise _by_code(error)


def _by_code(error: UserError) -> StoreError | Nonsense:
    if error.code == "NOT_FOUND" and (error.field or [""])[-1] in {"id", "orderId"}:
        return NotFound()
    return BY_CODE.get(error.code or "", lambda: NotAllowed("refused_by_store"))()
