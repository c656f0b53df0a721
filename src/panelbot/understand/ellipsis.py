"""Ellipsis: "and the lawyers?", 那小米那边呢, "what about rates?": the other half is the last question's."""

from __future__ import annotations

import re

from panelbot.types import Question, Reference
from panelbot.understand.lexicon import english
from panelbot.understand.unknown import names_person
from panelbot.understand.wording import Standalone, Talk, bare, call, frame, join, substitute, tidy

_EN_FRAGMENT = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|then|or|well|also|now)\b[,\s]*)*"
    r"(?P<lead>what about|how about|what of|same (?:question )?for|and|but|or)\s+"
    r"(?P<rest>[^?？]+?)\s*(?:then|too|instead)?\s*[?？.!]*$",
    re.IGNORECASE,
)
_ZH_FRAGMENT = re.compile(
    r"^(?:那么?|还有|然后|至于|换成|而|那如果是|如果是|同样的问题|[，,\s])*(?P<rest>[^？?。]{1,24}?)呢[？?。!！]*$"
)
_ZH_PREDICATE = re.compile(r"(?:怎么|如何|什么|哪|谁|是否|有没有|多少|几)(?!样)")
_ZH_OBJECT = re.compile(r"^(?:对于?|关于|就|针对|在)(?P<object>.+?)(?:方面|上|的看法|这块|这方面|的问题)?$")
_AROUND_REFERENCE = re.compile(
    r"^(?:[他她]们?的(?:同事|同行|搭档|老板)?|那边|这边|那位|这位|方面|那|们|对此|怎么看|的嘉宾|代表|他们)+|(?:the|for|from|to)\b"
)
_QUESTION_WORDS = frozenset("what how why who when where which according did does is are was were".split())


def fragment_of(question: Question) -> str | None:
    """The words of a fragment without its opening, or None where the question is none."""
    if question.language == "zh":
        match = _ZH_FRAGMENT.match(question.text)
        return match["rest"] if match and not _ZH_PREDICATE.search(match["rest"]) else None
    match = _EN_FRAGMENT.match(question.text)
    if match is None or len(match["rest"].split()) > 9:
        return _bare_reference(question)
    words = match["rest"].casefold().split()
    auxiliaries = english("auxiliaries")
    conjunction = match["lead"].casefold() in ("and", "but", "or")
    if (
        conjunction
        and not (len(words) == 1 and match["rest"][0].isupper())
        and (words[0] in _QUESTION_WORDS or any(word in auxiliaries for word in words))
    ):
        return None
    return match["rest"]


def _bare_reference(question: Question) -> str | None:
    """As in "the lawyers?": nothing but a reference."""
    if len(question.text.split()) > 5 or not question.text.rstrip().endswith("?"):
        return None
    whole = question.text.strip(" ?？")
    return whole if any(ref.text.casefold() == whole.casefold() for ref in question.references) else None


def complete(talk: Talk, rest: str) -> Standalone:
    """The fragment's speaker with the last question's subject, or the last speaker with the fragment's subject."""
    reference = _whole_reference(talk.question, rest) or _plain_name(talk, rest)
    name = tidy(bare(rest), talk.language)
    if (
        reference is not None
        or talk.question.fault == "ambiguous_speaker"
        or (talk.previous.speakers and names_person(name))
    ):
        return _same_question_to(talk, reference, rest)
    return _same_question_about(talk, rest)


def _plain_name(talk: Talk, rest: str) -> Reference | None:
    """As in "And Will?": an everyday word, but here with a capital and nothing else to be."""
    entries = talk.table.latin.get(rest.casefold(), ()) if rest[:1].isupper() else ()
    speakers = tuple(dict.fromkeys(talk.table.people[e.person].ref for e in entries if e.kind == "name"))
    if not speakers:
        return None
    at = talk.question.text.find(rest)
    return Reference(
        text=rest, start=at, end=at + len(rest), kind="name", speakers=speakers, confidence=0.8, reason="name alone"
    )


def _tied(reference: Reference) -> bool:
    """Two people of one transcript fit a reference to one person."""
    plural = re.search(r"(?<!s)s$|们|[两几三各]", reference.text) and reference.kind != "name"
    one = reference.kind in ("name", "job", "organization_kind") and not plural
    return one and len(reference.speakers) > 1 and len({ref.transcript_id for ref in reference.speakers}) == 1


def _whole_reference(question: Question, rest: str) -> Reference | None:
    """The reference a fragment consists of, whatever its confidence alone: here it has nothing else to be."""
    at = question.text.find(rest)
    for reference in question.references:
        if reference.end <= at:
            continue
        start = max(at, reference.start)
        outside = f"{question.text[at:start]} {question.text[reference.end : at + len(rest)]}".casefold().strip()
        if _AROUND_REFERENCE.sub("", outside).strip():
            continue
        general = reference.kind in ("organization_kind", "job") and question.language == "en"
        definite = re.match(r"(?:the|our|that|this|both|your)\b", reference.text, re.IGNORECASE)
        if not general or definite or question.speakers:
            return reference
    return None


def _same_question_to(talk: Talk, reference: Reference | None, rest: str) -> Standalone:
    question, previous, language = talk.question, talk.previous, talk.language
    name = tidy(reference.text if reference else question.unknown[0] if question.unknown else rest, language)
    everyone = reference is not None and reference.kind == "everyone"
    candidates = reference.speakers if reference is not None and _tied(reference) else question.candidates
    speakers = None if question.fault or reference is None else () if everyone else reference.speakers
    replaced = substitute(previous, name) if previous.language == language else None
    text, topic = replaced or (frame(name, previous.topic, language), previous.topic)
    return Standalone(
        text=text,
        language=language,
        speakers=speakers,
        topic=topic,
        kind="each" if everyone else "content",
        candidates=candidates,
    )


def _same_question_about(talk: Talk, rest: str) -> Standalone:
    previous, language = talk.previous, talk.language
    new = _subject(rest, language)
    kind = previous.kind
    if previous.speakers:
        text = frame(call(previous, language), new, language)
        kind = "content" if kind == "who_said" else kind
        return Standalone(text=text, language=language, speakers=previous.speakers, topic=new, kind=kind)
    if kind == "who_said":
        text = f"谁提到过{new}？" if language == "zh" else f"Who mentioned {new}?"
        return Standalone(text=text, language=language, speakers=(), topic=new, kind=kind)
    if any(ref.kind == "everyone" for ref in previous.references) or re.search(r"\bthey\b", previous.text):
        name = "各位嘉宾" if language == "zh" else "the panel"
        return Standalone(text=frame(name, new, language), language=language, speakers=(), topic=new, kind=kind)
    # Nobody was asked about: the new words stand beside the old ones, which they complete.
    topic = f"{new} {previous.topic}".strip()
    return Standalone(text=join(previous, new, language), language=language, speakers=(), topic=topic, kind=kind)


def _subject(rest: str, language: str) -> str:
    if language == "zh":
        match = _ZH_OBJECT.match(rest)
        return match["object"] if match else rest
    return bare(re.sub(r"^(?:about|on|regarding)\s+", "", rest, flags=re.IGNORECASE))
