"""Questions to start from, of the newest talks: those that panelbot answers with what was said there.

Knows which questions stand alone and how one is checked; does not know how a question is answered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from panelbot.bot.desk.topics import find_topics
from panelbot.evidence.open_questions import put_questions
from panelbot.evidence.thread import thread_of
from panelbot.text.asking import has_mark
from panelbot.types import Answer, Language, Transcript

N_SUGGESTED = 4
_MOST_ASKED = 8  # questions that are tried: a page waits for them once
_GOOD_LENGTH = {"zh": 15, "en": 45}  # characters: says what it is about, and is read at a glance
_FITS = {"zh": range(6, 34), "en": range(14, 92)}
# A question with one of these points at what was said before it, or at the person it was put to.
_POINTING = {
    "zh": re.compile("[您你我他她它咱]|这|那|刚才|再|还有|请|先|呢？|之后|吗？$|^[^？]{0,6}[，,]"),
    "en": re.compile(
        r"\b(?:you|your|i|me|my|we|us|he|she|it|they|them|this|that|these|those)\b|^(?:and|so|but|then|again)\b|^\w+,",
        re.IGNORECASE,
    ),
}
_PANEL = ("panelist", "unknown")
_OF_PEOPLE = {"zh": "{name}怎么看{word}？", "en": "What did {name} say about the {word}?"}
_ALWAYS = {"zh": "有哪些嘉宾？", "en": "Who is on the panel?"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A question to begin with, and the turns of a transcript that would answer it."""

    transcript_id: str
    text: str
    replies: frozenset[int]


def suggest(transcripts: Sequence[Transcript], language: Language, ask: Callable[[str], Answer]) -> tuple[str, ...]:
    """Up to four questions in ``language`` that ``ask`` answers beyond doubt with their own replies, one a talk first.

    Where too few of those that were asked stand alone, what people said of the words a talk is about; at last who took
    part, which the register tells.
    """
    own = sorted((t for t in transcripts if t.language.startswith(language)), key=lambda t: t.date, reverse=True)
    rows = [chain(_standing_alone(each, language), _of_people(each, language)) for each in own[:_MOST_ASKED]]
    found: list[str] = []
    tried = 0
    for start in chain.from_iterable(zip_longest(*rows)):
        if start is None or start.text in found:
            continue
        if len(found) == N_SUGGESTED or tried == _MOST_ASKED:
            break
        tried += 1
        if _is_answered(start, ask):
            found.append(start.text)
    if len(found) < N_SUGGESTED and transcripts:
        found.append(_ALWAYS[language])
    return tuple(found)


def _standing_alone(transcript: Transcript, language: Language) -> Iterator[Start]:
    """The questions asked there that stand alone, those of a good length first."""
    asked = {
        turn.text[start:end].strip(): turn.index
        for turn in transcript.turns
        for start, end in put_questions(turn.text)
        if has_mark(turn.text[start:end])
    }
    alone = [text for text in asked if len(text) in _FITS[language] and not _POINTING[language].search(text)]
    for text in sorted(alone, key=lambda text: (abs(len(text) - _GOOD_LENGTH[language]), asked[text])):
        replies = frozenset(thread_of(transcript, asked[text]).replies)
        yield Start(transcript_id=transcript.id, text=text, replies=replies)


def _of_people(transcript: Transcript, language: Language) -> Iterator[Start]:
    """What the one who uses a telling word most said of it; everybody once before anybody twice."""
    panel = {speaker.name for speaker in transcript.speakers if speaker.name and speaker.role in _PANEL}
    n_asked: Counter[str] = Counter()
    for topic in find_topics(transcript):
        turns = {name: [n for n in topic.turns if transcript.turns[n].speaker == name] for name in panel}
        name = max(sorted(panel), key=lambda name: (-n_asked[name], len(turns[name])), default="")
        if not name or not turns[name]:
            continue
        n_asked[name] += 1
        text = _OF_PEOPLE[language].format(name=name, word=topic.word)
        yield Start(transcript_id=transcript.id, text=text, replies=frozenset(turns[name]))


def _is_answered(start: Start, ask: Callable[[str], Answer]) -> bool:
    """Whether the answer is one, is sure, and begins with a reply to the very question."""
    answer = ask(start.text)
    if answer.status != "answered" or answer.confidence != "high" or not answer.citations:
        return False
    first = answer.citations[0]
    return first.transcript_id == start.transcript_id and first.turn in start.replies
