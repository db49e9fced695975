// Currencies, regions, the warehouse, what shipping costs, and the reasons a return may have.
const { Modules, ContainerRegistrationKeys } = require("@medusajs/framework/utils")
const flows = require("@medusajs/medusa/core-flows")

const PAYMENT_PROVIDER = "pp_system_default"
const FULFILMENT_PROVIDER = "manual_manual"

exports.makeShop = async function makeShop(container, given) {
  const run = (flow, input) => flow(container).run({ input }).then(({ result }) => result)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const link = container.resolve(ContainerRegistrationKeys.LINK)
  const one = async (entity) => (await query.graph({ entity, fields: ["*"] })).data[0]

  const store = await one("store")
  const sales_channel = store.default_sales_channel_id
  const shipping_profile = (await one("shipping_profile")).id
  const currencies = Object.keys(given.currencies)
  await run(flows.updateStoresWorkflow, {
    selector: { id: store.id },
    update: {
      name: given.name,
      supported_currencies: currencies.map((code, index) => ({ currency_code: code, is_default: index === 0 })),
    },
  })

  const regions = {}
  const made = await run(flows.createRegionsWorkflow, {
    regions: currencies.map((currency_code) => ({
      name: currency_code.toUpperCase(),
      currency_code,
      countries: given.currencies[currency_code].countries,
      payment_providers: [PAYMENT_PROVIDER],
    })),
  })
  made.forEach((region) => (regions[region.currency_code] = region.id))

  const [place] = await run(flows.createStockLocationsWorkflow, { locations: [given.warehouse] })
  await link.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: place.id },
    [Modules.FULFILLMENT]: { fulfillment_provider_id: FULFILMENT_PROVIDER },
  })
  await run(flows.linkSalesChannelsToStockLocationWorkflow, { id: place.id, add: [sales_channel] })
  const delivery = await container.resolve(Modules.FULFILLMENT).createFulfillmentSets({
    name: "Delivery",
    type: "shipping",
    service_zones: [
      {
        name: "Everywhere we sell",
        geo_zones: Object.values(given.currencies)
          .flatMap(({ countries }) => countries)
          .map((country_code) => ({ type: "country", country_code })),
      },
    ],
  })
  await link.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: place.id },
    [Modules.FULFILLMENT]: { fulfillment_set_id: delivery.id },
  })

  const option = (name, code, priceOf, isReturn) => ({
    name,
    service_zone_id: delivery.service_zones[0].id,
    shipping_profile_id: shipping_profile,
    provider_id: FULFILMENT_PROVIDER,
    price_type: "flat",
    type: { label: name, description: name, code },
    prices: currencies.map((currency_code) => ({ currency_code, amount: priceOf(given.currencies[currency_code]) })),
    rules: [
      { attribute: "enabled_in_store", operator: "eq", value: "true" },
      { attribute: "is_return", operator: "eq", value: isReturn ? "true" : "false" },
    ],
  })
  const options = await run(flows.createShippingOptionsWorkflow, [
    option("Standard delivery", "standard", ({ shipping }) => shipping, false),
    option("Return label", "return", () => 0, true),
  ])

  const reasons = await run(flows.createReturnReasonsWorkflow, {
    data: Object.entries(given.return_reasons).map(([value, label]) => ({ value, label })),
  })
  const refundReasons = await run(flows.createRefundReasonsWorkflow, {
    data: [{ code: "customer_request", label: "Customer request" }],
  })

  // For the shop's own pages; what it opens is public. The secret key is made anew in every shop: secret_key.py.
  const [page] = await run(flows.createApiKeysWorkflow, {
    api_keys: [{ title: "Shop pages", type: "publishable", created_by: "ramah" }],
  })
  await run(flows.linkSalesChannelsToApiKeyWorkflow, { id: page.id, add: [sales_channel] })

  return {
    publishable_key: page.token,
    sales_channel,
    shipping_profile,
    regions,
    location: place.id,
    shipping_option: options.find(({ name }) => name === "Standard delivery").id,
    return_shipping_option: options.find(({ name }) => name === "Return label").id,
    return_reasons: Object.fromEntries(reasons.map(({ value, id }) => [value, id])),
    refund_reason: refundReasons[0].id,
  }
}
