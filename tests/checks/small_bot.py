"""A small bot in three languages with no mistake in it, for a test to put one in."""

from __future__ import annotations

import shutil
from itertools import product
from pathlib import Path

PROJECT = Path(__file__).parents[2]
LANGUAGES = ("en", "id", "ms")

CONFIG = """
recipe: default.v1
assistant_id: small
language: en
pipeline:
- name: bot.nlu.language.DetectLanguage
- name: bot.nlu.normalising.NormaliseText
- name: bot.nlu.entities.OrderEntities
- name: bot.nlu.intents.IntentClassifier
- name: FallbackClassifier
  threshold: 0.6
  ambiguity_threshold: 0.05
policies:
- name: RulePolicy
- name: MemoizationPolicy
"""

DOMAIN = """
version: "3.1"
intents:
- greet
- track_order
- delivery_cost
slots:
  language: {type: text, initial_value: en, influence_conversation: false, mappings: [{type: custom}]}
  order_number: {type: any, mappings: [{type: custom}]}
forms:
  track_form: {required_slots: [order_number]}
entities: [order_number]
actions: [action_begin_job, action_track_order, action_answer_question, action_not_understood]
session_config: {session_expiration_time: 0, carry_over_slots_to_new_session: true}
"""

RULES = """
version: "3.1"
rules:
- rule: greet
  steps:
  - intent: greet
  - action: utter_greet
- rule: track, with questions
  steps:
  - intent: track_order
  - action: action_begin_job
  - action: track_form
  - active_loop: track_form
- rule: track, all known
  steps:
  - intent: track_order
  - action: action_begin_job
  - action: track_form
  - active_loop: null
  - action: action_track_order
- rule: about delivery
  steps:
  - intent: delivery_cost
  - action: action_answer_question
- rule: not understood
  steps:
  - intent: nlu_fallback
  - action: action_not_understood
"""

RESPONSES = """
version: "3.1"
responses:
  utter_greet:
  - text: "Hello from {shop}!"
  - text: "Halo dari {shop}!"
    condition: [{type: slot, name: language, value: id}]
  - text: "Hai daripada {shop}!"
    condition: [{type: slot, name: language, value: ms}]
"""

WORDS = """
buttons:
  person: "{person}"
  request: {{track_order: "{track}", delivery_cost: "{cost}"}}
late: "{{days}} {day}"
"""

ARTICLE = """---
title: {title}
language: {language}
intents: [delivery_cost]
questions:
- {title}?
---
{title}: 8.
"""

# Beginnings and ends; every pair of them is an example.
SAID = {
    ("greet", "en"): ("hello hi hey greetings howdy", "there|everyone|good morning|good evening"),
    ("greet", "id"): ("halo hai permisi selamat assalamualaikum", "kak|min|semuanya|gan"),
    ("greet", "ms"): ("helo hai salam apa-khabar selamat", "tuan|cik|awak|puan"),
    ("track_order", "en"): ("where's track find check locate", "my order|my parcel|the package i bought|order 1047"),
    ("track_order", "id"): ("mana lacak cari cek kapan-sampai", "pesananku|paket saya|barang yang kubeli|kiriman 1047"),
    ("track_order", "ms"): (
        "mana jejak cari semak bila-sampai",
        "pesanan saya|bungkusan|barang dibeli|parcel 1047",
    ),
    ("delivery_cost", "en"): ("cost price fee charge how-much", "for shipping|of delivery|to post it|for the courier"),
    ("delivery_cost", "id"): ("biaya harga tarif berapa ongkos", "kirim ke medan|ongkirnya|pengiriman|kurirnya"),
    ("delivery_cost", "ms"): ("kos caj berapa harga bayaran", "penghantaran|pos laju|hantar ke sabah|kurier"),
}


def build(folder: Path) -> Path:
    """Write the bot into ``folder``."""
    write(folder, "config.yml", CONFIG)
    write(folder, "domain.yml", DOMAIN)
    write(folder, "data/stories/all.yml", RULES)
    write(folder, "data/responses/all.yml", RESPONSES)
    write(folder, "data/nlu/all.yml", nlu())
    for language, person, track, cost, day in (
        ("en", "A person", "Track", "Costs", "days"),
        ("id", "Orang", "Lacak", "Biaya", "hari"),
        ("ms", "Manusia", "Jejak", "Kos", "hari"),
    ):
        write(folder, f"data/words/{language}.yml", WORDS.format(person=person, track=track, cost=cost, day=day))
        write(folder, f"data/lexicons/{language}.yml", "short_forms:\n  tq: thanks\n  pls: please\nwords: [parcel]\n")
        article = ARTICLE.format(
            title={"en": "Delivery costs", "id": "Ongkir", "ms": "Kos pos"}[language], language=language
        )
        write(folder, f"data/articles/{language}/delivery-cost.md", article)
    write(folder, "data/lexicons/concepts.yml", "me: [i, saya]\nyou: [you, kamu]\n")
    shutil.copy(PROJECT / "data/policy.yml", folder / "data/policy.yml")
    return folder


def nlu() -> str:
    """The file of examples: twenty an intent and language."""
    lines = ['version: "3.1"', "nlu:"]
    for (intent, language), (beginnings, ends) in SAID.items():
        lines += [f"- intent: {intent}", f"  metadata: {{language: {language}}}", "  examples: |"]
        pairs = product(beginnings.split(), ends.split("|"))
        lines += [f"    - {beginning.replace('-', ' ')} {end}" for beginning, end in pairs]
    return "\n".join(lines) + "\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.lstrip("\n"), "utf-8")
    return path


def change(folder: Path, name: str, old: str, new: str) -> int:
    """Replace the only ``old``; the line on which it stood, from 1."""
    path = folder / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1
