"""Descriptions come as HTML; people in a chat read text."""

from __future__ import annotations

from html.parser import HTMLParser

UNREAD = frozenset({"script", "style"})


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._unread += tag in UNREAD
        self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._unread = max(0, self._unread - (tag in UNREAD))
        self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.words.append(data)


def plain_text(html: str) -> str:
    """The words of some HTML, one blank between them."""
    words = _Words()
    words.feed(html)
    words.close()
    return " ".join("".join(words.words).split())
