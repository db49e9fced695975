"""The shop's rules when a person of the shop does the job: what the file leaves to a person, this person may."""

from __future__ import annotations

from bot.orders.policy import Policy
from bot.orders.verdict import Helper


def by_person(policy: Policy) -> Policy:
    """The same rules, with every "person" that refuses a job to the bot turned into a yes.

    What no platform can undo stays refused (a parcel that has left), and so does what the file leaves to nobody.
    Sums above ``automatic_up_to`` and a condition that isn't met still become a case to look at: who talks to the
    shopper is not who checks the goods.
    """
    cancel, address, returns = policy.cancel, policy.address_change, policy.returns
    return policy.copy(
        update={
            "cancel": cancel.copy(
                update={
                    "states": [*cancel.states, *cancel.person_states],
                    "person_states": [],
                    "after_items_changed": True,
                }
            ),
            "address_change": address.copy(update={"another_country": _decided(address.another_country)}),
            "returns": returns.copy(
                update={
                    "without_delivery_date": _decided(returns.without_delivery_date),
                    "out_of_time": _decided(returns.out_of_time),
                }
            ),
        }
    )


def _decided(helper: Helper) -> Helper:
    return Helper.bot if helper is Helper.person else helper
