"""Anaphora: words that point back, he, 他们, it, 这个问题, the second one, the others."""

from __future__ import annotations

import re
from functools import lru_cache

from panelbot.people import name_in
from panelbot.text.folded import fold_question
from panelbot.text.language import has_han
from panelbot.types import Language, SpeakerRef
from panelbot.understand.lexicon import alternatives
from panelbot.understand.mention import narrowing
from panelbot.understand.topic import topic_of
from panelbot.understand.wording import Standalone, Talk, ask, bare, call, choose, display, frame, join

_ORDINALS = {
    "first": 1,
    "former": 1,
    "前者": 1,
    "second": 2,
    "latter": 2,
    "后者": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    **{character: at for characters in ("一二三四五六", "123456") for at, character in enumerate(characters, 1)},
}
_NAMED = 0.4  # from this confidence on a reference may be whom a pronoun behind it means
_INANIMATE_NOISE = re.compile(
    r"\b(?:it|this|that|these|those|same|thing|agree|disagree|think|about|on|with|topic|issue|question|"
    r"matter|point|do|so|"
    r"view|does|did|share|accept|opposite|differ|differently|else|anyone)\b|同意|反对|赞成|这么|这样|也|都|想|呢|吗|不|说|补充",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|its|this|that|these|those)\b", re.IGNORECASE)
# "it" and "that" that point at nothing: "is it possible that", "said that", "this year".
_EMPTY_IT = re.compile(
    r"\bit (?:is|was)? ?(?:possible|true|important|difficult|hard|easy|legal|worth|necessary|takes?|makes sense)\b"
    r"|\b(?:say|said|says|think|thinks|thought|believe\w*|mean|means|agree\w*|mention\w*|feel|felt|argue\w*|claim\w*|"
    r"suggest\w*|so|such|is it \w+|those) that\b"
    r"|\b(?:this|that|these|those) (?!(?:is|was|will|would|can|could|has|did|does|still|be|really|also|true|right|"
    r"correct|fair|the|what|why|how|so|legal|safe|common|normal|good|bad|costs?|works?|means?|matter|take|help|happen|change)\b)[a-z]+",
    re.IGNORECASE,
)


@lru_cache(maxsize=16)
def pattern(language: Language, name: str) -> re.Pattern[str]:
    """The pattern of this name in ``data/followups.toml``."""
    words = alternatives("followups", language, name)
    return re.compile(words if language == "zh" else rf"\b{words}\b", re.IGNORECASE)


def others(talk: Talk) -> Standalone | None:
    """As in "what about the others?", 其他嘉宾怎么看: everybody in the same transcripts but the ones asked about."""
    question, previous, language = talk.question, talk.previous, talk.language
    match = pattern(language, "others").search(question.text)
    if match is None or not previous.speakers or question.speakers:
        return None
    asked = {(ref.transcript_id, ref.name) for ref in previous.speakers}
    transcripts = {ref.transcript_id for ref in previous.speakers}
    rest = tuple(
        person.ref
        for person in talk.table.people
        if person.on_panel and person.ref.transcript_id in transcripts
        if (person.ref.transcript_id, person.ref.name) not in asked
    )
    own = topic_of(question.text, [match.span()], language)
    own = own if re.search(r"\w{2,}", _INANIMATE_NOISE.sub(" ", pattern(language, "inanimate").sub(" ", own))) else ""
    name = call(previous, language)
    called = f"除{name}外的其他嘉宾" if language == "zh" else f"the panelists other than {name}"
    topic = own or previous.topic
    kind = "who_said" if question.kind == "who_said" else "each"
    return Standalone(text=frame(called, topic, language), language=language, speakers=rest, topic=topic, kind=kind)


def person(talk: Talk) -> Standalone | None:
    """he, she, 他: the speaker asked about last, or else the only one the last answer names."""
    question, previous, language = talk.question, talk.previous, talk.language
    singular = pattern(language, "singular").search(question.text)
    match = singular or pattern(language, "plural").search(question.text)
    if match is None or _bound(talk, match.start()):
        return None
    if question.kind == "who_said":  # "does anyone disagree with him?": asked of everybody
        if not previous.topic:
            return None
        topic = " ".join(_INANIMATE_NOISE.sub(" ", match.re.sub(" ", question.topic)).split())
        topic = f"{previous.topic} {topic}".strip()
        text = f"{bare(question.text)} ({previous.topic})?"
        return Standalone(text=text, language=language, speakers=(), topic=topic, kind="who_said")
    named = _named(talk)
    speakers = previous.speakers or named
    if singular is not None and len(_names(speakers)) > 1 and len(_names(named)) == 1:
        speakers = named
    if not speakers:
        return None
    if singular is not None and len(_names(speakers)) > 1 and len({ref.organization for ref in speakers}) > 1:
        return Standalone(text=question.text, language=language, candidates=speakers)
    name = call(previous, language) if previous.speakers == speakers else display(speakers, language)
    text = _replaced(question.text, match, name, language)
    topic = topic_of(text, [(match.start(), match.start() + len(name))], language)
    if language == "en" and _IT.search(topic) and previous.topic:
        topic = " ".join(f"{_IT.sub(' ', topic)} {previous.topic}".split())
    if not has_substance(topic, language):
        topic = previous.topic
        text = f"{bare(text)} ({topic})?" if language == "en" and topic else text
    return Standalone(text=text, language=language, speakers=speakers, topic=topic)


def has_substance(topic: str, language: Language) -> bool:
    """Whether a topic holds more than words that lean on another: "agree with that" holds nothing of its own."""
    rest = _INANIMATE_NOISE.sub(" ", pattern(language, "inanimate").sub(" ", topic))
    return re.search(r"\w{2,}", re.sub(r"\b(?:why|so|else|more)\b|还|有", " ", rest)) is not None


def _bound(talk: Talk, at: int) -> bool:
    """Whether the pronoun has its person in the same question: "What did the lawyer say about her firm"."""
    return any(
        ref.end <= at and ref.kind != "everyone" and ref.confidence >= _NAMED and ref.kind != "organization_kind"
        for ref in talk.question.references
    )


def _names(speakers: tuple[SpeakerRef, ...]) -> set[str]:
    return {ref.name for ref in speakers}


def _named(talk: Talk) -> tuple[SpeakerRef, ...]:
    """The speakers the last answer names, in their own script or in Latin letters."""
    if not talk.answer:
        return ()
    latin = fold_question(talk.answer).text
    asked = {ref.transcript_id for ref in talk.previous.speakers}
    found = (
        p.ref
        for p in talk.table.people
        if p.ref.name in talk.answer or (has_han(p.ref.name) and name_in(p.ref.name, "en").casefold() in latin)
    )
    return tuple(ref for ref in found if not asked or ref.transcript_id in asked)


def _replaced(text: str, match: re.Match[str], name: str, language: Language) -> str:
    word = match.group().casefold()
    following = re.match(r"\s+([a-z]+)", text[match.end() :], re.IGNORECASE)
    after = following[1].casefold() if following else ""
    possessive = word in ("his", "hers", "their") or (
        word == "her"
        and bool(after)
        and after not in ("about", "on", "to", "say", "think", "when", "if", "and", "for", "with")
    )
    return text[: match.start()] + name + ("'s" if language == "en" and possessive else "") + text[match.end() :]


def ordinal(talk: Talk) -> Standalone | None:
    """As in "the second one", 第二点呢: a part of what was just answered, or one of the candidates just offered."""
    question, previous, language = talk.question, talk.previous, talk.language
    match = pattern(language, "ordinal").search(question.text)
    if match is None or question.speakers or len(question.text) > (22 if language == "zh" else 60):
        return None
    number = _ORDINALS.get((match.group(1) or match.group()).casefold(), 0)
    if 0 < number <= len(previous.candidates):
        return choose(talk, previous.candidates[number - 1])
    said = _statement(talk.answer, number) or match.group()
    return Standalone(
        text=join(previous, bare(question.text), language),
        language=language,
        speakers=previous.speakers,
        topic=f"{previous.topic} {said}".strip(),
        kind="content",
    )


def _statement(answer: str, number: int) -> str:
    """The quoted words of the answer's statement with this number, at most 60 characters."""
    pieces = re.split(r"\[\d+\]", answer)
    if not 0 < number < len(pieces):
        return ""
    quotes = re.findall(r"[「“\"]([^」”\"]+)[」”\"]", pieces[number - 1])
    return (quotes[-1] if quotes else pieces[number - 1]).strip()[:60]


def inanimate(talk: Talk) -> Standalone | None:
    """that, it, 这个问题: the subject is the last one; the speaker is the one named now, or everybody."""
    question, previous, language = talk.question, talk.previous, talk.language
    match = pattern(language, "inanimate").search(question.text)
    if not previous.topic or (match is None and not _leans_on_it(talk)):
        return None
    own = question.topic.replace(match.group(), " ") if match else _IT.sub(" ", question.topic)
    own = re.sub(r"\s+", " ", _INANIMATE_NOISE.sub(" ", own)).strip(" ?？.")
    topic = f"{previous.topic} {own}".strip() if re.search(r"\w{2,}", own) else previous.topic
    text = f"{bare(question.text)} ({previous.topic})?"
    if match is not None and language == "zh":
        text = question.text.replace(match.group(), previous.topic, 1)
    return Standalone(
        text=text,
        language=language,
        speakers=question.speakers if not question.fault else None,
        topic=topic,
        kind=question.kind,
        candidates=question.candidates,
    )


def _leans_on_it(talk: Talk) -> bool:
    """Whether a short question is about its "it": "Is it still falling?"."""
    text = talk.question.text
    found = _IT.search(_EMPTY_IT.sub(lambda match: " " * len(match.group()), text))
    return talk.language == "en" and found is not None and len(text.split()) <= 9 and not _bound(talk, found.start())


def dropped_subject(talk: Talk) -> Standalone | None:
    """怎么看利率上限? Chinese leaves a known subject out."""
    question, previous = talk.question, talk.previous
    if talk.language != "zh" or not previous.speakers or narrowing(question.references):
        return None
    body = re.sub(r"^(?:那么|那|，|\s)+", "", question.text)
    if pattern("zh", "dropped").match(body) is None:
        return None
    topic = question.topic or previous.topic
    return Standalone(
        text=ask(bare(f"{call(previous, 'zh')}{body}"), "zh"), language="zh", speakers=previous.speakers, topic=topic
    )
