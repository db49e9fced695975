"""The order jobs as agents do them: by the functions of ``bot.orders`` that the bot's own actions call.

One file a job; ``job`` says what each offers, ``all_jobs`` lists them.
"""
