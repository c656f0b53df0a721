"""An answer as plain text to paste into a story: no markup, no ids, every quote under the name of who said it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from panelbot.bot.desk.notes import attributed, attribution
from panelbot.types import Answer, Citation, Language, Transcript

_MARKER = re.compile(r"(?<!\s)\s*\[(\d{1,3})\]")


def clean_answer(answer: Answer, transcripts: Mapping[str, Transcript], language: Language) -> str:
    """The text of the answer, and under it where each of its quotes is from; those not in the text in full."""
    cited = {citation.number for citation in answer.citations}
    text = _MARKER.sub(lambda marker: "" if int(marker[1]) in cited else marker[0], answer.text)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    sources = [_source(c, text, transcripts, language) for c in (*answer.citations, *answer.nearest)]
    return "\n".join([*lines, *(["", *dict.fromkeys(sources)] if sources else [])]) + "\n"


def _source(citation: Citation, text: str, transcripts: Mapping[str, Transcript], language: Language) -> str:
    transcript = transcripts.get(citation.transcript_id)
    if transcript is None:
        return f"“{citation.quote}” — {citation.speaker}"
    speaker = transcript.speaker(citation.speaker)
    said = (
        attribution(speaker, transcript.date, language)
        if citation.quote in text
        else attributed(citation.quote, speaker, transcript.date, language)
    )
    if not transcript.title:
        return said
    return f"{said}，《{transcript.title}》" if language == "zh" else f"{said}, “{transcript.title}”"
