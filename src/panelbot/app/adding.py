"""Adding transcripts from the page: files and pasted text, looked at first, then stored.

Every mistake becomes one sentence of the view; nothing is stored by a preview.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from panelbot.app.html import join
from panelbot.app.plain import explain
from panelbot.app.uploading import upload_folder
from panelbot.app.views.added import mistake_view, preview_view, report_view, undecided_view
from panelbot.app.words import WORDS, say
from panelbot.bot.desk.doubts import find_doubts
from panelbot.bot.media import TYPES
from panelbot.errors import InputError, PanelbotError
from panelbot.types import AddReport, Language, Preview, Progress

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

log = logging.getLogger(__name__)


def uploads(sent: object) -> list[str]:
    """Of the paths a browser sent, those of files that were uploaded to this server; no others are read."""
    folder = upload_folder()
    paths = [Path(path).resolve() for path in sent if isinstance(path, str)] if isinstance(sent, list) else []
    return [str(path) for path in paths if path.is_relative_to(folder) and path.is_file()]


def preview_all(
    bot: PanelBot, paths: Sequence[str], text: str, name: str, language: Language, *, pattern: str = ""
) -> str:
    """The turns and speakers that would be stored; ``pattern`` says what a label is, where the form does not."""
    if not paths and not text.strip():
        return mistake_view(say("nothing_to_add", language))
    found: list[Preview] = []
    mistakes: list[str] = []
    readers: list[Callable[[], Sequence[Preview]]] = [
        lambda path=path: bot.preview(path, speaker_pattern=pattern) for path in _with_recordings(paths)[0]
    ]
    if text.strip():
        readers.append(lambda: (bot.preview_text(text, name=_name(name, language), speaker_pattern=pattern),))
    for read in readers:
        try:
            found.extend(read())
        except PanelbotError as error:
            mistakes.append(explain(error, language))
        except Exception:  # the front end: a visitor sees one sentence, the log has the rest
            log.exception("a file could not be previewed")
            mistakes.append(say("failed", language))
    return preview_view(found, mistakes, language)


def add_steps(bot: PanelBot, wanted: dict[str, Any], language: Language) -> Iterator[dict[str, Any]]:
    """Store what is wanted: how far it is as ``{words, share}``, at the end what `add_all` gives.

    It goes on where the visitor has left: what was begun is stored or not, never half.
    """
    steps: queue.Queue[dict[str, Any]] = queue.Queue()

    def work() -> None:
        text, name, pattern = (str(wanted.get(key, "")).strip() for key in ("text", "name", "pattern"))
        progress = _progress(steps.put, language)
        try:
            told = add_all(bot, uploads(wanted.get("paths")), text, name, language, progress, pattern=pattern)
        except Exception:  # nobody hears of it in a thread, and the visitor would wait for ever
            log.exception("what was stored could not be told")
            told = {"html": mistake_view(say("failed", language)), "stored": False}
        steps.put(told)

    threading.Thread(target=work, daemon=True).start()
    while True:
        step = steps.get()
        while "html" not in step and not steps.empty():  # only the newest is of interest
            step = steps.get()
        yield step
        if "html" in step:
            return


def add_all(
    bot: PanelBot,
    paths: Sequence[str],
    text: str,
    name: str,
    language: Language,
    progress: Progress,
    *,
    pattern: str = "",
) -> dict[str, Any]:
    """Store everything that can be; the outcome as ``html``, and whether all of it was ``stored``.

    The ``ids`` are those of what is new or has changed; ``files`` has those of every file, by its path.
    """
    if not paths and not text:
        return {"html": mistake_view(say("nothing_to_add", language)), "stored": False}
    reports: list[AddReport] = []
    mistakes: list[str] = []
    try:
        if paths:
            files, recordings = _with_recordings(paths)
            reports.append(bot.add(files, progress=progress, uploaded=True, speaker_pattern=pattern))
            for recording, file in recordings.items():
                _link(bot, recording, reports[0].files.get(str(file), ()), language)
        if text:
            reports.append(bot.add_text(text, name=_name(name, language), progress=progress, speaker_pattern=pattern))
    except PanelbotError as error:
        mistakes.append(explain(error, language))
    except Exception:  # the front end: a visitor sees one sentence, the log has the rest
        log.exception("a transcript could not be stored")
        mistakes.append(say("failed", language))
    ids = [id for report in reports for id in (*report.added, *report.updated)]
    known = bot.texts
    told = {id for report in reports for id in (*report.added, *report.updated, *report.unchanged)}
    titles = {id: known[id].title or id for id in told if id in known}
    doubts = {id: len(find_doubts(known[id], bot.edits_of(id))) for id in ids if id in known}
    shown = [
        *(report_view(report, titles, language) for report in reports),
        undecided_view(doubts, titles, language),
        *map(mistake_view, mistakes),
    ]
    stored = not mistakes and not any(report.failed for report in reports)
    if stored:
        forget_files(paths)
    files = {path: found for report in reports for path, found in report.files.items()}
    return {"html": join(shown), "ids": ids, "files": files, "stored": stored}


def _with_recordings(paths: Sequence[str]) -> tuple[list[Path], dict[Path, Path]]:
    """The files to read; and of recordings that came along the one file among these that is called as they are."""
    files = [Path(path) for path in paths]
    kinds = {file: file.suffix.casefold() in TYPES for file in files}
    beside: dict[Path, Path] = {}
    for recording in (file for file in files if kinds[file]):
        named = {file for file in files if file.stem == recording.stem and not kinds[file]}
        if len(named) == 1:
            beside[recording] = named.pop()
    return [file for file in files if file not in beside], beside


def _link(bot: PanelBot, recording: Path, ids: Sequence[str], language: Language) -> None:
    """Put ``recording`` beside the transcript of its file; where that could not be read, nothing is to be said."""
    if len(ids) > 1:
        raise InputError(say("recording_of_many", language, name=recording.name, number=len(ids)))
    for id in ids:
        bot.link_recording(id, recording, keep=True)


def _name(name: str, language: Language) -> str:
    return name.strip() or say("pasted", language)


def _progress(tell: Callable[[dict[str, Any]], object], language: Language) -> Progress:
    def progress(stage: str, done: int, total: int) -> None:
        key = f"stage_{stage}"
        words = say(key if key in WORDS else "stage_other", language)
        tell({"words": words, "share": done / total if total else None})

    return progress


def forget_files(paths: Sequence[str]) -> None:
    """Delete uploads that were stored: the index has them, and Gradio keeps each in a folder of its own."""
    for path in map(Path, paths):
        try:
            path.unlink(missing_ok=True)
            path.parent.rmdir()
        except OSError:  # swept later, with those that nobody stored
            log.info("the upload %s could not be deleted", path)
