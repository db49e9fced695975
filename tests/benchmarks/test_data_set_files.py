"""What `python -m benchmarks.nlu` makes of the files people give it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import nlu
from benchmarks.nlu import Unreadable, read_rows


def _file(folder: Path, content: str | bytes) -> Path:
    path = folder / "set.tsv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_columns_are_found_by_their_names_in_any_order(tmp_path: Path) -> None:
    rows = read_rows(_file(tmp_path, "id\tIntent\tUtterance\n1\tgreet\thi there\n2\tbye\tsee you\n"))
    assert (rows.utterances, rows.intents) == (["hi there", "see you"], ["greet", "bye"])


def test_a_file_from_windows_reads_like_any_other(tmp_path: Path) -> None:
    rows = read_rows(_file(tmp_path, b"\xef\xbb\xbfutterance\tintent\r\nhi\tgreet\r\n\r\nbye\tbye\r\n"))
    assert (rows.utterances, rows.intents) == (["hi", "bye"], ["greet", "bye"])


def test_quotes_and_hashes_belong_to_the_message(tmp_path: Path) -> None:
    rows = read_rows(_file(tmp_path, 'utterance\tintent\n"where" is #1047?\ttrack\n"\tother\n#2 where\ttrack\n'))
    assert rows.utterances == ['"where" is #1047?', '"', "#2 where"]


def test_a_line_separator_inside_a_message_does_not_part_it(tmp_path: Path) -> None:
    rows = read_rows(_file(tmp_path, "utterance\tintent\nfirst\u2028second\x0bthird\tgreet\n"))
    assert rows.utterances == ["first\u2028second\x0bthird"]


def test_an_empty_message_is_a_message(tmp_path: Path) -> None:
    assert read_rows(_file(tmp_path, "utterance\tintent\n\tgreet\n")).utterances == [""]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no header"),
        ("text\tlabel\nhi\tgreet\n", "no header with the columns utterance and intent"),
        ("utterance\tintent\n", "no rows"),
        ("utterance\tintent\nhi\tgreet\nhello\n", "line 3: a column is missing"),
        ("utterance\tintent\nhi\t \n", "line 2: a column is missing"),
        (b"utterance\tintent\n\xff\xfe\tgreet\n", "cannot be read"),
    ],
)
def test_a_file_that_is_something_else_is_named_with_what_is_wrong(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    path = _file(tmp_path, content)
    with pytest.raises(Unreadable, match=said) as caught:
        read_rows(path)
    assert str(path) in str(caught.value)


def test_a_missing_file_ends_the_command_with_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "none.tsv"
    monkeypatch.setattr(sys, "argv", ["nlu", "--train", str(missing), "--test", str(missing)])
    assert nlu.main() == 1
    said = capsys.readouterr().err
    assert str(missing) in said
    assert "Traceback" not in said
