"""The shop's own store: a small HTTP server that knows nothing of Ramah and keeps no keys of writes."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "corner-token"
Json = dict[str, Any]


class CornerShop:
    """Orders and products in memory; ``url`` answers until ``stop``."""

    def __init__(self, orders: list[Json], products: list[Json]) -> None:
        self.orders = {order["id"]: order for order in orders}
        self.products = products
        self.lock = Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, path: str, query: Json, body: Json) -> tuple[int, Any]:
        parts = [unquote(part) for part in path.strip("/").split("/")]
        if parts == ["orders"]:  # loose, as searches are: whatever begins with it
            return 200, [order for order in self.orders.values() if order["number"].startswith(query.get("number", ""))]
        if parts == ["products"]:
            start = int(query.get("offset", 0))
            words = query.get("words", "").lower().split()
            found = [each for each in self.products if all(word in each["title"].lower() for word in words)]
            return 200, found[start : start + int(query.get("limit", 20))]
        if parts[0] == "products":
            product = next((each for each in self.products if each["id"] == parts[1]), None)
            return (200, product) if product else (404, {"error": "unknown"})
        order = self.orders.get(parts[1]) if parts[0] == "orders" and len(parts) > 1 else None
        if order is None:
            return 404, {"error": "unknown"}
        return 200 if method == "GET" else self._change(order, parts[2:], body), order

    def _change(self, order: Json, what: list[str], body: Json) -> int:
        return {"address": _address, "cancel": _cancel, "returns": _return}[what[0]](order, body)


class _Refused(Exception):
    pass


def _address(order: Json, body: Json) -> int:
    if order["status"] in {"sent", "arrived"}:
        raise _Refused("sent")
    order["address"] = body["address"]
    return _noted(order, "address", body)


def _cancel(order: Json, body: Json) -> int:
    if order["status"] != "paid":
        raise _Refused(order["status"])
    order["status"] = "cancelled"
    return _noted(order, "cancel", body)


def _return(order: Json, body: Json) -> int:
    for item in body["items"]:
        line = next((line for line in order["lines"] if line["id"] == item["line"]), None)
        if line is None:
            raise _Refused("line")
        back = sum(each["pieces"] for one in order["returns"] for each in one["items"] if each["line"] == line["id"])
        if back + item["pieces"] > line["pieces"]:
            raise _Refused("pieces")
    if order["status"] not in {"sent", "arrived"}:
        raise _Refused("not_sent")
    entry = {"id": f"R{order['id']}-{len(order['returns']) + 1}", "at": _now(), **body}
    order["returns"].append(entry)
    return 200


def _noted(order: Json, what: str, body: Json) -> int:
    order["history"].append({"what": what, "reference": body["reference"]})
    return 200


def _now() -> str:
    return datetime.now(timezone.utc).isoformat()


def _handler(shop: CornerShop) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._respond()

        do_POST = do_GET

        def _respond(self) -> None:
            text = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            address = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(address.query).items()}
            if self.headers["Authorization"] != f"Token {TOKEN}":
                self._send(401, {"error": "token"})
                return
            try:
                with shop.lock:
                    self._send(*shop.answer(self.command, address.path, query, json.loads(text or "{}")))
            except _Refused as refused:
                self._send(409, {"error": str(refused)})

        def _send(self, status: int, body: Any) -> None:
            content = json.dumps(body).encode()
            self.send_response_only(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
