"""The model is trained if, and only if, its inputs changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.processes.trouble import Trouble
from bot.training import fingerprint, model_path, train_if_changed

CONFIG = """
recipe: default.v1
assistant_id: test
language: en
pipeline: [{name: WhitespaceTokenizer}, {name: CountVectorsFeaturizer}, {name: LogisticRegressionClassifier}]
policies: [{name: RulePolicy}]
"""
DOMAIN = """
version: "3.1"
intents: [greet, bye]
responses: {utter_hi: [{text: hi}]}
session_config: {session_expiration_time: 0, carry_over_slots_to_new_session: true}
"""
NLU = """
version: "3.1"
nlu:
- {intent: greet, examples: "- hi\\n- hello\\n"}
- {intent: bye, examples: "- bye\\n- see you\\n"}
"""
RULES = """
version: "3.1"
rules:
- {rule: greet, steps: [{intent: greet}, {action: utter_hi}]}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The smallest bot that Rasa can train."""
    files = {"config.yml": CONFIG, "domain.yml": DOMAIN, "data/nlu/a.yml": NLU, "data/stories/a.yml": RULES}
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_a_changed_example_makes_another_fingerprint(project: Path) -> None:
    before = fingerprint(project)
    (project / "data/nlu/a.yml").write_text(NLU.replace("hello", "hallo"))
    assert fingerprint(project) != before


def test_a_changed_lexicon_makes_another_fingerprint(project: Path) -> None:
    before = fingerprint(project)
    (project / "data/lexicons").mkdir()
    (project / "data/lexicons/concepts.yml").write_text("order: [order, pesanan]")
    assert fingerprint(project) != before


def test_the_shops_rules_and_words_need_no_training(project: Path) -> None:
    before = fingerprint(project)
    (project / "data/policy.yml").write_text("returns: {}")
    assert fingerprint(project) == before


def test_a_trainer_trains_once_and_not_again(project: Path) -> None:
    stages: list[str] = []
    model = train_if_changed(project, project / "training.log", stages.append)
    assert model == model_path(project)
    assert "RulePolicy" in stages
    made_at = model.stat().st_size, model.stat().st_ino
    stages.clear()
    assert train_if_changed(project, project / "training.log", stages.append) == model
    assert stages == []
    assert (model.stat().st_size, model.stat().st_ino) == made_at


def test_a_failed_training_says_why_and_leaves_no_model(project: Path) -> None:
    (project / "domain.yml").write_text("intents: [greet\n")
    with pytest.raises(Trouble, match=r"Training failed: .*training\.log"):
        train_if_changed(project, project / "training.log", lambda _: None)
    assert not list(project.glob("models/*.tar.gz"))
