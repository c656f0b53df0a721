"""The smallest pieces a quote is made of: whole sentences, clauses where a sentence never ends.

Knows punctuation, fillers and connectives; does not know the question.
"""

from __future__ import annotations

import re

from panelbot.answer.lexicon import FILLERS
from panelbot.text import content_words, sentence_spans, words

# A longer sentence is speech that was written down without full stops: it is cut at its clauses.
MAX_CHARS = {"zh": 240, "en": 560}
_CLAUSE_CHARS = {"zh": 110, "en": 260}

# Where a clause may end: after a comma or the like, before white space in Chinese text, before a connective.
_CLAUSE_END = re.compile(
    r"(?<=[，,；;：、])(?!\d)|(?<=[\u4e00-\u9fff])(?=\s+[\u4e00-\u9fff])"
    r"|(?<=[\u4e00-\u9fff])(?=然后|但是|所以|那么|因为|而且|如果|那我们)"
    r"|(?<=\s)(?=(?:and|but|so|because|then|which)\s)"
)
_LEADING_FILLER = re.compile(
    r"(?:(?:u+[hm]+|e+rm?|a+h+|m+|hm+|mm-?hmm|嗯+|呃+|额|啊+|哦+|唉|诶|\{[a-z]+\})(?![A-Za-z])[\s，,。.…、—-]*)+",
    re.IGNORECASE,
)


def segment_spans(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[int, int], ...]:
    """``(start, end)`` of the quotable pieces of ``text`` that overlap ``start:end``, in order.

    Leading hesitations ("um", 嗯) are left out of a piece; pieces that are nothing else are kept out.
    """
    end = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    for first, last in sentence_spans(text):
        if last <= start or first >= end:
            continue
        found.extend(_trimmed(text, a, b) for a, b in _clauses(text, first, last))
    return tuple((a, b) for a, b in found if b > a)


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    language = "zh" if re.search(r"[\u4e00-\u9fff]", text[start:end]) else "en"
    if end - start <= MAX_CHARS[language]:
        return [(start, end)]
    size, cuts = _CLAUSE_CHARS[language], [start]
    for match in _CLAUSE_END.finditer(text, start + 1, end):
        if match.start() - cuts[-1] >= size and end - match.start() >= size // 2:
            cuts.append(match.start())
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    filler = _LEADING_FILLER.match(text, start, end)
    return (filler.end(), end) if filler else (start, end)


def is_filler(text: str) -> bool:
    """Whether it is what carries nothing: thanks, assent, hesitation, a word or two."""
    carrying = [word for word in content_words(text) if word not in FILLERS]
    return not carrying or (len(carrying) == 1 and len(words(text)) <= 2)


_ANNOUNCES = re.compile(
    r"(?:[两二三四五六几2-6][个点方条大类种](?:方面|层面|原则|问题|原因|阶段|部分|层次)?)"
    r"|\b(?:two|three|four|five|several|following)\s+(?:\w+\s+)?(?:things|points|reasons|parts|ways|causes|problems|"
    r"principles|issues|steps|questions|kinds|types|aspects|conditions|rules)\b",
    re.IGNORECASE,
)
_ENUMERATES = re.compile(
    r"^\W*(?:(?:那|那么|然后|所以)?(?:第[一二三四五六1-6]|首先|其次|再次|最后|另外|一个是|另一个|一是|二是|三是|还有一)"
    r"|(?:and |then |so )?(?:the )?(?:first|second|third|fourth|one is|one,|another|finally|lastly|next)\b)",
    re.IGNORECASE,
)


def announces_list(text: str) -> bool:
    """Whether the piece promises points that the next pieces make ("两个原则", "three reasons")."""
    return _ANNOUNCES.search(text) is not None


def is_list_item(text: str) -> bool:
    """Whether the piece makes one of several points ("第二个…", "Second, …")."""
    return _ENUMERATES.match(text) is not None
