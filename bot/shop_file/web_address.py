"""Addresses that keys are sent to: https, but for what never leaves the shop's own network."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

_OWN_NETWORK = (".local", ".internal", ".lan", ".localhost", ".home.arpa")


def wrong_address(url: str) -> str:
    """What is wrong with it, as the end of a sentence; empty if nothing is."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "is no web address."
    if parts.scheme not in {"http", "https"} or not host:
        return 'must be a whole web address, like "https://shop.example".'
    if parts.username or parts.password:
        return "must hold no user and no password: they belong into the environment."
    if parts.query or parts.fragment:
        return "must end before ? and #."
    if parts.scheme == "http" and not _is_own(host):
        return f"is http, and {host} is a public host: all on the way could read the key and the orders; use https."
    return ""


def _is_own(host: str) -> bool:
    """This machine, a private network, or a name that only a local network knows (a container's)."""
    try:
        address = ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(_OWN_NETWORK)
    return address.is_private or address.is_loopback
