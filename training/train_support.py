"""Train what tells a sentence whose words a quote carries from one that only comes close to it.

    python training/train_support.py measure articles XQUAD ROWS.jsonl [N]
    python training/train_support.py measure meetings QUESTIONS.jsonl ROWS.jsonl [N]
    python training/train_support.py fit ROWS.jsonl… > SUPPORT.json

`measure` makes sentences and what they cite, and writes the features of each pair. Of N sentences of each article of
XQUAD, in both languages:

- true: the sentence beside itself, beside its translation, beside its translation and the sentences around that, and
  without one of its clauses;
- false: beside the two sentences most like it in either language and beside the neighbours of the first, with one word
  put in place of another, with a clause of the sentence most like it behind it; and the article's questions, as far as
  they are words somebody may repeat, beside the sentence most like each that does not answer it.

Of N questions to meetings, the first sentence of the answer people wrote, beside the turns marked as its evidence
(true) and beside the turn most like it of a dozen others (false). `fit` prints the logistic regressions of
src/panelbot/answer/support.json, and on stderr what of each kind passes in articles and meetings they were not trained
on (5 folds): by the model alone, and by the proof without and with it.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from regression import coefficients, with_signs

from panelbot.answer.verify.attribution import said_words
from panelbot.answer.verify.support import comes_close, overlap
from panelbot.answer.verify.word_grounding import features
from panelbot.config import load_settings
from panelbot.embedding import RememberingEmbedder, load_embedder, token_embedder
from panelbot.text import content_words, detect_language

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from measure_proof import LEAST, articles_by_name, read_turns, summaries

Case = tuple[str, bool, str, str, str]  # where it is from, whether it is true, its kind, the sentence, what it cites
LONG_WORD = {"zh": 2, "en": 5}
N_TURNS = 12  # turns of a meeting that the one most like a sentence is looked for among
MAX_QUOTE = 1500
OWN_WORDS = ("summary", "translation")  # true in words that are not the quote's
KEPT = {"zh": 0.85, "en": 0.75, "crosslingual": 0.80}  # so many of these have to pass
# What may only speak for a sentence, and what only against it; how many words it has, for either.
SIGNS = {"uncarried_share": -1, "gap": -1, "copied_gap": -1, "patched": -1, "n_words": 0}


class Maker:
    """Makes true and false sentences; ``draw`` decides which."""

    def __init__(self) -> None:
        self.embedder = RememberingEmbedder(load_embedder(load_settings()))
        self.draw = random.Random(1)

    def nearest(self, sentence: str, texts: Sequence[str]) -> list[int]:
        """The places of ``texts``, most like ``sentence`` first."""
        return [
            int(i)
            for i in np.argsort(-(self.embedder.encode_passages(texts) @ self.embedder.encode_queries([sentence])[0]))
        ]

    def articles(self, folder: Path, n: int) -> Iterator[Case]:
        """Cases of sentences that stand in both languages, then of the questions."""
        articles = {file.stem: read_turns(file) for file in sorted((folder / "transcripts").glob("*.json"))}
        for name, pair in articles_by_name(articles):
            long = [
                i
                for i, both in enumerate(zip(*pair, strict=True))
                if all(len(t) >= LEAST[detect_language(t)] for t in both)
            ]
            for i in self.draw.sample(long, min(len(long), n)):
                for mine, other in (pair, pair[::-1]):
                    yield from ((name, *case) for case in self._sentence(mine, other, i))
        for file in sorted(folder.glob("queries-*.jsonl")):
            rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
            for row in self.draw.sample(rows, min(len(rows), n * 9)):
                rest = [t for i, t in enumerate(articles[row["transcript_id"]]) if i not in row["gold_turns"]]
                said = _unasked(row["query"])
                yield (
                    row["transcript_id"].partition("-")[2],
                    False,
                    "echo",
                    said,
                    rest[self.nearest(row["query"], rest)[0]],
                )

    def _sentence(self, mine: list[str], other: list[str], i: int) -> Iterator[tuple[bool, str, str, str]]:
        text, language = mine[i], detect_language(mine[i])
        yield True, "same", text, mine[i]
        yield True, "translation", text, other[i]
        yield True, "translation in its place", text, _joined(other[max(0, i - 1) : i + 2])
        for quotes in (mine, other):
            clauses = re.split(r"(?<=[，,；;])", text)
            if len(clauses) > 1:
                left = self.draw.randrange(len(clauses))
                yield (
                    True,
                    "shorter",
                    "".join(clauses[:left] + clauses[left + 1 :]),
                    _joined(quotes[max(0, i - 1) : i + 2]),
                )
            near = [j for j in self.nearest(text, quotes) if j != i]
            yield from ((False, "near", text, quotes[j]) for j in near[:2])
            around = range(max(0, near[0] - 1), min(len(quotes), near[0] + 2))
            yield False, "near, longer", text, _joined([quotes[j] for j in around if j != i])
            if swapped := self._swapped(text, mine):
                yield False, "swapped", swapped, quotes[i]
            clause = re.split(r"[,，;；]", mine[near[0]])[0].rstrip(".。")
            yield False, "added", text.rstrip(".。") + ("，而且" if language == "zh" else ", and ") + clause, quotes[i]

    def _swapped(self, text: str, texts: list[str]) -> str:
        """``text`` with one of its words replaced by one of another sentence."""
        long = LONG_WORD[detect_language(text)]
        own = [w for w in content_words(text) if len(w) >= long and w in text]
        others = [w for t in texts for w in content_words(t) if len(w) >= long and w not in text]
        return text.replace(self.draw.choice(own), self.draw.choice(others), 1) if own and others else ""

    def meetings(self, questions: Path, n: int) -> Iterator[Case]:
        """Cases of the answers people wrote."""
        turns = {file.stem: read_turns(file) for file in sorted((questions.parent / "transcripts").glob("*.json"))}
        for count, (row, text, evidence) in enumerate(summaries(questions, self.draw)):
            if count >= n:
                break
            meeting, text = turns[row["transcript_id"]], said_words(text)  # who said it is proved apart
            yield row["transcript_id"], True, "summary", text, "\n".join(meeting[i] for i in evidence)
            marked = {*row["gold_turns"], *evidence}
            rest = [t for i, t in enumerate(meeting) if i not in marked and len(t) > 60]
            rest = [t[:500] for t in self.draw.sample(rest, min(N_TURNS, len(rest)))]
            if rest:
                yield row["transcript_id"], False, "other turn", text, rest[self.nearest(text, rest)[0]]


def _joined(texts: Sequence[str]) -> str:
    return (" " if detect_language(texts[0]) == "en" else "").join(texts)


def _unasked(question: str) -> str:
    """A question without what makes it one: the words somebody repeats who makes an answer up."""
    if detect_language(question) == "zh":
        return re.sub("什么|哪些|哪个|谁|多少|为什么|如何|怎么|哪里|何时|吗|？", "", question)
    return re.sub(
        r"^(?:what|when|where|who|whom|which|how many|how much|how|why)\b", "", question, flags=re.IGNORECASE
    ).strip(" ?？")


def measure(what: str, source: Path, rows: Path, n: int) -> None:
    """Write the features of every case."""
    maker = Maker()
    reader = token_embedder(maker.embedder)
    assert reader is not None
    cases = maker.articles(source, n) if what == "articles" else maker.meetings(source, n)
    with rows.open("w", encoding="utf-8") as file:
        for group, true, kind, sentence, quote in cases:
            found = features(sentence, quote[:MAX_QUOTE], reader)
            if found:
                languages = detect_language(sentence), detect_language(quote)
                close = comes_close(sentence, quote[:MAX_QUOTE], maker.embedder)
                row = {"group": group, "true": true, "kind": kind, "languages": languages, "features": found}
                row["close"], row["copy"] = close, overlap(sentence, quote) >= 1
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


def fit(files: Sequence[str]) -> dict[str, Any]:
    """The models, and on stderr what passes by folds."""
    rows = [json.loads(line) for file in files for line in Path(file).read_text(encoding="utf-8").splitlines()]
    found: dict[str, Any] = {}
    for kind in ("zh", "en", "crosslingual"):
        found[kind] = _fit_one(kind, [row for row in rows if _model_of(row) == kind])
    return found


def _model_of(row: dict[str, Any]) -> str:
    sentence, quote = row["languages"]
    return sentence if sentence == quote else "crosslingual"


def _fit_one(kind: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    from sklearn.model_selection import GroupKFold

    names = list(rows[0]["features"])
    measured = np.array([[row["features"][name] for name in names] for row in rows])
    mean, scale = measured.mean(axis=0), measured.std(axis=0) + 1e-9
    x, y = (measured - mean) / scale, np.array([row["true"] for row in rows])
    kinds = np.array([row["kind"] for row in rows])
    weights = _weights(y, kinds)
    chance = np.zeros(len(rows))
    signs = [SIGNS.get(name, 1) for name in names]
    for train, test in GroupKFold(5).split(x, y, [row["group"] for row in rows]):
        fitted = with_signs(x[train], y[train], weights[train], signs)
        chance[test] = 1 / (1 + np.exp(-(x[test] @ fitted.coef_[0] + fitted.intercept_[0])))
    threshold = float(np.quantile(chance[y & np.isin(kinds, OWN_WORDS)], 1 - KEPT[kind]))
    before = np.array([row["close"] for row in rows])
    after = before & ((chance >= threshold) | np.array([row["copy"] for row in rows]))
    for name in dict.fromkeys(kinds):
        here = kinds == name
        shares = f"{(chance[here] >= threshold).mean():.3f}   {before[here].mean():.3f} -> {after[here].mean():.3f}"
        true = "true " if y[here][0] else "false"
        print(f"{kind:<7} {true} {name:<26} {shares} of {here.sum()}", file=sys.stderr)
    return coefficients(with_signs(x, y, weights, signs), names, mean, scale, threshold)


def _weights(y: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """Every kind of true sentence weighs the same, and every kind of false one; both halves weigh the same."""
    weights = np.zeros(len(y))
    for true in (True, False):
        names = set(kinds[y == true])
        for name in names:
            here = (y == true) & (kinds == name)
            weights[here] = len(y) / (2 * len(names) * here.sum())
    return weights


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["measure"] and len(arguments) in (4, 5):
        measure(arguments[1], Path(arguments[2]), Path(arguments[3]), int(arguments[4]) if len(arguments) == 5 else 14)
    elif arguments[:1] == ["fit"] and len(arguments) > 1:
        print(json.dumps(fit(arguments[1:]), indent=1))
    else:
        sys.exit(__doc__)
