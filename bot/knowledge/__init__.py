"""The shop's articles: read from Markdown files, searched, shown as passages.

``Articles(folder, facts)`` is all that others use: ``search`` for the one answer to a question, ``matches`` for a list,
``get`` and ``all`` for pages. An edited file counts from the next call on.
"""
