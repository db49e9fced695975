"""Returns and exchanges.

https://shopify.dev/docs/api/admin-graphql/2026-01/queries/returnableFulfillments
https://shopify.dev/docs/api/admin-graphql/2026-01/queries/returnReasonDefinitions
https://shopify.dev/docs/api/admin-graphql/2026-01/mutations/returnRequest
https://shopify.dev/docs/api/admin-graphql/2026-01/mutations/returnCreate
"""

from __future__ import annotations

RETURNABLE = """
query Returnable($orderId: ID!, $after: String) {
  returnableFulfillments(orderId: $orderId, first: 8, after: $after) {
    nodes {
      id
      returnableFulfillmentLineItems(first: 25) { nodes { quantity fulfillmentLineItem { id lineItem { id } } } }
    }
    pageInfo { hasNextPage endCursor }
  }
}
"""

REASON = """
query ReturnReason($handles: [String!]!) {
  returnReasonDefinitions(first: 1, handles: $handles) { nodes { id handle } }
}
"""

REQUEST = """
mutation RequestReturn($input: ReturnRequestInput!) {
  returnRequest(input: $input) { return { id } userErrors { field message code } }
}
"""

CREATE = """
mutation CreateReturn($returnInput: ReturnInput!) {
  returnCreate(returnInput: $returnInput) { return { id } userErrors { field message code } }
}
"""
