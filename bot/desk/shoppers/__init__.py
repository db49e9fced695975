"""Who the shopper is, and what they did before."""
