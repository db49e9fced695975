// The fixed orders: made, paid, packed, sent, delivered, cancelled, returned and refunded as Medusa does these things.
const { Modules, ContainerRegistrationKeys } = require("@medusajs/framework/utils")
const flows = require("@medusajs/medusa/core-flows")

const NOT_SENT = new Set(["packed"])

exports.makeOrders = async function makeOrders(container, given, shop) {
  const customers = await makeCustomers(container, given)
  const story = new Story(container, given, shop)
  for (const { order } of given.orders) {
    await story.place(order, customers[buyerOf(order)])
    await story.pay(order)
    for (const shipment of order.shipments) await story.ship(order, shipment)
    for (const one of order.cases) await story.takeBack(order, one)
    if (order.cancelled_at) await story.cancel(order)
    await story.refund(order)
  }
}

const buyerOf = ({ customer }) => customer.id || `guest ${customer.email}`

/** At the last space, so that joining gives the name back. */
function nameParts(name) {
  const at = name.lastIndexOf(" ")
  return at < 0 ? { first_name: name, last_name: "" } : { first_name: name.slice(0, at), last_name: name.slice(at + 1) }
}

async function makeCustomers(container, given) {
  const people = new Map(given.orders.map(({ order }) => [buyerOf(order), order.customer]))
  const { result } = await flows.createCustomersWorkflow(container).run({
    input: {
      customersData: [...people.values()].map(({ id, name, email, phone }) => ({
        ...(id ? { id, has_account: true } : { has_account: false }),
        ...nameParts(name),
        email,
        phone,
      })),
    },
  })
  return Object.fromEntries([...people.keys()].map((who, index) => [who, result[index].id]))
}

class Story {
  constructor(container, given, shop) {
    this.container = container
    this.products = Object.fromEntries(given.products.map((product) => [product.id, product]))
    this.shop = shop
    this.query = container.resolve(ContainerRegistrationKeys.QUERY)
  }

  async run(flow, input) {
    return (await flow(this.container).run({ input })).result
  }

  async place(order, customer_id) {
    const address = addressOf(order.shipping_address)
    await this.container.resolve(Modules.ORDER).createOrders({
      id: order.id,
      display_id: Number(order.number),
      email: order.customer.email,
      customer_id,
      currency_code: order.total.currency.toLowerCase(),
      region_id: this.shop.regions[order.total.currency.toLowerCase()],
      sales_channel_id: this.shop.sales_channel,
      status: "pending",
      metadata: order.promised_on ? { promised_on: order.promised_on } : {},
      shipping_address: address,
      billing_address: { ...address },
      items: order.lines.map((line) => this.item(line)),
      shipping_methods: [
        {
          name: "Standard delivery",
          shipping_option_id: this.shop.shipping_option,
          amount: Number(order.shipping.amount),
          data: {},
        },
      ],
    })
    await this.container.resolve(Modules.INVENTORY).createReservationItems(
      order.lines.map((line) => ({
        line_item_id: line.id,
        inventory_item_id: this.shop.inventory[line.variant_id],
        location_id: this.shop.location,
        quantity: line.quantity,
      }))
    )
    await this.run(flows.createOrderPaymentCollectionWorkflow, { order_id: order.id, amount: Number(order.total.amount) })
  }

  item(line) {
    const product = this.products[line.product_id]
    const variant_title = Object.values(line.options).join(" / ")
    return {
      id: line.id,
      title: line.title,
      subtitle: variant_title,
      quantity: line.quantity,
      unit_price: Number(line.unit_price.amount),
      product_id: line.product_id,
      product_title: line.title,
      product_description: product.description,
      product_type: line.category,
      product_handle: line.product_id.replaceAll("_", "-"),
      variant_id: line.variant_id,
      variant_sku: line.variant_id,
      variant_title,
      variant_option_values: line.options,
      requires_shipping: true,
      is_discountable: true,
      metadata: line.final_sale ? { final_sale: true } : {},
    }
  }

  async pay(order) {
    const paid = order.payments.find(({ kind }) => kind === "payment")
    if (!paid) return
    const { data } = await this.query.graph({
      entity: "order",
      fields: ["payment_collections.id"],
      filters: { id: order.id },
    })
    const payment = await this.run(flows.markPaymentCollectionAsPaid, {
      order_id: order.id,
      payment_collection_id: data[0].payment_collections[0].id,
    })
    await this.container.resolve(Modules.PAYMENT).updatePayment({
      id: payment.id,
      metadata: { method: paid.method, method_id: paid.method_id },
    })
  }

  async ship(order, shipment) {
    const items = shipment.items.map(({ line_id, quantity }) => ({ id: line_id, quantity }))
    const labels = [
      { tracking_number: shipment.tracking_number, tracking_url: shipment.tracking_url, label_url: "#" },
    ]
    const { id } = await this.run(flows.createOrderFulfillmentWorkflow, {
      order_id: order.id,
      location_id: this.shop.location,
      items,
      no_notification: true,
      labels: NOT_SENT.has(shipment.state) ? labels : [],
      metadata: { carrier: shipment.carrier, state: shipment.state, events: shipment.events, id: shipment.id },
    })
    if (NOT_SENT.has(shipment.state)) return
    await this.run(flows.createOrderShipmentWorkflow, {
      order_id: order.id,
      fulfillment_id: id,
      items,
      labels,
      no_notification: true,
    })
    if (shipment.state === "delivered") {
      await this.run(flows.markOrderFulfillmentAsDeliveredWorkflow, { orderId: order.id, fulfillmentId: id })
    }
  }

  async takeBack(order, one) {
    await this.run(flows.createAndCompleteReturnOrderWorkflow, {
      order_id: order.id,
      location_id: this.shop.location,
      receive_now: true,
      no_notification: true,
      return_shipping: { option_id: this.shop.return_shipping_option, price: 0 },
      items: one.items.map(({ line_id, quantity }) => ({
        id: line_id,
        quantity,
        reason_id: this.shop.return_reasons[one.reason],
      })),
    })
    const orders = this.container.resolve(Modules.ORDER)
    const [made] = await orders.listReturns({ order_id: order.id })
    await orders.updateReturns([{ id: made.id, metadata: { ramah: { key: "", note: "", photos: [], ...one } } }])
  }

  async cancel(order) {
    await this.run(flows.cancelOrderWorkflow, { order_id: order.id })
  }

  /** Cancelling has refunded what was paid; what came back by a return is refunded here. */
  async refund(order) {
    const refund = order.payments.find(({ kind }) => kind === "refund")
    if (!refund) return
    const { data } = await this.query.graph({
      entity: "order",
      fields: ["payment_collections.payments.id"],
      filters: { id: order.id },
    })
    const payment = data[0].payment_collections[0].payments[0]
    if (!order.cancelled_at) {
      await this.run(flows.refundPaymentWorkflow, {
        payment_id: payment.id,
        amount: Number(refund.amount.amount),
        refund_reason_id: this.shop.refund_reason,
      })
    }
    if (refund.state === "done") return
    // Medusa knows no refund under way: its row says so in the metadata.
    const database = this.container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    await database("refund")
      .where({ payment_id: payment.id })
      .update({ metadata: JSON.stringify({ state: refund.state }) })
  }
}

function addressOf(address) {
  return {
    ...nameParts(address.name),
    address_1: address.line1,
    address_2: address.line2,
    city: address.city,
    province: address.region,
    postal_code: address.postcode,
    country_code: address.country.toLowerCase(),
    phone: address.phone,
    metadata: address.district ? { district: address.district } : {},
  }
}
