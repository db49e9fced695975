"""``ramah.toml``, the shop's one file: read and checked, each mistake a sentence. docs/configuration.md"""
