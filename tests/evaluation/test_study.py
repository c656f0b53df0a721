from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest
import pytrec_eval

from evaluation.fakes import FakeBot, make_citation, make_transcript
from panelbot.config import Settings, load_settings
from panelbot.errors import ConfigError, InputError, QuestionsError
from panelbot.evaluation.folder import JOURNAL, Journal, read_results, to_document, write_results
from panelbot.evaluation.page import render_page, worst_rows
from panelbot.evaluation.questions import GoldQuestion
from panelbot.evaluation.rows import Row
from panelbot.evaluation.study import WARM_UP, Study, conduct, finish
from panelbot.evaluation.summary import summarise
from panelbot.evaluation.tables import group_tables, summary_table
from panelbot.evaluation.variants import Variant, make_variants
from panelbot.readers import to_interchange
from panelbot.types import AddReport, Answer

PANEL = make_transcript("panel", 6)
OTHER = make_transcript("other", 6)
LINES = [
    {
        "query_id": "a",
        "query": "one",
        "transcript_id": "panel",
        "gold_turns": [2],
        "evidence_turns": [2, 3],
        "kind": "x",
    },
    {"query_id": "b", "query": "<script>alert(1)</script>", "transcript_id": "other", "gold_turns": [0], "kind": "y"},
    {"query_id": "c", "query": "无人谈到", "transcript_id": "panel", "gold_turns": [], "answerable": False},
]


class StudyBot(FakeBot):
    """Ranks well under the conversation ranker and badly under the other; counts what it was asked."""

    asked: int = 0
    added: ClassVar[list[str]] = []

    def __init__(self, settings: Settings, stop_at: int | None = None) -> None:
        good = settings.ranker == "conversation"
        answer = Answer(
            status="answered", text="“要点” [1]", question="one", citations=(make_citation(PANEL, 2),), evidence=0.8
        )
        turns = {"one": [("panel", 2 if good else 5), ("panel", 3)]}
        super().__init__([PANEL, OTHER], turns, {"one": answer})
        self.stop_at = stop_at

    def search(self, query, **options):
        if query == WARM_UP:
            return ()
        if self.stop_at is not None and StudyBot.asked >= self.stop_at:
            raise KeyboardInterrupt
        StudyBot.asked += 1
        return super().search(query, **options)

    def add(self, paths, *, progress) -> AddReport:
        progress("embed", 1, 1)
        StudyBot.added = [path.name for path in paths]
        return AddReport(added=("panel", "other"))


def write_transcripts(folder: Path) -> Path:
    folder.mkdir()
    for transcript in (PANEL, OTHER):
        file = folder / f"{transcript.id}.json"
        file.write_text(json.dumps(to_interchange(transcript), ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture
def questions(tmp_path) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in LINES), encoding="utf-8")
    return file


@pytest.fixture(autouse=True)
def _count_from_zero():
    StudyBot.asked = 0


def plan(questions: Path, given=(), **values) -> Study:
    variants = make_variants(given, lambda overrides: load_settings(overrides=overrides, environ={}))
    return Study(questions=(questions,), variants=variants, index=questions.parent, **values)


def run(study: Study, stop_at: int | None = None):
    return conduct(study, open_bot=lambda _, settings: StudyBot(settings, stop_at))


def test_settings_are_compared_side_by_side(questions):
    findings = run(plan(questions, ["ranker=conversation,fusion"], answers=True))
    assert list(findings.rows) == ["ranker=conversation", "ranker=fusion"]
    comparisons = {item.measure: item for item in findings.comparisons["ranker=fusion"]}
    assert comparisons["RR"].difference == -0.5
    assert "change" in summary_table(findings.summaries, list(findings.comparisons.values()))


def test_the_summary_holds_groups_curves_confusion_and_latency(questions):
    (summary,) = run(plan(questions, answers=True)).summaries
    assert [(group.name, group.n) for group in summary.by_kind] == [("(none)", 1), ("x", 1), ("y", 1)]
    assert [(group.name, group.n) for group in summary.by_language] == [("en", 2), ("zh", 1)]
    assert summary.recall["evidence_turns"][1] == 0.5
    assert summary.recall["gold_turns"][50] == 0.5
    assert summary.confusion == {"answered": {"answered": 1, "not_discussed": 1}, "refused": {"not_discussed": 1}}
    assert [item.stage for item in summary.latency] == ["ask"]
    # At the threshold 0.8 the good answer stays and the unanswerable question goes.
    assert (summary.refusal[1].threshold, summary.refusal[1].answered, summary.refusal[1].refused) == (0.8, 0.5, 1.0)


def test_every_group_of_a_kind_or_source_has_its_own_line(questions):
    (summary,) = run(plan(questions, answers=True)).summaries
    assert [(group.name, group.n) for group in summary.by_source] == [("panel", 2), ("other", 1)]
    search, answers = group_tables(summary, "source").split("\n\n")
    assert [line.split()[:2] for line in search.splitlines()[1:]] == [["panel", "2"], ["other", "1"]]
    heads, panel, other = answers.splitlines()
    assert "right turn shown" in heads
    assert panel.split()[2:4] == ["1.000", "1.000"]  # one answerable question, its first citation right
    assert other.split()[2:4] == ["0.000", "0.000"]
    named = [replace(row, question=replace(row.question, source="set")) for row in run(plan(questions)).rows["default"]]
    assert group_tables(summarise(named), "source") == "The questions are all of one source."


def test_unjudged_lines_are_named_on_the_page_and_not_asked(questions):
    unjudged = {"query_id": "<f1>", "query": "x", "gold_turns": [], "unjudged": True}
    with questions.open("a", encoding="utf-8") as file:
        file.write("\n" + json.dumps(unjudged))
    findings = run(plan(questions))
    assert [row.query_id for row in findings.rows["default"]] == ["a", "b", "c"]
    assert to_document(findings.provenance, (), {})["run"]["unjudged"] == ("<f1>",)
    assert "1 line says nothing of the right answer (unjudged) and is left out: &lt;f1&gt;." in render_page(findings)


def test_an_interrupted_study_goes_on_where_it_stopped(questions, tmp_path):
    study = plan(questions, ["ranker=conversation,fusion"], report=tmp_path / "report")
    with pytest.raises(KeyboardInterrupt):
        run(study, stop_at=4)
    assert StudyBot.asked == 4
    resumed = run(study)
    assert StudyBot.asked == 6
    fresh = run(plan(questions, ["ranker=conversation,fusion"]))
    for name, rows in fresh.rows.items():
        assert [(r.query_id, r.ranked, r.measures) for r in rows] == [
            (r.query_id, r.ranked, r.measures) for r in resumed.rows[name]
        ]


def test_a_changed_question_or_setting_is_asked_again(questions, tmp_path):
    report = tmp_path / "report"
    run(plan(questions, report=report))
    questions.write_text(questions.read_text(encoding="utf-8").replace('"gold_turns": [2]', '"gold_turns": [3]'))
    StudyBot.asked = 0
    findings = run(plan(questions, report=report))
    assert StudyBot.asked == 1
    assert findings.rows["default"][0].measures["RR"] == 0.5
    run(plan(questions, ["k=3"], report=report))
    assert StudyBot.asked == 1 + 3


def test_a_line_cut_short_by_the_interruption_is_asked_again(questions, tmp_path):
    report = tmp_path / "report"
    run(plan(questions, report=report))
    journal = report / JOURNAL
    journal.write_bytes(journal.read_bytes()[:-40])
    StudyBot.asked = 0
    run(plan(questions, report=report))
    assert StudyBot.asked == 1
    StudyBot.asked = 0
    run(plan(questions, report=report))
    assert StudyBot.asked == 0  # what came after the cut is whole again


def test_a_finished_study_leaves_nothing_to_resume(questions, tmp_path):
    report = tmp_path / "report"
    run(plan(questions, report=report))
    finish(report)
    assert Journal(report)._rows == []
    assert not (report / JOURNAL).exists()


def test_files_make_a_temporary_index_of_their_own(questions, tmp_path):
    folder = write_transcripts(tmp_path / "files")
    opened = []

    def open_bot(path: Path, settings: Settings) -> StudyBot:
        opened.append(path)
        return StudyBot(settings)

    given = ["ranker=conversation,fusion", "passage_chars=200,320"]
    findings = conduct(plan(questions, given, transcripts=(folder,)), open_bot=open_bot)
    assert opened[0] == opened[2] != opened[1] == opened[3]  # one index for each way to cut passages
    assert all(tmp_path not in path.parents for path in opened)
    assert {"open", "read", "embed", "questions", "summary"} <= set(findings.provenance.seconds)


def test_a_kept_index_is_taken_up_for_the_same_files_only(questions, tmp_path):
    folder = write_transcripts(tmp_path / "files")
    opened = []

    def open_bot(path: Path, settings: Settings) -> StudyBot:
        opened.append(path)
        return StudyBot(settings)

    report = tmp_path / "report"
    for scope in ("corpus", "corpus", "transcript"):
        conduct(plan(questions, transcripts=(folder,), report=report, scope=scope), open_bot=open_bot)
    questions.write_text(json.dumps(LINES[0]), encoding="utf-8")
    conduct(plan(questions, transcripts=(folder,), report=report), open_bot=open_bot)
    assert opened[0] == opened[1] == opened[2] != opened[3]
    assert all(report in path.parents for path in opened)


@pytest.mark.parametrize(("scope", "added"), [("transcript", ["panel.json"]), ("corpus", ["other.json", "panel.json"])])
def test_files_no_question_is_asked_of_are_not_embedded(questions, tmp_path, scope, added):
    folder = write_transcripts(tmp_path / "files")
    questions.write_text(json.dumps(LINES[0]), encoding="utf-8")
    run(plan(questions, transcripts=(folder,), scope=scope))
    assert StudyBot.added == added


def test_faults_are_found_before_anything_is_embedded(questions, tmp_path):
    questions.write_text('{"query": "x", "gold_turns": [9], "transcript_id": "panel"}\n{"query"', encoding="utf-8")
    folder = write_transcripts(tmp_path / "files")

    class NoEmbedding(StudyBot):
        def add(self, paths, *, progress) -> AddReport:
            raise AssertionError

    with pytest.raises(QuestionsError) as caught:
        conduct(plan(questions, transcripts=(folder,)), open_bot=lambda _, s: NoEmbedding(s))
    assert len(caught.value.faults) == 2


@pytest.mark.parametrize("given", ["passage_chars=100,200", "passage_chars=100"])
def test_settings_that_need_another_index_need_files(questions, given):
    with pytest.raises(ConfigError, match="--transcripts"):
        run(plan(questions, [given]))


def test_an_unreadable_file_is_a_warning_unless_something_else_is_wrong(questions, tmp_path, caplog):
    folder = write_transcripts(tmp_path / "files")
    (folder / "broken.json").write_text("{", encoding="utf-8")
    run(plan(questions, transcripts=(folder,)))
    assert "broken.json" in caplog.text
    questions.write_text('{"query": "x", "gold_turns": [9], "transcript_id": "panel"}', encoding="utf-8")
    with pytest.raises(QuestionsError) as caught:
        run(plan(questions, transcripts=(folder, tmp_path / "absent")))
    assert len(caught.value.faults) == 3


def test_no_index_is_made_by_evaluating(questions, tmp_path):
    study = Study(questions=(questions,), variants=plan(questions).variants, index=tmp_path / "absent")
    with pytest.raises(InputError, match="There is no index"):
        run(study)
    assert not (tmp_path / "absent").exists()


@pytest.mark.parametrize("given", ["k", "=3", "colour=red", "k=0", "ranker=best"])
def test_impossible_settings_are_named(given):
    with pytest.raises(ConfigError):
        make_variants([given], lambda overrides: load_settings(overrides=overrides, environ={}))


def test_values_of_one_key_are_alternatives_and_keys_combine():
    variants = make_variants(
        ["k=1,2", "query_translation=true", "k=3"], lambda o: load_settings(overrides=o, environ={})
    )
    assert [variant.name for variant in variants] == [f"k={k}, query_translation=true" for k in (1, 2, 3)]
    assert [variant.settings.k for variant in variants] == [1, 2, 3]


def write_report(questions: Path, folder: Path, **values):
    findings = run(plan(questions, report=folder, **values))
    document = to_document(findings.provenance, findings.summaries, findings.comparisons)
    write_results(folder, document, findings.rows, render_page(findings))
    return findings


def test_a_report_can_be_read_back(questions, tmp_path):
    findings = write_report(questions, tmp_path / "report", answers=True)
    document, rows = read_results(tmp_path / "report")
    assert rows == findings.rows
    assert document["run"]["corpus_checksum"] == findings.provenance.corpus_checksum
    assert document["summary"][0]["estimates"][0]["measure"] == "Success@1"


def test_what_is_no_report_is_said_in_one_sentence(tmp_path):
    with pytest.raises(InputError, match="not a finished report"):
        read_results(tmp_path)


def test_trec_files_give_the_same_numbers(questions, tmp_path):
    findings = write_report(questions, tmp_path / "report")
    folder = tmp_path / "report"
    with (folder / "gold_turns.qrels").open(encoding="utf-8") as file:
        evaluator = pytrec_eval.RelevanceEvaluator(pytrec_eval.parse_qrel(file), {"recip_rank", "map"})
    with (folder / "default.run").open(encoding="utf-8") as file:
        theirs = evaluator.evaluate(pytrec_eval.parse_run(file))
    assert theirs["a"]["recip_rank"] == findings.rows["default"][0].measures["RR"] == 1.0


def test_the_page_escapes_everything_and_asks_for_nothing(questions, tmp_path):
    write_report(questions, tmp_path / "report", answers=True)
    page = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b>要点" not in page  # of a turn
    assert "&lt;b&gt;要点0&lt;/b&gt;" in page
    assert "http://" not in page
    assert "https://" not in page
    assert "default-src 'none'" in page


def make_judged(name: str, status: float, ndcg: float) -> Row:
    return Row(
        setting="",
        question=GoldQuestion(query_id=name, query="?"),
        ranked=(),
        measures={"status": status, "nDCG@10": ndcg},
    )


def test_the_worst_questions_come_first():
    rows = [make_judged("good", 1, 1), make_judged("poor", 1, 0.4), make_judged("worse", 1, 0.1)]
    rows += [make_judged("wrong", 0, 1), make_judged("wronger", 0, 0.2)]
    assert [row.query_id for row in worst_rows(rows)] == ["wronger", "wrong", "worse", "poor"]
    assert [row.query_id for row in worst_rows(rows, 3)] == ["wronger", "wrong", "worse"]
    assert [row.query_id for row in worst_rows(rows, 2)] == ["wronger", "worse"]
    assert [row.query_id for row in worst_rows(rows[:3] + rows[:1], 2)] == ["worse", "poor"]


def test_a_study_of_a_variant_keeps_its_settings(questions):
    study = Study(
        questions=(questions,), variants=(Variant(name="deep", settings=Settings(k=20)),), index=questions.parent
    )
    assert run(study).provenance.settings["deep"]["k"] == 20
