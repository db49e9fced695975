"""Orders beside a conversation: then and now, what was tried, and the order jobs."""
