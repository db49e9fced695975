"""The shop's articles: read from Markdown files, shown as pages, searched for the passage that answers a question.

Others use ``library.Library`` (the articles as they are now) and ``articles.Articles`` (the search in them).
"""
