"""PanelBot: transcripts in, hits and proven answers out. What every front end calls.

Knows the order of the stages, not how any of them works.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from panelbot import readers, register
from panelbot.answer import answer_question, stream_answer
from panelbot.bot import media
from panelbot.bot.change import MAX_TRIES, Seen, carry_out, edited, with_stored
from panelbot.bot.desk.notes import pin_quote
from panelbot.bot.desk.stances import Row, panel_of, row_of
from panelbot.bot.desk.summary import summarise
from panelbot.bot.desk.translation import Rendering, render_in
from panelbot.bot.feedback import append
from panelbot.bot.files import find_files
from panelbot.bot.finding import Finder
from panelbot.bot.frame import turns_frame
from panelbot.bot.ingest import Batch, Draft, fingerprint, read_batch, with_other_id
from panelbot.bot.library import Library
from panelbot.bot.media import Recording
from panelbot.bot.reading import Beside, Reader, once
from panelbot.bot.scope import History, Texts, as_history, check_length, find_transcripts, name_scope, read_texts
from panelbot.bot.suggest import suggest
from panelbot.config import Settings, load_settings
from panelbot.embedding import Embedder, RememberingEmbedder, load_embedder
from panelbot.errors import EmbedderMismatchError, IndexMovedError, InputError, NotFoundError, PanelbotError, StoreError
from panelbot.evidence import Evidence, gather
from panelbot.index import SearchIndex, Segment
from panelbot.match.matcher import Matcher
from panelbot.register.reading import content
from panelbot.rerank import load_reader
from panelbot.retrieve import Retrieval, Searcher
from panelbot.stages import stage
from panelbot.types import (
    AddReport,
    Answer,
    Found,
    Hit,
    Language,
    Listed,
    Place,
    Preview,
    Progress,
    Question,
    Speaker,
    SpeakerRef,
    Transcript,
    no_progress,
)
from panelbot.understand import understand

if TYPE_CHECKING:
    from pandas import DataFrame

FEEDBACK_FILE = "feedback.jsonl"
T = TypeVar("T")
MAX_READ = 200  # transcripts that are looked through for questions to start from
MAX_SUGGESTED = 64  # choices of transcripts whose questions to start from are remembered


class PanelBot:
    """An index folder, opened. Get one with `PanelBot.open`; many threads may `search` and `ask` at once."""

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        embedder: Embedder | None,
        progress: Progress,
        rebuild: bool = False,
        reader: Reader | None = None,
    ) -> None:
        self.path = folder
        self.settings = settings
        self._library = Library(folder, settings)
        self._reader = reader or Reader()
        self._embedder = embedder
        self._fits: SearchIndex | None = None  # the index that the embedder was last compared with
        self._progress = progress
        self._lock = threading.Lock()
        self._suggested: dict[tuple[Language, tuple[str, ...]], tuple[SearchIndex, tuple[str, ...]]] = {}
        self._feedback_lock = threading.Lock()
        self._finder = Finder()
        if not rebuild and embedder is None:
            self._check_model(self._library.store.meta("embedding_model"), settings.embedding_model)

    @classmethod
    def open(
        cls,
        path: str | Path = "index",
        *,
        settings: Settings | None = None,
        embedder: Embedder | None = None,
        progress: Progress = no_progress,
        rebuild: bool = False,
        reader: Reader | None = None,
    ) -> PanelBot:
        """Open the index in folder ``path``; an empty one is created where there is none.

        The embedding model is loaded at the first use. ``embedder`` takes the place of the one ``settings`` name.
        ``rebuild`` opens an index made with another model, for ``add(…, rebuild=True)`` alone. ``reader`` reads files,
        by default here; a ``ReaderApart`` reads them in a process of its own, with limits on time and memory.

        Raises:
            StoreError: the folder cannot be used or is damaged.
            EmbedderMismatchError: the index was made with another embedding model.
        """
        return cls(Path(path), settings or load_settings(), embedder, progress, rebuild, reader)

    @property
    def catalogue(self) -> str:
        """Where the transcripts are kept: the file, or the database's address without its password."""
        return str(self._library.store.path)

    def close(self) -> None:
        """Let go of the index's files."""
        self._reader.close()
        self._library.store.close()

    # --- transcripts -------------------------------------------------------------------------------------------

    def add(
        self,
        paths: Iterable[str | Path],
        *,
        progress: Progress = no_progress,
        rebuild: bool = False,
        uploaded: bool = False,
        speaker_pattern: str = "",
        follow_links: bool = False,
    ) -> AddReport:
        """Read, embed and store files and folders in one transaction; unchanged files are skipped.

        Files that cannot be read are reported in ``failed`` and do not keep the others out. ``rebuild`` embeds every
        stored transcript again with the model of the settings, and reads ``paths`` even where they did not change.
        ``uploaded`` says that the files will not stay where they are. ``speaker_pattern`` is a regular expression with
        a group ``speaker`` (and ``time``) that says what a label is, in the place of the file's form and the settings.
        ``follow_links`` adds what links in a folder lead to outside it.
        """
        self._library.sweep()
        files, missing, passed = find_files(paths, follow_links=follow_links)
        read = once(self._reader.file)
        loading = Beside(self._load if self._reader.apart else None)

        def plan(seen: Seen) -> Batch:
            batch = read_batch(
                files,
                seen.headers,
                self.settings,
                loading.while_doing(read),
                progress,
                force=rebuild,
                uploaded=uploaded,
                speaker_pattern=speaker_pattern,
                at_once=self._reader.at_once,
            )
            return with_stored(batch, self._library.store) if rebuild else batch

        with loading:
            batch, known = self._store(plan, progress, rebuild=rebuild)
        ids = [draft.transcript.id for draft in batch.drafts if not draft.stored]
        return AddReport(
            added=tuple(id for id in ids if id not in known),
            updated=tuple(id for id in ids if id in known),
            unchanged=batch.unchanged,
            failed=missing + batch.failed,
            warnings=passed + batch.warnings,
            files=batch.files,
        )

    def add_text(
        self, text: str, *, name: str, progress: Progress = no_progress, speaker_pattern: str = ""
    ) -> AddReport:
        """Store a transcript given as text, under an id made from ``name``; the same name replaces earlier text.

        Raises:
            ReadError: no turns can be found in it.
        """
        preview = self.preview_text(text, name=name, speaker_pattern=speaker_pattern)
        read = preview.transcript
        mark = fingerprint(text.encode(), self.settings, speaker_pattern)

        def plan(seen: Seen) -> Batch:
            transcript = read
            if read.id in seen.headers and seen.headers[read.id].path:  # never in the place of a file's transcript
                transcript = with_other_id(read, f"text named {name}")
            return Batch(drafts=(Draft(transcript=transcript, path="", fingerprint=mark),))

        batch, known = self._store(plan, progress)
        ids = tuple(draft.transcript.id for draft in batch.drafts)
        known_already = known.issuperset(ids)
        return AddReport(
            updated=ids if known_already else (), added=() if known_already else ids, warnings=preview.warnings
        )

    def preview(self, path: str | Path, *, speaker_pattern: str = "") -> tuple[Preview, ...]:
        """The transcripts ``add`` would store for a file, registers included, and its warnings. Stores nothing.

        Raises:
            ReadError: no transcript can be read in it.
        """
        content(Path(path))  # says what is wrong with a file that need not be read at all
        pattern = speaker_pattern or self.settings.pattern_for(Path(path))
        found = self._reader.file(Path(path), pattern)
        return tuple(Preview(transcript=transcript, warnings=notes) for transcript, notes in found)

    def preview_text(self, text: str, *, name: str, speaker_pattern: str = "") -> Preview:
        """The transcript ``add_text`` would store, called ``name`` where the text has no title. Stores nothing."""
        ((transcript, notes),) = self._reader.text(text, name, speaker_pattern or self.settings.speaker_pattern)
        transcript = transcript if transcript.title else replace(transcript, title=name)
        return Preview(transcript=transcript, warnings=notes)

    def remove(self, ids: Sequence[str]) -> None:
        """Remove transcripts from the index, all or none; their files stay.

        Raises:
            NotFoundError: there is no such transcript.
        """
        self._library.sweep()
        with self._library.store.changing():
            self._library.store.remove(ids)
            media.unlink(self._library.store, ids)
        media.sweep(self._library.store, self.path)
        self._library.save_derived()

    def transcripts(self) -> tuple[Transcript, ...]:
        """Every transcript, by id."""
        return self._steadily(lambda index: tuple(read_texts(index, tuple(index.number))))

    def listing(self) -> tuple[Listed, ...]:
        """Every transcript without what was said, by id: none is read."""
        self._library.index()  # what an earlier version left out is there afterwards
        return self._library.store.listing()

    @property
    def texts(self) -> Mapping[str, Transcript]:
        """Every transcript by id, each read when it is asked for; one that is removed meanwhile is not found."""

        def read(id: str) -> Transcript:
            try:
                return self.transcript(id)
            except NotFoundError:
                raise KeyError(id) from None

        return Texts(read, tuple(self._library.index().number))

    def newest(self) -> tuple[str, ...]:
        """The ids of all transcripts, the last one stored first."""
        return tuple(head.id for head in sorted(self._library.index().heads, key=lambda head: -head.first_id))

    def find(
        self, words: str, *, exact: bool = False, transcripts: Sequence[str] | None = None, limit: int = 500
    ) -> tuple[Place, ...]:
        """Where words were said: turns that hold all of them, or with ``exact`` the very phrase, in order of the talks.

        No question is understood and nothing is ranked; case, width and traditional spelling make no difference.
        """

        def find(index: SearchIndex) -> tuple[Place, ...]:
            texts = read_texts(index, find_transcripts(transcripts, index.number))
            return self._finder.find(words, texts, exact=exact, limit=limit)

        return self._steadily(find)

    def transcript(self, id: str) -> Transcript:
        """The transcript ``id``.

        Raises:
            NotFoundError: there is none.
        """
        return self._steadily(lambda index: index.segments[find_transcripts([id], index.number)[0]].transcript)

    def sources(self) -> dict[str, str]:
        """The file each transcript came from, by id; those that were pasted or uploaded have none."""
        return {id: h.path for id, h in self._library.store.headers().items() if Path(h.path).is_absolute()}

    def edit_speakers(self, id: str, edits: Sequence[Any]) -> Transcript:
        """Change the register of a transcript: rename, merge, set facts. Nothing is embedded again.

        Citations given before still hold: turns keep their indexes and texts, and old names become aliases.
        An edit is what ``parse_edit`` gives, the text it takes, or a JSON object such as
        ``{"edit": "set", "speaker": "…", "field": "title", "value": "…"}``.

        Raises:
            NotFoundError: no such transcript or speaker.
            InputError: an edit that cannot be made.
        """
        self._library.sweep()
        edits = [register.as_edit(edit) for edit in edits]
        if any(map(register.rewrites, edits)):
            return self.edit(id, edits)
        store = self._library.store
        with store.changing():  # of the version that is there, with nobody between reading and writing it
            stored = store.load(id, with_vectors=False)
            changed = register.edit_register(stored.transcript, edits)
            store.save_register(changed, [*stored.edits, *(register.edit_to_dict(edit) for edit in edits)])
        if self.settings.engine != "local":  # who speaks is among what it filters by
            self._library.save_derived()
        return changed

    def edit(self, id: str, edits: Sequence[Any]) -> Transcript:
        """Change a transcript: its register as `edit_speakers` does, its head, the words of a turn, who spoke one.

        Further edits are ``{"edit": "head", "field": "title|date|event|location", "value": "…"}``,
        ``{"edit": "text", "turn": 3, "was": "…", "text": "…"}``, ``{"edit": "turn", "turn": 3, "text": "…",
        "speaker": "…"}`` and ``{"edit": "settled", "doubt": "…"}``. What a turn said before is kept; of a turn that
        changes, its passages alone are embedded again. Edits are made again when the file is read anew.

        Raises:
            NotFoundError: no such transcript or speaker, or a turn that says something else by now.
            InputError: an edit that cannot be made.
        """
        edits = [register.as_edit(edit) for edit in edits]
        if not any(map(register.rewrites, edits)):
            return self.edit_speakers(id, edits)
        self._library.sweep()
        batch, _ = self._store(lambda _: edited(self._library.store, id, edits), no_progress)
        return batch.drafts[0].transcript

    def edits_of(self, id: str) -> tuple[dict[str, Any], ...]:
        """What people have changed in the transcript ``id``, as JSON objects, the oldest first.

        Raises:
            NotFoundError: there is no such transcript.
        """
        return self._library.store.load(id, with_vectors=False).edits

    def link_recording(self, id: str, path: str | Path | None, *, keep: bool = False) -> None:
        """Put the sound or picture in ``path`` beside the transcript ``id``; None takes away what is.

        The file stays where it is; ``keep`` copies it into the index folder, for one that will not.

        Raises:
            NotFoundError: there is no such transcript.
            InputError: it is no file that browsers play.
        """
        self._library.sweep()
        if path is None:
            media.unlink(self._library.store, [self.transcript(id).id])
            media.sweep(self._library.store, self.path)
        else:
            media.link(self._library.store, self.path, id, Path(path), keep=keep)

    def recording(self, id: str) -> Recording | None:
        """The recording beside the transcript ``id``; None where there is none, or its file is gone."""
        return media.recording_of(self._library.store, self.path, id)

    def export(self, id: str) -> dict[str, Any]:
        """The transcript ``id`` as an interchange JSON document."""
        return readers.to_interchange(self.transcript(id))

    def to_pandas(self, transcripts: Sequence[str] | None = None) -> DataFrame:
        """The turns of these transcripts, or of all, as a pandas table: a row a turn, with who speaks.

        Raises:
            NotFoundError: no such transcript.
        """
        return self._steadily(lambda index: turns_frame(read_texts(index, find_transcripts(transcripts, index.number))))

    # --- questions ---------------------------------------------------------------------------------------------

    def search(
        self,
        query: str,
        *,
        k: int | None = None,
        transcripts: Sequence[str] | None = None,
        speakers: Sequence[str] | None = None,
        history: History = (),
    ) -> tuple[Hit, ...]:
        """The ``k`` best passages for a question, best first.

        Args:
            query: a question or words, Chinese or English.
            k: how many, 1 or more; None for the settings' number.
            transcripts: ids to search in; None for all.
            speakers: names or aliases whose turns are searched; None for everybody the question does not rule out.
            history: earlier questions, oldest first: texts, `Exchange` or {"query", "answer"}.

        Raises:
            InputError: an empty query, or ``k`` below 1.
            NotFoundError: no such transcript or speaker.
        """

        def find(index: SearchIndex) -> tuple[Hit, ...]:
            question, search, _ = self._prepare(index, query, k, transcripts, speakers, history, signals=False)
            return search(question).hits

        return self._steadily(find)

    def ask(
        self,
        query: str,
        *,
        history: History = (),
        transcripts: Sequence[str] | None = None,
        speakers: Sequence[str] | None = None,
        k: int | None = None,
    ) -> Answer:
        """The answer to a question: sentences with verified citations, or which kind of "no". As `search` takes it."""
        return self._ask(self.settings, query, k, transcripts, speakers, history)

    def ask_stream(
        self,
        query: str,
        *,
        history: History = (),
        transcripts: Sequence[str] | None = None,
        speakers: Sequence[str] | None = None,
        k: int | None = None,
    ) -> Iterator[str | Answer]:
        """As `ask`, yielding the text so far as it comes, and the verified Answer last, which replaces it."""
        steps = self.ask_steps(query, history=history, transcripts=transcripts, speakers=speakers, k=k)
        yield from (step for step in steps if not isinstance(step, Found))

    def ask_steps(
        self,
        query: str,
        *,
        history: History = (),
        transcripts: Sequence[str] | None = None,
        speakers: Sequence[str] | None = None,
        k: int | None = None,
    ) -> Iterator[Found | str | Answer]:
        """As `ask_stream`, and before the text what the search found, as soon as it is done."""

        def steps(index: SearchIndex) -> Iterator[Found | str | Answer]:
            question, search, texts = self._prepare(index, query, k, transcripts, speakers, history)
            found = search(question)
            yield Found(question=question.text, hits=found.hits)
            evidence = _evidence(question, found, search, texts, self.settings)
            yield from stream_answer(question, evidence, texts, self.settings, search.matcher)

        return self._steps(steps)

    def understand(self, query: str, *, history: History = (), transcripts: Sequence[str] | None = None) -> Question:
        """What a question is understood to ask, and of whom, without searching."""
        check_length(query)
        index = self._library.index()
        return understand(query, as_history(history), _registers(index, find_transcripts(transcripts, index.number)))

    def suggest(self, language: Language = "en", *, transcripts: Sequence[str] | None = None) -> tuple[str, ...]:
        """A few questions to start from, each asked beforehand and well answered from what was replied to it.

        They are found anew when the transcripts change.
        """
        index = self._library.index()
        scope = find_transcripts(transcripts, index.number)
        known = self._suggested.get((language, scope))
        if known is None or known[0] is not index:
            texts = [self.transcript(id) for id in scope[:MAX_READ]]
            plain = replace(self.settings, llm_base_url="")
            known = (index, suggest(texts, language, lambda query: self._ask(plain, query, None, scope, None, ())))
            if len(self._suggested) >= MAX_SUGGESTED:
                self._suggested.clear()
            self._suggested[language, scope] = known
        return known[1]

    def summarise(self, id: str, language: Language = "en") -> Answer:
        """A summary of the transcript ``id`` by the language model of the settings, proved like an answer.

        Raises:
            NotFoundError: there is no such transcript.
            InputError: no language model is set, or it wrote nothing that could be proved.
        """
        return summarise(self.transcript(id), self.settings, language, self.embedder)

    def stances(self, id: str, query: str) -> Row:
        """What each of the panel of the transcript ``id`` said to a question, and who said nothing: quotes alone.

        Raises:
            NotFoundError: there is no such transcript.
            InputError: an empty query.
        """
        return self._steadily(lambda index: self._stances(index, index.segments[self.transcript(id).id], query))

    def _stances(self, index: SearchIndex, segment: Segment, query: str) -> Row:
        transcript = segment.transcript
        question, search, texts = self._prepare(index, query, None, [transcript.id], None, ())
        asked = tuple(SpeakerRef.of(transcript.id, speaker) for speaker in panel_of(transcript))
        each = replace(question, kind="each", speakers=asked, fault="", candidates=())
        plain = replace(self.settings, llm_base_url="", max_sentences=max(self.settings.max_sentences, 2))
        return row_of(query, _answered(each, search, texts, plain), transcript)

    def translate(self, id: str, turn: int, start: int, end: int, language: Language) -> Rendering:
        """Characters ``start:end`` of a turn for a reader of ``language``: by the language model, else a gloss.

        Raises:
            NotFoundError: there is no such transcript.
            InputError: no such characters, or too many.
        """
        return render_in(pin_quote(self.transcript(id), turn, start, end).quote, language, self.settings)

    # --- the rest ----------------------------------------------------------------------------------------------

    @property
    def embedder(self) -> Embedder:
        """The embedding model, loaded at the first use.

        Raises:
            EmbedderError: it cannot be made or loaded, or is not the one the index was made with.
        """
        with self._lock:
            self._embedder = self._embedder or self._loaded()
            self._check_model(self._library.store.meta("embedder"), self._embedder.name)
            return self._embedder

    def feedback(self, record: Mapping[str, Any]) -> None:
        """Append a judged question to ``feedback.jsonl`` of the index folder, ready for evaluation.

        Raises:
            InputError: it is too long, or the file is full.
        """
        with self._feedback_lock:
            append(self.path / FEEDBACK_FILE, record)

    # --- within ------------------------------------------------------------------------------------------------

    def _steadily(self, work: Callable[[SearchIndex], T]) -> T:
        """``work`` on the index as it is, done again where another process changes what it was about to read."""
        return next(self._steps(lambda index: iter((work(index),))))

    def _steps(self, work: Callable[[SearchIndex], Iterator[T]]) -> Iterator[T]:
        """What ``work`` yields, from its beginning where another process changes what it was about to read."""
        for _ in range(MAX_TRIES):
            with suppress(IndexMovedError):
                yield from work(self._library.index())
                return
        raise StoreError(f"Others changed {self.path} {MAX_TRIES} times while it was read; try again.")

    def _ask(
        self,
        settings: Settings,
        query: str,
        k: int | None,
        transcripts: Sequence[str] | None,
        speakers: Sequence[str] | None,
        history: History,
    ) -> Answer:
        return self._steadily(
            lambda index: _answered(*self._prepare(index, query, k, transcripts, speakers, history), settings)
        )

    def _prepare(
        self,
        index: SearchIndex,
        query: str,
        k: int | None,
        transcripts: Sequence[str] | None,
        speakers: Sequence[str] | None,
        history: History,
        *,
        signals: bool = True,
    ) -> tuple[Question, Searcher, Texts]:
        """The question as understood, a search for it or a changed one, and the transcripts in scope."""
        if not query.strip():
            raise InputError("The question is empty; ask something, for example “who spoke about costs?”.")
        check_length(query)
        k = self.settings.k if k is None else k
        if k < 1:
            raise InputError(f"k must be 1 or more, not {k}.")
        scope = find_transcripts(transcripts, index.number)
        registers = _registers(index, scope)
        named = name_scope(speakers, registers)
        with stage("understand"):
            question = understand(query, as_history(history), registers)
        if named is not None:  # the caller's choice settles whom the question means
            question = replace(question, speakers=named, fault="", candidates=())
        embedder = self._embedder if self._fits is index and self._embedder else self.embedder
        self._fits = index
        search = Searcher(
            index=index,
            embedder=embedder,
            matcher=Matcher(question, embedder),
            settings=self.settings,
            transcripts=scope,
            k=k,
            signals=signals,
        )
        return question, search, Texts(lambda id: index.segments[id].transcript, scope)

    def _store(
        self, plan: Callable[[Seen], Batch], progress: Progress, *, rebuild: bool = False
    ) -> tuple[Batch, set[str]]:
        """Carry out ``plan``; the batch that was stored, and the ids that there were before it."""
        return carry_out(
            plan,
            self._library,
            lambda: self._embedder_for(rebuild=rebuild),
            self.settings,
            progress,
            rebuild=rebuild,
        )

    def _embedder_for(self, *, rebuild: bool) -> Embedder:
        """The model to embed with: the index's own, or whichever the settings name where all is embedded again."""
        if not rebuild:
            return self.embedder
        with self._lock:
            self._embedder = self._embedder or self._loaded()
            return self._embedder

    def _load(self) -> None:
        """Load the model, for who wants it next; what goes wrong they are told."""
        with self._lock, suppress(PanelbotError):
            self._embedder = self._embedder or self._loaded()

    def _loaded(self) -> Embedder:
        return RememberingEmbedder(load_embedder(self.settings, progress=self._progress))

    def _check_model(self, recorded: str, wanted: str) -> None:
        if recorded and recorded != wanted and self._library.store.ids():
            raise EmbedderMismatchError(
                f"The index in {self.path} was made with the embedding model {recorded!r}, the settings name "
                f"{wanted!r}; set embedding_model back, or embed everything again: "
                f"panelbot add --rebuild --index {self.path}"
            )


def _registers(index: SearchIndex, scope: Sequence[str]) -> Mapping[str, tuple[Speaker, ...]]:
    registers = index.source.registers
    return registers if len(scope) == len(registers) else {id: registers[id] for id in scope}


def _answered(question: Question, search: Searcher, texts: Texts, settings: Settings) -> Answer:
    found = search(question)
    with stage("answer"):
        evidence = _evidence(question, found, search, texts, settings)
        return answer_question(question, evidence, texts, settings, search.matcher)


def _evidence(question: Question, found: Retrieval, search: Searcher, texts: Texts, settings: Settings) -> Evidence:
    reader = load_reader(settings)
    return gather(question, found, texts, search.matcher, search=search, reader=reader)
