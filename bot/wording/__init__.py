"""How the order jobs are told to people: words, numbers, sentences and cards, from data, in their language.

``bot.desk`` speaks through this room. It reads the same files as the bot's own actions, so that shoppers read the same
whoever does the job.
"""
