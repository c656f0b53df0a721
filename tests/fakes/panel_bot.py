"""A bot with PanelBot's surface over invented panels: answers by a fixed rule, no model, no files."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from panelbot.bot.desk.notes import pin_quote
from panelbot.bot.desk.stances import Row, row_of
from panelbot.bot.desk.translation import Rendering, gloss
from panelbot.bot.finding import Finder
from panelbot.bot.media import Recording, as_recording
from panelbot.config import Settings
from panelbot.errors import NotFoundError, ReadError, StoreError
from panelbot.readers import to_interchange
from panelbot.register import as_edit, edit_register, edit_to_dict
from panelbot.types import (
    AddReport,
    Answer,
    Citation,
    Found,
    Hit,
    Listed,
    Place,
    Preview,
    Reference,
    Speaker,
    SpeakerRef,
    Transcript,
    Turn,
    no_progress,
)

PANEL = Transcript(
    id="harbour",
    title="港口城市的银行",
    language="zh",
    date="2021-03-04",
    event="海湾论坛",
    speakers=(
        Speaker(name="林澜", organization="海湾周刊", title="主编", role="moderator"),
        Speaker(name="周启", organization="东港银行", title="副行长", role="panelist", aliases=("周行长",)),
        Speaker(name="Ada Moss", organization="Tidal Pay", title="CTO", role="panelist"),
    ),
    turns=(
        Turn(index=0, speaker="林澜", text="各位下午好。网点的客流恢复得怎么样？", start=0.0, end=6.0),
        Turn(
            index=1,
            speaker="周启",
            text="谢谢主持人。😀网点的客流已经恢复到八成。\n\n不过柜台业务少了三成，老年客户仍然习惯到网点来。",
            start=6.0,
            end=31.5,
        ),
        Turn(
            index=2,
            speaker="Ada Moss",
            text="Our phone payments doubled in the spring. The app never stopped.",
            start=31.5,
        ),
        Turn(index=3, speaker="林澜", text="谢谢两位。"),
    ),
)


SECOND = Transcript(
    id="orchard",
    title="The orchard in winter",
    language="en",
    speakers=(
        Speaker(name="Rosa Field", organization="Growers' Union", title="chair", role="moderator"),
        Speaker(name="Tom Ash", organization="Ash & Daughters", title="grower", role="panelist"),
    ),
    turns=tuple(
        Turn(
            index=index,
            speaker=("Rosa Field", "Tom Ash")[index % 2],
            text=f"Remark {index} on the winter pruning. " * 12,
        )
        for index in range(60)
    ),
)


class FakeBot:
    """Finds the turns that share a word with the question; its answer quotes their first sentences."""

    def __init__(self, transcripts: Sequence[Transcript] = (PANEL,)) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="panelbot-fake-"))
        self.finder = Finder()
        self.hold = threading.Event()  # cleared, all that takes long waits: a streamed answer before its end
        self.reset(transcripts)

    def reset(self, transcripts: Sequence[Transcript], llm_base_url: str = "") -> None:
        """As new, holding ``transcripts``."""
        self.settings = Settings(llm_base_url=llm_base_url, llm_model="any")
        self._transcripts = {transcript.id: transcript for transcript in transcripts}
        self._made: dict[str, tuple[dict[str, Any], ...]] = {}
        self._recordings: dict[str, Recording] = {}
        self.records: list[dict[str, Any]] = []
        self.calls: list[dict[str, Any]] = []
        self.edits: list[tuple[str, list[Any]]] = []
        self.hold.set()

    def transcripts(self) -> tuple[Transcript, ...]:
        return tuple(self._transcripts.values())

    def listing(self) -> tuple[Listed, ...]:
        return tuple(map(Listed.of, self.transcripts()))

    @property
    def texts(self) -> Mapping[str, Transcript]:
        return dict(self._transcripts)

    def transcript(self, transcript_id: str) -> Transcript:
        if transcript_id not in self._transcripts:
            raise NotFoundError(f"There is no transcript {transcript_id!r}.")
        return self._transcripts[transcript_id]

    def export(self, transcript_id: str) -> dict[str, Any]:
        return to_interchange(self.transcript(transcript_id))

    def search(self, query: str, *, k: int = 8, transcripts=None, speakers=None, history=()) -> tuple[Hit, ...]:
        self.hold.wait(timeout=30)
        return self._search(query, k, transcripts, speakers)

    def _search(self, query: str, k: int, transcripts: Any, speakers: Any) -> tuple[Hit, ...]:
        found = [
            (len(set(query) & set(turn.text)), transcript, turn)
            for transcript in self.transcripts()
            for turn in transcript.turns
            if transcripts is None or transcript.id in transcripts
            if speakers is None or turn.speaker in speakers
        ]
        found.sort(key=lambda row: (-row[0], row[1].id, row[2].index))
        return tuple(
            Hit.of(transcript, turn, rank=rank, score=float(score))
            for rank, (score, transcript, turn) in enumerate(found[:k], start=1)
        )

    def ask(self, query: str, *, history=(), transcripts=None, speakers=None) -> Answer:
        self.calls.append({"query": query, "history": list(history), "transcripts": transcripts, "speakers": speakers})
        transcript = PANEL if PANEL.id in self._transcripts else next(iter(self._transcripts.values()))
        if "火星" in query:
            near = quoting(query, transcript).citations
            return Answer(status="not_discussed", text="没有人谈到火星。", question=query, language="zh", nearest=near)
        if "索引坏了" in query:
            raise StoreError("The index /srv/index is damaged: run `panelbot add --rebuild`.")
        if "那位" in query:
            return unsure(query, transcript)
        if "概括" in query:
            told = quoting(query, transcript)
            return replace(told, text="恢复得不错。[1]\n柜台少了些。[1]")
        alone = f"{list(history)[-1]['query']}，{query}" if query.startswith("后来") and history else query
        return replace(quoting(alone, transcript), references=pointing(query, transcript))

    def ask_stream(self, query: str, **options: Any) -> Iterator[str | Answer]:
        yield from (step for step in self.ask_steps(query, **options) if not isinstance(step, Found))

    def ask_steps(self, query: str, **options: Any) -> Iterator[Found | str | Answer]:
        answer = self.ask(query, **options)
        hits = self._search(query, 8, options.get("transcripts"), options.get("speakers"))
        yield Found(question=answer.question, hits=hits)
        half = len(answer.text) // 2
        yield answer.text[:half]
        yield answer.text
        self.hold.wait(timeout=30)
        yield answer

    def newest(self) -> tuple[str, ...]:
        return tuple(reversed(self._transcripts))

    def find(self, words: str, *, exact: bool = False, transcripts=None, limit: int = 500) -> tuple[Place, ...]:
        chosen = [t for t in self.transcripts() if transcripts is None or t.id in transcripts]
        return self.finder.find(words, chosen, exact=exact, limit=limit)

    def suggest(self, language: str = "en", *, transcripts=None) -> tuple[str, ...]:
        self.hold.wait(timeout=30)
        chosen = [t for t in self.transcripts() if transcripts is None or t.id in transcripts]
        return tuple(f"{t.speakers[-1].name}谈了什么？" for t in chosen)

    def stances(self, transcript_id: str, query: str) -> Row:
        transcript = self.transcript(transcript_id)
        return row_of(query, quoting(query, transcript), transcript)

    def translate(self, transcript_id: str, turn: int, start: int, end: int, language: Any) -> Rendering:
        quote = pin_quote(self.transcript(transcript_id), turn, start, end).quote
        translated = Rendering(text=f"译文：{len(quote)}")
        return translated if self.settings.llm_base_url else Rendering(gloss=gloss(quote, language))

    def summarise(self, transcript_id: str, language: str = "en") -> Answer:
        return quoting("", self.transcript(transcript_id))

    def add_text(self, text: str, *, name: str, progress: Any = no_progress, speaker_pattern: str = "") -> AddReport:
        transcript = self.preview_text(text, name=name).transcript
        progress("embedding", 3, 8)
        self.hold.wait(timeout=30)
        self._transcripts[transcript.id] = transcript
        return AddReport(added=(transcript.id,))

    def preview(self, path: str, *, speaker_pattern: str = "") -> tuple[Preview, ...]:
        return (self.preview_text(Path(path).read_text(encoding="utf-8"), name=Path(path).stem),)

    def add(
        self, paths: Sequence[Any], *, progress: Any = None, uploaded: bool = False, speaker_pattern: str = ""
    ) -> AddReport:
        added = {str(path): self.preview(path)[0].transcript for path in paths}
        self._transcripts.update({transcript.id: transcript for transcript in added.values()})
        files = {path: (transcript.id,) for path, transcript in added.items()}
        return AddReport(added=tuple(id for (id,) in files.values()), files=files)

    def preview_text(self, text: str, *, name: str, speaker_pattern: str = "") -> Preview:
        if "：" not in text:
            raise ReadError(f'no turns found in {name}: looked for lines such as "Name: …".')
        turns = tuple(
            Turn(index=index, speaker=line.partition("：")[0], text=line.partition("：")[2])
            for index, line in enumerate(text.splitlines())
        )
        speakers = tuple(Speaker(name=each) for each in dict.fromkeys(turn.speaker for turn in turns))
        return Preview(transcript=Transcript(id=name, title=name, speakers=speakers, turns=turns))

    def edit_speakers(self, transcript_id: str, edits: Any) -> Transcript:
        self.edits.append((transcript_id, list(edits)))
        changed = edit_register(self.transcript(transcript_id), edits)
        self._transcripts[transcript_id] = changed
        return changed

    def edit(self, transcript_id: str, edits: Any) -> Transcript:
        changed = self.edit_speakers(transcript_id, edits)
        made = [edit_to_dict(as_edit(edit)) for edit in edits]
        self._made[transcript_id] = (*self.edits_of(transcript_id), *made)
        return changed

    def edits_of(self, transcript_id: str) -> tuple[dict[str, Any], ...]:
        return self._made.get(transcript_id, ())

    def link_recording(self, transcript_id: str, path: Any, *, keep: bool = False) -> None:
        if path is None:
            self._recordings.pop(transcript_id, None)
        else:
            kept = Path(tempfile.mkdtemp()) / f"recording{Path(path).suffix}"
            kept.write_bytes(as_recording(Path(path)).path.read_bytes())
            self._recordings[transcript_id] = as_recording(kept)

    def recording(self, transcript_id: str) -> Recording | None:
        return self._recordings.get(transcript_id)

    def remove(self, ids: Sequence[str]) -> None:
        for each in ids:
            del self._transcripts[each]

    def feedback(self, record: dict[str, Any]) -> None:
        self.records.append(record)


def quoting(query: str, transcript: Transcript) -> Answer:
    """An answer with one citation: turn 1, from its second sentence on, past a character outside the BMP."""
    turn = transcript.turns[min(1, len(transcript.turns) - 1)]
    start = turn.text.find("😀网点") + 1 if "😀" in turn.text else 0
    end = turn.text.find("。", start) + 1 or len(turn.text)
    speaker = transcript.speaker(turn.speaker)
    cited = Citation(
        number=1,
        transcript_id=transcript.id,
        turn=turn.index,
        speaker=speaker.name,
        quote=turn.text[start:end],
        start=start,
        end=end,
        organization=speaker.organization,
        title=speaker.title,
    )
    text = f"{speaker.name}（{speaker.organization}）：{cited.quote} [1]"
    return Answer(status="answered", text=text, question=query, language="zh", citations=(cited,))


def unsure(query: str, transcript: Transcript) -> Answer:
    """A question that could mean any of the panel."""
    people = tuple(_ref(transcript, speaker) for speaker in transcript.speakers if speaker.role == "panelist")
    start = query.index("那位")
    meant = Reference(
        text="那位", start=start, end=start + 2, kind="pronoun", speakers=people, confidence=0.5, reason="两位都可能"
    )
    text = "你指的是哪一位？"
    return Answer(
        status="ambiguous_speaker", text=text, question=query, language="zh", candidates=people, references=(meant,)
    )


def pointing(query: str, transcript: Transcript) -> tuple[Reference, ...]:
    """What a word stands for: "银行" means whoever works at a bank."""
    start = query.find("银行")
    people = tuple(_ref(transcript, speaker) for speaker in transcript.speakers if "银行" in speaker.organization)
    if start < 0 or not people:
        return ()
    return (
        Reference(
            text="银行",
            start=start,
            end=start + 2,
            kind="organization_kind",
            speakers=people,
            confidence=0.9,
            reason="机构名里有“银行”",
        ),
    )


def _ref(transcript: Transcript, speaker: Speaker) -> SpeakerRef:
    return SpeakerRef(
        transcript_id=transcript.id, name=speaker.name, organization=speaker.organization, title=speaker.title
    )


def hostile(payload: str) -> Transcript:
    """A transcript whose every field holds ``payload``."""
    speaker = Speaker(name=payload, organization=payload, title=payload, role="panelist", aliases=(payload,))
    turns = tuple(Turn(index=index, speaker=payload, text=f"{payload} 网点 {payload}") for index in range(2))
    return replace(
        PANEL, id="hostile", title=payload, event=payload, location=payload, speakers=(speaker,), turns=turns
    )
