"""An overview of a talk: who spoke how much, what was asked and who replied, what it is about.

It is all counted and found in the transcript; nothing is claimed that a reader cannot look up at once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from panelbot.bot.desk.topics import Topic, find_topics
from panelbot.evidence.open_questions import put_questions
from panelbot.evidence.thread import thread_of
from panelbot.types import Speaker, Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One speaker's part of a talk; ``share`` 0..1 of what is said, in characters."""

    speaker: Speaker
    n_turns: int
    share: float
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Who took a question up, and the first turn in which they did."""

    speaker: str
    turn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """What one turn asks of others: spans of its text, and who took it up, in order."""

    turn: int
    speaker: str
    spans: tuple[tuple[int, int], ...]
    text: str
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The whole; ``seconds`` is how long it lasts where that is known. People are in order of what they say."""

    transcript: Transcript
    seconds: float | None
    parts: tuple[Part, ...]
    questions: tuple[Put, ...]
    topics: tuple[Topic, ...]


def overview(transcript: Transcript) -> Overview:
    """The overview of ``transcript``."""
    last = next((turn.end or turn.start for turn in reversed(transcript.turns) if turn.start is not None), None)
    return Overview(
        transcript=transcript,
        seconds=last,
        parts=_parts(transcript),
        questions=questions_put(transcript),
        topics=find_topics(transcript),
    )


def _parts(transcript: Transcript) -> tuple[Part, ...]:
    spoken, n_turns, first = Counter[str](), Counter[str](), dict[str, int]()
    for turn in transcript.turns:
        spoken[turn.speaker] += len(turn.text)
        n_turns[turn.speaker] += 1
        first.setdefault(turn.speaker, turn.index)
    total = max(spoken.total(), 1)
    people = [speaker for speaker in transcript.speakers if speaker.name in first]
    people.sort(key=lambda speaker: (speaker.role == "moderator", -spoken[speaker.name]))
    return tuple(
        Part(speaker=s, n_turns=n_turns[s.name], share=spoken[s.name] / total, first=first[s.name]) for s in people
    )


def questions_put(transcript: Transcript) -> tuple[Put, ...]:
    """What the moderators and the audience asked, in order; where there are neither, what anybody asked."""
    asking = {s.name for s in transcript.speakers if s.role in ("moderator", "audience")}
    return tuple(
        _put(transcript, turn.index, tuple(spans))
        for turn in transcript.turns
        if (not asking or turn.speaker in asking) and (spans := put_questions(turn.text))
    )


def _put(transcript: Transcript, index: int, spans: tuple[tuple[int, int], ...]) -> Put:
    turn = transcript.turns[index]
    replies: dict[str, int] = {}
    for reply in thread_of(transcript, index).replies:
        replies.setdefault(transcript.turns[reply].speaker, reply)
    return Put(
        turn=index,
        speaker=turn.speaker,
        spans=spans,
        text=" ".join(turn.text[start:end].strip() for start, end in spans),
        replies=tuple(Reply(speaker=speaker, turn=reply) for speaker, reply in replies.items()),
    )
