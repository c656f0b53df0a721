"""What programs may ask of a bot, as plain JSON values: what the named endpoints, the MCP tools and REST all call.

Knows `PanelBot` and the limits for callers from outside; not how a request came or how a mistake is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from panelbot.evaluation import load_questions
from panelbot.types import Answer, Listed

if TYPE_CHECKING:
    from panelbot.bot import PanelBot

MAX_HITS = 50
MAX_TURNS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with its scope; clients send an empty list for "all"."""

    question: str
    history: Sequence[Any] | None = None
    transcripts: Sequence[str] | None = None
    speakers: Sequence[str] | None = None

    def scope(self) -> dict[str, Any]:
        """What is searched, as `PanelBot` takes it."""
        return {
            "history": self.history or (),
            "transcripts": self.transcripts or None,
            "speakers": self.speakers or None,
        }


def search(bot: PanelBot, asked: Asked, k: int = 8) -> list[dict[str, Any]]:
    """The passages that fit, best first, 1 to `MAX_HITS` of them."""
    hits = bot.search(asked.question, k=min(max(k, 1), MAX_HITS), **asked.scope())
    return [plain(hit) for hit in hits]


def ask(bot: PanelBot, asked: Asked) -> dict[str, Any]:
    """The answer."""
    return plain(bot.ask(asked.question, **asked.scope()))


def ask_stream(bot: PanelBot, asked: Asked) -> Iterator[str | dict[str, Any]]:
    """The text so far as it comes, and the answer last."""
    for part in bot.ask_stream(asked.question, **asked.scope()):
        yield plain(part) if isinstance(part, Answer) else part


def read_turns(bot: PanelBot, transcript: str, first: int = 0, last: int | None = None) -> list[dict[str, Any]]:
    """Turns ``first`` … ``last`` of a transcript, at most `MAX_TURNS`."""
    turns = bot.transcript(transcript).turns
    end = len(turns) if last is None else last + 1
    return [asdict(turn) for turn in turns[max(first, 0) : min(end, max(first, 0) + MAX_TURNS)]]


def list_transcripts(bot: PanelBot) -> list[dict[str, Any]]:
    """Every transcript without its turns."""
    return [_summary(transcript) for transcript in bot.listing()]


def _summary(transcript: Listed) -> dict[str, Any]:
    return {
        "id": transcript.id,
        "title": transcript.title,
        "date": transcript.date,
        "language": transcript.language,
        "n_turns": transcript.n_turns,
        "speakers": [asdict(speaker) for speaker in transcript.speakers],
    }


def list_speakers(bot: PanelBot, transcript: str | None = None) -> list[dict[str, Any]]:
    """Who speaks, each with the transcript and how many turns; of one transcript, or of all."""
    chosen = bot.transcripts() if transcript is None else (bot.transcript(transcript),)
    return [
        asdict(speaker) | {"transcript_id": t.id, "n_turns": sum(turn.speaker == speaker.name for turn in t.turns)}
        for t in chosen
        for speaker in t.speakers
    ]


def export(bot: PanelBot, transcript: str) -> dict[str, Any]:
    """A transcript as interchange JSON."""
    return bot.export(transcript)


def add_text(bot: PanelBot, text: str, name: str) -> dict[str, Any]:
    """Store a transcript given as text."""
    return plain(bot.add_text(text, name=name))


def edit_speakers(bot: PanelBot, transcript: str, edits: Sequence[Any]) -> list[dict[str, Any]]:
    """Change a register; the speakers as they are then."""
    return [asdict(speaker) for speaker in bot.edit_speakers(transcript, edits).speakers]


def remove(bot: PanelBot, transcripts: Sequence[str] | str) -> None:
    """Remove transcripts, all or none; one id is one transcript."""
    bot.remove([transcripts] if isinstance(transcripts, str) else transcripts)


def feedback(bot: PanelBot, record: Mapping[str, Any]) -> None:
    """Keep a judged question, checked as evaluation will: a line it cannot read would keep it from all the others."""
    load_questions([{**record, "unjudged": False}], bot.transcripts())
    bot.feedback(dict(record))


def plain(value: Any) -> dict[str, Any]:
    """A result as JSON values under its field names."""
    made = asdict(value)
    for hit in [made, *made.get("hits", ())]:
        if "features" in hit:
            hit["features"] = {key: float(number) for key, number in hit["features"].items()}
    return made
