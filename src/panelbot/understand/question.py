"""A question understood: standalone wording, whose turns, what about, and which kind of answer.

Rules only: no model, no network, the same result every time. Knows registers, grammar and the conversation so far;
does not know what anybody said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from panelbot.text.fold import strip_invisible
from panelbot.text.folded import fold_question
from panelbot.text.language import detect_language
from panelbot.types import Exchange, Language, Question, QuestionKind, Speaker
from panelbot.understand.followup import standalone
from panelbot.understand.intent import with_intent
from panelbot.understand.kinds import kind_beside
from panelbot.understand.lexicon import english
from panelbot.understand.mention import SCOPE_CONFIDENCE
from panelbot.understand.resolve import Resolution, resolve
from panelbot.understand.smalltalk import is_smalltalk, without_greeting
from panelbot.understand.table import RegisterTable, register_table
from panelbot.understand.topic import topic_of
from panelbot.understand.wording import Standalone

_MEMORY = 4  # earlier exchanges that are looked at
_EN_WHO = re.compile(
    r"^\W*(?:(?:so|and|but)\s+)?(?:(?:who|whose|which (?:of (?:the|these|those) )?(?:speaker|panell?ist|"
    r"person|participant|guest|people|one|expert)s?)"
    r"(?:\s+(?:else|first|also|on the panel|actually|ever))*\s+(?P<verb>[a-z]+)|(?:did|has|does|was "
    r"there|is there) (?:anyone|anybody|someone)"
    r"|name the (?:speaker|person)s? who)\b",
    re.IGNORECASE,
)
_ZH_WHO = re.compile(
    r"(?:^|[，,：:\s]|请问|知道|是)谁(?!是|呢?[？?]?$|来|会|该|应该|能|去)|谁(?:说|提|讲|谈|认为|觉得|表示|指出|"
    r"主张|建议|反对|支持|最先|曾)"
    r"|哪(?:一?位|个)(?:嘉宾|专家|讲者|人|老师)?(?:说|提|讲|谈|认为|觉得|表示|指出|主张|建议|反对|"
    r"支持|最|在|曾|问|首先|先|对|不|举|用|担心|看好)"
    r"|哪些(?:嘉宾|专家|人)(?:都|也|在|曾)?(?:说|提|讲|谈|认为|觉得|表示|主张|建议|反对|支持|担心|看好|赞成|同意)|(?:有没有|有)(?:人|谁|嘉宾|哪位)"
)
_EACH = re.compile(
    r"\b(?:each|respectively|compare|comparison|contrast|differ|difference|differences|as opposed "
    r"to|vs|versus|every (?:speaker|panell?ist))\b|"
    r"分别|各自|各有|相比|对比|比较一下|不同(?:的看法|观点|意见|之处)|有什么不同|有何不同|有什么区别|"
    r"区别|异同|每位|每个人|各位|逐一",
    re.IGNORECASE,
)


def understand(
    question: str, history: Sequence[Exchange] = (), registers: Mapping[str, tuple[Speaker, ...]] | None = None
) -> Question:
    """Understand ``question`` after ``history`` (oldest first) against the registers in scope, by transcript id.

    ``references`` point into ``text``. Only references with confidence of at least 0.5 narrow ``speakers``.
    """
    table = register_table(registers or {})
    return _understand(question, tuple(history), table)


@lru_cache(maxsize=256)  # a conversation asks for its earlier questions again and again
def _understand(question: str, history: tuple[Exchange, ...], table: RegisterTable) -> Question:
    asked = re.sub(r"\s+", " ", strip_invisible(question)).strip()
    if is_smalltalk(asked):
        return Question(original=question, text=asked, topic="", language=detect_language(asked), kind="smalltalk")
    text = without_greeting(asked)
    alone = _read(question, text, table)
    previous, answer = _previous(history, table)
    rewritten = standalone(alone, previous, answer, table) if previous is not None else None
    return with_intent(alone if rewritten is None else _apply(question, rewritten, table))


def _previous(history: tuple[Exchange, ...], table: RegisterTable) -> tuple[Question | None, str]:
    """The last earlier question that was one, itself understood in its place, and its answer."""
    recent = history[-_MEMORY:]
    for at in range(len(recent) - 1, -1, -1):
        earlier = _understand(recent[at].query, recent[:at], table)
        if earlier.kind != "smalltalk":
            return earlier, recent[at].answer
    return None, ""


def _read(original: str, text: str, table: RegisterTable, language: Language | None = None) -> Question:
    language = language or detect_language(text)
    folded = fold_question(text)
    who = _asks_who(text)
    resolution = resolve(folded, table, language, who=who)
    pointing = [
        (r.start, r.end)
        for r in resolution.references
        if r.confidence >= SCOPE_CONFIDENCE or r.kind in ("everyone", "role")
    ]
    return Question(
        original=original,
        text=text,
        topic=topic_of(text, [*pointing, *_unknown_spans(text, resolution)], language),
        language=language,
        kind=_kind(text, who, resolution),
        references=resolution.references,
        speakers=resolution.speakers,
        fault=resolution.fault,
        unknown=resolution.unknown,
        candidates=resolution.candidates,
    )


def _asks_who(text: str) -> bool:
    """Whether it is "who said", 谁提到; not for "who pays for it", which asks for a fact."""
    match = _EN_WHO.search(text)
    verb = (match["verb"] or "").casefold() if match is not None else ""
    if match is not None and (not verb or verb.endswith("ed") or verb in english("voice_verbs") | english("past")):
        return True
    return _ZH_WHO.search(text) is not None


def _unknown_spans(text: str, resolution: Resolution) -> list[tuple[int, int]]:
    if not resolution.fault:  # they may be nobody's
        return []
    pointed = {(r.start, r.end) for r in resolution.references}
    spans = [(text.find(words), text.find(words) + len(words)) for words in resolution.unknown if words in text]
    return [span for span in spans if not any(s < span[1] and span[0] < e for s, e in pointed)]


def _kind(text: str, who: bool, resolution: Resolution) -> QuestionKind:
    scoping = [p for p in resolution.placed if p.confidence >= SCOPE_CONFIDENCE]
    beside = kind_beside(text, [(r.start, r.end) for r in resolution.references if r.kind != "everyone"])
    if beside is not None:
        return beside
    if who and not resolution.speakers:
        return "who_said"
    several = len(resolution.speakers) > 1 or any(p.mention.kind == "everyone" for p in resolution.placed)
    if any(p.mention.each for p in scoping) or (several and _EACH.search(text)):
        return "each"
    named = {p.mention.start for p in scoping if p.mention.kind != "everyone" and p.place in ("voice", "actor")}
    return "each" if len(named) > 1 and len(resolution.speakers) > 1 else "content"


def _apply(original: str, rewritten: Standalone, table: RegisterTable) -> Question:
    read = _read(original, rewritten.text, table, rewritten.language)
    changes: dict[str, object] = {}
    if rewritten.topic is not None:
        changes["topic"] = rewritten.topic
    if rewritten.kind is not None:
        changes["kind"] = rewritten.kind
    if rewritten.speakers is not None:
        changes |= {"speakers": rewritten.speakers, "fault": "", "unknown": (), "candidates": ()}
    if rewritten.candidates:
        changes |= {"fault": "ambiguous_speaker", "candidates": rewritten.candidates, "speakers": ()}
    return replace(read, **changes)  # type: ignore[arg-type]
