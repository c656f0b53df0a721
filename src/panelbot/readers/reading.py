"""A Reading from a dialogue and the facts around it."""

from __future__ import annotations

from panelbot.readers.dialogue import Dialogue
from panelbot.readers.document import Document
from panelbot.readers.preamble import Preamble
from panelbot.types import Reading, Transcript

_MAX_NAMED = 5
_SURE = 0.8


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
    return Reading(
        transcript=transcript,
        format=form,
        introduction=preamble.introduction,
        warnings=(*warnings, *_doubts(dialogue)),
        left_out=dialogue.left_out,
        sure=dialogue.sure,
    )


def _doubts(dialogue: Dialogue) -> tuple[str, ...]:
    """Sentences about the labels that were not believed, and about labels that are unsure as a whole."""
    found: list[str] = []
    if dialogue.doubtful:
        shown = "; ".join(dialogue.doubtful[:_MAX_NAMED]) + (" …" if len(dialogue.doubtful) > _MAX_NAMED else "")
        n = len(dialogue.doubtful)
        lines, opens = ("1 line looks", "opens") if n == 1 else (f"{n} lines look", "open")
        found.append(
            f"{lines} like a label and {opens} a turn of nobody ({shown}); --speaker-pattern says what a label is"
        )
    if dialogue.sure < _SURE:
        found.append(
            f"who speaks is read with {dialogue.sure:.0%} certainty; look at it with --dry-run, "
            "and say what a label is with --speaker-pattern"
        )
    return tuple(found)


def stated_language(stated: str) -> str:
    """``zh`` or ``en`` as a file may state it; empty where it states another or none."""
    folded = stated.casefold()
    if folded.startswith(("zh", "chinese", "中文", "mandarin", "普通话", "cmn", "汉语")):
        return "zh"
    return "en" if folded.startswith(("en", "英")) else ""
