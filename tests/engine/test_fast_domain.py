"""The domain that a model keeps is the same whether it is read our way or Rasa's."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
from pathlib import Path

_COMPARE = """
import json, sys
from pathlib import Path
from bot.engine.before_rasa import prepare
prepare()
from rasa.shared.core.domain import Domain
from bot.engine.fast_domain import domain_in
read = [Domain.from_path(sys.argv[1]), domain_in(Path(sys.argv[1]))]
print(json.dumps([
    [domain.as_dict(), domain.fingerprint(), [repr(slot) for slot in domain.slots], domain.action_names_or_texts]
    for domain in read
]))
"""


def test_the_models_domain_is_the_one_that_rasa_would_read(model: Path, tmp_path: Path) -> None:
    with tarfile.open(model) as packed:
        (kept,) = [name for name in packed.getnames() if name.endswith("/domain.yml")]
        packed.extract(kept, tmp_path)
    command = [sys.executable, "-W", "ignore", "-c", _COMPARE, str((tmp_path / kept).parent)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    by_rasa, ours = json.loads(said.stdout.splitlines()[-1])
    assert ours == by_rasa
    assert "utter_ask_confirmed" in json.dumps(ours)  # it is the bot's, not an empty one
