"""``python -m benchmarks.nlu_report``: how well the shop's own model understands, written as docs/nlu-benchmarks.md."""
