"""Reading orders. The parts of an order stand in two questions: one question may cost 1,000 points at most.

https://shopify.dev/docs/api/admin-graphql/2026-01/objects/Order
https://shopify.dev/docs/api/usage/rate-limits
"""

from __future__ import annotations

_ADDRESS = "firstName lastName name address1 address2 city province provinceCode countryCodeV2 zip phone"
_LINE = """
  id title quantity currentQuantity
  image { url }
  product { id productType tags }
  variant { id selectedOptions { name value } }
  originalUnitPriceSet { shopMoney { amount currencyCode } }
"""
_RETURN_LINES = """
  nodes {
    id quantity processedQuantity customerNote returnReason returnReasonNote
    ... on ReturnLineItem { fulfillmentLineItem { id lineItem { id } } }
  }
  pageInfo { hasNextPage endCursor }
"""

SEARCH = """
query OrdersByName($query: String!) {
  orders(first: 10, query: $query, sortKey: CREATED_AT, reverse: true) {
    nodes { id name email phone shippingAddress { phone zip countryCodeV2 } }
  }
}
"""

OF_CUSTOMER = """
query OrdersOfCustomer($query: String!, $first: Int!) {
  orders(first: $first, query: $query, sortKey: CREATED_AT, reverse: true) { nodes { id } }
}
"""

ORDER = f"""
query Order($id: ID!, $customer: Boolean!, $returns: Boolean!) {{
  order(id: $id) {{
    id name createdAt cancelledAt email phone tags edited
    displayFinancialStatus displayFulfillmentStatus
    cancellation {{ staffNote }}
    customer @include(if: $customer) {{ id displayName }}
    shippingAddress {{ {_ADDRESS} }}
    totalShippingPriceSet {{ shopMoney {{ amount currencyCode }} }}
    totalDiscountsSet {{ shopMoney {{ amount currencyCode }} }}
    totalPriceSet {{ shopMoney {{ amount currencyCode }} }}
    lineItems(first: 40) {{ nodes {{ {_LINE} }} pageInfo {{ hasNextPage endCursor }} }}
    transactions(first: 20) {{
      id kind status gateway formattedGateway processedAt
      amountSet {{ shopMoney {{ amount currencyCode }} }}
      parentTransaction {{ id }}
      paymentDetails {{ ... on CardPaymentDetails {{ company number }} }}
    }}
    refunds(first: 5) {{
      id
      return @include(if: $returns) {{ id }}
      refundLineItems(first: 20) {{ nodes {{ quantity restockType lineItem {{ id }} }} }}
    }}
    metafield(namespace: "ramah", key: "cases") {{ value compareDigest }}
  }}
}}
"""

PARCELS = f"""
query OrderParcels($id: ID!, $returns: Boolean!) {{
  order(id: $id) {{
    fulfillments(first: 8) {{
      id status displayStatus createdAt deliveredAt estimatedDeliveryAt
      trackingInfo(first: 3) {{ company number url }}
      events(first: 10, sortKey: HAPPENED_AT, reverse: true) {{
        nodes {{ status happenedAt message city province country }}
      }}
      fulfillmentLineItems(first: 25) {{
        nodes {{ id quantity lineItem {{ id }} }}
        pageInfo {{ hasNextPage endCursor }}
      }}
    }}
    returns(first: 5, reverse: true) @include(if: $returns) {{
      nodes {{
        id name status createdAt
        returnLineItems(first: 10) {{ {_RETURN_LINES} }}
        exchangeLineItems(first: 10) {{ nodes {{ id quantity variantId }} }}
      }}
      pageInfo {{ hasNextPage endCursor }}
    }}
  }}
}}
"""

MORE_LINES = f"""
query OrderLines($id: ID!, $after: String!) {{
  order(id: $id) {{ lineItems(first: 90, after: $after) {{
    nodes {{ {_LINE} }} pageInfo {{ hasNextPage endCursor }} }} }}
}}
"""

MORE_PARCEL_LINES = """
query FulfillmentLines($id: ID!, $after: String!) {
  fulfillment(id: $id) { fulfillmentLineItems(first: 200, after: $after) {
    nodes { id quantity lineItem { id } } pageInfo { hasNextPage endCursor } } }
}
"""

MORE_RETURN_LINES = f"""
query ReturnLines($id: ID!, $after: String!) {{
  return(id: $id) {{ returnLineItems(first: 100, after: $after) {{ {_RETURN_LINES} }} }}
}}
"""

MORE_RETURNS = f"""
query OrderReturns($id: ID!, $after: String!) {{
  order(id: $id) {{
    returns(first: 10, after: $after, reverse: true) {{
      nodes {{
        id name status createdAt
        returnLineItems(first: 10) {{ {_RETURN_LINES} }}
        exchangeLineItems(first: 10) {{ nodes {{ id quantity variantId }} }}
      }}
      pageInfo {{ hasNextPage endCursor }}
    }}
  }}
}}
"""
