"""Small indexes made in memory, without a store and without a model."""

from __future__ import annotations

from collections.abc import Sequence

from panelbot.config import Settings
from panelbot.embedding import Embedder, HashEmbedder
from panelbot.index import SearchIndex, Segment, build_segment
from panelbot.passages import split_transcript
from panelbot.retrieve import Retrieval, retrieve
from panelbot.text import detect_language
from panelbot.types import Question, Role, Speaker, Transcript, Turn
from panelbot.understand.intent import with_intent

SETTINGS = Settings(embedding_model="hash")


def transcript(id: str, turns: Sequence[tuple[str, str]], *, moderators: Sequence[str] = ()) -> Transcript:
    """A transcript of (speaker, text) turns."""
    names = dict.fromkeys(name for name, _ in turns)
    roles: dict[str, Role] = {name: "moderator" if name in moderators else "panelist" for name in names}
    return Transcript(
        id=id,
        speakers=tuple(Speaker(name=name, role=roles[name]) for name in names),
        turns=tuple(Turn(index=i, speaker=name, text=text) for i, (name, text) in enumerate(turns)),
    )


def segment(source: Transcript, first_id: int = 0, *, embedder: Embedder | None = None, size: int = 320) -> Segment:
    """The transcript in searchable form."""
    passages = split_transcript(source, size)
    texts = [source.turns[p.turn].text[p.start : p.end] for p in passages]
    return build_segment(
        transcript=source,
        first_id=first_id,
        passages=passages,
        vectors=(embedder or HashEmbedder()).encode_passages(texts),
    )


def search_index(*sources: Transcript, embedder: Embedder | None = None, size: int = 320) -> SearchIndex:
    """An index of transcripts."""
    segments: list[Segment] = []
    first_id = 0
    for source in sources:
        segments.append(segment(source, first_id, embedder=embedder, size=size))
        first_id += max(1, segments[-1].n_passages)
    return SearchIndex.of(segments)


def question(text: str, **changes: object) -> Question:
    """A question that was understood as it stands."""
    return with_intent(Question(original=text, text=text, topic=text, language=detect_language(text), **changes))  # type: ignore[arg-type]


def find(index: SearchIndex, text: str, *, settings: Settings = SETTINGS, k: int = 8, **scope: object) -> Retrieval:
    """What retrieval finds for a text."""
    return retrieve(question(text), index, HashEmbedder(), settings, k=k, **scope)  # type: ignore[arg-type]
