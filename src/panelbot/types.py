"""The values that cross module borders: transcripts, hits, citations and answers.

All are frozen. Nothing here knows how a value is read, stored, found or shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from importlib import import_module
from typing import Literal, get_args

_NOTEBOOK = "panelbot.integrations.notebook"  # how a value is shown is a later stage's, named and not imported
Role = Literal["moderator", "panelist", "audience", "unknown"]
ROLES: tuple[Role, ...] = get_args(Role)

Status = Literal[
    "answered",
    "not_discussed",
    "not_by_speaker",
    "unknown_speaker",
    "ambiguous_speaker",
    "asked_not_answered",
]
STATUSES: tuple[Status, ...] = get_args(Status)

Language = Literal["zh", "en"]
End = Literal["", "open", "close"]  # of a talk
Confidence = Literal["high", "low"]

Progress = Callable[[str, int, int], None]
"""Called as ``progress(stage, done, total)``; ``total`` is 0 where it is not known."""


def no_progress(stage: str, done: int, total: int) -> None:
    """The progress callback that shows nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What says a fact of the register: ``field`` is a Speaker field, ``source`` where it was found."""

    field: str
    source: Literal["edited", "file", "introduction", "label", "self-introduction", "address", "inferred"]
    text: str
    turn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A person in a transcript. Unknown facts are empty strings."""

    name: str
    organization: str = ""
    title: str = ""
    role: Role = "unknown"
    aliases: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one speaker says until the next one speaks; ``start``/``end`` in seconds."""

    index: int
    speaker: str
    text: str
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """One panel or meeting. ``turns[i].index == i``; ``turns[i].speaker`` names one of ``speakers``."""

    id: str
    title: str = ""
    language: str = ""
    date: str = ""
    event: str = ""
    location: str = ""
    source: str = ""
    speakers: tuple[Speaker, ...] = ()
    turns: tuple[Turn, ...] = ()

    def speaker(self, name: str) -> Speaker:
        """The speaker called exactly ``name``; a bare Speaker where the register has none."""
        return next((s for s in self.speakers if s.name == name), Speaker(name=name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A transcript as it stands in a list: without what was said."""

    id: str
    title: str
    language: str
    date: str
    event: str
    location: str
    source: str
    speakers: tuple[Speaker, ...]
    n_turns: int

    @classmethod
    def of(cls, transcript: Transcript) -> Listed:
        """``transcript`` in a list."""
        kept = {each.name: getattr(transcript, each.name) for each in fields(transcript) if each.name != "turns"}
        return cls(**kept, n_turns=len(transcript.turns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader made of a file: the transcript as labelled, and the prose around its turns.

    ``sure`` is how sure its labels are, 0 to 1; ``left_out`` says what of the file is no turn, and in which lines.
    """

    transcript: Transcript
    format: str
    introduction: str = ""
    warnings: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    sure: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A transcript as ``add`` would store it, and what a person should know of how it was read."""

    transcript: Transcript
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Characters ``start:end`` of one turn: the unit that is embedded and retrieved."""

    turn: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A retrieved passage, best first; ``text == turn.text[start:end]``, ``rank`` is 1-based.

    ``asked`` is the turn whose question the hit's turn answers, -1 for none; ``at_end`` marks a turn at that end of the
    talk which is asked about.
    """

    rank: int
    transcript_id: str
    turn: int
    speaker: Speaker
    text: str
    start: int
    end: int
    score: float
    features: Mapping[str, float] = field(default_factory=dict)
    asked: int = -1
    at_end: bool = False

    @classmethod
    def of(cls, transcript: Transcript, turn: Turn, *, rank: int, score: float = 1.0, end: int | None = None) -> Hit:
        """``turn`` of ``transcript``, up to the character ``end``, as a hit."""
        text, speaker = turn.text[:end], transcript.speaker(turn.speaker)
        place = {"transcript_id": transcript.id, "turn": turn.index, "start": 0, "end": len(text)}
        return cls(rank=rank, speaker=speaker, text=text, score=score, **place)

    def _repr_html_(self) -> str:
        """As a notebook shows it."""
        return import_module(_NOTEBOOK).hit_html(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerRef:
    """One speaker of one transcript, as a reference resolves to it."""

    transcript_id: str
    name: str
    organization: str = ""
    title: str = ""

    @classmethod
    def of(cls, transcript_id: str, speaker: Speaker) -> SpeakerRef:
        """``speaker`` of that transcript."""
        facts = {"organization": speaker.organization, "title": speaker.title}
        return cls(transcript_id=transcript_id, name=speaker.name, **facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Words of a question that point at speakers; ``text == question[start:end]``."""

    text: str
    start: int
    end: int
    kind: Literal["name", "organization", "organization_kind", "job", "role", "everyone", "pronoun"]
    speakers: tuple[SpeakerRef, ...]
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A verbatim span of a turn that supports a sentence: ``turn.text[start:end] == quote``."""

    number: int
    transcript_id: str
    turn: int
    speaker: str
    quote: str
    start: int
    end: int
    organization: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is told the asker. ``text`` holds markers ``[n]`` for ``citations[n-1]``.

    ``question`` is the standalone wording that was searched. ``nearest`` are citations offered with a "no", and
    ``also`` those offered beside an answer: of what was found with it and is not in it.
    ``confidence`` is low where the quotes come closest but may not answer, and the text says so.
    """

    status: Status
    text: str
    question: str
    language: Language = "en"
    confidence: Confidence = "high"
    citations: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    references: tuple[Reference, ...] = ()
    discussed_by: tuple[SpeakerRef, ...] = ()
    candidates: tuple[SpeakerRef, ...] = ()
    silent: tuple[SpeakerRef, ...] = ()
    nearest: tuple[Citation, ...] = ()
    also: tuple[Citation, ...] = ()
    evidence: float = 0.0
    repaired: int = 0
    dropped: int = 0
    note: str = ""

    def _repr_html_(self) -> str:
        """As a notebook shows it."""
        return import_module(_NOTEBOOK).answer_html(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the search for a question found, before an answer is made of it; ``question`` is what was searched."""

    question: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A turn that holds the words looked for; ``spans`` are their (start, end) in its text, in order."""

    transcript_id: str
    turn: int
    speaker: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFailure:
    """A file that could not be added, and one sentence that says why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddReport:
    """What ``add`` did: transcript ids by outcome and by the path of their file, and the files that failed."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[FileFailure, ...] = ()
    warnings: tuple[str, ...] = ()
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


QuestionKind = Literal["content", "who_said", "each", "asked", "people", "overview", "task", "smalltalk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """An earlier question of the conversation, and the answer's text where it is known."""

    query: str
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as understood: what is searched, among whose turns, and what kind of answer is asked for.

    ``text`` is the standalone wording; ``topic`` is ``text`` without the words that point at speakers or frame
    the question ("what did … say about"). ``speakers`` is the scope, empty for everybody. ``fault`` names the
    status that ends the search before it starts: ``unknown`` holds the words that name nobody on the panel,
    ``candidates`` the speakers that fit equally.

    ``words`` are the content words of what is asked about, each once, ``sought`` those of them that a search looks for.
    ``broad`` asks what was said on a matter, not for one fact; ``end`` for an end of the talk and nothing else;
    ``questions`` for what was asked; ``open_ended`` names no matter, so that all a speaker said answers it.
    """

    original: str
    text: str
    topic: str
    language: Language
    kind: QuestionKind = "content"
    references: tuple[Reference, ...] = ()
    speakers: tuple[SpeakerRef, ...] = ()
    fault: Literal["", "unknown_speaker", "ambiguous_speaker"] = ""
    unknown: tuple[str, ...] = ()
    candidates: tuple[SpeakerRef, ...] = ()
    words: tuple[str, ...] = ()
    sought: tuple[str, ...] = ()
    broad: bool = False
    end: End = ""
    questions: bool = False
    open_ended: bool = False
