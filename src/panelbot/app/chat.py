"""Asking from the page: a question, the conversation so far and the chosen scope in; views out.

The conversation belongs to the visitor's browser; nothing about it stays here.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from panelbot.app.conversation import MAX_EXCHANGES, Entry, entries_from, history_of, to_plain
from panelbot.app.html import join, tag
from panelbot.app.views.answer import exchange_view, failed_view, live_view
from panelbot.app.words import say
from panelbot.bot import MAX_QUESTION
from panelbot.errors import PanelbotError
from panelbot.types import Answer, Language, Transcript

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a visitor chose to ask: transcript ids and speaker names; None is all of them."""

    transcripts: tuple[str, ...] | None = None
    speakers: tuple[str, ...] | None = None


def scope_from(value: object, transcripts: Sequence[Transcript]) -> Scope:
    """The scope a browser sent, without what is no longer there; nothing left counts as no choice."""
    chosen = value if isinstance(value, Mapping) else {}
    ids = _known(chosen.get("transcripts"), [transcript.id for transcript in transcripts])
    heard = [
        speaker for transcript in transcripts if not ids or transcript.id in ids for speaker in transcript.speakers
    ]
    names = [name for speaker in heard for name in (speaker.name, *speaker.aliases)]
    return Scope(transcripts=ids, speakers=_known(chosen.get("speakers"), names))


def _known(value: object, names: Sequence[str]) -> tuple[str, ...] | None:
    known = set(names)
    return tuple(item for item in value if item in known) or None if isinstance(value, list) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What changed on the page: the exchange being written, and at the end the conversation."""

    live: str
    thread: str | None = None
    conversation: list[dict[str, Any]] | None = None


def thread_view(bot: PanelBot, conversation: object, language: Language) -> str:
    """All finished exchanges of a stored conversation."""
    return _thread(bot, entries_from(conversation), language)


def _thread(bot: PanelBot, entries: Sequence[Entry], language: Language) -> str:
    transcripts = {transcript.id: transcript for transcript in bot.transcripts()}
    return join(
        exchange_view(entry.query, entry.answer, number=number, transcripts=transcripts, language=language)
        for number, entry in enumerate(entries)
    )


def ask(bot: PanelBot, query: str, conversation: object, scope: Scope, language: Language) -> Iterator[Step]:
    """The steps of one question: the text as it grows, the finished thread last."""
    query = query.strip()
    if not query or len(query) > MAX_QUESTION:
        words = say("long_question", language, limit=MAX_QUESTION) if query else say("empty_question", language)
        yield Step(live=notice(words))
        return
    yield Step(live=live_view(query, "", language))
    entries = entries_from(conversation)
    try:
        for part in bot.ask_stream(
            query, history=history_of(entries), transcripts=scope.transcripts, speakers=scope.speakers
        ):
            if isinstance(part, Answer):
                entry = Entry(query=query, answer=part, speakers=scope.speakers or ())
                entries = [*entries, entry][-MAX_EXCHANGES:]
                yield Step(
                    live="", thread=_thread(bot, entries, language), conversation=[to_plain(item) for item in entries]
                )
            else:
                yield Step(live=live_view(query, part, language))
    except PanelbotError as error:
        yield Step(live=failed_view(query, str(error), language))
    except Exception:  # the front end: a visitor sees one sentence, the log has the rest
        log.exception("the question could not be answered")
        yield Step(live=failed_view(query, say("failed", language), language))


def notice(words: str) -> Markup:
    """A message in the chat that is no answer."""
    return tag("p", words, cls="pb-notice", role="alert")
