// Medusa hashes the secret key anew for every request, a tenth of a second of processor each. On one small machine,
// beside the bot, that is a third of what Medusa does; so this process remembers what it has hashed. A wrong key is
// hashed and compared as ever. A shop's own Medusa knows nothing of this.
const crypto = require("crypto")

const slow = crypto.scrypt
const KEPT = 100 // keys and salts; made up keys push each other out
const known = new Map()

crypto.scrypt = (password, salt, length, ...rest) => {
  if (typeof password !== "string" || typeof salt !== "string") return slow(password, salt, length, ...rest)
  const done = rest.pop()
  const asked = JSON.stringify([password, salt, length, rest])
  if (known.has(asked)) return process.nextTick(done, null, Buffer.from(known.get(asked)))
  slow(password, salt, length, ...rest, (error, hash) => {
    if (!error) {
      if (known.size >= KEPT) known.delete(known.keys().next().value)
      known.set(asked, Buffer.from(hash))
    }
    done(error, hash)
  })
}
