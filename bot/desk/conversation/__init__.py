"""One conversation on an agent's page: its view, notes, labels, search."""
