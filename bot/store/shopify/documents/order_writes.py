"""Changing an order: its address, its end, and the record of what a shopper asked for.

https://shopify.dev/docs/api/admin-graphql/2026-01/mutations/orderUpdate
https://shopify.dev/docs/api/admin-graphql/2026-01/mutations/orderCancel
https://shopify.dev/docs/api/admin-graphql/2026-01/mutations/refundCreate
https://shopify.dev/docs/api/admin-graphql/2026-01/mutations/metafieldsSet
https://shopify.dev/docs/api/admin-graphql/2026-01/mutations/tagsAdd
"""

from __future__ import annotations

CHANGE_ADDRESS = """
mutation ChangeAddress($input: OrderInput!) {
  orderUpdate(input: $input) { order { id } userErrors { field message } }
}
"""

CANCEL = """
mutation CancelOrder(
  $orderId: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $notifyCustomer: Boolean!, $staffNote: String!
  $refundMethod: OrderCancelRefundMethodInput
) {
  orderCancel(
    orderId: $orderId, reason: $reason, restock: $restock, notifyCustomer: $notifyCustomer, staffNote: $staffNote
    refundMethod: $refundMethod
  ) { job { id done } orderCancelUserErrors { field message code } }
}
"""

CANCEL_PROGRESS = """
query CancelProgress($orderId: ID!, $jobId: ID!) {
  order(id: $orderId) { cancelledAt }
  job(id: $jobId) { id done }
}
"""

REFUND_LEFT = """
query RefundLeft($id: ID!) {
  order(id: $id) {
    suggestedRefund(suggestFullRefund: true) {
      suggestedTransactions {
        gateway parentTransaction { id } amountSet { shopMoney { amount currencyCode } }
      }
    }
  }
}
"""

REFUND = """
mutation Refund($input: RefundInput!, $idempotencyKey: String!) {
  refundCreate(input: $input) @idempotent(key: $idempotencyKey) { refund { id } userErrors { field message } }
}
"""

ADD_TAGS = """
mutation AddTags($id: ID!, $tags: [String!]!) {
  tagsAdd(id: $id, tags: $tags) { node { id } userErrors { field message } }
}
"""

SET_METAFIELD = """
mutation SetCases($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) { metafields { id } userErrors { field message code } }
}
"""
