"""What REST takes and gives, where the Python API has no value of that shape. The OpenAPI document is made of these."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from panelbot.app.operations import MAX_HITS, Asked
from panelbot.types import Evidence, Hit, Role


class _Strict(BaseModel):
    """A misspelt field is a mistake, not a default."""

    model_config = ConfigDict(extra="forbid")


class Question(_Strict):
    """A question, Chinese or English, and what it is asked of."""

    question: str = Field(description="It may point at speakers (“the bank”, 主持人); up to 2,000 characters.")
    history: list[str] = Field([], description="Earlier questions of this conversation, oldest first.")
    transcripts: list[str] = Field([], description="Ids of the transcripts to look in; none for all.")
    speakers: list[str] = Field([], description="Names of the speakers to hear; none for everybody.")

    def asked(self) -> Asked:
        """As the operations take it."""
        return Asked(question=self.question, history=self.history, transcripts=self.transcripts, speakers=self.speakers)


class Search(Question):
    """A question whose passages are wanted, not an answer."""

    k: int = Field(8, ge=1, le=MAX_HITS, description="How many passages.")


class Hits(BaseModel):
    """The passages for a question, best first."""

    question: str
    hits: list[Hit]


class TextIn(_Strict):
    """A transcript given as text."""

    text: str = Field(description="In any text form the readers know.")
    name: str = Field(min_length=1, description="Its id is made from it; the same name replaces earlier text.")


class Edits(_Strict):
    """Changes to a register."""

    edits: list[str | dict[str, Any]] = Field(
        min_length=1,
        description="Such as “Speaker 3.name=Mei Lin” or “merge:Speaker 4=Mei Lin”, or as objects.",
        examples=[["Speaker 3.name=Mei Lin"]],
    )


class SpeakerOut(BaseModel):
    """A person on a panel."""

    name: str
    organization: str
    title: str
    role: Role
    aliases: list[str]
    evidence: list[Evidence] = Field(description="What says each fact.")


class PanelSpeaker(SpeakerOut):
    """A person on a panel, with the panel."""

    transcript_id: str
    n_turns: int


class Summary(BaseModel):
    """A transcript without its turns."""

    id: str
    title: str
    date: str
    language: str
    n_turns: int
    speakers: list[SpeakerOut]


class Mistake(BaseModel):
    """What was wrong, in one sentence."""

    error: str
