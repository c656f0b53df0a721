"""Train what tells that others spoke of a matter and the one asked about did not.

    panelbot add --index INDEX TRANSCRIPTS…
    python training/train_speakers.py NAME=INDEX:QUESTIONS.jsonl… [--check NAME…] [--by-transcript NAME…]

Of the questions that name a speaker and have an answer, or the status ``not_by_speaker``, two searches are compared:
among that speaker's turns, and among everybody's. Printed, by source: of how many of either kind it is told that
others spoke of it instead, by a model that has not seen the source; of a source named by ``--by-transcript`` each
transcript is one. Then the entry ``others`` of src/panelbot/evidence/model.json, from all sources but those of
``--check``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from regression import coefficients, source_of
from sklearn.linear_model import LogisticRegression

from panelbot import PanelBot, load_settings
from panelbot.evaluation.gold import load_questions
from panelbot.evidence.decide import BY_OTHERS, compare, judge, n_before, of_others
from panelbot.evidence.features import read_hits

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question about one speaker, from the transcript ``part`` of ``source``; whether only others spoke of it."""

    source: str
    part: str
    features: dict[str, float]
    others: bool


def collect(name: str, index: str, questions: Path) -> Iterator[Case]:
    """The cases of one source."""
    bot = PanelBot.open(index, settings=load_settings())
    for asked in load_questions([questions], bot.transcripts()):
        question, search, texts = bot._prepare(
            bot._library.index(), asked.query, None, [asked.transcript_id], None, asked.history
        )
        others = asked.status == "not_by_speaker"
        if question.fault or not question.speakers or not (asked.answerable or others):
            continue
        found, whole = search(question), search(replace(question, speakers=()))
        read_hits(found, texts, search.matcher)
        mine = judge(question, found, texts, search.matcher)
        everybody = replace(question, speakers=())
        theirs = judge(everybody, of_others(question, whole), texts, search.matcher, among_others=True)
        features = compare(mine, theirs, n_before(question, whole))
        yield Case(source=name, part=asked.transcript_id, features=features, others=others)


def learn(cases: Sequence[Case]) -> tuple[LogisticRegression, Floats, Floats]:
    """The regression over standardised features, their means and their scales."""
    x = table(cases)
    mean, scale = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-3)
    return LogisticRegression().fit((x - mean) / scale, [case.others for case in cases]), mean, scale


def table(cases: Sequence[Case]) -> Floats:
    """The features, (n_cases, n_features)."""
    return np.array([list(case.features.values()) for case in cases])


def report(cases: Sequence[Case], seen: Sequence[Case], apart: Sequence[str]) -> None:
    """How many of each source are told, by what has not seen it."""
    for source in dict.fromkeys(case.source for case in cases):
        own = [case for case in cases if case.source == source]
        parts = sorted({case.part for case in own}) if source in apart else [""]
        told = {True: 0, False: 0}
        for part in parts:
            left = [case for case in own if part in ("", case.part)]
            model, mean, scale = learn([c for c in seen if c.source != source or part not in ("", c.part)])
            for case, chance in zip(left, model.predict_proba((table(left) - mean) / scale)[:, 1], strict=True):
                told[case.others] += bool(chance >= BY_OTHERS)
        n = sum(case.others for case in own)
        print(f"{source}: told {told[True]} of {n}, falsely {told[False]} of {len(own) - n}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", metavar="NAME=INDEX:QUESTIONS")
    parser.add_argument("--check", nargs="*", default=[])
    parser.add_argument("--by-transcript", nargs="*", default=[])
    args = parser.parse_args()
    cases = [case for source in args.sources for case in collect(*source_of(source))]
    seen = [case for case in cases if case.source not in args.check]
    report(cases, seen, args.by_transcript)
    model, mean, scale = learn(seen)
    print(json.dumps(coefficients(model, list(seen[0].features), mean, scale, BY_OTHERS), indent=1))


if __name__ == "__main__":
    main()
