"""Keep the first hits of the shipped search for each question, so that readers are judged on the same twelve.

    python training/reader/hits.py INDEX QUESTIONS.jsonl… > HITS.jsonl

A row: the question, whether it has an answer, and the hits: who speaks, what was asked before, the passage, and
whether its turn is a right one.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from panelbot import PanelBot
from panelbot.evaluation import GoldQuestion, load_questions
from panelbot.rerank import question_of
from panelbot.types import Hit, Transcript

N = 12


def told(bot: PanelBot, q: GoldQuestion, transcript: Transcript) -> dict[str, Any]:
    """The row of one question."""
    hits = bot.search(q.query, k=N, transcripts=[transcript.id])
    return {
        "query": q.query,
        "transcript": transcript.id,
        "language": transcript.language,
        "answerable": q.answerable,
        "status": q.status,
        "quotes": q.quotes,
        "hits": [_hit(h, transcript, h.turn in q.gold_turns) for h in hits],
    }


def _hit(hit: Hit, transcript: Transcript, right: bool) -> dict[str, Any]:
    at = hit.asked
    asked = question_of(transcript.turns[at].text) if at >= 0 else ""
    return {"turn": hit.turn, "speaker": hit.speaker.name, "asked": asked, "text": hit.text, "right": right}


if __name__ == "__main__":
    bot = PanelBot.open(sys.argv[1])
    transcripts = {t.id: t for t in bot.transcripts()}
    for q in load_questions(map(Path, sys.argv[2:]), tuple(transcripts.values())):
        print(json.dumps(told(bot, q, transcripts[q.transcript_id]), ensure_ascii=False), flush=True)
