"""A reader's judgement of an answer, as a line of questions JSONL.

An answer called good gives its own citations, or its kind of "no", as gold. One called bad has what the reader names
instead: the turn that answers, or the "no" it should have been. A reader who names neither has said nothing of the
right answer, so the line is marked unjudged and evaluation leaves it out.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from panelbot.app.conversation import Entry, entries_from
from panelbot.app.plain import explain
from panelbot.app.words import say
from panelbot.errors import InputError, PanelbotError
from panelbot.types import STATUSES, Answer, Language, Transcript

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

log = logging.getLogger(__name__)

MAX_REASON = 500
CAUSES = {  # what may be good of an answer, and what bad
    "good": ("words", "person", "complete"),
    "bad": ("off", "wrong_person", "missing", "wrong_no", "not_said"),
}
NOS = tuple(status for status in STATUSES if status != "answered")
UNJUDGED: dict[str, Any] = {"gold_turns": [], "unjudged": True}


def keep_judgement(bot: PanelBot, stored: object, judged: object, language: Language) -> dict[str, str]:
    """Keep a judgement of the stored conversation; thanks to ``say``, else the ``fault`` to show in the form."""
    try:
        record = feedback_record(entries_from(stored), judged, bot.texts, language)
        if record is not None:
            bot.feedback(record)
            return {"say": say("thanks", language), "fault": ""}
    except PanelbotError as error:
        return {"fault": explain(error, language)}
    except Exception:  # the front end: a visitor sees one sentence, the log has the rest
        log.exception("the judgement could not be kept")
    return {"fault": say("not_kept", language)}


def feedback_record(
    entries: Sequence[Entry], judged: object, transcripts: Mapping[str, Transcript], language: Language
) -> dict[str, Any] | None:
    """The record of a judgement of one of ``entries``; None where it judges none of them.

    Raises:
        InputError: the turn that is named is not there.
    """
    form = judged if isinstance(judged, Mapping) else {}
    number, rating = form.get("exchange"), form.get("rating")
    if not isinstance(number, int) or not 0 <= number < len(entries) or rating not in ("good", "bad"):
        return None
    entry = entries[number]
    if rating == "good":
        gold = _gold_of_answer(entry.answer)
    elif form.get("right") == "turn":
        gold = _gold_of_turn(form, transcripts, language)
    elif form.get("right") in NOS:
        gold = _gold_of_no(entry.answer, str(form["right"]))
    else:
        gold = UNJUDGED
    if entry.speakers and gold.get("answerable") is False:
        gold = UNJUDGED  # a "no" of the speakers who were heard; evaluation asks everybody
    return {
        "query": entry.query,
        **gold,
        "history": [{"query": earlier.query, "answer": earlier.answer.text} for earlier in entries[:number]],
        "kind": "feedback",
        "rating": rating,
        "causes": [cause for cause in CAUSES[rating] if cause in _chosen(form, rating)],
        "reason": str(form.get("reason", ""))[:MAX_REASON],
        "status_given": entry.answer.status,
        "answer": entry.answer.text,
    }


def _chosen(form: Mapping[str, Any], rating: str) -> list[Any]:
    causes = form.get(f"{rating}_cause")
    return causes if isinstance(causes, list) else [causes]


def _gold_of_answer(answer: Answer) -> dict[str, Any]:
    """The answer as it is."""
    if answer.status != "answered":
        return _gold_of_no(answer, answer.status)
    transcript_id = _mostly_cited(answer)
    kept = [citation for citation in answer.citations if citation.transcript_id == transcript_id]
    return {
        **({"transcript_id": transcript_id} if transcript_id else {}),
        "gold_turns": list(dict.fromkeys(citation.turn for citation in kept)),
        "speakers": list(dict.fromkeys(citation.speaker for citation in kept)),
        "quotes": [citation.quote for citation in kept],
        "answerable": True,
        "status": "answered",
    }


def _gold_of_turn(form: Mapping[str, Any], transcripts: Mapping[str, Transcript], language: Language) -> dict[str, Any]:
    """The turn the reader names, in the transcript the reader had open."""
    chosen = transcripts.get(str(form.get("transcript", "")))
    turn = form.get("turn")
    if chosen is None or not isinstance(turn, int) or isinstance(turn, bool):
        raise InputError(say("no_turn", language))
    if not 0 <= turn < len(chosen.turns):
        raise InputError(say("turn_out_of_range", language, last=len(chosen.turns)))
    return {
        "transcript_id": chosen.id,
        "gold_turns": [turn],
        "speakers": [chosen.turns[turn].speaker],
        "answerable": True,
        "status": "answered",
    }


def _gold_of_no(answer: Answer, status: str) -> dict[str, Any]:
    """Nobody answers it, in the transcript the answer was mostly of; in all of them where it was of none."""
    transcript_id = _mostly_cited(answer)
    place = {"transcript_id": transcript_id} if transcript_id else {}
    return {**place, "gold_turns": [], "answerable": False, "status": status}


def _mostly_cited(answer: Answer) -> str:
    cited = Counter(citation.transcript_id for citation in answer.citations or answer.nearest)
    return cited.most_common(1)[0][0] if cited else ""
