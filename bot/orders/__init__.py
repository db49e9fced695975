"""The order jobs: rules, preview and performing, once, for the bot's actions and the agents' desk.

No words for people here: codes, amounts and dates only. Every model is frozen; ``model.to_slot()`` gives plain JSON
that may wait in a slot, ``Model.from_slot(data)`` brings it back. ``now`` is always timezone-aware. ``abilities`` is
what ``OrderApi.capabilities()`` answered (``None``: not asked).

The way of a write: ``may_x(order, policy, now, abilities=None) -> Verdict``; ``preview_x(order, …, policy, now)``
(raises ``verdict.Refused``); show it; on yes ``await perform_x(api, preview, policy, now, key=write_key(…)) -> Done``.
Performing re-reads the order first and raises ``verdict.ChangedMeanwhile(order, verdict)`` when the preview is no
longer true; every error of ``bot.store.errors`` may pass through. A repeated ``perform_x`` with the same key gives the
same result and writes nothing more. Previews and results carry ``next_steps`` (see ``next_step``): what happens when.

policy_file    load_policy(path, time_zone) -> Policy: the rules; PolicyError.problems: one sentence a mistake
policy_by_person  by_person(policy) -> Policy: the rules for a person of the shop
verdict        Verdict(allowed, reason, helper: bot|person|nobody, details); Refused, ChangedMeanwhile
reasons        REFUSALS, Review, ADDRESS_ERRORS: every code that needs words
done           Done(order, case, next_steps, refund_differs): what a write left behind
next_step      Step (codes), NextStep(step, earliest, latest)
masked_preview masked_preview(data) -> dict: what records keep of a preview, masked
keys           write_key(conversation_id, turn_id, job) -> str

order_number   number_candidates(text, policy) -> list[str]: "order no. 1047" as a store may write it; number_core(text)
proof_text     read_proof(text, policy) -> list[Proof]: is it an email, a phone number, a postcode (empty: none of them)
attempts       Attempts.in_state_dir(path, pepper): counts wrong proofs, across processes
proof          prove_guest(api, attempts, policy, asker=Asker(conversation_id, client_ref), number=…, proof=…, now=…)
               prove_customer(api, policy, customer_id=…, number=…)
               -> ProofResult(outcome: proved|not_found|rate_limited, order, retry_after in seconds)

track          track(order, policy, now) -> Tracking: state, days late, next steps, shipments, what is still unshipped
track_state    track_state(order), late_days(order, policy, now)
list_orders    list_orders(api, customer_id, policy, now) -> list[OrderSummary]; summarise(orders, policy, now)
refund_status  refund_status(order, policy, now) -> RefundStatus: each refund, when it is expected, whether overdue

address        may_change_address, preview_address_change(order, address, policy, now), perform_address_change
address_check  check_address(address, policy) -> AddressCheck(address normalised, errors {field: code})
address_form   form_fields(country, policy) -> list[AddressField]; format_lines(address); countries_of(policy)
address_talk   AddressTalk(...).after_lead(text), .without_end(text): an address without what is said around it;
address_text   parse_address(text, policy, base) -> AddressGuess(address, found fields);
               merge_address(old, {field: value}, policy) -> Address: one piece changed
cancel         may_cancel, preview_cancel(order, reason, policy, now), perform_cancel; reasons: policy.cancel.reasons
returnable     returnable_items(order, policy, now, reason="") -> list[ReturnableItem]: pieces, until when, why not
returns        may_return, condition_questions, preview_return(order, ReturnRequest, policy, now, products=…),
               perform_return: outcome approved | review | replaced (nothing to send back)
exchange       exchange_choices(product, line, quantity) -> list[ExchangeChoice]
wrong_item     may_report_problem, problem_items, preview_problem, perform_problem: wrong, damaged, missing
lost_parcel    look_for_parcel(order, policy, now) -> ParcelFinding; preview_lost(order, wish, …), perform_lost

product_words  product_words(path) -> ProductWords: data/products.yml, what shoppers call the products
product_names  named(text, goods, words) -> the products, or lines of orders, that a text names
past_orders    orders_meant(text, orders, words, policy, days=…) -> list[PastOrder]: "the shoes I bought last month"
options_asked  options_asked(text, product, words) -> Asked: sizes and colours; in_stock, size_beside, variants_like
habits         habits_of(orders, words, sized) -> Habits; last_size(orders, product, words)
recommend      recommend(products, wish, habits, rules, words) -> list[Suggestion]: at most three, with reasons

snapshot       snapshot_of(order, now, masked=True) -> dict, for a handoff; differences(then, order) -> list[Difference]
mask           mask_email, mask_phone, mask_name, mask_address, mask_text
"""
