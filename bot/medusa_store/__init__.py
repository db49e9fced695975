"""A real Medusa 2.18.0 with the demo shop's products and orders, on this machine, for the demo and for tests.

Nothing of Ramah runs in it: the product reaches it through ``bot.store.medusa`` as it reaches any shop's own Medusa.
"""
