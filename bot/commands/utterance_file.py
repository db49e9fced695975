"""The files that `ramah parse` reads and writes: tab-separated, with a header, without quoting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.processes.trouble import Trouble

UTTERANCE = "utterance"
_COMMENT = "# "
_ESCAPES = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r"})


def utterances_in(file: Path) -> list[str]:
    """The column ``utterance``, one entry for each line after the header that is not wholly empty.

    Lines before the header that begin with "# " are comments. After the header none is: "#1047 where is it" is
    something that shoppers write.

    Raises:
        Trouble: the file cannot be read, has no header with that column, or has nothing after it.
    """
    lines = _lines(file)
    start = next((number for number, line in enumerate(lines) if not _is_comment(line)), None)
    if start is None:
        raise Trouble(f"{file} is empty: a header with a column {UTTERANCE} is needed, and a line for each message.")
    header = [name.strip().lower() for name in lines[start].split("\t")]
    if UTTERANCE not in header:
        named = ", ".join(header)
        raise Trouble(f"{file} has no column {UTTERANCE}: line {start + 1} is the header and names {named}.")
    column = header.index(UTTERANCE)
    rows = [line.split("\t") for line in lines[start + 1 :] if line]
    if not rows:
        raise Trouble(f"{file} has a header and nothing after it: write a line for each message.")
    return [row[column].strip() if column < len(row) else "" for row in rows]


def as_lines(rows: Iterable[Sequence[str]]) -> str:
    """Rows of cells as text; tabs and line breaks inside a cell are written as \\t, \\n and \\r."""
    return "".join("\t".join(cell.translate(_ESCAPES) for cell in row) + "\n" for row in rows)


def _lines(file: Path) -> list[str]:
    """Only line feeds part lines: other signs of that kind may stand in a message."""
    if file.is_dir():
        raise Trouble(f"{file} is a folder; a file with a column {UTTERANCE} is needed.")
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise Trouble(f"There is no file {file}.") from error
    except UnicodeDecodeError as error:
        raise Trouble(f"{file} is not UTF-8 text: save it as UTF-8.") from error
    return [line.removesuffix("\r") for line in text.split("\n")]


def _is_comment(line: str) -> bool:
    return not line.strip() or line.startswith(_COMMENT) or line.strip() == _COMMENT.strip()
