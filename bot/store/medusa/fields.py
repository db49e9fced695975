"""Which of Medusa's fields a request asks for: all of an order in one go, nothing twice."""

from __future__ import annotations

ORDER = ",".join(
    (
        "id,display_id,custom_display_id,status,created_at,canceled_at,email,currency_code,metadata",
        "total,discount_total,shipping_total,credit_line_total",
        "*items,*items.detail,items.variant.options.value,items.variant.options.option.title",
        "*shipping_address,customer.id,customer.first_name,customer.last_name,customer.phone,customer.has_account",
        "*fulfillments,*fulfillments.labels,*fulfillments.items",
        "*payment_collections.payments,*payment_collections.payments.refunds",
        "*returns,*returns.items,*returns.claim,*returns.exchange,*returns.exchange.additional_items",
        "*shipping_methods",
    )
)

# Enough to tell whether a number and a proof fit.
PROOF = ",".join(
    (
        "id,display_id,custom_display_id,email,customer.phone",
        "shipping_address.phone,shipping_address.postal_code,shipping_address.country_code",
    )
)

CLAIM = "id,order_id,display_id,type,created_at,canceled_at,metadata,*claim_items,*additional_items"

CHANGE = "id,change_type,status,internal_note,return_id,claim_id,exchange_id"

PRODUCT = ",".join(
    (
        "id,title,description,thumbnail,handle,status,metadata,type.value",
        "variants.id,variants.title,variants.manage_inventory,variants.allow_backorder",
        "variants.options.value,variants.options.option.title",
        "variants.prices.amount,variants.prices.currency_code,variants.prices.min_quantity,variants.prices.price_list_id",
        "variants.inventory_items.required_quantity",
        "variants.inventory_items.inventory.stocked_quantity,variants.inventory_items.inventory.reserved_quantity",
    )
)

SOLD = "id,items.product_id,items.quantity"
