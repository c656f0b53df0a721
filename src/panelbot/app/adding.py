"""Adding transcripts from the page: files and pasted text, looked at first, then stored.

Every mistake becomes one sentence of the view; nothing is stored by a preview.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from panelbot.app.html import join
from panelbot.app.views.added import mistake_view, preview_view, report_view
from panelbot.app.words import WORDS, say
from panelbot.errors import PanelbotError
from panelbot.types import AddReport, Language, Preview, Progress

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

log = logging.getLogger(__name__)

Bar = Callable[..., object]
"""Gradio's progress bar: called as ``bar((done, total), desc=words)``."""


def preview_all(
    bot: PanelBot, paths: Sequence[str], text: str, name: str, language: Language, *, pattern: str = ""
) -> str:
    """The turns and speakers that would be stored; ``pattern`` says what a label is, where the form does not."""
    if not paths and not text.strip():
        return mistake_view(say("nothing_to_add", language))
    found: list[Preview] = []
    mistakes: list[str] = []
    readers: list[Callable[[], Sequence[Preview]]] = [
        lambda path=path: bot.preview(path, speaker_pattern=pattern) for path in paths
    ]
    if text.strip():
        readers.append(lambda: (bot.preview_text(text, name=_name(name, language), speaker_pattern=pattern),))
    for read in readers:
        try:
            found.extend(read())
        except PanelbotError as error:
            mistakes.append(str(error))
        except Exception:  # the front end: a visitor sees one sentence, the log has the rest
            log.exception("a file could not be previewed")
            mistakes.append(say("failed", language))
    return preview_view(found, mistakes, language)


def add_all(
    bot: PanelBot, paths: Sequence[str], text: str, name: str, language: Language, bar: Bar, *, pattern: str = ""
) -> tuple[str, bool]:
    """Store everything that can be; the view of the outcome, and whether all of it was stored."""
    if not paths and not text.strip():
        return mistake_view(say("nothing_to_add", language)), False
    progress = _progress(bar, language)
    reports: list[AddReport] = []
    mistakes: list[str] = []
    try:
        if paths:
            files = [Path(path) for path in paths]
            reports.append(bot.add(files, progress=progress, uploaded=True, speaker_pattern=pattern))
        if text.strip():
            reports.append(bot.add_text(text, name=_name(name, language), progress=progress, speaker_pattern=pattern))
    except PanelbotError as error:
        mistakes.append(str(error))
    except Exception:  # the front end: a visitor sees one sentence, the log has the rest
        log.exception("a transcript could not be stored")
        mistakes.append(say("failed", language))
    titles = {transcript.id: transcript.title or transcript.id for transcript in bot.transcripts()}
    shown = [*(report_view(report, titles, language) for report in reports), *map(mistake_view, mistakes)]
    return join(shown), not mistakes and not any(report.failed for report in reports)


def _name(name: str, language: Language) -> str:
    return name.strip() or say("pasted", language)


def _progress(bar: Bar, language: Language) -> Progress:
    def progress(stage: str, done: int, total: int) -> None:
        key = f"stage_{stage}"
        words = say(key if key in WORDS else "stage_other", language)
        bar((done, total) if total else None, desc=words)

    return progress


def forget_files(paths: Sequence[str]) -> None:
    """Delete uploads that were stored: the index has them, and Gradio keeps each in a folder of its own."""
    for path in map(Path, paths):
        try:
            path.unlink(missing_ok=True)
            path.parent.rmdir()
        except OSError:  # swept later, with those that nobody stored
            log.info("the upload %s could not be deleted", path)
