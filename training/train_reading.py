"""Train what the reader adds to the evidence: whether hits that were read answer.

    panelbot add --index INDEX TRANSCRIPTS…
    python training/train_reading.py NAME=INDEX:QUESTIONS.jsonl… [--plain] > ENTRY.json

Of the questions about everybody that have an answer, or are near ones that nobody answered (``not_discussed``), the
log-odds of the evidence model and of the reader's best sentence are weighed, each source and each of the two kinds
alike in weight. Printed, on stderr, by a model of the other sources: of each source how well the two kinds are told
apart (the area), and how many of either are answered beyond doubt. Then the entry ``read`` of
src/panelbot/evidence/model.json, from all of them. ``--plain`` leaves the reader out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from regression import coefficients, source_of
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from panelbot import PanelBot, load_settings
from panelbot.evaluation.gold import load_questions
from panelbot.evidence.decide import LIKELY, N_READ, SHARE, by_thread, is_read, judge, most_stated, reading
from panelbot.evidence.features import read_hits
from panelbot.evidence.open_questions import find_open_question
from panelbot.rerank import load_reader
from panelbot.retrieve.rerank import read_first

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question that was read."""

    source: str
    features: dict[str, float]
    answerable: bool


def collect(name: str, index: str, questions: Path) -> Iterator[Case]:
    """The cases of one source: those that reach the reader."""
    settings = load_settings()
    bot, reader = PanelBot.open(index, settings=settings), load_reader(settings)
    if reader is None:
        raise SystemExit("The built-in reader does not run here.")
    for gold in load_questions([questions], bot.transcripts()):
        question, search, texts = bot._prepare(
            bot._library.index(), gold.query, None, [gold.transcript_id], None, gold.history
        )
        if question.fault or not is_read(question) or not (gold.answerable or gold.status == "not_discussed"):
            continue
        found = search(question)
        if not found.hits:
            continue
        read_hits(found, texts, search.matcher)
        own, asked = (
            judge(question, found, texts, search.matcher),
            find_open_question(question, found.hits, texts, search.matcher),
        )
        stated = most_stated(found, texts, search.matcher, asked) if asked is not None else 0.0
        if by_thread(question, asked, own, stated, found, texts) is not None:
            continue
        read, _ = read_first(question, found.hits, texts, reader, n=N_READ, share=SHARE)
        yield Case(source=name, features=reading(own, read), answerable=gold.answerable)


def learn(cases: Sequence[Case]) -> tuple[LogisticRegression, Floats, Floats]:
    """The regression over standardised features, their means and their scales."""
    x, yes = table(cases), np.array([case.answerable for case in cases])
    mean, scale = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-3)
    kinds = [(case.source, case.answerable) for case in cases]
    weights = np.array([len(cases) / (len(set(kinds)) * kinds.count(kind)) for kind in kinds])
    return LogisticRegression().fit((x - mean) / scale, yes, sample_weight=weights), mean, scale


def chances(learned: tuple[LogisticRegression, Floats, Floats], cases: Sequence[Case]) -> Floats:
    """The probability of each case, (n_cases,)."""
    model, mean, scale = learned
    return model.predict_proba((table(cases) - mean) / scale)[:, 1]


def table(cases: Sequence[Case]) -> Floats:
    """The features, (n_cases, n_features)."""
    return np.array([list(case.features.values()) for case in cases])


def report(cases: Sequence[Case]) -> None:
    """What a model that has not seen a source does there."""
    for source in dict.fromkeys(case.source for case in cases):
        own = [case for case in cases if case.source == source]
        learned = learn([case for case in cases if case.source != source])
        found, yes = chances(learned, own), np.array([case.answerable for case in own])
        area = roc_auc_score(yes, found)
        parts = [
            f"{kind}: {(chance >= LIKELY).sum()} sure of {len(chance)}"
            for kind, chance in (("with an answer", found[yes]), ("without", found[~yes]))
        ]
        print(f"{source}: area {area:.3f}; {'; '.join(parts)}", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", metavar="NAME=INDEX:QUESTIONS")
    parser.add_argument("--plain", action="store_true")
    args = parser.parse_args()
    cases = [case for source in args.sources for case in collect(*source_of(source))]
    if args.plain:
        cases = [Case(source=c.source, features={"plain": c.features["plain"]}, answerable=c.answerable) for c in cases]
    report(cases)
    learned = learn(cases)
    model, mean, scale = learned
    print(json.dumps(coefficients(model, list(cases[0].features), mean, scale, LIKELY), indent=1))


if __name__ == "__main__":
    main()
