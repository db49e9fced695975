"""`ramah store check` as a shop engineer runs it: the real command before a real demo store, and before none."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.commands.ability_words import ABILITY_WORDS
from bot.gateway.app import EVENTS
from bot.processes.ports import free_port
from bot.store.models import Ability
from tests.demo_store.process import KEY, RunningStore, start_demo_store
from tests.store.ecwid.server import TOKEN as ECWID_TOKEN
from tests.store.ecwid.server import EcwidShop
from tests.store.ecwid.shop_data import STORE_ID
from tests.store.own_adapter.corner_shop import TOKEN
from tests.store.own_adapter.platform import start as start_corner_shop

Check = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    running = start_demo_store(tmp_path_factory.mktemp("store"))
    yield running
    running.stop()


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Write a `ramah.toml` and try the store; ``key`` is in the variable that the file names."""

    def run(store: str, *words: str, key: str = KEY) -> subprocess.CompletedProcess[str]:
        (tmp_path / "ramah.toml").write_text(f'[store]\nkey_env = "SHOP_KEY"\n{store}\n', "utf-8")
        clean = {name: value for name, value in os.environ.items() if not name.startswith("RAMAH_")}
        return subprocess.run(
            [sys.executable, "-m", "bot.cli", "store", "check", *words],
            cwd=tmp_path,
            env={**clean, "SHOP_KEY": key, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_a_store_that_works_says_what_it_can(check: Check, store: RunningStore) -> None:
    done = check(f'url = "{store.url}"')
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✓ The store accepts the key." in done.stdout
    assert "  ✓ change a delivery address\n" in done.stdout
    assert "✗" not in done.stdout
    assert "A read takes" in done.stdout
    assert KEY not in done.stdout + done.stderr


def test_an_order_is_found_with_its_buyer_s_address_only(check: Check, store: RunningStore) -> None:
    order = store.dump()["orders"][0]["order"]
    found = check(f'url = "{store.url}"', "--order", order["number"], "--email", order["customer"]["email"])
    assert found.returncode == 0, found.stdout + found.stderr
    assert f"Order {order['number']} is found: {order['state']}" in found.stdout
    wrong = check(f'url = "{store.url}"', "--order", order["number"], "--email", "nobody@example.com")
    assert wrong.returncode == 1
    assert f"There is no order {order['number']} with that address" in wrong.stdout
    assert check(f'url = "{store.url}"', "--order", order["number"]).returncode == 1


def test_a_wrong_key_is_told_from_a_store_that_is_down(check: Check, store: RunningStore) -> None:
    done = check(f'url = "{store.url}"', key="another-key")
    assert done.returncode == 1
    assert "The key is refused: " in done.stdout
    assert "another-key" not in done.stdout + done.stderr


def test_nothing_listens(check: Check) -> None:
    done = check(f'url = "http://127.0.0.1:{free_port()}"')
    assert done.returncode == 1
    assert "nothing listens there" in done.stdout


def test_an_unknown_host(check: Check) -> None:
    done = check('url = "https://no-such-host.invalid"')
    assert done.returncode == 1
    assert "there is no host no-such-host.invalid" in done.stdout


class _Elsewhere(BaseHTTPRequestHandler):
    """A web server, an hour late, that is no store."""

    def do_GET(self) -> None:
        body = b"<html>Welcome</html>"
        self.send_response_only(200)
        self.send_header("Date", formatdate(time.time() - 3600, usegmt=True))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def elsewhere() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Elsewhere) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_web_page_where_the_store_should_be_and_a_clock_that_is_late(check: Check, elsewhere: str) -> None:
    done = check(f'url = "http://{elsewhere}"')
    assert done.returncode == 1
    assert "seconds behind this machine's" in done.stdout
    assert "Is [store] url the address of its API?" in done.stdout


def test_a_server_without_tls_behind_an_https_address(check: Check, elsewhere: str) -> None:
    done = check(f'url = "https://{elsewhere}"')
    assert done.returncode == 1
    assert "does not speak TLS as it should" in done.stdout


def test_a_certificate_that_nobody_vouches_for(check: Check, tmp_path: Path) -> None:
    """Its own certificate, as a test shop may have: no key is sent there."""
    with HTTPServer(("127.0.0.1", 0), _Elsewhere) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(_own_certificate(tmp_path))
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        done = check(f'url = "https://localhost:{server.server_port}"')
        server.shutdown()
    assert done.returncode == 1
    assert "The certificate of localhost is not to be trusted" in done.stdout


def _own_certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(timezone.utc)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(1))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "certificate.pem"
    path.write_bytes(private + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path


def test_a_store_of_the_shop_s_own_says_what_it_cannot_do_and_what_happens_then(check: Check) -> None:
    running = start_corner_shop(Path())
    done = check(f'platform = "tests.store.own_adapter.store:open_store"\nurl = "{running.url}"', key=TOKEN)
    running.stop()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "  ✓ open a return\n  ✗ open an exchange: a person does it, with everything known\n" in done.stdout
    assert "! The corner shop refunds by hand" in done.stdout
    assert "! There is no webhook secret" in done.stdout
    assert f"at https://WHERE-RAMAH-ANSWERS{EVENTS} " in done.stdout


def test_a_store_of_a_known_platform_says_what_its_adapter_has_to_say(check: Check) -> None:
    shop = EcwidShop(3)
    store = f'platform = "ecwid"\nurl = "{shop.url.split("/api/")[0]}"\n[store.options]\nstore_id = {STORE_ID}'
    good, wrong = check(store, key=ECWID_TOKEN), check(store, key="secret_of-another-app")
    shop.stop()
    assert good.returncode == 0, good.stdout + good.stderr
    assert "  ✗ change an order's items: a person does it" in good.stdout
    assert "! " in good.stdout
    assert wrong.returncode == 1
    assert "The key is refused: " in wrong.stdout


def test_a_store_that_takes_connections_and_says_nothing(check: Check) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        done = check(f'url = "http://127.0.0.1:{silent.getsockname()[1]}"')
    assert done.returncode == 1
    assert "takes connections, but did not answer" in done.stdout


def test_mistakes_in_the_file_are_said_and_nothing_is_tried(check: Check) -> None:
    done = check('platfrom = "medusa"\nurl = "http://shop.example.com"')
    assert done.returncode == 1
    assert "did you mean 'platform'?" in done.stderr
    assert "shop.example.com is a public host" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("ability", list(Ability))
def test_every_ability_has_words(ability: Ability) -> None:
    can, instead = ABILITY_WORDS[ability]
    assert can
    assert instead
