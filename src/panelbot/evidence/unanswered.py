"""Questions that were put to the panel and never taken up.

Knows question sentences and the turns after them; does not know the evidence model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from panelbot.evidence.coverage import WordVectors, coverage
from panelbot.evidence.features import around, asked_words, asks, stated
from panelbot.text import sentence_spans
from panelbot.types import Hit, Question, Transcript

ASKED = 0.60  # so much of the question's words a sentence that asks must hold
TAKEN_UP = 0.65  # so much of what the asking sentence holds a reply must hold to count as one
N_REPLIES = 3  # turns after the asking one that may take it up


def unanswered(
    question: Question, hits: Sequence[Hit], transcripts: Mapping[str, Transcript], vectors: WordVectors | None
) -> Hit | None:
    """The hit in which somebody asks the same and nobody takes it up; None where there is none.

    A reply is a statement, by whoever was found or speaks next, that holds most of what the asking sentence holds.
    Questions about a speaker who asks ("what did the moderator ask") are not of this kind.
    """
    asked = asked_words(question)
    named = {(ref.transcript_id, ref.name) for ref in question.speakers}
    asking = [(_asking(hit, asked, transcripts, vectors), -hit.rank, hit) for hit in hits]
    strength, _, best = max(asking, key=lambda item: item[:2], default=(0.0, 0, None))
    if best is None or strength < ASKED or (best.transcript_id, best.speaker.name) in named:
        return None
    replies = [around(hit, transcripts) for hit in hits if hit is not best]
    replies += [around(best, transcripts), *_following(best, transcripts)]
    taken_up = max((coverage(asked, reply, vectors).mean for reply in replies), default=0.0)
    return best if taken_up < TAKEN_UP * strength else None


def _asking(
    hit: Hit, asked: Sequence[str], transcripts: Mapping[str, Transcript], vectors: WordVectors | None
) -> float:
    """How much of the question the sentences around the hit that ask hold together."""
    text = transcripts[hit.transcript_id].turns[hit.turn].text
    sentences = [text[a:b] for a, b in sentence_spans(text) if a < hit.end and b > hit.start]
    questions = [sentence for sentence in sentences if asks(sentence)]
    return coverage(asked, " ".join(questions), vectors).mean if questions else 0.0


def _following(hit: Hit, transcripts: Mapping[str, Transcript]) -> list[str]:
    """What is stated in the turns after the one that asks."""
    turns = transcripts[hit.transcript_id].turns[hit.turn + 1 : hit.turn + 1 + N_REPLIES]
    return [stated(turn.text) for turn in turns]
