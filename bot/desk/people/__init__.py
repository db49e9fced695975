"""Who works at the desk: accounts, sessions, presence, and what they looked at."""
