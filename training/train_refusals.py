"""Choose the points at which a question gets one kind of "no" or another, on panels made for it.

    python benchmarks/make_panels.py … PANELS
    python training/train_refusals.py PANELS QUESTIONS.jsonl… [--put OTHER.jsonl…] [--cases N] [--grid]

A moderator is put into each panel of PANELS/transcripts. Of a question of the panel's own and one of another panel the
moderator asks: the own one, and its paragraph follows; the foreign one, and a paragraph on something else follows; or
both, the foreign one first, and the own one's paragraph follows. Expected are ``answered`` for own questions and
``asked_not_answered`` for foreign ones. Own questions are also asked of the speaker of their paragraph (``answered``)
and of somebody else (``not_by_speaker``), foreign ones that nobody put are expected to be ``not_discussed``. Where the
questions are in another language than the panel, the moderator uses the wording of ``--put`` (a question in two
languages has one `query_id` up to its last dash). Printed: how many of each kind get which status, and with ``--grid``
the mean share of right ones with other values of the points, one point at a time.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from panelbot import PanelBot, load_settings
from panelbot.evidence import gather
from panelbot.match.matcher import Matcher
from panelbot.retrieve import Retrieval, retrieve
from panelbot.types import Question, SpeakerRef, Transcript
from panelbot.understand import understand

MODERATORS = {"zh": "尹知白", "en": "Harriet Boone"}
PEOPLE = {"zh": ("唐书岩", "骆清禾", "顾启宁"), "en": ("Dana Whitlock", "Piers Okafor", "Mei Lindqvist")}
LEADS = {"zh": "谢谢。下面我想问大家：", "en": "Thank you. I would like to put this to all of you. "}
GRID: dict[str, tuple[float, ...]] = {
    "SAME": (0.4, 0.45, 0.5, 0.55, 0.6),
    "NEAR": (0.2, 0.3, 0.4, 0.5),
    "NEARLY_SAID": (0.5, 0.6, 0.7, 0.8),
    "TAKEN_UP": (0.6, 0.7, 0.8, 0.9, 1.0),
    "BY_OTHERS": (0.4, 0.5, 0.6, 0.7, 0.8),
    "SCOPED": (0.3, 0.5, 0.7, 1.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question of one panel with what was found, and the status it should get."""

    kind: str
    expected: str
    question: Question
    transcript: Transcript
    found: dict[tuple[SpeakerRef, ...], Retrieval]


def moderated(panel: dict[str, Any], own: list[dict[str, Any]], foreign: list[dict[str, Any]], choice: random.Random):
    """The panel with a moderator who asks, and the (kind, expected status, question, its paragraph's turn) of it."""
    language = panel["language"]
    names = dict(zip(("Speaker A", "Speaker B", "Speaker C"), PEOPLE[language], strict=True))
    before: dict[int, list[tuple[str, str, dict[str, Any]]]] = defaultdict(list)
    free = [i for i in range(len(panel["turns"])) if i not in {q["gold_turns"][0] for q in own}]
    choice.shuffle(free)
    strange = iter(foreign)
    for number, q in enumerate(own):
        gold = q["gold_turns"][0]
        if not before[gold]:
            if number % 2:
                before[gold].append(("buried", "asked_not_answered", next(strange)))
            before[gold].append(("answered", "answered", q))
        if free:
            before[free.pop()].append(("ignored", "asked_not_answered", next(strange)))
    turns, asked, moved = [], [], {}
    for i, turn in enumerate(panel["turns"]):
        if before[i]:
            words = " ".join(q["put"] for _, _, q in before[i])
            turns.append({"speaker": MODERATORS[language], "text": LEADS[language] + words})
        moved[i] = len(turns)
        turns.append({"speaker": names[turn["speaker"]], "text": turn["text"]})
        asked += before[i]
    speakers = [{"name": name, "role": "panelist"} for name in PEOPLE[language]]
    speakers.append({"name": MODERATORS[language], "role": "moderator"})
    asked += [("never put", "not_discussed", next(strange)) for _ in own]
    made = {"id": panel["id"], "language": language, "speakers": speakers, "turns": turns}
    return made, [(kind, expected, q, moved.get(q["gold_turns"][0], -1)) for kind, expected, q in asked]


def read(paths: list[Path]) -> list[dict[str, Any]]:
    """The lines of questions files."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def with_wording(rows: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The questions with the wording in their panel's language under ``put``, where ``others`` or they have it."""
    wording = {(row["query_id"].rpartition("-")[0], row["query"].isascii()): row["query"] for row in (*others, *rows)}
    for row in rows:
        key = row["query_id"].rpartition("-")[0], row["transcript_id"].startswith("en-")
        row["put"] = wording.get(key, row["query"])
    return rows


def cases(folder: Path, rows: list[dict[str, Any]], n: int) -> list[tuple[PanelBot, Case]]:
    """The cases of all panels, `n` own questions a panel."""
    choice = random.Random(0)
    panels = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "transcripts").glob("*.json"))]
    made, asked = [], []
    panels = [panel for panel in panels if any(row["transcript_id"] == panel["id"] for row in rows)]
    for panel in panels:
        same = [row for row in rows if row["transcript_id"][:3] == panel["id"][:3]]
        own = choice.sample([row for row in same if row["transcript_id"] == panel["id"]], n)
        foreign = choice.sample([row for row in same if row["transcript_id"] != panel["id"]], 4 * n)
        transcript, about = moderated(panel, own, foreign, choice)
        made.append(transcript)
        asked += [(panel["id"], *one) for one in about]
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name) / f"{transcript['id']}.json" for transcript in made]
        for path, transcript in zip(paths, made, strict=True):
            path.write_text(json.dumps(transcript, ensure_ascii=False), encoding="utf-8")
        bot = PanelBot.open(Path(name) / "index", settings=load_settings())
        bot.add(paths)
        index = bot._library.index()
        transcripts = {id: segment.transcript for id, segment in index.segments.items()}
        return [(bot, case) for one in asked for case in _cases_of(bot, transcripts, *one)]


def _cases_of(bot: PanelBot, transcripts: dict[str, Transcript], id: str, kind: str, expected: str, q: Any, gold: int):
    transcript = transcripts[id]
    question = replace(understand(q["query"], (), {id: transcript.speakers}), fault="", speakers=())
    everybody = _search(bot, question, id)
    yield Case(kind=kind, expected=expected, question=question, transcript=transcript, found={(): everybody})
    if kind == "answered":
        said = transcript.turns[gold].speaker
        others = [s.name for s in transcript.speakers if s.name != said and s.role == "panelist"]
        for name, status in ((said, "answered"), (others[gold % len(others)], "not_by_speaker")):
            narrow = replace(question, speakers=(SpeakerRef(transcript_id=id, name=name),))
            found = {(): everybody, narrow.speakers: _search(bot, narrow, id)}
            label = "of its speaker" if name == said else "of another"
            yield Case(kind=label, expected=status, question=narrow, transcript=transcript, found=found)


def _search(bot: PanelBot, question: Question, id: str) -> Retrieval:
    return retrieve(question, bot._library.index(), bot.embedder, bot.settings, transcripts={id})


def judge(made: list[tuple[PanelBot, Case]]) -> dict[str, Counter[str]]:
    """How many cases of each kind get which status."""
    got: dict[str, Counter[str]] = defaultdict(Counter)
    for bot, case in made:
        evidence = gather(
            case.question,
            case.found[case.question.speakers],
            {case.transcript.id: case.transcript},
            Matcher(case.question, bot.embedder),
            search=lambda question, case=case: case.found[question.speakers],
        )
        got[f"{case.kind} ({case.expected})"][evidence.verdict.status] += 1
    return got


def mean_share(got: dict[str, Counter[str]]) -> float:
    """The mean over the kinds of the share that got the right status."""
    shares = [counts[kind.rpartition("(")[2][:-1]] / counts.total() for kind, counts in got.items()]
    return sum(shares) / len(shares)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("panels", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--put", type=Path, nargs="*", default=[])
    parser.add_argument("--cases", type=int, default=8, help="own questions a panel")
    parser.add_argument("--grid", action="store_true")
    arguments = parser.parse_args()
    rows = with_wording(read(arguments.questions), read(arguments.put))
    made = cases(arguments.panels, rows, arguments.cases)
    got = judge(made)
    for kind, counts in got.items():
        print(f"{kind:45s} {dict(counts)}")
    print(f"mean share of right ones {mean_share(got):.3f}")
    if arguments.grid:
        for name, values in GRID.items():
            modules = (import_module(f"panelbot.evidence.{part}") for part in ("decide", "open_questions"))
            module = next(module for module in modules if hasattr(module, name))
            now = getattr(module, name)
            line = []
            for value in values:
                setattr(module, name, value)
                line.append(f"{value}: {mean_share(judge(made)):.3f}")
            setattr(module, name, now)
            print(f"{name} (now {now})  {'  '.join(line)}")


if __name__ == "__main__":
    main()
