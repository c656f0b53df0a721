"""Make the reader's examples: questions with the passages that answer them, near ones that do not, by source.

    python training/reader/build.py SHARED OUT [--panels NAME=FOLDER…] [--hits HITS.jsonl]

SHARED holds ``train/`` and ``eval/`` as the README describes them. OUT gets ``passages.jsonl`` (id, lead, sentences,
language, group) and ``examples.jsonl`` (source, part, question, gold: [[passage, [sentence numbers]]], others and
mined: passages that do not answer). Whole articles are held out, never single questions.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from collect import Collection, Gold, Origin, Row

from panelbot.passages import text_size
from panelbot.text import sentence_spans

MOST_MEETINGS = 60  # of a source: more than a run on two processors sees
N_HITS = 4  # of a panel's question: those the reader is shown, and one more
LEAST = 15  # ideographs' worth: a shorter turn marked as evidence says nothing by itself
ARTICLES = ("cmrc2018", "drcd", "squad2-zh", "expmrc-zh", "expmrc-en", "selqa")


def read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def add_articles(c: Collection, source: str, rows: list[Row]) -> None:
    """Paragraphs with questions; a question without gold is one the paragraph nearly answers."""
    asked = []
    for n, row in enumerate(rows):
        article = str(row.get("article") or n // 8)  # rows of one article stand together
        at = Origin(source=source, article=article, language=row["language"], group=f"{source}/{article}")
        places = c.paragraph(row["sentences"], at.language, at.group)
        asked += [(at, places, q) for q in row["questions"]]
    for at, places, q in asked:
        gold: Gold = defaultdict(list)
        for place in (places[i] for i in q["gold"] if i in places):
            gold[place[0]].append(place[1])
        beside = sorted({id for id, _ in places.values()} - set(gold))
        if gold or (not q["gold"] and beside):
            c.example(at, q["question"], gold, beside)


def add_xquad(c: Collection, folder: Path) -> None:
    """Articles in both languages, asked in both."""
    places: dict[tuple[str, int], tuple[int, int]] = {}
    for path in sorted((folder / "transcripts").glob("*.json")):
        t = json.loads(path.read_text(encoding="utf-8"))
        paragraphs: dict[int, list[Row]] = defaultdict(list)
        for turn in t["turns"]:
            paragraphs[turn["paragraph"]].append(turn)
        for turns in paragraphs.values():
            found = c.paragraph([x["text"] for x in turns], t["language"], f"xquad/{t['id']}")
            places |= {(t["id"], turns[j]["index"]): at for j, at in found.items()}
    names = ("en2zh", "zh2en", "zh2zh")
    rows = {name: read(folder / f"queries-artdev-{name}.jsonl") for name in names}
    english = {_number(row): row["query"] for row in rows["en2zh"]}
    rows["en2en"] = [row | {"query": english[_number(row)]} for row in rows["zh2en"] if _number(row) in english]
    for name, questions in rows.items():
        for row in questions:
            id, (turn, *_) = row["transcript_id"], row["gold_turns"]
            if (id, turn) in places:
                language, _, article = id.partition("-")  # an article has one number in both languages
                at = Origin(source=f"xquad-{name}", article=article, language=language, group=f"xquad/{id}")
                passage, number = places[id, turn]
                c.example(at, row["query"], {passage: [number]})


def _number(row: Row) -> str:
    return row["query_id"].rpartition("-")[0]


def add_meetings(c: Collection, source: str, folder: Path, queries: list[Row], language: str) -> None:
    """Meetings with turns marked as evidence; what else lies in the question's stretch is neither right nor wrong."""
    placed: dict[str, dict[int, list[int]]] = {}
    for id in sorted({q["transcript_id"] for q in queries})[:MOST_MEETINGS]:
        placed[id] = c.talk(json.loads((folder / f"{id}.json").read_text(encoding="utf-8")), language)
    for q in (q for q in queries if q["transcript_id"] in placed):
        of_turn, id = placed[q["transcript_id"]], q["transcript_id"]
        marked = [p for turn in q["evidence_turns"] for p in of_turn.get(turn, ())]
        marked = [p for p in marked if sum(map(text_size, c.passages[p]["sentences"])) >= LEAST]
        chosen = c.choice.sample(marked, min(2, len(marked)))
        gold = {p: list(range(len(c.passages[p]["sentences"]))) for p in chosen}
        spared = [p for turn in (*q["gold_turns"], *q["evidence_turns"]) for p in of_turn.get(turn, ())]
        if gold:
            at = Origin(source=source, article=id, language=language, group=f"talk/{id}")
            c.example(at, q["query"], gold, spared=spared)


def add_panels(c: Collection, source: str, folder: Path, hits: Mapping[tuple[str, str], list[int]]) -> None:
    """Panels with questions that quote their answers; what the search finds besides is what does not answer.

    Near ones that nobody answered have the turns that touch on them as others.
    """
    transcripts = [json.loads(p.read_text(encoding="utf-8")) for p in sorted((folder / "transcripts").glob("*.json"))]
    placed = {t["id"]: c.talk(t, t["language"]) for t in transcripts}
    languages = {t["id"]: t["language"] for t in transcripts}
    for q in read(folder / "questions.jsonl"):
        of_turn, gold, id = placed[q["transcript_id"]], {}, q["transcript_id"]
        spared = [p for turn in q["gold_turns"] for p in of_turn[turn]]
        for p in spared:
            sentences = c.passages[p]["sentences"]
            if marks := [n for n, s in enumerate(sentences) if any(_overlap(s, x) for x in q["quotes"])]:
                gold[p] = marks
        found = {p: None for turn in hits.get((id, q["query"]), ()) for p in of_turn[turn]}
        discussed = [p for turn in q["discussed_turns"] for p in of_turn[turn]]
        others = [p for p in dict.fromkeys([*discussed[:2], *found, *discussed]) if p not in spared]
        if gold or not q["answerable"]:  # whole panels are held out in a file of their own
            at = Origin(source=source, article=id, language=languages[id], group=f"talk/{id}", kept=False)
            c.example(at, q["query"], gold, others, spared)


def _overlap(sentence: str, quote: str) -> bool:
    return any(quote[a:b] in sentence for a, b in sentence_spans(quote)) or sentence in quote


def add_pairs(c: Collection, rows: list[Row]) -> None:
    """Sentences in two languages: one asks for the other among those beside it."""
    rows = [r for r in rows if 6 <= text_size(r["zh"]) <= 90]
    for start in range(0, len(rows), 6):
        some, article = rows[start : start + 6], str(start // 60)
        language, other = (("zh", "en"), ("en", "zh"))[(start // 6) % 2]
        at = Origin(source="pairs", article=article, language=language, group=f"pairs/{article}")
        places = c.paragraph([r[language] for r in some], language, at.group)
        for j in c.choice.sample(sorted(places), min(3, len(places))):
            c.example(at, some[j][other], {places[j][0]: [places[j][1]]})


def build(shared: Path, panels: Mapping[str, Path], hits: Mapping[tuple[str, str], list[int]]) -> Collection:
    """Everything there is to learn from."""
    c = Collection()
    for name in ARTICLES:
        add_articles(c, name, read(shared / "train" / f"{name}.jsonl"))
    add_xquad(c, shared / "eval/xquad-r")
    add_pairs(c, read(shared / "train/pairs.jsonl"))
    qmsum, vcsum = shared / "eval/qmsum", shared / "eval/vcsum"
    add_meetings(c, "qmsum", qmsum / "transcripts", read(qmsum / "queries-train.jsonl"), "en")
    add_meetings(c, "vcsum", vcsum / "transcripts", read(vcsum / "queries-dev.jsonl"), "zh")
    for name, folder in panels.items():
        add_panels(c, name, folder, hits)
    c.mine()
    return c


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--panels", nargs="*", default=[], metavar="NAME=FOLDER", help="such as benchmarks/panels")
    parser.add_argument("--hits", type=Path, help="what the search finds for the panels' questions (hits.py)")
    given = parser.parse_args()
    found = read(given.hits) if given.hits else []
    hits = {(row["transcript"], row["query"]): [h["turn"] for h in row["hits"][:N_HITS]] for row in found}
    named = (one.partition("=") for one in given.panels)
    made = build(given.shared, {name: Path(folder) for name, _, folder in named}, hits)
    given.out.mkdir(parents=True, exist_ok=True)
    write(given.out / "passages.jsonl", made.passages)
    write(given.out / "examples.jsonl", made.examples)
