// `medusa exec ./seed.js SHOP.json OUT.json`: fill a migrated Medusa with the demo shop, by Medusa's own services and
// workflows, so that its Admin API can do with these orders whatever it can do with any other.
const fs = require("fs")
const { makeShop } = require("./seed/shop")
const { makeProducts } = require("./seed/products")
const { makeOrders } = require("./seed/orders")
const { setDates } = require("./seed/dates")

exports.default = async function seed({ container, args }) {
  const [from, to] = args
  const given = JSON.parse(fs.readFileSync(from, "utf8"))
  const shop = await makeShop(container, given)
  await makeProducts(container, given, shop)
  await makeOrders(container, given, shop)
  await setDates(container, given)
  delete shop.inventory
  fs.writeFileSync(to, JSON.stringify(shop), { mode: 0o600 })
}
