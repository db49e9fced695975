"""Medusa 2 (Admin API), written and tested against a running 2.18.0."""
