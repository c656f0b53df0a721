"""A Reading from a dialogue and the facts around it."""

from __future__ import annotations

from panelbot.readers.dialogue import Dialogue
from panelbot.readers.document import Document
from panelbot.readers.preamble import Preamble
from panelbot.types import Reading, Transcript


def make_reading(
    document: Document, dialogue: Dialogue, preamble: Preamble, *, form: str, warnings: tuple[str, ...] = ()
) -> Reading:
    """The Reading of ``document``; its name is the source where the file states none."""
    transcript = Transcript(
        id=document.id,
        title=preamble.title,
        language=stated_language(preamble.language),
        date=preamble.date,
        event=preamble.event,
        location=preamble.location,
        source=preamble.source or document.name,
        speakers=dialogue.speakers,
        turns=dialogue.turns,
    )
    return Reading(transcript=transcript, format=form, introduction=preamble.introduction, warnings=warnings)


def stated_language(stated: str) -> str:
    """``zh`` or ``en`` as a file may state it; empty where it states another or none."""
    folded = stated.casefold()
    if folded.startswith(("zh", "chinese", "中文", "mandarin", "普通话", "cmn", "汉语")):
        return "zh"
    return "en" if folded.startswith(("en", "英")) else ""
