"""Judge a reader on kept hits (hits.py) of sources it was not fitted on.

    python training/reader/judge.py HITS.jsonl CHECKPOINT.pt… --model FOLDER [--states FILE]

Prints for each checkpoint: the right turn first and among three by the search's order, by the reader alone and by both
(the reader's log-odds and the log of one over the rank: no weight is chosen), the area of answerable against each kind
of unanswerable, and how often the sentence it likes best in a right turn's passage is one that was quoted.
``--states`` keeps the passages' lower states between runs.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from pathlib import Path
from typing import Any

import torch
from lower import Lower, load_lower
from network import N_LOWER, Joint, Read, from_bert

from panelbot.rerank import Excerpt
from panelbot.text import sentence_spans

Row = dict[str, Any]
N_LAYERS = 12


def text_of(hit: Row, language: str) -> Excerpt:
    lead = (f"[{hit['asked']}] " if hit["asked"] else "") + (f"{hit['speaker']}: " if hit["speaker"] else "")
    sentences = tuple(hit["text"][a:b] for a, b in sentence_spans(hit["text"]))
    return Excerpt(lead=lead, sentences=sentences or (hit["text"],), wide=language == "zh")


def lower_states(lower: Lower, rows: list[Row], path: Path | None) -> dict[Excerpt, Read]:
    """Each passage's lower states, float16, from ``path`` where they are kept."""
    texts = sorted({text_of(h, r["language"]) for r in rows for h in r["hits"]}, key=lambda t: (t.lead, t.sentences))
    if path and path.exists():
        states, spans = torch.load(path, weights_only=True)
        return {t: Read(states=s, sentences=tuple(map(tuple, p))) for t, s, p in zip(texts, states, spans, strict=True)}
    made = [Read(states=r.states.half(), sentences=r.sentences) for r in lower.passages(texts)]
    if path:
        torch.save(([r.states for r in made], [r.sentences for r in made]), path)
    return dict(zip(texts, made, strict=True))


@torch.no_grad()
def scores(joint: Joint, lower: Lower, rows: list[Row], kept: dict[Excerpt, Read]) -> list[list[list[float]]]:
    """For each question the scores of each hit's sentences."""
    questions = lower.questions([r["query"] for r in rows])
    pairs = [(n, k) for n, r in enumerate(rows) for k in range(len(r["hits"]))]
    reads = [kept[text_of(rows[n]["hits"][k], rows[n]["language"])] for n, k in pairs]
    order = sorted(range(len(pairs)), key=lambda i: len(reads[i].states))
    found: list[list[list[float]]] = [[[]] * len(r["hits"]) for r in rows]
    for start in range(0, len(order), 16):
        some = order[start : start + 16]
        whole = [Read(states=reads[i].states.float(), sentences=reads[i].sentences) for i in some]
        for i, row in zip(some, joint([questions[pairs[i][0]] for i in some], whole), strict=True):
            found[pairs[i][0]][pairs[i][1]] = row.nan_to_num(-99.0).tolist()
    return found


def area(yes: list[float], no: list[float]) -> float:
    """The chance that a yes scores above a no (Mann and Whitney, 1947)."""
    return sum((a > b) + 0.5 * (a == b) for a in yes for b in no) / max(len(yes) * len(no), 1)


def report(rows: list[Row], found: list[list[list[float]]]) -> dict[str, Any]:
    orders: dict[str, list[list[int]]] = defaultdict(list)
    best = [[max(s, default=-99.0) for s in hits] for hits in found]
    for scored in best:
        n = range(len(scored))
        orders["search"].append(list(n))
        orders["reader"].append(sorted(n, key=lambda k: -scored[k]))
        orders["both"].append(sorted(n, key=lambda k: -(scored[k] - math.log(k + 1))))
    out: dict[str, Any] = {}
    for language in ("en", "zh"):
        asked = [i for i, r in enumerate(rows) if r["answerable"] and r["language"] == language]
        for name, ranked in orders.items():
            for k in (1, 3):
                right = sum(any(rows[i]["hits"][j]["right"] for j in ranked[i][:k]) for i in asked)
                out[f"{language} {name} at {k}"] = f"{right}/{len(asked)}"
        top = {i: max(best[i]) for i, r in enumerate(rows) if r["language"] == language}
        yes = [top[i] for i in asked]
        kinds: dict[str, list[float]] = defaultdict(list)
        for i, r in enumerate(rows):
            if not r["answerable"] and r["language"] == language:
                kinds[r["status"] or r["kind"]].append(top[i])
        out |= {f"{language} area {kind} ({len(no)})": round(area(yes, no), 3) for kind, no in sorted(kinds.items())}
    out["sentence quoted"] = sentence(rows, found)
    return out


def sentence(rows: list[Row], found: list[list[list[float]]]) -> str:
    """Of right passages with several sentences that hold a quote: the best sentence is quoted; beside it, chance."""
    right, n, chance = 0, 0, 0.0
    for r, hits in zip(rows, found, strict=True):
        for hit, scored in zip(r["hits"], hits, strict=True):
            pieces = text_of(hit, r["language"]).sentences
            marks = [k for k, s in enumerate(pieces) if any(_touch(s, q) for q in r["quotes"])]
            if hit["right"] and marks and len(marks) < len(pieces):
                right += max(range(len(scored)), key=scored.__getitem__) in marks
                chance += len(marks) / len(pieces)
                n += 1
    return f"{right}/{n} (chance {chance:.0f})"


def _touch(sentence: str, quote: str) -> bool:
    one, other = "".join(sentence.split()), "".join(quote.split())
    return one in other or any("".join(quote[a:b].split()) in one for a, b in sentence_spans(quote))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("hits", type=Path)
    parser.add_argument("checkpoints", nargs="+", help="files of train.py; - for the network before training")
    parser.add_argument("--model", required=True)
    parser.add_argument("--states", type=Path)
    parser.add_argument("--scores", type=Path, help="keep the scores here")
    given = parser.parse_args()
    torch.set_num_threads(1)
    lower, state = load_lower(given.model, N_LOWER)
    rows = [json.loads(line) for line in given.hits.read_text(encoding="utf-8").splitlines()]
    kept = lower_states(lower, rows, given.states)
    for name in given.checkpoints:
        joint = from_bert(state, N_LOWER, N_LAYERS)
        if name != "-":
            joint.load_state_dict(torch.load(name, weights_only=True))
        found = scores(joint.eval(), lower, rows, kept)
        if given.scores:
            given.scores.write_text(json.dumps(found))
        print(name, json.dumps(report(rows, found), ensure_ascii=False, indent=1), flush=True)
