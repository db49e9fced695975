"""Canned replies, and which one to suggest."""
