"""What a question asks for, read once: which words, one fact or what was said, an end of the talk, questions.

Knows words of both languages; does not know who is asked about, nor what follows for the search and the answer.
"""

from __future__ import annotations

import re
from dataclasses import replace

from panelbot.shipped import shipped_toml, shipped_words
from panelbot.text import content_words
from panelbot.types import End, Question

_OPEN = re.compile(
    r"开场|开头|一开始|开篇|"
    r"\b(?:open(?:s|ed|ing)?|start(?:s|ed)?|beg[ai]n(?:s|ning)?|first words?|introduc(?:e|ed|tion))\b",
    re.IGNORECASE,
)
_CLOSE = re.compile(
    r"最后.{0,4}(?:总结|说|收尾|结束|布置|交代|嘱咐|提醒)|总结发言|结束语|结尾|收尾|闭幕|"
    r"\b(?:clos(?:e[sd]?|ing)|wrap(?:s|ped)?[ -]?up|conclu(?:de[sd]?|sion|ding)|end(?:s|ed|ing)?|"
    r"final (?:words?|remarks?)|last words?|sum(?:s|med)? up)\b",
    re.IGNORECASE,
)
# The cue is what is talked about ("about closing"), a time is asked for, or the whole is to be summed up.
_NO_END = re.compile(
    r"\babout\b|\bwhen (?:did|does|do|will|is|was)\b|\bwhat time\b|什么时候|几点|"
    r"^\W*(?:please |(?:can|could|would) you )?(?:please )?sum up\b",
    re.IGNORECASE,
)
_QUESTIONS = re.compile(r"问|\bask|\bquestion")
_FRAMING = shipped_words("understand/data/framing.txt")
_AT_AN_END = shipped_words("understand/data/place.txt")
_OPEN_ENDED = _FRAMING.union(*(words.split() for words in shipped_toml("understand/data/open_ended.toml").values()))
_BREADTH = shipped_toml("understand/data/breadth.toml")


def with_intent(question: Question) -> Question:
    """``question`` with the fields that its wording and its topic fill: ``words`` to ``open_ended``."""
    topic = content_words(question.topic)
    words = tuple(dict.fromkeys(topic or content_words(question.text)))
    return replace(
        question,
        words=words,
        sought=tuple(word for word in words if word not in _FRAMING or not topic) or words,
        broad=_is_broad(question),
        end=_end(question),
        questions=_QUESTIONS.search(question.original.casefold()) is not None,
        open_ended=not topic or _OPEN_ENDED.issuperset(words),  # nothing but people: their names are no matter
    )


def _is_broad(question: Question) -> bool:
    """Whether what was said on a matter is asked ("怎么看…"), as by a headline too; not one fact."""
    text, language = question.original.casefold(), question.language
    broad, asking = _BREADTH["broad"][language].split(), _BREADTH["interrogative"][language].split()
    if language == "zh":
        return any(cue in text for cue in broad) or not any(cue in text for cue in asking)
    words = set(re.findall(r"[a-z]+", text))
    return bool(words.intersection(broad)) or not (words.intersection(asking) or "?" in text)


def _end(question: Question) -> End:
    """Which end of the talk is asked about, where the question asks for nothing else."""
    if _NO_END.search(question.text) or not _AT_AN_END.issuperset(content_words(question.topic)):
        return ""
    return "close" if _CLOSE.search(question.text) else "open" if _OPEN.search(question.text) else ""
