"""Which messages a table of utterances holds, and what is said of one that holds none."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.utterance_file import as_lines, utterances_in
from bot.processes.trouble import Trouble


def _file(folder: Path, text: str) -> Path:
    path = folder / "said.tsv"
    path.write_bytes(text.encode())
    return path


def test_a_message_may_begin_with_a_hash_or_hold_quotes(tmp_path: Path) -> None:
    text = '# shop chats\n\nid\tutterance\tintent\n1\t#1047 where is it\tx\n# 2\t"so" where\ty\n'
    assert utterances_in(_file(tmp_path, text)) == ["#1047 where is it", '"so" where']


def test_a_message_in_the_first_column_may_look_like_a_comment(tmp_path: Path) -> None:
    assert utterances_in(_file(tmp_path, "utterance\n# 1047\n#1047\n")) == ["# 1047", "#1047"]


def test_windows_line_ends_and_a_byte_order_mark_are_no_part_of_a_message(tmp_path: Path) -> None:
    assert utterances_in(_file(tmp_path, "\ufeffutterance\r\nhello\r\nhi there\r\n")) == ["hello", "hi there"]


def test_only_line_feeds_part_messages(tmp_path: Path) -> None:
    assert utterances_in(_file(tmp_path, "utterance\none\u2028two\x0bthree\n")) == ["one\u2028two\x0bthree"]


def test_a_line_without_a_message_keeps_its_place_and_an_empty_line_has_none(tmp_path: Path) -> None:
    assert utterances_in(_file(tmp_path, "id\tutterance\n1\t\n2\n\n3\thello")) == ["", "", "hello"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        ("# nothing but this\n", "is empty"),
        ("text\tintent\nhello\tgreet\n", "has no column utterance: line 1 is the header and names text, intent"),
        ("utterance\n", "has a header and nothing after it"),
    ],
)
def test_a_file_without_messages_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(Trouble, match=sentence):
        utterances_in(_file(tmp_path, text))


def test_what_is_not_text_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "said.tsv").write_bytes(b"utterance\n\xff\xfe\n")
    with pytest.raises(Trouble, match="is not UTF-8 text"):
        utterances_in(tmp_path / "said.tsv")
    with pytest.raises(Trouble, match="There is no file"):
        utterances_in(tmp_path / "nothing.tsv")
    with pytest.raises(Trouble, match="is a folder"):
        utterances_in(tmp_path)


def test_tabs_and_line_breaks_in_a_cell_are_escaped() -> None:
    assert as_lines([("a\tb", "c\nd\r"), ("e", "")]) == "a\\tb\tc\\nd\\r\ne\t\n"
