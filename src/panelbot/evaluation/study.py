"""A study: one set of questions under one or more settings, over an index or over files, resumable.

Knows bots, questions and rows; draws no page and prints nothing.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from panelbot.bot import PanelBot
from panelbot.config import Settings
from panelbot.errors import ConfigError, InputError
from panelbot.evaluation import provenance as origin
from panelbot.evaluation.folder import Journal
from panelbot.evaluation.gold import match_transcripts
from panelbot.evaluation.material import match_files, needed_files, read_files
from panelbot.evaluation.provenance import Provenance, StageClock
from panelbot.evaluation.questions import GoldQuestion, parse_questions, raise_faults
from panelbot.evaluation.rows import Row
from panelbot.evaluation.run import DEPTH, Scope, ask_questions, sample_questions
from panelbot.evaluation.statistics import Comparison, compare
from panelbot.evaluation.summary import ALL_MEASURES, Summary, summarise
from panelbot.evaluation.variants import INDEX_SETTINGS, Variant, index_key
from panelbot.types import Progress, Transcript, no_progress

logger = logging.getLogger(__name__)
OpenBot = Callable[[Path, Settings], PanelBot]


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What to evaluate. With ``transcripts``, a temporary index of those files is made and ``index`` left alone."""

    questions: tuple[Path, ...]
    variants: tuple[Variant, ...]
    index: Path
    transcripts: tuple[Path, ...] = ()
    scope: Scope = "transcript"
    answers: bool = False
    limit: int | None = None
    seed: int = 0
    report: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What came of a study, by setting name in the order given; comparisons are each setting against the first."""

    provenance: Provenance
    rows: dict[str, tuple[Row, ...]]
    summaries: tuple[Summary, ...]
    comparisons: dict[str, tuple[Comparison, ...]]
    transcripts: tuple[Transcript, ...]


def conduct(study: Study, *, open_bot: OpenBot | None = None, progress: Progress = no_progress) -> Findings:
    """Ask every question under every setting.

    With ``study.report``, rows and the temporary index are kept there until :func:`finish`, and a second call with
    the same study goes on where the first one was interrupted.

    Raises:
        QuestionsError: the questions have faults; found before anything is embedded.
        PanelbotError: the index or a file cannot be used.
    """
    open_bot = open_bot or (lambda path, settings: PanelBot.open(path, settings=settings, progress=progress))
    clock, started = StageClock(progress), origin.now()
    journal = Journal(study.report) if study.report is not None else None
    rows: dict[str, tuple[Row, ...]] = {}
    clock.start("read")
    parsed = parse_questions(study.questions)
    questions = parsed.questions
    files: tuple[Path, ...] = ()
    transcripts: tuple[Transcript, ...] = ()
    if study.transcripts:
        read = read_files(study.transcripts)
        matched = match_files(questions, parsed.faults, read)
        questions = sample_questions(matched, limit=study.limit, seed=study.seed)
        files = needed_files(questions, read, whole_corpus=study.scope == "corpus")
    with _index_folder(study) as folder:
        for variant in study.variants:
            clock.start("open")
            path = folder / _digest([index_key(variant.settings), files]) if study.transcripts else folder
            settings = replace(variant.settings, catalogue="") if study.transcripts else variant.settings
            with closing(open_bot(path, settings)) as bot:
                if study.transcripts:
                    _add(bot, files, clock)
                transcripts = bot.transcripts()
                if not study.transcripts and not rows:
                    matched, unmatched = match_transcripts(questions, transcripts)
                    raise_faults([*parsed.faults, *unmatched])
                    questions = sample_questions(matched, limit=study.limit, seed=study.seed)
                clock.start("warm up")
                _warm_up(bot, answers=study.answers)
                rows[variant.name] = _ask(bot, study, variant, questions, transcripts, journal, clock)
    clock.start("summary")
    summaries = tuple(summarise(group, seed=study.seed) for group in rows.values())
    comparisons = compare_all(rows, seed=study.seed)
    clock.stop()
    return Findings(
        provenance=_provenance(study, questions, parsed.unjudged, transcripts, started, clock),
        rows=rows,
        summaries=summaries,
        comparisons=comparisons,
        transcripts=transcripts,
    )


def finish(report: Path) -> None:
    """Remove what only a resumed run needs."""
    Journal(report).remove()
    shutil.rmtree(report / _KEPT_INDEX, ignore_errors=True)


def compare_all(rows: dict[str, tuple[Row, ...]], *, seed: int) -> dict[str, tuple[Comparison, ...]]:
    """Each setting but the first against the first, over all measures both have."""
    names = list(rows)
    return {
        name: tuple(
            item
            for measure in ALL_MEASURES
            if (item := compare(rows[names[0]], rows[name], measure, seed=seed)) is not None
        )
        for name in names[1:]
    }


_KEPT_INDEX = ".index"
WARM_UP = "预热 warm up"


@contextmanager
def _index_folder(study: Study) -> Iterator[Path]:
    if not study.transcripts:
        fixed = sorted({key for variant in study.variants for key in variant.changed} & set(INDEX_SETTINGS))
        if fixed:
            raise ConfigError(f"{', '.join(fixed)}: the index is made with it; to change it, give --transcripts PATH.")
        if not study.index.is_dir():
            raise InputError(f"There is no index in {study.index}; run: panelbot add PATH, or give --transcripts PATH.")
        yield study.index
    elif study.report is not None:
        yield study.report / _KEPT_INDEX
    else:
        with tempfile.TemporaryDirectory(prefix="panelbot-evaluate-") as folder:
            yield Path(folder)


def _add(bot: PanelBot, paths: Sequence[Path], clock: StageClock) -> None:
    clock.start("add")
    report = bot.add(paths, progress=clock)
    for failure in report.failed:
        logger.warning("%s: %s", failure.path, failure.reason)


def _warm_up(bot: PanelBot, *, answers: bool) -> None:
    """Load what is loaded at the first question, so that no question's time has it."""
    if bot.transcripts():
        bot.search(WARM_UP, k=1)
        if answers:
            bot.ask(WARM_UP)


def _ask(
    bot: PanelBot,
    study: Study,
    variant: Variant,
    questions: Sequence[GoldQuestion],
    transcripts: Sequence[Transcript],
    journal: Journal | None,
    clock: StageClock,
) -> tuple[Row, ...]:
    settings = [sorted(variant.settings.public().items()), variant.name]
    version = origin.read_versions().get("panelbot", "")
    key = _digest([settings, origin.corpus_checksum(transcripts), study.scope, study.answers, DEPTH, version])
    kept = journal.rows(key) if journal is not None else {}
    asked = {question.query_id: question for question in questions}
    done = {name: row for name, row in kept.items() if name in asked and row.question == asked[name]}
    if done:
        logger.info("%d of %d questions were already answered and are taken up again.", len(done), len(questions))
    return ask_questions(
        bot,
        questions,
        transcripts=transcripts,
        answers=study.answers,
        scope=study.scope,
        setting=variant.name,
        progress=clock,
        done=done,
        on_row=(lambda row: journal.append(key, row)) if journal is not None else None,
    )


def _provenance(
    study: Study,
    questions: Sequence[GoldQuestion],
    unjudged: tuple[str, ...],
    transcripts: Sequence[Transcript],
    started: str,
    clock: StageClock,
) -> Provenance:
    return Provenance(
        started=started,
        questions=tuple("/".join(file.with_suffix("").parts[-2:]) for file in study.questions),
        questions_checksum=origin.questions_checksum(questions),
        corpus_checksum=origin.corpus_checksum(transcripts),
        n_questions=len(questions),
        unjudged=unjudged,
        n_transcripts=len(transcripts),
        n_turns=sum(len(transcript.turns) for transcript in transcripts),
        scope=study.scope,
        answers=study.answers,
        depth=DEPTH,
        seed=study.seed,
        limit=study.limit,
        settings={variant.name: variant.settings.public() for variant in study.variants},
        versions=origin.read_versions(),
        machine=origin.read_machine(),
        seconds=clock.seconds,
        peak_memory=origin.peak_memory(),
    )


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, default=str).encode()).hexdigest()[:16]
