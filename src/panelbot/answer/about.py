"""What is asked about a talk as a whole: who takes part, what was asked in it, and what panelbot does not do.

Knows the registers; does not search, and claims nothing about what was said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from panelbot.answer.phrasing import labels, opening
from panelbot.types import Language, Question, Speaker, Transcript

MAX_TALKS, MAX_LISTED = 5, 12


def people(question: Question, transcripts: Mapping[str, Transcript]) -> str:
    """Who takes part, or who the people named are, as the registers have it."""
    named = {(ref.transcript_id, ref.name) for r in question.references for ref in r.speakers if r.kind != "everyone"}
    there: dict[str, list[Speaker]] = {}
    for tid in sorted(transcripts):
        speakers = [s for s in transcripts[tid].speakers if not named or (tid, s.name) in named]
        if speakers:
            there[tid] = speakers
    lines = [_line(transcripts[tid], speakers, question.language, len(there)) for tid, speakers in there.items()]
    more = len(lines) - MAX_TALKS
    if more > 0:
        lines[MAX_TALKS:] = [f"另有 {more} 场讨论。" if question.language == "zh" else f"And {more} more discussions."]
    return "\n".join(lines)


def _line(transcript: Transcript, speakers: Sequence[Speaker], language: Language, n_talks: int) -> str:
    title, more = transcript.title or transcript.id, len(speakers) - MAX_LISTED
    who = labels(speakers[:MAX_LISTED], language)
    if more > 0:
        who += f"，另有 {more} 人" if language == "zh" else f", and {more} more"
    if n_talks > 1:
        return f"{title}：{who}。" if language == "zh" else f"{title}: {who}."
    if len(speakers) == 1:
        return f"{who}。" if language == "zh" else f"{opening(who)}."
    return f"发言的有：{who}。" if language == "zh" else f"The speakers are {who}."


def overview(language: Language, *, asked: bool) -> str:
    """Instead of a summary: panelbot quotes and sums nothing up; what was asked follows where anything was."""
    if language == "zh":
        return "我只引用原话，不写总结。" + ("讨论中问到的有：" if asked else "可以问我某人或某个话题说了什么。")
    rest = "This is what was asked:" if asked else "Ask me what somebody said, or what was said on a subject."
    return f"I quote what was said and write no summaries. {rest}"


def beyond(language: Language) -> str:
    """A task that is no question about what was said."""
    if language == "zh":
        return "这件事我做不了：我只能找出谁说了什么，并给出原话和出处。请问一个关于讨论内容的问题。"
    return "That is beyond me: I find who said what, word for word. Ask about anything that was spoken of."
