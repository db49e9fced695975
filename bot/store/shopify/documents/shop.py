"""The app's own permissions, and the catalogue.

https://shopify.dev/docs/api/admin-graphql/2026-01/queries/currentAppInstallation
https://shopify.dev/docs/api/admin-graphql/2026-01/queries/products
"""

from __future__ import annotations

_PRODUCT = """
  id title productType description status onlineStoreUrl
  featuredMedia { preview { image { url } } }
  variants(first: 40) { nodes { ...variant } pageInfo { hasNextPage endCursor } }
"""
_VARIANT = """
fragment variant on ProductVariant {
  id price availableForSale selectedOptions { name value } inventoryQuantity @include(if: $stock)
}
"""

SCOPES = "query Scopes { currentAppInstallation { accessScopes { handle } } shop { currencyCode } }"

PRODUCT = f"""
query Product($id: ID!, $stock: Boolean!) {{ product(id: $id) {{ {_PRODUCT} }} }}
{_VARIANT}
"""

MORE_VARIANTS = f"""
query Variants($id: ID!, $after: String!, $stock: Boolean!) {{
  product(id: $id) {{ variants(first: 250, after: $after) {{
    nodes {{ ...variant }} pageInfo {{ hasNextPage endCursor }} }} }}
}}
{_VARIANT}
"""

PRODUCTS = f"""
query Products(
  $query: String!, $first: Int!, $after: String, $sortKey: ProductSortKeys!, $stock: Boolean!
) {{
  products(first: $first, after: $after, query: $query, sortKey: $sortKey) {{
    nodes {{ {_PRODUCT} }} pageInfo {{ hasNextPage endCursor }}
  }}
}}
{_VARIANT}
"""

PRODUCTS_PASSED_OVER = """
query ProductsPassedOver($query: String!, $first: Int!, $after: String) {
  products(first: $first, after: $after, query: $query, sortKey: ID) {
    nodes { id } pageInfo { hasNextPage endCursor }
  }
}
"""
