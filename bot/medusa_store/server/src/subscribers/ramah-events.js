// Medusa has no webhooks of its own. This one file, copied into src/subscribers/ of any Medusa 2, tells Ramah when
// something happened to an order. It sends the order's id and nothing about the shopper; Ramah reads the rest itself.
//
//   RAMAH_EVENTS_URL     where to: https://your-ramah.example/store/v1/events
//   RAMAH_EVENTS_SECRET  signs it: HMAC-SHA256 over "timestamp.body"
const crypto = require("crypto")
const { ContainerRegistrationKeys } = require("@medusajs/framework/utils")

const PAUSES = [1000, 5000, 30000, 120000] // milliseconds before each further try
const PATIENCE = 5000 // milliseconds for one answer

exports.default = async function tellRamah({ event, container }) {
  const { RAMAH_EVENTS_URL: url, RAMAH_EVENTS_SECRET: secret } = process.env
  if (!url || !secret) return
  const orderId = await orderOf(event, container)
  if (!orderId) return
  const body = JSON.stringify({ id: `evt_${crypto.randomUUID()}`, topic: event.name, order_id: orderId })
  // Not awaited: nothing in the shop waits for Ramah.
  deliver(url, secret, body).catch((error) =>
    container.resolve(ContainerRegistrationKeys.LOGGER).warn(`Ramah was not told of ${event.name}: ${error.message}`)
  )
}

exports.config = {
  event: [
    "order.updated",
    "order.canceled",
    "order.fulfillment_created",
    "order.fulfillment_canceled",
    "order.return_requested",
    "order.return_received",
    "shipment.created",
    "delivery.created",
  ],
}

/** Events of an order carry its id, those of a parcel only the parcel's. */
async function orderOf({ name, data }, container) {
  if (data.order_id) return data.order_id
  if (name.startsWith("order.")) return data.id
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const found = await query.graph({ entity: "fulfillment", fields: ["order.id"], filters: { id: data.id } })
  return found.data[0]?.order?.id
}

async function deliver(url, secret, body) {
  for (let turn = 0; ; turn++) {
    const problem = await attempt(url, secret, body)
    if (!problem) return
    if (turn === PAUSES.length) throw new Error(problem)
    await new Promise((done) => setTimeout(done, PAUSES[turn]).unref())
  }
}

/** What went wrong, or nothing. Each try is signed anew: an old timestamp is refused. */
async function attempt(url, secret, body) {
  const timestamp = Math.floor(Date.now() / 1000).toString()
  const signature = crypto.createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")
  try {
    const answer = await fetch(url, {
      method: "POST",
      body,
      headers: {
        "Content-Type": "application/json",
        "X-Ramah-Timestamp": timestamp,
        "X-Ramah-Signature": `v1=${signature}`,
      },
      signal: AbortSignal.timeout(PATIENCE),
    })
    return answer.ok ? null : `it answered ${answer.status}`
  } catch (error) {
    return error.message
  }
}
