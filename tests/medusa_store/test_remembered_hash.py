"""The demo's Medusa remembers what a key hashes to, and still lets nobody in who has another."""

from __future__ import annotations

import json
import subprocess

import httpx
import pytest

from bot.medusa_store.places import SERVER
from bot.medusa_store.tools import find_tools
from tests.medusa_store.running import RunningMedusa

pytestmark = pytest.mark.medusa

_TWICE = """
const crypto = require("crypto")
const plain = crypto.scrypt
let hashed = 0
crypto.scrypt = (...given) => { hashed += 1; return plain(...given) }
require(process.argv[1])
const scrypt = require("util").promisify(crypto.scrypt)
const main = async () => {
  const asked = [["key", "salt"], ["key", "salt"], ["other", "salt"], ["key", "other"]]
  const told = []
  for (const [key, salt] of asked) {
    const found = await scrypt(key, salt, 64)
    told.push(found.equals(crypto.scryptSync(key, salt, 64)))
    found.fill(0) // whoever got it may do with it what they like
  }
  const binary = await scrypt(Buffer.from([255]), Buffer.from([254]), 64)
  told.push(binary.equals(crypto.scryptSync(Buffer.from([255]), Buffer.from([254]), 64)))
  console.log(JSON.stringify({ told, hashed }))
}
main()
"""


def test_what_is_remembered_is_what_would_be_hashed() -> None:
    node = find_tools().node
    command = [str(node), "-e", _TWICE, str(SERVER / "remembered-hash.js")]
    said = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(said.stdout) == {"told": [True] * 5, "hashed": 4}


def test_a_key_that_differs_in_its_middle_opens_nothing(medusa: RunningMedusa) -> None:
    key = medusa.store["secret_key"]
    other = key[:20] + ("a" if key[20] != "a" else "b") + key[21:]
    with httpx.Client(base_url=f"{medusa.url}/admin", timeout=60, trust_env=False) as client:
        asked = [client.get("/orders?limit=1", auth=(each, "")).status_code for each in (key, other, key, other)]
    assert asked == [200, 401, 200, 401]
