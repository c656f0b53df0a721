"""Collecting the reader's examples: passages, questions about them, and near passages that do not answer.

Knows texts and where they are from; not which files hold them.
"""

from __future__ import annotations

import heapq
import math
import random
import re
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from panelbot.passages import split_turn, text_size
from panelbot.rerank import question_of
from panelbot.text import sentence_spans
from panelbot.types import Turn

Row = dict[str, Any]
Gold = dict[int, list[int]]
"""The numbers of the sentences that answer, by passage."""
Places = dict[int, tuple[int, int]]
"""Where each sentence of a paragraph went: the passage and the number in it."""
N_OTHERS = 4
MOST = 140  # ideographs' worth in a passage of a talk, as in an index
NAMES = {
    "zh": ("嘉宾", "主持人", "发言人2", "陈先生", "李佳", "王老师", "周启明", "Speaker 3"),
    "en": ("Speaker 1", "Moderator", "Speaker C", "Mr Hale", "Dana Orr", "Prof Lindt", "Ivo Kesner", "发言人1"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an example is from; ``group``: the passages among which the near ones are looked for."""

    source: str
    article: str
    language: str
    group: str
    kept: bool = True  # a twentieth of the articles is held out

    @property
    def part(self) -> str:
        """``held`` for one article in twenty, else ``fit``."""
        return "held" if self.kept and zlib.crc32(f"{self.source}/{self.article}".encode()) % 20 == 0 else "fit"


class Collection:
    """Passages and examples, numbered as they come."""

    def __init__(self) -> None:
        self.passages: list[Row] = []
        self.examples: list[Row] = []
        self.choice = random.Random(19)

    def passage(self, lead: str, sentences: Sequence[str], language: str, group: str) -> int:
        """Add a passage; its number."""
        row = {"id": len(self.passages), "lead": lead, "sentences": list(sentences), "language": language}
        self.passages.append(row | {"group": group})
        return row["id"]

    def paragraph(self, sentences: Sequence[str], language: str, group: str) -> Places:
        """Add a paragraph as passages of differing length, most of them with somebody who says them."""
        places: Places = {}
        most, run = self.choice.uniform(50, 150), []
        for i, sentence in enumerate([*sentences, None]):
            if run and (sentence is None or sum(text_size(sentences[j]) for j in [*run, i]) > most):
                lead = self.choice.choice(NAMES[language]) + ": " if self.choice.random() < 0.6 else ""
                id = self.passage(lead, [sentences[j] for j in run], language, group)
                places |= {j: (id, n) for n, j in enumerate(run)}
                run = []
            if sentence is not None and 2 <= text_size(sentence) <= 220:
                run.append(i)
        return places

    def talk(self, transcript: Row, language: str) -> dict[int, list[int]]:
        """Add the passages of a transcript, with who speaks and the question before; their numbers by turn."""
        asked, found = "", {}
        for i, turn in enumerate(transcript["turns"]):
            text = turn["text"]
            lead = (f"[{asked}] " if asked else "") + (f"{turn['speaker']}: " if turn["speaker"] else "")
            parts = [text[p.start : p.end] for p in split_turn(Turn(index=i, speaker="", text=text), MOST)]
            group = f"talk/{transcript['id']}"
            found[i] = [self.passage(lead, [p[a:b] for a, b in sentence_spans(p)], language, group) for p in parts]
            if text.rstrip().endswith(("?", "？")):
                asked = question_of(text)
            elif text_size(text) > 20:  # a short word between does not end the matter
                asked = ""
        return found

    def example(
        self, at: Origin, question: str, gold: Gold, others: Sequence[int] = (), spared: Sequence[int] = ()
    ) -> None:
        """Add a question: the sentences that answer, passages that do not, and those that may be neither."""
        row = {"source": at.source, "part": at.part, "group": at.group, "language": at.language, "question": question}
        ids = {"gold": sorted(gold.items()), "others": list(others[:N_OTHERS]), "spared": list(spared)}
        self.examples.append(row | ids)

    def mine(self) -> None:
        """Give each example ``mined``: passages that share the question's rarest words, or stand near its own."""
        of_group: dict[str, list[int]] = defaultdict(list)
        holds: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))  # by where to look, by word
        for p in self.passages:
            of_group[p["group"]].append(p["id"])
            for gram in grams("".join(p["sentences"])):
                holds[_where(p["group"], p["language"])][gram].append(p["id"])
        for e in self.examples:
            home, where = e["group"], _where(e["group"], e["language"])
            own = {id for id, _ in e["gold"]} | set(e["others"]) | set(e.pop("spared"))
            near = _near(e["question"], holds[where])
            if where == home:
                near += self.choice.sample(of_group[home], min(20, len(of_group[home])))
            elif not e["gold"]:
                near = [i for i in near if self.passages[i]["group"] != home]
            e["mined"] = [i for i in dict.fromkeys(near) if i not in own][:N_OTHERS]


def _where(group: str, language: str) -> str:
    """Where the near passages of a group are looked for: in itself, or among all articles of its language."""
    return group if group.startswith(("talk/", "xquad/", "pairs/")) else language


def _near(question: str, holds: dict[str, list[int]]) -> list[int]:
    """The passages that share the most of the question's rare words."""
    score: dict[int, float] = defaultdict(float)
    rarest = sorted((len(holds[g]), g) for g in grams(question) if g in holds)
    for n, gram in rarest[:8]:
        for id in holds[gram][:200]:
            score[id] += 1 / math.log(1 + n)
    return heapq.nlargest(20, score, key=lambda id: (score[id], -id))


def grams(text: str) -> set[str]:
    """Words of a text: Latin ones whole, Chinese ones as pairs of characters."""
    found: set[str] = set()
    for run in re.findall(r"[a-z0-9]+|[\u4e00-\u9fff]+", text.casefold()):
        found |= {run} if run.isascii() else {run[i : i + 2] for i in range(len(run) - 1)}
    return found
