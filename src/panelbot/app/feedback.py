"""A reader's judgement of an answer, as a line of questions JSONL.

An answer called good gives its own citations as gold. One called bad has no gold but what the reader names: the
line keeps the rating, so that a person can fill in the rest before it is used for evaluation.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from panelbot.app.conversation import Entry

MAX_REASON = 500


def feedback_record(entries: Sequence[Entry], judged: object) -> dict[str, Any] | None:
    """The record of a judgement of one of ``entries``; None where it judges none of them."""
    form = judged if isinstance(judged, Mapping) else {}
    number, rating = form.get("exchange"), form.get("rating")
    if not isinstance(number, int) or not 0 <= number < len(entries) or rating not in ("good", "bad"):
        return None
    entry = entries[number]
    answer = entry.answer
    cited = Counter(citation.transcript_id for citation in answer.citations or answer.nearest)
    transcript_id = cited.most_common(1)[0][0] if cited else ""
    own = [citation for citation in answer.citations if citation.transcript_id == transcript_id]
    good = rating == "good"
    answered = answer.status == "answered"
    turn = form.get("turn")
    named = [turn] if isinstance(turn, int) and turn >= 0 else []
    gold = list(dict.fromkeys(citation.turn for citation in own)) if good and answered else named
    kept = own if good and answered else []
    return {
        "query_id": f"feedback-{uuid.uuid4().hex[:12]}",
        **({"transcript_id": transcript_id} if transcript_id else {}),
        "query": entry.query,
        "gold_turns": gold,
        "speakers": list(dict.fromkeys(citation.speaker for citation in kept)),
        "quotes": [citation.quote for citation in kept],
        "answerable": answered if good else True,
        **({"status": answer.status} if good else {}),
        "history": [{"query": earlier.query, "answer": earlier.answer.text} for earlier in entries[:number]],
        "kind": "feedback",
        "rating": rating,
        "reason": str(form.get("reason", ""))[:MAX_REASON],
        "status_given": answer.status,
        "answer": answer.text,
    }
