"""The tables of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.markdown import percent, table
from benchmarks.nlu_report.apart import Sums
from benchmarks.nlu_report.clinc import THRESHOLDS, Clinc
from benchmarks.nlu_report.held_back import Judged
from benchmarks.nlu_report.rules import ShopRules
from benchmarks.nlu_report.shares import Shares, by_language, language_shares, most_confused, shares
from benchmarks.nlu_report.shop_model import percentiles

CONFUSED = 15  # pairs that are shown
NO_CLINC = "Not measured: `../shared/clinc/dev.tsv` (a part of CLINC150, which is not in the repository) is not there."
ABOUT_CLINC = """The model as the engine runs it, never trained on CLINC150 (Larson et al. 2019, CC BY 3.0), on
the 21 of its intents that are nearest to a shop's chat, in English. How many messages would start an order job, by the
confidence that would be asked for, and as shipped:"""


def held_back(judged: Sequence[Judged], rules: ShopRules) -> str:
    """A column a language, and all of them."""
    found: dict[str, Shares] = {language: shares(own, rules) for language, own in by_language(judged).items()}
    found["all"] = shares(judged, rules)
    rows = [
        ["examples", *(str(each.examples) for each in found.values())],
        ["accuracy", *(percent(each.accuracy) for each in found.values())],
        ["macro F1", *(f"{each.macro_f1:.3f}" for each in found.values())],
        ["order job right", *(percent(each.job) for each in found.values())],
        ["order job started", *(percent(each.started) for each in found.values())],
        ["order job started wrongly", *(percent(each.started_wrongly) for each in found.values())],
        ["not asked back", *(percent(each.covered) for each in found.values())],
        ["accuracy of these", *(percent(each.accuracy_covered) for each in found.values())],
    ]
    return table(["", *found], rows)


def confused(judged: Sequence[Judged]) -> str:
    rows = [[f"{right} taken for {said}", str(times)] for right, said, times in most_confused(judged, CONFUSED)]
    return table(["", "times"], rows)


def languages(judged: Sequence[Judged]) -> str:
    names = list(by_language(judged))
    found = {name: language_shares(judged, name, names) for name in names}
    rows = [
        ["right", *(percent(each.right) for each in found.values())],
        ["right, of three words or more", *(percent(each.right_of_longer) for each in found.values())],
    ]
    rows += [
        [f"taken for {other}", *(percent(each.taken_for.get(other, float("nan"))) for each in found.values())]
        for other in names
    ]
    return table(["", *names], rows)


def unseen(found: Mapping[str, Sums]) -> str:
    rows = [
        ["messages", *(str(each.messages) for each in found.values())],
        ["right intent", *(percent(each.intent) for each in found.values())],
        ["asked back", *(percent(each.asked_back) for each in found.values())],
        ["order job right, or rightly none", *(percent(each.job) for each in found.values())],
        ["order job started, of those that ask for one", *(percent(each.started) for each in found.values())],
        ["messages out of scope", *(str(each.foreign) for each in found.values())],
        ["order job started on these", *(percent(each.started_on_foreign) for each in found.values())],
        ["language right", *(percent(each.language) for each in found.values())],
    ]
    return table(["", *found], rows)


def clinc(found: Clinc | None) -> str:
    """All about CLINC150, or that it is not there."""
    if found is None:
        return NO_CLINC
    kinds = list(found.counts)
    triggers = [
        [f"{threshold:.1f}", *(percent(found.triggered[kind][place]) for kind in kinds)]
        for place, threshold in enumerate(THRESHOLDS)
    ]
    triggers.append(["as shipped", *(percent(found.triggered_as_shipped[kind]) for kind in kinds)])
    head = ["confidence", *(f"{kind} ({found.counts[kind]})" for kind in kinds)]
    talk = [
        [name, str(count), percent(right), percent(back)]
        for name, (count, right, back) in {**found.small_talk, **found.shared}.items()
    ]
    counted = [entry[0] for entry in found.small_talk.values()]
    right = sum(count * share for count, share, _ in found.small_talk.values()) / sum(counted)
    back = sum(count * share for count, _, share in found.small_talk.values()) / sum(counted)
    talk.append(["all small talk", str(sum(counted)), percent(right), percent(back)])
    about = "Small talk, and what a shop is asked as well; which intents of ours are right is in"
    return "\n\n".join(
        [
            ABOUT_CLINC,
            table(head, triggers),
            f"{about} `benchmarks/nlu_report/clinc.yml`:",
            table(["CLINC150's intent", "messages", "right intent", "asked back"], talk),
        ]
    )


def times(found: Mapping[str, Sequence[float]]) -> str:
    rows = [[name, *(f"{value:.2f}" for value in percentiles(taken))] for name, taken in found.items() if taken]
    return table(["", "p50, ms", "p95, ms"], rows)
