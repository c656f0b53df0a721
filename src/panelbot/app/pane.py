"""What the page's script asks the server for: transcripts to read, the shelf, the register's editing, what is kept.

Each function takes one JSON object and returns one; a mistake comes back as ``{"error": sentence}``.
"""

from __future__ import annotations

import hashlib
import logging
import re
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.events import api

from panelbot.app.adding import preview_all, uploads
from panelbot.app.chat import scope_from
from panelbot.app.conversation import decode_entry, entries_from
from panelbot.app.export import export_file
from panelbot.app.feedback import keep_judgement
from panelbot.app.kept import Kept
from panelbot.app.plain import explain
from panelbot.app.shelf import shelf_rows
from panelbot.app.views.answer import exchange_view
from panelbot.app.views.found import apart, places_view
from panelbot.app.views.frame import frame_view, words_for_script
from panelbot.app.views.panel import people_view
from panelbot.app.views.transcript import transcript_view
from panelbot.app.views.welcome import scope_view, welcome_view
from panelbot.app.words import language_of, say
from panelbot.errors import PanelbotError
from panelbot.types import Language, Transcript

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

log = logging.getLogger(__name__)

Json = dict[str, Any]
Function = Callable[[Json, Language], Json]

_FACTS = ("organization", "title", "role", "name")  # the name last: the others are set under the old one
MAX_PLACES = 300  # turns that a search of all transcripts shows


def add_functions(bot: PanelBot, *, read_only: bool) -> None:
    """Offer the page's own endpoints, ``page_NAME``; with ``read_only`` none that changes the index is among them."""
    for function in functions(bot, read_only=read_only):
        offer(function)
    _offer_kept(bot, read_only=read_only)


def functions(bot: PanelBot, *, read_only: bool) -> list[Function]:
    """What the page's script may call of anybody's."""
    return [*_reading(bot, read_only=read_only), *([] if read_only else _changing(bot))]


def offer(function: Function) -> None:
    """Make ``function`` an endpoint of the page's script, answered at once, beside the queue of questions."""

    def called(wanted: dict[str, Any], request: gr.Request) -> dict[str, Any]:
        language = language_of(request)
        try:
            return function(wanted if isinstance(wanted, dict) else {}, language)
        except PanelbotError as error:
            return {"error": explain(error, language)}
        except Exception:  # the front end: a visitor sees one sentence, the log has the rest
            log.exception("the page's call could not be answered")
            return {"error": say("failed", language)}

    api(called, api_name=f"page_{function.__name__}", queue=False, api_visibility="undocumented")


def _reading(bot: PanelBot, *, read_only: bool) -> list[Function]:
    def thread(wanted: Json, language: Language) -> Json:
        """The exchanges of a conversation as HTML, None for one that cannot be read."""
        transcripts = bot.texts
        return {"html": [_exchange(record, transcripts, language) for record in _listed(wanted.get("records"))]}

    def welcome(wanted: Json, language: Language) -> Json:
        everything = bot.listing()
        scope = scope_from(wanted.get("scope"), everything)
        known = [each for each in everything if scope.transcripts is None or each.id in scope.transcripts]
        # to find the questions takes seconds the first time: a bare welcome is there before them
        questions = bot.suggest(language, transcripts=scope.transcripts) if known and not wanted.get("bare") else ()
        return {"html": welcome_view(known, questions, language)}

    def scope(wanted: Json, language: Language) -> Json:
        listed = bot.listing()
        return {"html": scope_view(listed, scope_from(wanted.get("scope"), listed), language)}

    def shelf(_: Json, __: Language) -> Json:
        return {"rows": shelf_rows(bot)}

    def people(wanted: Json, language: Language) -> Json:
        return {"html": people_view(bot.transcript(str(wanted.get("id"))), language, read_only=read_only)}

    def read(wanted: Json, language: Language) -> Json:
        return read_transcript(bot, wanted.get("id"), language)

    def find(wanted: Json, language: Language) -> Json:
        return find_words(bot, wanted, language)

    def export(wanted: Json, language: Language) -> Json:
        entries = entries_from(wanted.get("entries"))
        return export_file(bot, wanted.get("kind"), entries) if entries else {"say": say("nothing_to_export", language)}

    return [thread, welcome, scope, shelf, people, read, find, export]


def _changing(bot: PanelBot) -> list[Function]:
    def edit(wanted: Json, _: Language) -> Json:
        edit_speaker(bot, wanted)
        return {}

    def remove(wanted: Json, _: Language) -> Json:
        bot.remove([str(wanted.get("id"))])
        return {}

    def judge(wanted: Json, language: Language) -> Json:
        return keep_judgement(bot, wanted.get("entries"), wanted, language)

    def preview(wanted: Json, language: Language) -> Json:
        text, name, pattern = (str(wanted.get(key, "")) for key in ("text", "name", "pattern"))
        paths = uploads(wanted.get("paths"))
        return {"html": preview_all(bot, paths, text, name, language, pattern=pattern.strip())}

    return [edit, remove, judge, preview]


def _offer_kept(bot: PanelBot, *, read_only: bool) -> None:
    """What needs to know who asks: the frame, and the records of the visitor who logged in."""
    kept = Kept(bot.path)
    # What a browser keeps belongs to an index: another index on the same address starts its own.
    key = hashlib.sha256(str(bot.path).encode()).hexdigest()[:12]

    def page_start(_: dict[str, Any], request: gr.Request) -> dict[str, Any]:
        language = language_of(request)
        return {
            "language": language,
            "html": frame_view(language, read_only=read_only),
            "words": words_for_script(language),
            "user": request.username or "",
            "key": key,
            "read_only": read_only,
        }

    def page_kept(wanted: dict[str, Any], request: gr.Request) -> dict[str, Any]:
        language = language_of(request)
        if not request.username:
            return {"error": say("failed", language)}
        try:
            return kept_call(kept, request.username, wanted)
        except PanelbotError as error:
            return {"error": explain(error, language)}

    for function in (page_start, page_kept):
        api(function, api_name=function.__name__, queue=False, api_visibility="undocumented")


def kept_call(kept: Kept, user: str, wanted: Mapping[str, Any]) -> Json:
    """Read or change the user's records of a kind: ``do`` is all, put or drop."""
    kind, parent = str(wanted.get("kind", "")), wanted.get("parent")
    if wanted.get("do") == "all":
        return {"records": kept.all(user, kind, parent if isinstance(parent, str) else None)}
    if wanted.get("do") == "drop":
        kept.drop(user, kind, str(wanted.get("id", "")))
    elif isinstance(record := wanted.get("record"), Mapping):
        kept.put(user, kind, record)
    return {}


def _exchange(record: object, transcripts: Mapping[str, Transcript], language: Language) -> str | None:
    try:
        entry = decode_entry(record["entry"])  # type: ignore[index]
    except (KeyError, TypeError, ValueError):
        return None
    rating = str(record.get("rating", ""))  # type: ignore[union-attr]
    key = str(record.get("id", ""))  # type: ignore[union-attr]
    return exchange_view(entry, key=key, transcripts=transcripts, language=language, rating=rating)


def read_transcript(bot: PanelBot, wanted: object, language: Language) -> Json:
    """One transcript as HTML, the newest where none is named."""
    newest = bot.newest()
    if not newest:
        return {"id": "", "error": say("no_transcripts", language)}
    try:
        transcript = bot.transcript(wanted if isinstance(wanted, str) and wanted else newest[0])
    except PanelbotError:
        return {"id": "", "error": say("gone", language)}
    return {"id": transcript.id, "html": transcript_view(transcript, language)}


def find_words(bot: PanelBot, wanted: Json, language: Language) -> Json:
    """The turns that hold words: of all transcripts as HTML, of the one with an ``id`` as ``places`` in its turns."""
    words, exact = str(wanted.get("words", ""))[:200], bool(wanted.get("exact"))
    if wanted.get("id"):
        here = bot.find(words, exact=exact, transcripts=[str(wanted["id"])], limit=sys.maxsize)
        return {"places": [(place.turn, list(apart(place.spans))) for place in here]}
    found = bot.find(words, exact=exact, limit=MAX_PLACES + 1)
    shown = found[:MAX_PLACES]
    return {"html": places_view(shown, bot.texts, language, more=len(found) > MAX_PLACES)}


def edit_speaker(bot: PanelBot, wanted: object) -> None:
    """Make the changes of one speaker's form; only what differs from the register is changed.

    Raises:
        PanelbotError: no such transcript or speaker, or a change that cannot be made.
    """
    form = {key: str(value) for key, value in wanted.items()} if isinstance(wanted, Mapping) else {}
    transcript = bot.transcript(form.get("transcript", ""))
    speaker = transcript.speaker(form.get("speaker", ""))
    if form.get("merge"):
        bot.edit_speakers(transcript.id, [{"edit": "merge", "speaker": speaker.name, "into": form["merge"]}])
        return
    changed: list[dict[str, Any]] = []
    if "aliases" in form and _names(form["aliases"]) != _names(",".join(speaker.aliases)):
        changed.append({"edit": "aliases", "speaker": speaker.name, "aliases": _names(form["aliases"])})
    changed += [
        {"edit": "set", "speaker": speaker.name, "field": field, "value": form[field].strip()}
        for field in _FACTS
        if field in form and form[field].strip() != getattr(speaker, field)
    ]
    if changed:
        bot.edit_speakers(transcript.id, changed)


def _names(aliases: str) -> list[str]:
    return [alias.strip() for alias in re.split("[,，、;；]", aliases) if alias.strip()]


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
