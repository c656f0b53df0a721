"""Whether words ask: by a question mark, by the words of a question, by a word for asking.

Knows marks and words of both languages; not what is asked, nor of whom.
"""

from __future__ import annotations

import re

from panelbot.text.fold import fold
from panelbot.text.sentences import sentence_spans

_MARK = re.compile(r"[?？][\"'”’」』）)\s]*$")
_PARTICLE = re.compile(r"(?:吗|呢)[。.!！]?[\"'”’」』）)\s]*$")
_ENDED = re.compile(r"[。.!！…]")
_IN_WORDS = re.compile(
    r"[?？]|(?:吗|呢|什么|如何|怎么样|怎样|哪些|是不是|有没有)[。，,.!！]?\s*$"
    r"|(?:请|想问|问一下|谈谈|聊聊|说说|分享一下|介绍一下|怎么看)"
)
_IN_ENGLISH_WORDS = re.compile(
    r"^(?:so |and |but |well |okay |ok |, |\. )*"
    r"(?:what|why|how|who|when|where|which|could you|can you|would you|do you|does|did you|is there|are there)\b"
)
# A request to speak, which has no such mark.
_REQUEST = re.compile(
    r"(?:请|想听|能否|可否|麻烦).{0,20}(?:谈|讲|说|介绍|分享|聊|回答|解释)|^\W*(?:and |so |please )*"
    r"(?:(?:can|could|would|will) you\b|tell (?:us|me)|walk (?:us|me)|talk (?:us|me)|explain)",
    re.IGNORECASE,
)
_TOLD = ("提问", "提了一个", "问一", "想问", "one asks", "asks what", "asks whether", "asking ", "question is")
# Verbs of asking: 问题 is a problem, "the question of cost" a matter, and Askew a name.
_VERB = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|[ie]nquir(?:es|ed|ing)|question(?:ed|ing)|wonder(?:s|ed|ing)?|want(?:s|ed) to know)\b"
    r"|问(?!题)|请教|想知道|好奇|[?？]",
    re.IGNORECASE,
)


def has_mark(sentence: str) -> bool:
    """Whether it ends with a question mark."""
    return _MARK.search(sentence) is not None


def is_question(sentence: str) -> bool:
    """Whether it ends as questions do: with a mark, or a Chinese particle of asking."""
    return has_mark(sentence) or _PARTICLE.search(sentence) is not None


def asks_in_words(text: str) -> bool:
    """Whether a turn or a sentence asks: a question mark, or a question's words where there is no punctuation."""
    folded = fold(text).strip()
    return bool(_IN_WORDS.search(folded) or _IN_ENGLISH_WORDS.match(folded))


def tells_of_asking(sentence: str) -> bool:
    """Whether it is a question, or tells that one was asked."""
    return has_mark(sentence) or any(cue in sentence.casefold() for cue in _TOLD)


def has_verb_of_asking(text: str) -> bool:
    """Whether a word for asking stands in it, or a question mark."""
    return _VERB.search(text) is not None


def question_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a turn that ask, or ask others to speak; of speech without punctuation the last one."""
    spans = sentence_spans(text)
    marked = tuple((a, b) for a, b in spans if is_question(text[a:b]) or _REQUEST.search(text[a:b]))
    if marked or not spans or _ENDED.search(text) or not asks_in_words(text[slice(*spans[-1])]):
        return marked
    return spans[-1:]
