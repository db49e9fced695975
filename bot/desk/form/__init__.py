"""The bot's form as agents see it, fill it in and hand it back."""
