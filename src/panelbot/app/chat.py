"""Asking from the page: a question, the conversation so far and the chosen scope in; views out, step by step.

The conversation is the visitor's; nothing about it stays here.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from panelbot.app.conversation import Entry, history_from, to_plain
from panelbot.app.plain import explain
from panelbot.app.views.answer import exchange_view, failed_view, found_view, growing_view
from panelbot.app.words import say
from panelbot.bot import MAX_QUESTION
from panelbot.errors import PanelbotError
from panelbot.types import Answer, Found, Language, Listed

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a visitor chose to ask: transcript ids and speaker names; None is all of them."""

    transcripts: tuple[str, ...] | None = None
    speakers: tuple[str, ...] | None = None


def scope_from(value: object, transcripts: Sequence[Listed]) -> Scope:
    """The scope a browser sent, without what is no longer there; nothing left counts as no choice."""
    chosen = value if isinstance(value, Mapping) else {}
    ids = _known(chosen.get("transcripts"), (each.id for each in transcripts))
    heard = (speaker for each in transcripts if not ids or each.id in ids for speaker in each.speakers)
    names = (name for speaker in heard for name in (speaker.name, *speaker.aliases))
    return Scope(transcripts=ids, speakers=_known(chosen.get("speakers"), names))


def _known(value: object, names: Iterable[str]) -> tuple[str, ...] | None:
    """Those of a list that are among ``names``, which are not looked at where there is none."""
    if not isinstance(value, list) or not value:
        return None
    known = set(names)
    return tuple(item for item in value if isinstance(item, str) and item in known) or None


Step = dict[str, Any]
"""What changed: ``html`` of the answer, and with the last step ``entry`` to keep, or ``failed``: nothing is kept."""


def ask(bot: PanelBot, asked: Mapping[str, Any], language: Language) -> Iterator[Step]:
    """The steps of one question ``{query, key, history, scope}``: what was found, the text as it grows, the answer."""
    query = str(asked.get("query", "")).strip()
    if not query or len(query) > MAX_QUESTION:
        words = say("long_question", language, limit=MAX_QUESTION) if query else say("empty_question", language)
        yield {"html": failed_view(query, words, language), "failed": True}
        return
    try:
        yield from _steps(bot, query, asked, language)
    except PanelbotError as error:
        yield {"html": failed_view(query, explain(error, language), language), "failed": True}
    except Exception:  # the front end: a visitor sees one sentence, the log has the rest
        log.exception("the question could not be answered")
        yield {"html": failed_view(query, say("failed", language), language), "failed": True}


def _steps(bot: PanelBot, query: str, asked: Mapping[str, Any], language: Language) -> Iterator[Step]:
    everything = bot.listing()
    scope = scope_from(asked.get("scope"), everything)
    transcripts = bot.texts
    history = history_from(asked.get("history"))
    for part in bot.ask_steps(query, history=history, transcripts=scope.transcripts, speakers=scope.speakers):
        if isinstance(part, Found):
            yield {"html": found_view(part, transcripts, language)}
        elif isinstance(part, Answer):
            asked_of = scope.transcripts if scope.transcripts and len(scope.transcripts) < len(transcripts) else ()
            entry = Entry(query=query, answer=part, speakers=scope.speakers or (), transcripts=asked_of)
            shown = exchange_view(entry, key=str(asked.get("key", "")), transcripts=transcripts, language=language)
            yield {"html": shown, "entry": to_plain(entry)}
        else:
            yield {"html": growing_view(part, language)}
