"""A real language model asked the questions of a file, and what the proof makes of what it writes.

    python benchmarks/real_model.py INDEX QUESTIONS.jsonl URL ROWS.jsonl [--model NAME] [--n N] [--kind KIND]
    python benchmarks/real_model.py INDEX QUESTIONS.jsonl - ROWS.jsonl

URL is an OpenAI-compatible endpoint, such as ``http://127.0.0.1:8080/v1``. Each question is asked within its
transcript; the reply goes to ROWS.jsonl, with the log-odds of its yes where it was asked for that, so that a slow model
is asked once: with ``-`` in the place of URL the replies of that file are read again, by the proof as it is. Printed:
each question with the reply and the answer, then how many sentences the model wrote and how many were put under another
passage, replaced by a quote or dropped, the reasons why quotes were given instead, precision and recall of the cited
turns, the statuses, the violations.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from measure_answers import precision_recall

from answer.violations import violations
from panelbot.answer.llm import answerability, generative
from panelbot.answer.llm.client import stream_reply
from panelbot.bot import PanelBot
from panelbot.config import Settings, load_settings
from panelbot.types import Answer

PATIENCE = 300.0  # seconds: a model on two cores is slow
ODDS = answerability.yes_odds


class Tap:
    """Stands between panelbot and the model: keeps the reply, or gives one that was kept."""

    def __init__(self) -> None:
        self.reply: str | None = None
        self.odds: float | None = None
        self.kept: dict[str, Any] | None = None

    def __call__(self, messages: list[dict[str, str]], settings: Settings) -> Iterator[str]:
        if self.kept is not None:
            self.reply = self.kept["reply"] or ""
            yield self.reply
            return
        for self.reply in stream_reply(messages, settings):
            yield self.reply

    def yes(self, *asked: Any, enough: float) -> float | None:
        """In the place of `answerability.yes_odds`."""
        self.odds = ODDS(*asked, enough=enough) if self.kept is None else self.kept.get("odds")
        return self.odds


def main(given: argparse.Namespace) -> None:
    """Ask, print, count."""
    tap = Tap()
    generative.stream_reply, answerability.yes_odds = tap, tap.yes
    replay = given.url == "-"
    url = "http://replay.invalid/v1" if replay else given.url
    settings = load_settings(overrides={"llm_base_url": url, "llm_model": given.model, "llm_timeout": PATIENCE})
    bot = PanelBot.open(given.index, settings=settings)
    transcripts = {t.id: t for t in bot.transcripts()}
    kept = {row["query_id"]: row for row in _read(given.rows)} if given.rows.exists() else {}
    counts, statuses, faults = Counter[str](), Counter[tuple[str, str]](), list[str]()
    cited: list[tuple[float, float]] = []
    for row in _asked(given, transcripts):
        tap.reply, tap.odds, tap.kept = None, None, kept.get(row["query_id"])
        if replay and row["query_id"] not in kept:
            continue
        answer = bot.ask(row["query"], history=row.get("history") or (), transcripts=[row["transcript_id"]])
        if row["query_id"] not in kept:
            _keep(given.rows, {"query_id": row["query_id"], "reply": tap.reply, "odds": tap.odds})
        _show(row, tap.reply, answer)
        statuses[_expected(row), answer.status] += 1
        faults += violations(answer, transcripts)
        counts.update(_tally(tap.reply, answer))
        if row["gold_turns"]:
            cited.append(precision_recall({c.turn for c in answer.citations}, set(row["gold_turns"])))
    print(json.dumps(dict(counts), ensure_ascii=False, indent=1))
    for (expected, status), n in sorted(statuses.items()):
        print(f"{expected:<20} {status:<20} {n}")
    if cited:
        precision, recall = (sum(pair[i] for pair in cited) / len(cited) for i in (0, 1))
        print(f"cited turns of {len(cited)}: precision {precision:.3f} recall {recall:.3f}")
    print(f"violations {len(faults)}", *faults, sep="\n  ")


def _read(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _keep(file: Path, row: dict[str, Any]) -> None:
    with file.open("a", encoding="utf-8") as rows:
        rows.write(json.dumps(row, ensure_ascii=False) + "\n")


def _asked(given: argparse.Namespace, transcripts: Any) -> list[dict[str, Any]]:
    rows = [row for row in _read(given.questions) if row["transcript_id"] in transcripts]
    rows = [row for row in rows if given.kind in ("", _expected(row))]
    return random.Random(0).sample(rows, min(given.n or len(rows), len(rows)))


def _expected(row: dict[str, Any]) -> str:
    return row.get("status") or ("answered" if row.get("answerable", True) else "no")


def _show(row: dict[str, Any], reply: str | None, answer: Answer) -> None:
    print(f"== {row['query_id']} {row['query']}\n   {answer.status}, {_expected(row)} expected {answer.note}")
    if reply is not None:
        print("   reply:  " + reply[:800].replace("\n", "\n           "))
    print("   answer: " + answer.text.replace("\n", "\n           "), flush=True)


def _tally(reply: str | None, answer: Answer) -> dict[str, int]:
    if reply is None:
        return {"not asked": 1}
    found = {"asked": 1, "repaired": answer.repaired, "dropped": answer.dropped}
    found["sentences written"] = len(generative.read_reply(reply))
    return {**found, (answer.note.split(";")[0].split("，")[0] or "its own answer"): 1}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index")
    parser.add_argument("questions", type=Path)
    parser.add_argument("url")
    parser.add_argument("rows", type=Path)
    parser.add_argument("--model", default="default")
    parser.add_argument("--n", type=int, default=0, help="so many questions, drawn with a fixed seed; all by default")
    parser.add_argument("--kind", default="", help="only questions with this expected status")
    main(parser.parse_args())
