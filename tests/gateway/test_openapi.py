"""Whatever the document allows, and what it does not, gets an answer that the document promises."""

from __future__ import annotations

import asyncio

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.gateway.processes import Gateway
from tests.gateway.shopper import Shopper

EXAMPLES = 20


@schemathesis.serializer("image/jpeg", "image/png", "image/webp")
def as_it_is(_context: object, value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


@pytest.fixture(scope="module")
def talking(gateway: Gateway) -> Shopper:
    async def enter() -> Shopper:
        shopper = await Shopper(gateway.url).enter()
        await shopper.ask("form please")
        await shopper.leave()
        return shopper

    return asyncio.run(enter())


@pytest.fixture(scope="module")
def document(gateway: Gateway) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_url(f"{gateway.url}/chat/v1/openapi.json")


schema = schemathesis.pytest.from_fixture("document").exclude(operation_id="stream")


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_every_answer_is_one_the_document_promises(case: schemathesis.Case, talking: Shopper) -> None:
    if "conversation_id" in case.path_parameters and len(str(case.body)) % 4:
        case.path_parameters["conversation_id"] = talking.id
    if "wait" in (case.query or {}):
        case.query["wait"] = 0.05
    case.call_and_validate(
        headers=talking.headers,
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_schema_conformance,
        ],
    )
