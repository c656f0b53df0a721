"""PanelBot: transcripts in, hits and proven answers out. What every front end calls.

Knows the order of the stages, not how any of them works.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from panelbot import readers, register
from panelbot.answer import answer_question, stream_answer
from panelbot.bot.files import find_files
from panelbot.bot.ingest import Draft, embed_drafts, fingerprint, read_batch, with_other_id
from panelbot.bot.library import Library
from panelbot.bot.scope import History, as_history, find_transcripts, name_scope
from panelbot.config import Settings, load_settings
from panelbot.embedding import Embedder, Journal, RememberingEmbedder, load_embedder
from panelbot.errors import EmbedderMismatchError, InputError
from panelbot.index import Segment
from panelbot.retrieve import Retrieval, WordVectors, retrieve
from panelbot.stages import stage
from panelbot.types import AddReport, Answer, Hit, Progress, Question, Transcript, no_progress
from panelbot.understand import understand

FEEDBACK_FILE = "feedback.jsonl"
JOURNAL_FOLDER = "embedding"  # what an interrupted `add` had embedded


class PanelBot:
    """An index folder, opened. Get one with `PanelBot.open`; many threads may `search` and `ask` at once."""

    def __init__(
        self, folder: Path, settings: Settings, embedder: Embedder | None, progress: Progress, rebuild: bool = False
    ) -> None:
        self.path = folder
        self.settings = settings
        self._library = Library(folder)
        self._words = WordVectors(folder)
        self._embedder = embedder
        self._progress = progress
        self._lock = threading.Lock()
        self._feedback_lock = threading.Lock()
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
    ) -> PanelBot:
        """Open the index in folder ``path``; an empty one is created where there is none.

        The embedding model is loaded at the first use. ``embedder`` takes the place of the one ``settings`` name.
        ``rebuild`` opens an index made with another model, for ``add(…, rebuild=True)`` alone.

        Raises:
            StoreError: the folder cannot be used or is damaged.
            EmbedderMismatchError: the index was made with another embedding model.
        """
        return cls(Path(path), settings or load_settings(), embedder, progress, rebuild)

    def close(self) -> None:
        """Let go of the index's files."""
        self._library.store.close()

    # --- transcripts -------------------------------------------------------------------------------------------

    def add(self, paths: Iterable[str | Path], *, progress: Progress = no_progress, rebuild: bool = False) -> AddReport:
        """Read, embed and store files and folders in one transaction; unchanged files are skipped.

        Files that cannot be read are reported in ``failed`` and do not keep the others out. ``rebuild`` embeds every
        stored transcript again with the model of the settings, and reads ``paths`` even where they did not change.
        """
        files, missing = find_files(paths)
        store = self._library.store
        batch = read_batch(files, store.headers(), self.settings, progress, force=rebuild)
        drafts = list(batch.drafts)
        if rebuild:
            read = {draft.transcript.id for draft in drafts} | set(batch.stale)
            drafts.extend(self._stored_drafts(set(store.ids()) - read))
        known = set(store.ids())
        self._store_drafts(drafts, batch.stale, progress, rebuild=rebuild)
        ids = [draft.transcript.id for draft in batch.drafts]
        return AddReport(
            added=tuple(id for id in ids if id not in known),
            updated=tuple(id for id in ids if id in known),
            unchanged=batch.unchanged,
            failed=missing + batch.failed,
            warnings=batch.warnings,
        )

    def add_text(self, text: str, *, name: str, progress: Progress = no_progress) -> AddReport:
        """Store a transcript given as text, under an id made from ``name``; the same name replaces earlier text.

        Raises:
            ReadError: no turns can be found in it.
        """
        transcript = self.preview_text(text, name=name)
        headers = self._library.store.headers()
        if transcript.id in headers and headers[transcript.id].path:  # never in the place of a file's transcript
            transcript = with_other_id(transcript, f"text named {name}")
        known = transcript.id in headers
        mark = fingerprint(text.encode(), self.settings)
        self._store_drafts([Draft(transcript=transcript, path="", fingerprint=mark)], (), progress)
        ids = (transcript.id,)
        return AddReport(updated=ids) if known else AddReport(added=ids)

    def preview(self, path: str | Path) -> tuple[Transcript, ...]:
        """The transcripts ``add`` would store for a file, registers included. Stores nothing.

        Raises:
            ReadError: no transcript can be read in it.
        """
        return tuple(register.build_register(reading) for reading in readers.read_file(Path(path)))

    def preview_text(self, text: str, *, name: str) -> Transcript:
        """The transcript ``add_text`` would store, called ``name`` where the text has no title. Stores nothing."""
        transcript = register.build_register(readers.read_text(text, name=name))
        return transcript if transcript.title else replace(transcript, title=name)

    def remove(self, ids: Sequence[str]) -> None:
        """Remove transcripts from the index, all or none; their files stay.

        Raises:
            NotFoundError: there is no such transcript.
        """
        self._library.store.remove(ids)
        self._library.save_vectors()

    def transcripts(self) -> tuple[Transcript, ...]:
        """Every transcript, by id."""
        return tuple(segment.transcript for segment in self._library.index().segments.values())

    def transcript(self, id: str) -> Transcript:
        """The transcript ``id``.

        Raises:
            NotFoundError: there is none.
        """
        segments = self._library.index().segments
        return segments[find_transcripts([id], segments)[0]].transcript

    def edit_speakers(self, id: str, edits: Sequence[Any]) -> Transcript:
        """Change the register of a transcript: rename, merge, set facts. Nothing is embedded again.

        Citations given before still hold: turns keep their indexes and texts, and old names become aliases.
        An edit is what ``parse_edit`` gives, the text it takes, or a JSON object such as
        ``{"edit": "set", "speaker": "…", "field": "title", "value": "…"}``.

        Raises:
            NotFoundError: no such transcript or speaker.
            InputError: an edit that cannot be made.
        """
        edits = [register.as_edit(edit) for edit in edits]
        changed = register.edit_register(self.transcript(id), edits)
        kept = self._library.store.load(id, with_vectors=False).edits
        self._library.store.save_register(changed, [*kept, *(register.edit_to_dict(edit) for edit in edits)])
        return changed

    def export(self, id: str) -> dict[str, Any]:
        """The transcript ``id`` as an interchange JSON document."""
        return readers.to_interchange(self.transcript(id))

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
        question, search, _ = self._prepare(query, k, transcripts, speakers, history, signals=False)
        return search(question).hits

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
        question, search, texts = self._prepare(query, k, transcripts, speakers, history)
        with stage("answer"):
            return answer_question(
                question, search(question), texts, self.settings, embedder=self.embedder, search=search
            )

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
        question, search, texts = self._prepare(query, k, transcripts, speakers, history)
        yield from stream_answer(
            question, search(question), texts, self.settings, embedder=self.embedder, search=search
        )

    def understand(self, query: str, *, history: History = (), transcripts: Sequence[str] | None = None) -> Question:
        """What a question is understood to ask, and of whom, without searching."""
        segments = self._library.index().segments
        scope = find_transcripts(transcripts, segments)
        return understand(query, as_history(history), {id: segments[id].transcript.speakers for id in scope})

    # --- the rest ----------------------------------------------------------------------------------------------

    @property
    def embedder(self) -> Embedder:
        """The embedding model, loaded at the first use.

        Raises:
            EmbedderError: it cannot be made or loaded, or is not the one the index was made with.
        """
        with self._lock:
            if self._embedder is None:
                self._embedder = RememberingEmbedder(load_embedder(self.settings, progress=self._progress))
            self._check_model(self._library.store.meta("embedder"), self._embedder.name)
            return self._embedder

    def feedback(self, record: Mapping[str, Any]) -> None:
        """Append a judged question to ``feedback.jsonl`` of the index folder, ready for evaluation."""
        line = json.dumps(dict(record), ensure_ascii=False) + "\n"
        with self._feedback_lock, (self.path / FEEDBACK_FILE).open("a", encoding="utf-8") as file:
            file.write(line)

    # --- within ------------------------------------------------------------------------------------------------

    def _prepare(
        self,
        query: str,
        k: int | None,
        transcripts: Sequence[str] | None,
        speakers: Sequence[str] | None,
        history: History,
        *,
        signals: bool = True,
    ) -> tuple[Question, Callable[[Question], Retrieval], dict[str, Transcript]]:
        """The question as understood, a search for it or a changed one, and the transcripts in scope."""
        if not query.strip():
            raise InputError("The question is empty; ask something, for example “who spoke about costs?”.")
        k = self.settings.k if k is None else k
        if k < 1:
            raise InputError(f"k must be 1 or more, not {k}.")
        index = self._library.index()
        scope = find_transcripts(transcripts, index.segments)
        in_scope = {id: index.segments[id].transcript for id in scope}
        named = name_scope(speakers, in_scope)
        with stage("understand"):
            question = understand(query, as_history(history), {id: t.speakers for id, t in in_scope.items()})
        if named is not None:  # the caller's choice settles whom the question means
            question = replace(question, speakers=named, fault="", candidates=())
        embedder = self.embedder
        near = self._words.of(index, embedder, progress=self._progress) if self._reads_words else None

        def search(question: Question) -> Retrieval:
            with stage("retrieve"):
                return retrieve(
                    question, index, embedder, self.settings, transcripts=scope, k=k, near=near, signals=signals
                )

        return question, search, in_scope

    def _stored_drafts(self, ids: Iterable[str]) -> list[Draft]:
        records = [self._library.store.load(id, with_vectors=False) for id in sorted(ids)]
        return [Draft(transcript=r.transcript, path=r.path, fingerprint=r.fingerprint, edited=True) for r in records]

    def _store_drafts(
        self, drafts: Sequence[Draft], stale: Sequence[str], progress: Progress, *, rebuild: bool = False
    ) -> None:
        if not drafts and not stale:
            return
        store = self._library.store
        if rebuild:
            with self._lock:
                self._embedder = embedder = self._embedder or load_embedder(self.settings, progress=self._progress)
            segments: Mapping[str, Segment] = {}
        else:
            embedder = self.embedder
            segments = self._library.index().segments
        stored = set(store.ids())
        ids = [draft.transcript.id for draft in drafts]
        edits = {id: store.load(id, with_vectors=False).edits for id in ids if id in stored}
        journal = Journal(embedder, self.path / JOURNAL_FOLDER)
        records = embed_drafts(drafts, edits, segments, journal, self.settings, progress)
        progress("storing", 0, len(records))
        store.save(
            records,
            stale=stale,
            meta={"embedder": embedder.name, "embedding_model": self.settings.embedding_model},
        )
        journal.clear()
        self._library.save_vectors()
        progress("storing", len(records), len(records))
        if self._reads_words:
            self._words.grow(self._library.index(), embedder, progress=progress)

    @property
    def _reads_words(self) -> bool:
        return self.settings.bridge and self.settings.nearest_words

    def _check_model(self, recorded: str, wanted: str) -> None:
        if recorded and recorded != wanted and self._library.store.ids():
            raise EmbedderMismatchError(
                f"The index in {self.path} was made with the embedding model {recorded!r}, the settings name "
                f"{wanted!r}; set embedding_model back, or embed everything again: "
                f"panelbot add --rebuild --index {self.path}"
            )
