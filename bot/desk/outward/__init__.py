"""What leaves the house: the context record, webhook, mail, and the question how it was."""
