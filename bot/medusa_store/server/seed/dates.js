// No API of Medusa sets a day in the past: what happened to these orders gets its day here, straight in the database.
const { ContainerRegistrationKeys } = require("@medusajs/framework/utils")

exports.setDates = async function setDates(container, given) {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  for (const { order } of given.orders) {
    await orderDates(database, order)
    await paymentDates(database, order)
    await shipmentDates(database, order)
    for (const { created_at } of order.cases) {
      const refunded = order.payments.find(({ kind }) => kind === "refund")
      await database("return")
        .where({ order_id: order.id })
        .update({ created_at, requested_at: created_at, received_at: refunded?.at || created_at, updated_at: created_at })
    }
  }
  // The next order that anybody places gets a number of its own.
  await database.raw(`SELECT setval('order_display_id_seq', (SELECT max(display_id) FROM "order") + 1000)`)
}

async function orderDates(database, order) {
  const placed = { created_at: order.placed_at, updated_at: order.placed_at }
  await database("order")
    .where({ id: order.id })
    .update({ ...placed, ...(order.cancelled_at ? { canceled_at: order.cancelled_at } : {}) })
  await database("order_item").where({ order_id: order.id }).update(placed)
  await database("order_line_item")
    .whereIn("id", order.lines.map(({ id }) => id))
    .update(placed)
}

async function paymentDates(database, order) {
  const payments = database("payment")
    .select("payment.id")
    .join("order_payment_collection as of_order", "of_order.payment_collection_id", "payment.payment_collection_id")
    .where("of_order.order_id", order.id)
  const ids = (await payments).map(({ id }) => id)
  for (const { kind, at } of order.payments) {
    if (kind === "refund") {
      await database("refund").whereIn("payment_id", ids).update({ created_at: at, updated_at: at })
      continue
    }
    await database("payment").whereIn("id", ids).update({ created_at: at, captured_at: at, updated_at: at })
    await database("capture").whereIn("payment_id", ids).update({ created_at: at, updated_at: at })
  }
}

async function shipmentDates(database, order) {
  for (const shipment of order.shipments) {
    const packed_at = shipment.events[0].at
    await database("fulfillment")
      .whereRaw("metadata->>'id' = ?", [shipment.id])
      .update({
        created_at: packed_at,
        updated_at: packed_at,
        packed_at,
        shipped_at: shipment.shipped_at || null,
        delivered_at: shipment.delivered_at || null,
      })
  }
}
