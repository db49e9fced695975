"""Shopify, over the Admin GraphQL API 2026-01 (https://shopify.dev/docs/api/admin-graphql/2026-01)."""
