"""Wordings of standalone questions: who is called what, and the sentence around a name and a subject."""

from __future__ import annotations

import re
from dataclasses import dataclass

from panelbot.people import name_in
from panelbot.text.language import has_han
from panelbot.types import Language, Question, QuestionKind, SpeakerRef
from panelbot.understand.mention import narrowing
from panelbot.understand.table import RegisterTable
from panelbot.understand.topic import topic_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A question as read alone, and what it may lean on: the question before it and that one's answer."""

    question: Question
    previous: Question
    answer: str
    table: RegisterTable

    @property
    def language(self) -> Language:
        """The language of the question at hand, which its standalone wording keeps."""
        return self.question.language


@dataclass(frozen=True, slots=True, kw_only=True)
class Standalone:
    """A follow-up as it would have been asked without the one before; None fields are read from ``text``."""

    text: str
    language: Language
    speakers: tuple[SpeakerRef, ...] | None = None
    topic: str | None = None
    kind: QuestionKind | None = None
    candidates: tuple[SpeakerRef, ...] = ()


def call(previous: Question, language: Language) -> str:
    """How the earlier question called its speakers, where that is in this language; else their names."""
    scoping = [ref for ref in narrowing(previous.references) if ref.speakers == previous.speakers]
    if len(scoping) == 1 and has_han(scoping[0].text) == (language == "zh"):
        return tidy(scoping[0].text, language)
    return display(previous.speakers, language)


def display(speakers: tuple[SpeakerRef, ...], language: Language) -> str:
    """The speakers' names as a text in ``language`` writes them."""
    names = tuple(dict.fromkeys(name_in(ref.name, language) for ref in speakers))
    return "、".join(names) if language == "zh" else " and ".join(names)


def tidy(name: str, language: Language) -> str:
    """A reference without what only made it one: 小米那边 is 小米."""
    return re.sub(r"(?:那边|这边|方面|那位)$", "", name) if language == "zh" else name


def frame(name: str, topic: str, language: Language) -> str:
    """What ``name`` said about ``topic``, as a question."""
    if language == "zh":
        return f"{name}怎么看{topic}？" if topic else f"{name}说了什么？"
    return f"What did {name} say about {topic}?" if topic else f"What did {name} say?"


def bare(text: str) -> str:
    """``text`` without its final mark."""
    return text.rstrip("?？.。!！ ")


def ask(text: str, language: Language) -> str:
    """``text`` with a question mark."""
    return f"{text}？" if language == "zh" else f"{text}?"


def join(previous: Question, addition: str, language: Language) -> str:
    """The earlier question with an addition behind it."""
    return ask(f"{bare(previous.text)}{'，' if language == 'zh' else ': '}{addition}", language)


def substitute(previous: Question, name: str) -> tuple[str, str] | None:
    """The earlier wording with its speaker replaced, and its subject without the old one.

    None where there is no one reference to replace.
    """
    scoping = narrowing(previous.references) or list(previous.references)
    if len(scoping) != 1 or previous.kind == "who_said":
        return None
    start, end = scoping[0].start, scoping[0].end
    topic = topic_of(previous.text, [(start, end)], previous.language)
    return previous.text[:start] + name + previous.text[end:], topic


def choose(talk: Talk, speaker: SpeakerRef) -> Standalone:
    """The earlier question, which fitted several, asked of this one."""
    previous, language = talk.previous, talk.language
    name = display((speaker,), language)
    text, topic = substitute(previous, name) or (frame(name, previous.topic, language), previous.topic)
    return Standalone(text=text, language=language, speakers=(speaker,), topic=topic, kind="content")
