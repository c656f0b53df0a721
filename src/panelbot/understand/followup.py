"""Follow-ups: a question that leans on the one before it, as a question that stands alone.

Knows in which order ellipsis and pronouns are tried. A question that leans on nothing is left as it is; what is carried
over is only what the wording asks for: a speaker, or a subject, seldom both.
"""

from __future__ import annotations

import re

from panelbot.types import Question
from panelbot.understand import anaphora
from panelbot.understand.ellipsis import complete, fragment_of
from panelbot.understand.lexicon import alternatives
from panelbot.understand.table import RegisterTable
from panelbot.understand.wording import Standalone, Talk, ask, bare, call, choose, join

_OPENING = {
    "en": r"\W*(?:(?:and|but|so|ok|okay|then|or|well|please|can you|could you)\b[,\s]*)*",
    "zh": r"(?:那么?|请|能不能|能|可以|这是|但是?|再|嗯|，|\s)*",
}
_CLOSING = {"en": r"(?:,? (?:about|on) (?:that|this|it))?(?:,? please)?\W*", "zh": r"(?:吗|呢|一下|吧|\W)*"}
_MORE_OF_SPEAKER = re.compile(r"what else|anything else|还说|还提|还有", re.IGNORECASE)
_MOMENT = re.compile(r"最后|开场|一开始|结尾|总结|\b(?:at the end|in closing|first|finally|conclude)\b", re.IGNORECASE)


def standalone(question: Question, previous: Question, answer: str, table: RegisterTable) -> Standalone | None:
    """``question`` made independent of ``previous`` and its ``answer``, or None where it already is."""
    talk = Talk(question=question, previous=previous, answer=answer, table=table)
    rules = (
        _choice,
        anaphora.others,
        _reason_or_more,
        _fragment,
        anaphora.person,
        anaphora.ordinal,
        anaphora.inanimate,
        anaphora.dropped_subject,
        _no_topic,
    )
    return next((found for rule in rules if (found := rule(talk)) is not None), None)


def _choice(talk: Talk) -> Standalone | None:
    """As in "John": the answer to which of several was meant."""
    previous, question = talk.previous, talk.question
    if not previous.candidates or len(question.text) > 40:
        return None
    fitting = {ref for r in question.references for ref in r.speakers if ref in previous.candidates}
    if len(fitting) != 1 or re.search(r"[?？]", question.text):
        return None
    return choose(talk, fitting.pop())


def _asks(talk: Talk, kind: str) -> bool:
    words = alternatives("followups", talk.language, kind)
    whole = f"{_OPENING[talk.language]}{words}{_CLOSING[talk.language]}"
    return re.fullmatch(whole, talk.question.text, re.IGNORECASE) is not None


def _reason_or_more(talk: Talk) -> Standalone | None:
    """As in "why?", 具体说说, "what else?": the same question once more, deeper."""
    previous, language, text = talk.previous, talk.language, talk.question.text
    if not _asks(talk, "why") and not _asks(talk, "more"):
        return None
    wording = join(previous, bare(text) if language == "zh" else bare(text[:1].lower() + text[1:]), language)
    if previous.speakers and _MORE_OF_SPEAKER.search(text):
        name = call(previous, language)
        wording = (
            f"关于{previous.topic}，{name}还说了什么？"
            if language == "zh"
            else f"What else did {name} say about {previous.topic}?"
        )
    return Standalone(
        text=wording,
        language=language,
        speakers=previous.speakers or None,
        topic=previous.topic,
        kind=previous.kind,
        candidates=previous.candidates,
    )


def _fragment(talk: Talk) -> Standalone | None:
    rest = fragment_of(talk.question)
    if rest is None:
        return None
    if not talk.question.references:
        # A fragment may be a pronoun or an ordinal: "what about him?", "and the second one?"
        for rule in (anaphora.ordinal, anaphora.person):
            if (found := rule(talk)) is not None:
                return found
    return complete(talk, rest)


def _no_topic(talk: Talk) -> Standalone | None:
    """A question of a speaker alone: "What did Xiaomi say?" right after one on a matter asks about that."""
    question, previous, language = talk.question, talk.previous, talk.language
    own = anaphora.has_substance(question.topic, language) or _MOMENT.search(question.text) is not None
    if own or not previous.topic:
        return None
    everyone = any(ref.kind == "everyone" for ref in question.references) or question.kind == "who_said"
    if not question.speakers and not question.fault and not everyone:
        return None
    text = bare(question.text)
    framed = re.search(rf"\b(?:about|on|of) {re.escape(previous.topic)}", previous.text)
    if language == "zh":
        text = f"{text}（关于{previous.topic}）"
    else:
        text = f"{text} about {previous.topic}" if framed else f"{text}: {bare(previous.text)}"
    return Standalone(
        text=ask(text, language),
        language=language,
        speakers=question.speakers or None,
        topic=previous.topic,
        kind=question.kind,
        candidates=question.candidates,
    )
