"""Train the reader's upper layers on what build.py made; stop at any time, go on with --resume.

    python training/reader/train.py DATA RUN [--resume] [--from START.pt] [--until HH:MM] [--threads N]

RUN gets ``last.pt`` (weights, their running mean, optimizer, examples seen) every ten minutes and at the end,
``log.jsonl`` (loss by source) and, every ``--keep`` examples, ``mean-<seen>.pt``: the running mean to judge.
Examples are drawn by source with the weights below, from a generator seeded by what was seen, so that a resumed run
goes on as it would have.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import torch
from lower import Lower, load_lower
from network import N_LOWER, Joint, Read, from_bert
from torch import Tensor

from panelbot.rerank import Excerpt

Row = dict[str, Any]
N_LAYERS = 12
BATCH = 8
RATE, HEAD_RATE = 1e-4, 1e-3
WARM_UP = 60  # steps
MEAN = 0.99  # of the running mean of the weights, a step
SAVE_EVERY = 600  # seconds
NOTE_EVERY = 400  # examples
# How often a source is drawn. Chinese articles are plentiful; talks, English and the other language are what counts.
WEIGHTS = {
    "cmrc2018": 2.0, "drcd": 2.0, "squad2-zh": 2.5, "expmrc-zh": 0.5, "expmrc-en": 0.3, "selqa": 2.5, "pairs": 1.2,
    "xquad-en2zh": 1.0, "xquad-zh2en": 1.0, "xquad-zh2zh": 0.4, "xquad-en2en": 1.0, "qmsum": 1.2, "vcsum": 0.3,
    "panels": 1.5, "talks": 8.0, "public": 4.0,
}  # fmt: skip
P_OTHER, P_REMOVED = 0.45, 0.15  # another passage beside the right one; another one in its stead
TALKS = {
    "panels",
    "talks",
    "public",
}  # questions of a transcript: what the search found besides is read with the right one
N_BESIDE = 2


class Data:
    """Examples by source, and the lower states of passages, kept once made."""

    def __init__(self, folder: Path, lower: Lower) -> None:
        self.lower = lower
        self.passages = read(folder / "passages.jsonl")
        rows = read(folder / "examples.jsonl")
        self.held = [e for e in rows if e["part"] == "held" and e["gold"]]
        self.families: dict[str, list[list[Row]]] = defaultdict(list)
        by_passage: dict[tuple, list[Row]] = defaultdict(list)
        for e in rows:
            if e["part"] == "fit" and (e["gold"] or e["others"] or e["mined"]):
                by_passage[e["source"], (e["gold"] or [e["others"] or e["mined"]])[0][0]].append(e)
        for (source, _), family in sorted(by_passage.items()):
            self.families[source].append(family)
        self._kept: dict[int, Read] = {}

    def draw(self, choice: random.Random, n: int) -> list[Row]:
        """``n`` examples, two about one passage where there are two: its lower states are made once."""
        found: list[Row] = []
        names = sorted(self.families)
        while len(found) < n:
            (source,) = choice.choices(names, [WEIGHTS[name] for name in names])
            family = choice.choice(self.families[source])
            found += choice.sample(family, min(2, len(family)))
        return found[:n]

    def passages_for(self, e: Row, choice: random.Random) -> dict[int, list[int]]:
        """The passages to read for an example, with the numbers of the sentences that answer."""
        gold = {id: list(marks) for id, marks in e["gold"]}
        if e["source"] in TALKS:
            others = choice.sample(e["others"], min(N_BESIDE, len(e["others"]))) or e["mined"][:N_BESIDE]
            return {id: [] for id in others if id not in gold} | gold
        others = sorted(e["others"] + e["mined"], key=lambda id: id not in self._kept)  # what is made already is free
        chance = choice.random()
        if not gold or (chance < P_REMOVED and others):
            return {id: [] for id in others[:1] if id not in gold}
        if chance < P_REMOVED + P_OTHER and others:
            gold[choice.choice(others[:2])] = []
        return gold

    def reads(self, ids: list[int]) -> list[Read]:
        new = sorted({id for id in ids if id not in self._kept})
        if new:
            for id, made in zip(new, self.lower.passages([text_of(self.passages[id]) for id in new]), strict=True):
                self._kept[id] = Read(states=made.states.half(), sentences=made.sentences)
        return [Read(states=r.states.float(), sentences=r.sentences) for r in map(self._kept.__getitem__, ids)]


def read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def text_of(p: Row) -> Excerpt:
    return Excerpt(lead=p["lead"], sentences=tuple(p["sentences"]), wide=p["language"] == "zh")


def score(joint: Joint, data: Data, asked: list[tuple[str, list[int]]]) -> list[list[Tensor]]:
    """The sentence scores of each passage of each question, pairs of like length together."""
    questions = data.lower.questions([q for q, _ in asked])
    pairs = [(n, id) for n, (_, ids) in enumerate(asked) for id in ids]
    reads = data.reads([id for _, id in pairs])
    order = sorted(range(len(pairs)), key=lambda i: len(questions[pairs[i][0]]) + len(reads[i].states))
    found: dict[int, Tensor] = {}
    for start in range(0, len(order), 8):
        some = order[start : start + 8]
        scores = joint([questions[pairs[i][0]] for i in some], [reads[i] for i in some])
        found |= dict(zip(some, scores, strict=True))
    rows: list[list[Tensor]] = [[] for _ in asked]
    for i, (n, _) in enumerate(pairs):
        rows[n].append(found[i])
    return rows


def loss_of(scores: list[Tensor], marks: list[list[int]]) -> Tensor:
    """Minus the log of the share that the answering sentences have, or, without one, that no answer (score 0) has."""
    none = torch.zeros(1)
    whole = torch.cat([none, *scores]).logsumexp(0)
    right = [s[[m for m in ms if m < len(s)]] for s, ms in zip(scores, marks, strict=True) if ms]
    return whole - (torch.cat(right).logsumexp(0) if right else none[0])


def judge(joint: Joint, data: Data, n: int = 96) -> dict[str, float]:
    """On held-out articles: the right one of four passages first, and the right sentence of the right passage."""
    examples = [e for e in data.held if len(e["others"]) + len(e["mined"]) >= 3]
    examples = random.Random(7).sample(examples, min(n, len(examples)))
    asked = [(e["question"], [e["gold"][0][0], *(e["others"] + e["mined"])[:3]]) for e in examples]
    with torch.no_grad():
        rows = score(joint, data, asked)
    passage = [max(range(4), key=lambda i: float(row[i].max())) == 0 for row in rows]
    sentence = [int(row[0].argmax()) in e["gold"][0][1] for row, e in zip(rows, examples, strict=True)]
    return {"of_four": sum(passage) / len(passage), "sentence": sum(sentence) / len(sentence)}


class Run:
    """What a run is made of, and how it is kept."""

    def __init__(self, folder: Path, joint: Joint) -> None:
        self.folder, self.joint, self.mean, self.seen = folder, joint, copy.deepcopy(joint), 0
        layers = [p for name, p in joint.named_parameters() if name.startswith("layers.")]
        head = [p for name, p in joint.named_parameters() if not name.startswith("layers.")]
        groups = [{"params": layers, "rate": RATE}, {"params": head, "rate": HEAD_RATE}]
        self.optimizer = torch.optim.AdamW(groups, lr=RATE, weight_decay=0.01)
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def _last(self) -> Path:
        return self.folder / "last.pt"

    def resume(self) -> None:
        kept = torch.load(self._last, weights_only=True)
        self.joint.load_state_dict(kept["joint"])
        self.mean.load_state_dict(kept["mean"])
        self.optimizer.load_state_dict(kept["optimizer"])
        self.seen = kept["seen"]

    def save(self) -> None:
        parts = {"joint": self.joint, "mean": self.mean, "optimizer": self.optimizer}
        made = self._last.with_suffix(".new")
        torch.save({"seen": self.seen} | {name: part.state_dict() for name, part in parts.items()}, made)
        os.replace(made, self._last)

    def note(self, **values: Any) -> None:
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps({"at": time.strftime("%H:%M:%S"), "seen": self.seen, **values}) + "\n")

    def step(self, data: Data) -> dict[str, list[float]]:
        """Learn from one batch; the losses by source."""
        at, choice = self.seen // BATCH, random.Random(self.seen)
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * min(1.0, (at + 1) / WARM_UP)
        examples = [(e, p) for e in data.draw(choice, BATCH) if (p := data.passages_for(e, choice))]
        rows = score(self.joint, data, [(e["question"], list(p)) for e, p in examples])
        each = [loss_of(row, list(p.values())) for row, (_, p) in zip(rows, examples, strict=True)]
        torch.stack(each).mean().backward()
        torch.nn.utils.clip_grad_norm_(self.joint.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        share = min(MEAN, (at + 1) / (at + 10))
        with torch.no_grad():
            for ours, theirs in zip(self.mean.parameters(), self.joint.parameters(), strict=True):
                ours.lerp_(theirs, 1 - share)
        self.seen += BATCH
        found: dict[str, list[float]] = defaultdict(list)
        for (e, _), value in zip(examples, each, strict=True):
            found[e["source"]].append(float(value.detach()))
        return found


def train(given: argparse.Namespace) -> None:
    """Train until the hour given."""
    torch.set_num_threads(given.threads)
    lower, state = load_lower(given.model, N_LOWER)
    joint = from_bert(state, N_LOWER, N_LAYERS)
    if given.start:
        joint.load_state_dict(torch.load(given.start, weights_only=True))
    data, run = Data(given.data, lower), Run(given.run, joint)
    if given.resume:
        run.resume()
    else:
        run.note(**judge(run.mean, data))
    saved, losses = time.monotonic(), defaultdict(list)
    while time.strftime("%H:%M") < given.until:
        for source, values in run.step(data).items():
            losses[source] += values
        if run.seen % NOTE_EVERY == 0:
            every = [x for xs in losses.values() for x in xs]
            by = {name: round(sum(xs) / len(xs), 3) for name, xs in sorted(losses.items())}
            run.note(loss=round(sum(every) / len(every), 4), by=by)
            losses.clear()
        if run.seen % given.keep == 0:
            torch.save(run.mean.state_dict(), run.folder / f"mean-{run.seen:06}.pt")
            run.note(**judge(run.mean, data))
        if time.monotonic() - saved > SAVE_EVERY:
            run.save()
            saved = time.monotonic()
    run.save()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--model", required=True, help="folder of the built-in model")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--from", dest="start", type=Path, help="weights to begin with, as restore.py makes them")
    parser.add_argument("--until", default="24:00")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--keep", type=int, default=2000)
    train(parser.parse_args())
