"""A bot that answers from a script, over two small transcripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from panelbot.types import Answer, Citation, Hit, Speaker, Transcript, Turn

ZH = ("柏亮", "沈志峰", "胡伟")


def make_transcript(name: str, n_turns: int = 6, speakers: Sequence[str] = ZH) -> Transcript:
    """Turn i says where it stands, so that every turn's text is its own."""
    return Transcript(
        id=name,
        language="zh",
        speakers=tuple(Speaker(name=speaker, aliases=(f"{speaker[0]}总",)) for speaker in speakers),
        turns=tuple(
            Turn(index=i, speaker=speakers[i % len(speakers)], text=f"{name}的第{i}段发言。说到了<b>要点{i}</b>。")
            for i in range(n_turns)
        ),
    )


def make_hit(transcript: Transcript, turn: int, rank: int = 1, end: int | None = None) -> Hit:
    text = transcript.turns[turn].text[:end]
    speaker = transcript.speaker(transcript.turns[turn].speaker)
    return Hit(
        rank=rank,
        transcript_id=transcript.id,
        turn=turn,
        speaker=speaker,
        text=text,
        start=0,
        end=len(text),
        score=1.0 / rank,
    )


def make_citation(transcript: Transcript, turn: int, number: int = 1, /, **changes: object) -> Citation:
    text = transcript.turns[turn].text
    values: dict[str, object] = {
        "number": number,
        "transcript_id": transcript.id,
        "turn": turn,
        "speaker": transcript.turns[turn].speaker,
        "quote": text,
        "start": 0,
        "end": len(text),
    }
    return Citation(**{**values, **changes})  # type: ignore[arg-type]


class FakeBot:
    """``turns[query]`` are found in that order; ``answers[query]`` is answered. What was asked is kept."""

    def __init__(
        self,
        transcripts: Sequence[Transcript],
        turns: Mapping[str, Sequence[tuple[str, int]]],
        answers: Mapping[str, Answer] | None = None,
    ) -> None:
        self._transcripts = {transcript.id: transcript for transcript in transcripts}
        self._turns = turns
        self._answers = answers or {}
        self.calls: list[dict[str, object]] = []

    def transcripts(self) -> tuple[Transcript, ...]:
        return tuple(self._transcripts.values())

    def search(self, query, *, k=8, transcripts=None, speakers=None, history=()) -> tuple[Hit, ...]:
        self.calls.append({"query": query, "k": k, "transcripts": transcripts, "history": history})
        found = [(name, turn) for name, turn in self._turns.get(query, ()) if not transcripts or name in transcripts]
        return tuple(make_hit(self._transcripts[name], turn, rank) for rank, (name, turn) in enumerate(found[:k], 1))

    def close(self) -> None:
        self.closed = True

    def ask(self, query, *, history=(), transcripts=None, speakers=None) -> Answer:
        return self._answers.get(query) or Answer(status="not_discussed", text="没有谈到。", question=query)
