"""A bot's files as its trainers wrote them: examples, responses, stories, each with its file and line.

Read without Rasa, so that what only looks at the files is quick.
"""
