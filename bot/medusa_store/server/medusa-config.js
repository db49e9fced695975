// Everything that differs between two installations comes from the environment (bot/medusa_store/medusa.py).
require("./remembered-hash.js")
const { defineConfig } = require("@medusajs/framework/utils")

const { DATABASE_URL, JWT_SECRET, COOKIE_SECRET, SHOP_URL } = process.env

module.exports = defineConfig({
  admin: { disable: true },
  projectConfig: {
    databaseUrl: DATABASE_URL,
    databaseDriverOptions: { ssl: false, connection: { ssl: false } },
    http: {
      storeCors: SHOP_URL,
      adminCors: SHOP_URL,
      authCors: SHOP_URL,
      jwtSecret: JWT_SECRET,
      cookieSecret: COOKIE_SECRET,
    },
  },
})
