"""The adapter for Ecwid's REST API v3 (https://docs.ecwid.com/api-reference)."""
