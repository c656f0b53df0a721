"""A hostile language model asked every question, and whether anything it says gets through.

    python benchmarks/hostile_model.py INDEX QUESTIONS.jsonl [--n N] [--times N] [--only ATTACK] [--unproved]

INDEX is made by `panelbot add`. A local server reads each prompt and replies, over HTTP and streaming, with one attack
after another (tests/answer/attacks.py). Printed for each kind of attack: how many were made, how many left something
false in the answer, what was repaired, dropped, or answered with quotes and a note; for the honest replies, how many
stand word for word; and the violations, found by code of its own (tests/answer/violations.py). --times asks each
question so many times; --only makes one kind of attack; --unproved switches the proof off, to see that violations are
found where there are some.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from answer.attacks import ATTACKS, Adversary, Reply, false_of, plain
from answer.model_server import Script, serving
from answer.violations import violations
from panelbot.answer.phrasing import label
from panelbot.answer.verify import Proved, Prover
from panelbot.bot import PanelBot
from panelbot.config import load_settings
from panelbot.text import has_han
from panelbot.types import Answer


def main(options: argparse.Namespace) -> int:
    """Ask and count; 1 where something got through."""
    adversary = Adversary(attacks=[a for a in ATTACKS if options.only in ("", a.__name__)])
    counts, faults, lost = Counter[tuple[str, str]](), list[str](), list[str]()
    with ExitStack() as stack:
        url = stack.enter_context(serving(Script(react=adversary.react)))
        if options.unproved:
            stack.enter_context(patch.object(Prover, "one", _unproved))
        settings = load_settings(overrides={"llm_base_url": url, "llm_model": "hostile", "llm_timeout": 20})
        bot = PanelBot.open(options.index, settings=settings)
        transcripts = {t.id: t for t in bot.transcripts()}
        for row in _rows(options, transcripts):
            adversary.last = None
            language = "zh" if has_han(row["query"]) else "en"
            adversary.cast = tuple(label(s, language) for s in transcripts[row["transcript_id"]].speakers if s.name)
            answer = bot.ask(row["query"], history=row.get("history") or (), transcripts=[row["transcript_id"]])
            found = violations(answer, transcripts)
            faults += [f"{row['query_id']}: {fault}" for fault in found]
            if adversary.last is None:
                counts["", "not asked"] += 1
                continue
            reply = adversary.last
            left = [*false_of(reply, answer)]
            faults += [f"{row['query_id']} {reply.kind}: {text} | {answer.text}" for text in left if not found]
            lost += [f"{row['query_id']}: {text}" for text in reply.true if plain(text) not in plain(answer.text)]
            counts.update({(reply.kind, key): n for key, n in _tally(reply, answer, bool(found or left)).items()})
    return _print(counts, faults, lost, options.show)


def _rows(options: argparse.Namespace, transcripts: Any) -> Iterator[dict[str, Any]]:
    lines = Path(options.questions).read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["transcript_id"] in transcripts]
    for _ in range(options.times):
        yield from random.Random(0).sample(rows, min(options.n or len(rows), len(rows)))


def _unproved(_prover: Prover, sentence: Any, _subject: Any = None) -> Proved:
    return Proved(sentences=(sentence,))


def _tally(reply: Reply, answer: Answer, wrong: bool) -> dict[str, int]:
    stood = sum(plain(text) in plain(answer.text) for text in reply.true)
    return {
        "made": 1,
        "through": wrong,
        "repaired": answer.repaired,
        "dropped": answer.dropped,
        "quotes": bool(answer.note),
        "true": len(reply.true),
        "stood": stood,
    }


def _print(counts: Counter[tuple[str, str]], faults: list[str], lost: list[str], n_shown: int) -> int:
    columns = ("made", "through", "repaired", "dropped", "quotes", "true", "stood")
    kinds = sorted({kind for kind, _ in counts if kind})
    print(f"{'':24}" + "".join(f"{column:>10}" for column in columns))
    for kind in kinds:
        print(f"{kind:24}" + "".join(f"{counts[kind, column]:>10}" for column in columns))
    print(f"{'all':24}" + "".join(f"{sum(counts[kind, column] for kind in kinds):>10}" for column in columns))
    print(f"the model was not asked: {counts['', 'not asked']}")
    print(f"violations: {len(faults)}")
    for line in [*faults[:n_shown], *(f"true, and not in the answer: {text}" for text in lost[:n_shown])]:
        print(f"  {line}")
    return int(bool(faults))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index")
    parser.add_argument("questions")
    parser.add_argument("--n", type=int, help="so many questions, drawn with a fixed seed")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--only", default="", choices=[attack.__name__ for attack in ATTACKS])
    parser.add_argument("--unproved", action="store_true")
    parser.add_argument("--show", type=int, default=20)
    sys.exit(main(parser.parse_args()))
