"""The desk's API: what agents' pages ask of the gateway."""
