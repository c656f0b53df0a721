"""What the proof of a sentence lets through and what it stops, on people's own summaries and on sentences made false.

    python benchmarks/measure_proof.py QMSUM/queries-train.jsonl VCSUM/queries-dev.jsonl XQUAD/transcripts [--n N]

Beside each questions file lies the folder ``transcripts``. Printed, for each language of the sentence:

- summaries: sentences of people's summaries, without who said it, beside the turns marked as their evidence (true);
- another sentence: of the same article, beside one that it is not (false, though near);
- turned round: sentences of turns with a "not" put in or taken out or a word's opposite, beside their turn (false), and
  the same sentences as they were said (true);
- added: a true sentence that goes on with what nobody said (false);
- crosslingual: sentences beside what they are translated from (true), with an added claim, and beside another (false).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from answer.attacks import INVENTED
from answer.twists import OPPOSITES
from panelbot.answer.verify.attribution import said_words
from panelbot.answer.verify.negation import turns_round
from panelbot.answer.verify.support import carries
from panelbot.config import load_settings
from panelbot.embedding import Embedder, RememberingEmbedder, load_embedder
from panelbot.text import detect_language
from panelbot.text.sentences import sentence_spans

Pair = tuple[str, str]  # a sentence and what it cites
LEAST = {"zh": 14, "en": 40}  # characters of a sentence that says something


def main(given: argparse.Namespace) -> None:
    """Print the shares that pass."""
    embedder = RememberingEmbedder(load_embedder(load_settings()))
    passed, total = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for kind, language, held in results(given, embedder):
        total[kind, language] += 1
        passed[kind, language] += held
    for (kind, language), n in sorted(total.items()):
        print(f"{kind:<34} {language}  {passed[kind, language] / n:.3f} of {n}")


def results(given: argparse.Namespace, embedder: Embedder) -> Iterator[tuple[str, str, bool]]:
    """What was tried, its language, and whether it passed."""
    draw = random.Random(0)
    for questions in given.questions:
        turns = {file.stem: read_turns(file) for file in sorted((questions.parent / "transcripts").glob("*.json"))}
        for row, text, evidence in islice(summaries(questions, draw), given.n):
            cited = "\n".join(turns[row["transcript_id"]][i] for i in evidence)
            yield "summaries (true)", detect_language(text), _proved(said_words(text), cited, embedder)
        said = [(text, turn) for turns_of in turns.values() for turn in turns_of for text in _sentences(turn)]
        for text, turn in draw.sample(said, given.n):
            yield "as it was said (true)", detect_language(text), _proved(text, turn, embedder)
            yield "added (false)", detect_language(text), carries(_and(text, draw), turn, embedder)
            for new in {change(text) for change in OPPOSITES} - {text}:
                yield "turned round (false)", detect_language(text), not turns_round(new, turn)
    articles = {file.stem: read_turns(file) for file in sorted(given.articles.glob("*.json"))}
    for text, other in draw.sample(list(_within(articles)), given.n):
        yield "another sentence (false)", detect_language(text), _proved(text, other, embedder)
    pairs = list(_crosslingual(articles))
    for text, cited in draw.sample(pairs, given.n):
        language = detect_language(text)
        yield "crosslingual (true)", language, carries(text, cited, embedder)
        yield "crosslingual, added (false)", language, carries(_and(text, draw), cited, embedder)
        yield "crosslingual, another sentence (false)", language, carries(text, draw.choice(pairs)[1], embedder)


def _and(text: str, draw: random.Random) -> str:
    language = detect_language(text)
    claim = draw.choice(INVENTED[language])
    return f"{text.rstrip('.。')}{'，而且' if language == 'zh' else ', and '}{claim}"


def _proved(text: str, cited: str, embedder: Embedder) -> bool:
    return carries(text, cited, embedder) and not turns_round(text, cited)


def read_turns(file: Path) -> list[str]:
    """The texts of a transcript's turns."""
    return [turn["text"] for turn in json.loads(file.read_text(encoding="utf-8"))["turns"]]


def _sentences(turn: str) -> list[str]:
    found = [turn[a:b] for a, b in sentence_spans(turn)]
    return [text for text in found if len(text) >= LEAST[detect_language(text)]]


def summaries(questions: Path, draw: random.Random) -> Iterator[tuple[dict[str, Any], str, list[int]]]:
    """First sentences of the answers people wrote, each with its question and its evidence turns.

    Chinese ones end at semicolons too.
    """
    rows = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    draw.shuffle(rows)
    for row in rows:
        marked = row.get("answer_sentences") or [
            {"text": text, "evidence_turns": row.get("evidence_turns", [])}
            for text in re.split("[；。]", row.get("answer", ""))
        ]
        for sentence in marked[:1]:
            if sentence["evidence_turns"] and len(sentence["text"]) >= LEAST[detect_language(sentence["text"])]:
                yield row, sentence["text"], sentence["evidence_turns"]


def _within(articles: dict[str, list[str]]) -> Iterator[Pair]:
    for sentences in articles.values():
        yield from ((one, other) for one in sentences for other in sentences if one != other)


def _crosslingual(articles: dict[str, list[str]]) -> Iterator[Pair]:
    """Sentences that stand in both languages, in both directions."""
    for _, (mine, theirs) in articles_by_name(articles):
        for one, other in zip(mine, theirs, strict=True):
            yield from ((one, other), (other, one))


def articles_by_name(articles: dict[str, list[str]]) -> Iterator[tuple[str, tuple[list[str], list[str]]]]:
    """Each article with its sentences in both languages, where these stand beside each other."""
    names = defaultdict[str, list[str]](list)
    for name in articles:
        names[name.partition("-")[2]].append(name)
    for name, files in names.items():
        if len(files) == 2 and len(articles[files[0]]) == len(articles[files[1]]):
            yield name, (articles[files[0]], articles[files[1]])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("articles", type=Path)
    parser.add_argument("--n", type=int, default=100, help="so many sentences of each kind, drawn with a fixed seed")
    main(parser.parse_args())
