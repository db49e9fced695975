"""A shop that built its own store, and the adapter that it writes: the example of docs/stores/write-an-adapter.md."""
