"""Questions that were put to the panel and never taken up.

Knows question sentences and the turns after them; does not know the evidence model.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from panelbot.evidence.features import around, asks, stated
from panelbot.retrieve.closeness import Closeness, asked_words
from panelbot.retrieve.coverage import coverage
from panelbot.text import sentence_spans
from panelbot.types import Hit, Question, Transcript

ASKED = 0.55  # so much of the question's words the sentences that ask must hold
TAKEN_UP = 0.80  # so much of what the asking sentences hold a statement must hold to be about the same
LAST = 0.30  # so much of them the last thing asked must hold: what is asked last is what gets answered
REPLIED = 0.40  # so much of them a reply must hold to be one
N_REPLIES = 2  # turns after the asking one that may take it up

# A reply that says it is about something else: it goes back, or takes something first.
_AVOIDS = re.compile(
    r"先(?:把|接|说|回|补)|上一个(?:话题|问题)|回到|接着?.{0,8}的话|换个话题"
    r"|\b(?:first|instead|before (?:that|we|i)|(?:go|going|come|coming) back|stay with|let me say something|"
    r"i'll tell you what|another (?:thing|point))\b",
    re.IGNORECASE,
)

# To ask, not what only has the word in it: 问题, 访问, 顾问; "raised" is said of money too.
_ASKS_ZH = "(?<![访顾慰疑学])问(?![题卷世津])|提出[^，。？]{0,8}(?:问题|疑问|质疑)"
_ABOUT_ASKING = re.compile(
    r"\b(?:ask|asks|asked|put to|raised? the question)\b"
    rf"|(?:主持|嘉宾|观众|听众|记者|谁|有人|大家|[他她]们?)[^，。？]{{0,8}}(?:{_ASKS_ZH})"
    "|(?<![访顾慰疑学])问(?:了|过|的)?(?:谁|什么|哪些)",
    re.IGNORECASE,
)


def about_asking(question: Question) -> bool:
    """Whether it is asked who asked, or what was asked."""
    return _ABOUT_ASKING.search(question.text) is not None


def unanswered(
    question: Question, hits: Sequence[Hit], transcripts: Mapping[str, Transcript], closeness: Closeness | None
) -> Hit | None:
    """The hit in which somebody asks the same and nobody takes it up; None where there is none.

    Taken up means that a statement, found or made next, holds most of the words asked; or that the words asked came
    last in their turn and the reply holds some of them and does not turn elsewhere. "What did the moderator ask" is
    never of this kind.
    """
    asked = asked_words(question)
    named = {(ref.transcript_id, ref.name) for ref in question.speakers}
    asking = [(coverage(asked, " ".join(_asking(hit, transcripts)), closeness).mean, -hit.rank, hit) for hit in hits]
    strength, _, best = max(asking, key=lambda item: item[:2], default=(0.0, 0, None))
    if best is None or about_asking(question) or strength < ASKED or (best.transcript_id, best.speaker.name) in named:
        return None
    replies = _following(best, transcripts)
    statements = [around(hit, transcripts) for hit in hits] + replies
    if max(coverage(asked, text, closeness).mean for text in statements) >= TAKEN_UP * strength:
        return None
    last = coverage(asked, _asking(best, transcripts)[-1], closeness).mean
    replied = max((coverage(asked, text, closeness).mean for text in replies), default=0.0)
    avoided = not replies or replied < REPLIED or _AVOIDS.search(replies[0][:120]) is not None
    return best if avoided or last < LAST else None


def _asking(hit: Hit, transcripts: Mapping[str, Transcript]) -> list[str]:
    """The sentences around the hit that ask something."""
    text = transcripts[hit.transcript_id].turns[hit.turn].text
    sentences = [text[a:b] for a, b in sentence_spans(text) if a < hit.end and b > hit.start]
    return [sentence for sentence in sentences if asks(sentence)]


def _following(hit: Hit, transcripts: Mapping[str, Transcript]) -> list[str]:
    """What others state in the turns after the one that asks."""
    turns = transcripts[hit.transcript_id].turns
    after = turns[hit.turn + 1 : hit.turn + 1 + N_REPLIES]
    return [stated(turn.text) for turn in after if turn.speaker != turns[hit.turn].speaker]
