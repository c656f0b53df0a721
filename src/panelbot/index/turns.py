"""The turn table: what retrieval needs to know of each turn before any question is asked. Made once a transcript."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from panelbot.index.asking import asking, find_replied
from panelbot.index.postings import Postings
from panelbot.index.threads import find_agreed, find_asked, is_agreement
from panelbot.shipped import shipped_words
from panelbot.text.asking import asks_in_words
from panelbot.text.words import STOP_WORDS
from panelbot.types import ROLES, Passage, Transcript

# With the stop words, what a backchannel is made of.
FILLERS = shipped_words("index/fillers.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnTable:
    """Arrays over the turns of one transcript; turn indexes are 0-based, -1 is none."""

    first: NDArray[np.int32]  # (n_turns + 1,) the passages of turn i are first[i]:first[i + 1]
    n_words: NDArray[np.float32]  # (n_turns,) all words
    n_content: NDArray[np.float32]  # (n_turns,) words that are neither stop words nor fillers
    asked: NDArray[np.int32]  # (n_turns,) the turn whose question this one answers
    agreed: NDArray[np.int32]  # (n_turns,) the turn that this one only agrees with
    question: NDArray[np.bool_]  # (n_turns,) asks something
    asking: NDArray[np.float32]  # (n_turns,) share of the turn, 0..1, that stands in sentences that ask
    hands_over: NDArray[np.bool_]  # (n_turns,) ends with a question
    replied: NDArray[np.int32]  # (n_turns,) the turn shortly before, by somebody else, that ended with a question
    speaks: NDArray[np.bool_]  # (n_turns,) says enough to be a hit by itself
    speaker: NDArray[np.int32]  # (n_turns,) position in transcript.speakers, -1 where the register has none
    role: NDArray[np.int8]  # (n_turns,) position in ROLES

    @property
    def n_turns(self) -> int:
        """How many turns the transcript has."""
        return len(self.n_words)


def build_turn_table(transcript: Transcript, passages: Sequence[Passage], lexical: Postings) -> TurnTable:
    """The table of a transcript whose passages, by turn and start, have the keyword lists ``lexical``."""
    n = len(transcript.turns)
    of_passage = np.fromiter((p.turn for p in passages), dtype=np.int32, count=len(passages))
    content = np.fromiter((_is_content(word) for word in lexical.words), dtype=bool, count=len(lexical.words))
    holds_content = np.repeat(content, np.diff(lexical.indptr))
    turn = of_passage[lexical.passage]
    n_words = np.bincount(of_passage, weights=lexical.lengths, minlength=n).astype(np.float32)
    n_content = np.bincount(turn[holds_content], weights=lexical.count[holds_content], minlength=n).astype(np.float32)
    questions = [asks_in_words(t.text) for t in transcript.turns]
    agreements = [is_agreement(t.text) for t in transcript.turns]
    asked = [asking(t.text) for t in transcript.turns]
    hands_over = [found.hands_over for found in asked]
    agreed = np.asarray(find_agreed(transcript, agreements, n_words.tolist()), dtype=np.int32)
    position = {speaker.name: i for i, speaker in enumerate(transcript.speakers)}
    speaker = np.fromiter((position.get(t.speaker, -1) for t in transcript.turns), dtype=np.int32, count=n)
    roles = np.asarray([ROLES.index(s.role) for s in transcript.speakers] + [ROLES.index("unknown")], dtype=np.int8)
    return TurnTable(
        first=np.searchsorted(of_passage, np.arange(n + 1)).astype(np.int32),
        n_words=n_words,
        n_content=n_content,
        asked=np.asarray(find_asked(transcript, questions), dtype=np.int32),
        agreed=agreed,
        question=np.asarray(questions, dtype=bool),
        asking=np.asarray([found.share for found in asked], dtype=np.float32),
        hands_over=np.asarray(hands_over, dtype=bool),
        replied=np.asarray(find_replied(transcript.turns, hands_over), dtype=np.int32),
        speaks=(n_words >= 3) & ((n_content >= 1) | (agreed >= 0)),
        speaker=speaker,
        role=roles[speaker],
    )


def _is_content(word: str) -> bool:
    return word not in STOP_WORDS and word not in FILLERS and (len(word) > 1 or not word.isascii())
