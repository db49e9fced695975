// The catalogue, under the demo shop's own ids, with its prices and its stock.
const { ContainerRegistrationKeys } = require("@medusajs/framework/utils")
const flows = require("@medusajs/medusa/core-flows")

exports.makeProducts = async function makeProducts(container, given, shop) {
  const run = (flow, input) => flow(container).run({ input }).then(({ result }) => result)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)

  const categories = [...new Set(given.products.map(({ category }) => category))]
  const types = await run(flows.createProductTypesWorkflow, {
    product_types: categories.map((value) => ({ value })),
  })
  const typeOf = Object.fromEntries(types.map(({ value, id }) => [value, id]))

  await run(flows.createProductsWorkflow, {
    products: given.products.map((product) => ({
      id: product.id,
      handle: product.id.replaceAll("_", "-"),
      title: product.title,
      description: product.description,
      status: "published",
      type_id: typeOf[product.category],
      shipping_profile_id: shop.shipping_profile,
      sales_channels: [{ id: shop.sales_channel }],
      metadata: { url: product.url, final_sale: product.final_sale },
      options: optionsOf(product),
      variants: product.variants.map((variant) => ({
        id: variant.id,
        sku: variant.id,
        title: Object.values(variant.options).join(" / "),
        options: variant.options,
        manage_inventory: true,
        prices: Object.entries(variant.prices).map(([currency, amount]) => ({
          currency_code: currency.toLowerCase(),
          amount: Number(amount),
        })),
      })),
    })),
  })

  // A fulfilment takes its pieces off the shelf, an order that waits holds them: the shelf is filled for both first.
  const ordered = {}
  for (const { order } of given.orders) {
    if (order.cancelled_at) continue
    for (const line of order.lines) ordered[line.variant_id] = (ordered[line.variant_id] || 0) + line.quantity
  }
  const stock = Object.fromEntries(
    given.products.flatMap(({ variants }) => variants).map(({ id, stock }) => [id, stock + (ordered[id] || 0)])
  )
  const { data: items } = await query.graph({ entity: "inventory_item", fields: ["id", "sku"] })
  await run(flows.createInventoryLevelsWorkflow, {
    inventory_levels: items.map(({ id, sku }) => ({
      inventory_item_id: id,
      location_id: shop.location,
      stocked_quantity: stock[sku],
    })),
  })
  shop.inventory = Object.fromEntries(items.map(({ id, sku }) => [sku, id]))
}

function optionsOf({ variants }) {
  const values = {}
  for (const { options } of variants) {
    for (const [title, value] of Object.entries(options)) (values[title] ||= new Set()).add(value)
  }
  return Object.entries(values).map(([title, each]) => ({ title, values: [...each] }))
}
