"""The out-of-scope messages of CLINC150 (Larson et al. 2019), which are not in the repository."""

from __future__ import annotations

from pathlib import Path

from benchmarks.nlu import read_rows

FILE = Path(__file__).parents[3] / "shared" / "clinc" / "dev.tsv"
OUT_OF_SCOPE = "oos"


def clinc_out_of_scope(file: Path = FILE) -> list[str]:
    """None if the file is not there.

    Raises:
        Unreadable: it is there and is not what it should be.
    """
    if not file.exists():
        return []
    rows = read_rows(file)
    return [text for text, intent in zip(rows.utterances, rows.intents, strict=True) if intent == OUT_OF_SCOPE]
