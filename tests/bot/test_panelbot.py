"""PanelBot end to end without a model: what goes in, what changes, what survives."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from threading import Thread

import pytest

from panelbot import Answer, Exchange, PanelBot, Settings
from panelbot.bot import parse_edit
from panelbot.bot.change import MAX_TRIES
from panelbot.embedding import HashEmbedder
from panelbot.errors import EmbedderMismatchError, IndexMovedError, InputError, NotFoundError, StoreError
from panelbot.register import SetFact
from panelbot.store import Store
from panelbot.types import Found, Listed
from panels import HARBOUR, open_bot, write_panels


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_panels(tmp_path / "corpus")


@pytest.fixture
def bot(folder: Path, tmp_path: Path) -> PanelBot:
    bot = open_bot(tmp_path / "index")
    bot.add([folder])
    return bot


def test_a_folder_is_added_once_and_skipped_while_unchanged(folder: Path, tmp_path: Path) -> None:
    bot = open_bot(tmp_path / "index")
    assert bot.add([folder]).added == ("harbour", "library")
    again = bot.add([folder])
    assert (again.added, again.updated, again.unchanged) == ((), (), ("harbour", "library"))
    assert list(again.files.values()) == [("harbour",), ("library",)]


def test_a_folder_is_searched_for_what_every_format_writes_and_the_rest_is_told(folder: Path, bot: PanelBot) -> None:
    (folder / "talk.log").write_text("<ann> The kiln was cold.\n<bo> Who lit it?\n", encoding="utf-8")
    (folder / "talk.mp3").write_bytes(b"")  # a recording beside its transcript
    for name in ("a.pdf", "b.png", "c.xlsx", "d.pdf"):
        (folder / name).write_bytes(b"")
    report = bot.add([folder])
    assert report.added == ("talk",)
    assert report.failed == ()
    (told,) = (warning for warning in report.warnings if "passed over" in warning)
    assert told.endswith(
        "passed over 4 files whose suffix is no transcript's (a.pdf, b.png, c.xlsx …); name a file to have it read"
    )


def test_a_transcript_is_read_when_it_is_looked_at_and_one_removed_meanwhile_is_not_there(bot: PanelBot) -> None:
    texts = bot.texts
    assert list(texts) == ["harbour", "library"]
    bot.remove(["library"])
    assert texts["harbour"].id == "harbour"
    assert texts.get("library") is None
    assert "never" not in texts


def test_a_changed_file_replaces_its_transcript(bot: PanelBot, folder: Path) -> None:
    (folder / "harbour.txt").write_text(HARBOUR + "顾澜：最后补充一句，鲸鱼回来了。\n", encoding="utf-8")
    report = bot.add([folder])
    assert (report.updated, report.unchanged) == (("harbour",), ("library",))
    assert bot.search("鲸鱼", k=1)[0].text == "最后补充一句，鲸鱼回来了。"


def test_bad_files_are_reported_together_and_the_good_ones_added(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "broken.json").write_text('{"turns": [', encoding="utf-8")
    report = open_bot(tmp_path / "index").add([folder, tmp_path / "nowhere.txt"])
    assert report.added == ("harbour", "library")
    assert sorted(Path(f.path).name for f in report.failed) == ["broken.json", "empty.txt", "nowhere.txt"]
    assert all(Path(f.path).name in f.reason for f in report.failed)


def test_two_files_of_one_name_are_both_kept(bot: PanelBot, folder: Path) -> None:
    (folder / "second").mkdir()
    (folder / "second" / "harbour.txt").write_text(HARBOUR.replace("八成", "七成"), encoding="utf-8")
    report = bot.add([folder])
    assert len(report.added) == 1
    assert report.added[0].startswith("harbour-")
    assert bot.add([folder]).unchanged == ("harbour", "library", *report.added)


def test_hits_are_exact_spans_under_the_right_speaker(bot: PanelBot) -> None:
    hits = bot.search("网点客流量恢复", k=5)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert (hits[0].transcript_id, hits[0].speaker.name) == ("harbour", "陆远")
    for hit in hits:
        turn = bot.transcript(hit.transcript_id).turns[hit.turn]
        assert turn.text[hit.start : hit.end] == hit.text
        assert turn.speaker == hit.speaker.name


def test_a_search_stays_within_the_named_transcripts_and_speakers(bot: PanelBot) -> None:
    assert {hit.transcript_id for hit in bot.search("rent 成本", transcripts=["library"])} == {"library"}
    assert {hit.speaker.name for hit in bot.search("成本", speakers=["顾澜"])} == {"顾澜"}


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (lambda bot: bot.search("x", transcripts=["nope"]), NotFoundError, "'nope'"),
        (lambda bot: bot.search("x", speakers=["Nobody"]), NotFoundError, "'Nobody'"),
        (lambda bot: bot.transcript("nope"), NotFoundError, "'nope'"),
        (lambda bot: bot.remove(["nope"]), NotFoundError, "'nope'"),
        (lambda bot: bot.search("  "), InputError, "empty"),
        (lambda bot: bot.search("x", k=0), InputError, "not 0"),
        (lambda bot: bot.ask("x", history=[{"answer": "y"}]), InputError, '"query"'),
    ],
)
def test_a_wrong_call_names_what_is_wrong(bot: PanelBot, call, error: type[Exception], said: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(error, match=said):
        call(bot)


def test_an_answer_quotes_the_one_who_said_it(bot: PanelBot) -> None:
    answer = bot.ask("青禾银行的网点客流量恢复得怎么样？")
    assert answer.status == "answered"
    first = answer.citations[0]
    assert (first.speaker, first.transcript_id, first.turn) == ("陆远", "harbour", 1)
    assert "八成" in first.quote
    assert "[1]" in answer.text


def test_the_last_thing_streamed_is_the_answer(bot: PanelBot) -> None:
    *parts, last = bot.ask_stream("网点客流量恢复得怎么样？")
    assert all(isinstance(part, str) for part in parts)
    assert last == bot.ask("网点客流量恢复得怎么样？")


def test_history_may_be_texts_exchanges_or_objects(bot: PanelBot) -> None:
    asked = "网点客流量恢复得怎么样？"
    forms = ([asked], [Exchange(query=asked)], [{"query": asked, "answer": ""}])
    first, *others = [bot.ask("那潮声科技呢？", history=form) for form in forms]  # type: ignore[arg-type]
    assert others == [first, first]


def test_a_rename_embeds_nothing_keeps_citations_and_survives_a_changed_file(bot: PanelBot, folder: Path) -> None:
    citation = bot.ask("网点客流量恢复得怎么样？").citations[0]
    bot.edit_speakers("harbour", [parse_edit("陆远.name=陆远之")])
    turn = bot.transcript("harbour").turns[citation.turn]
    assert turn.text[citation.start : citation.end] == citation.quote
    assert turn.speaker == "陆远之"
    assert "陆远" in bot.transcript("harbour").speaker("陆远之").aliases
    (folder / "harbour.txt").write_text(HARBOUR.replace("一半", "三成"), encoding="utf-8")
    bot.add([folder])
    assert bot.transcript("harbour").turns[1].speaker == "陆远之"
    assert PanelBot.open(bot.path, embedder=HashEmbedder()).transcript("harbour").turns[1].speaker == "陆远之"


@pytest.mark.parametrize("edit", ["陆远.name=陆远之", SetFact(speaker="陆远", field="name", value="陆远之")])
def test_an_edit_may_be_its_text_itself_or_its_json_object(bot: PanelBot, edit: str | SetFact) -> None:
    written = {"edit": "set", "speaker": "陆远之", "field": "title", "value": "行长"}
    assert bot.edit_speakers("harbour", [edit, written]).speaker("陆远之").title == "行长"
    with pytest.raises(InputError, match="no edit of speakers"):
        bot.edit_speakers("harbour", [{"edit": "aliases", "speaker": "陆远之", "aliases": "老陆"}])
    assert "老陆" not in bot.transcript("harbour").speaker("陆远之").aliases


def test_another_bot_on_the_same_index_sees_what_changed(bot: PanelBot, folder: Path) -> None:
    other = open_bot(bot.path)
    assert len(other.transcripts()) == 2
    bot.remove(["library"])
    assert [t.id for t in other.transcripts()] == ["harbour"]
    assert all(hit.transcript_id == "harbour" for hit in other.search("night bus"))


def test_missing_or_damaged_derived_files_are_made_again(bot: PanelBot) -> None:
    expected = bot.search("成本 rent")
    for path in sorted((bot.path / "vectors").iterdir()):
        path.write_bytes(b"garbage")
    assert open_bot(bot.path).search("成本 rent") == expected
    repaired = open_bot(bot.path)
    repaired.add_text(HARBOUR, name="note")
    assert all(path.read_bytes() != b"garbage" for path in (bot.path / "vectors").iterdir())
    repaired.remove(["note"])
    with sqlite3.connect(bot.path / "panelbot.sqlite") as db:
        db.execute("UPDATE segments SET data = x'00'")
    db.close()
    damaged = open_bot(bot.path)
    assert damaged.search("成本 rent") == expected
    damaged.add_text(HARBOUR, name="note")
    assert all(damaged._library.store.is_packed(id) for id in ("harbour", "library"))


def test_opening_an_index_reads_no_transcript(bot: PanelBot, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    checked = Store._checked
    monkeypatch.setattr(Store, "_checked", lambda store, id: read.append(id) or checked(store, id))
    monkeypatch.setattr(Store, "vectors_at", lambda *_: pytest.fail("vectors were read"))
    reopened = open_bot(bot.path)
    reopened.understand("night bus")
    listed = reopened.listing()
    texts = reopened.texts
    assert (read, len(texts)) == ([], 2)
    (hit,) = reopened.search("night bus", k=1)
    assert hit.transcript_id in read
    assert sorted(read) == ["harbour", "library"]
    assert tuple(map(Listed.of, reopened.transcripts())) == listed
    assert texts["harbour"] == reopened.transcript("harbour")
    assert len(read) == 2


def test_a_question_whose_transcript_another_process_changes_is_asked_again(bot: PanelBot) -> None:
    asking, changing = open_bot(bot.path), open_bot(bot.path)
    seen = asking._library.index()
    changing.edit_speakers("harbour", ["陆远.title=行长"])
    with pytest.raises(IndexMovedError):
        seen.segment_at(seen.number["harbour"])
    given = iter([seen, seen])
    index = asking._library.index
    asking._library.index = lambda: next(given, None) or index()  # type: ignore[method-assign]
    assert asking.search("成本", k=1)[0].speaker == changing.search("成本", k=1)[0].speaker
    given = iter([seen, seen])
    found, *_, answer = asking.ask_steps("成本")
    assert isinstance(found, Found)
    assert isinstance(answer, Answer)
    assert answer == changing.ask("成本")
    assert answer.citations
    given = iter([seen] * MAX_TRIES)
    with pytest.raises(StoreError, match="while it was read; try again"):
        asking.search("成本")


def test_the_one_vector_file_of_earlier_versions_is_removed(bot: PanelBot) -> None:
    (bot.path / "vectors.faiss").write_bytes(b"of an earlier version")
    reopened = open_bot(bot.path)
    reopened.search("rent")
    assert (bot.path / "vectors.faiss").exists()  # a search writes nothing
    reopened.remove(["library"])
    assert not (bot.path / "vectors.faiss").exists()


def test_an_index_of_another_model_is_refused_with_the_command_that_rebuilds(bot: PanelBot) -> None:
    with pytest.raises(EmbedderMismatchError, match="panelbot add --rebuild"):
        PanelBot.open(bot.path, settings=Settings(embedding_model="elsewhere/model"))
    other = HashEmbedder(dim=32)
    rebuilt = PanelBot.open(bot.path, settings=Settings(embedding_model="hash"), embedder=other, rebuild=True)
    rebuilt.add([], rebuild=True)
    assert rebuilt.search("网点客流量恢复")[0].speaker.name == "陆远"
    assert len(rebuilt.transcripts()) == 2


def test_an_empty_index_answers_that_nothing_was_discussed(tmp_path: Path) -> None:
    bot = open_bot(tmp_path / "index")
    assert bot.search("网点") == ()
    assert bot.ask("网点怎么样？").status == "not_discussed"


def test_pasted_text_is_stored_like_a_file(bot: PanelBot) -> None:
    report = bot.add_text(HARBOUR.replace("渡轮", "缆车"), name="缆车 夜谈")
    assert len(report.added) == 1
    assert bot.add_text(HARBOUR, name="缆车 夜谈").updated == report.added


def test_pasted_text_without_a_title_is_called_as_it_was_named(bot: PanelBot) -> None:
    text = "张明：网点都还在。\n\n周启：是的，都在。"
    assert bot.preview_text(text, name="夜谈 一").transcript.title == "夜谈 一"
    assert bot.transcript(bot.add_text(text, name="夜谈 一").added[0]).title == "夜谈 一"
    assert bot.preview_text(f"标题：港口\n\n{text}", name="夜谈").transcript.title == "港口"


def test_pasted_text_and_a_file_never_take_each_others_place(bot: PanelBot, folder: Path) -> None:
    [pasted] = bot.add_text(HARBOUR.replace("八成", "九成"), name="harbour").added
    assert pasted != "harbour"
    assert "八成" in bot.transcript("harbour").turns[1].text
    [other] = bot.add_text(HARBOUR.replace("八成", "六成"), name="third").added
    (folder / "third.txt").write_text(HARBOUR, encoding="utf-8")
    [filed] = bot.add([folder]).added
    assert filed != other
    assert "六成" in bot.transcript(other).turns[1].text


def test_a_preview_stores_nothing(bot: PanelBot, folder: Path) -> None:
    [preview] = bot.preview(folder / "harbour.txt")
    assert preview.transcript == bot.transcript("harbour")
    assert bot.preview_text(HARBOUR, name="other").transcript.id not in {t.id for t in bot.transcripts()}


def test_eight_threads_get_the_same_answers(bot: PanelBot) -> None:
    questions = ["网点客流量恢复得怎么样？", "why did the rent matter", "谁谈到了成本？"]
    expected = [bot.ask(question) for question in questions]
    got: list[list[object]] = []

    def ask() -> None:
        got.append([bot.ask(question) for question in questions])

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [expected] * 8


def test_export_and_feedback(bot: PanelBot) -> None:
    document = bot.export("harbour")
    assert [turn["speaker"] for turn in document["turns"]][1] == "陆远"
    bot.feedback({"query": "网点？", "gold_turns": [1]})
    bot.feedback({"query": "成本？", "gold_turns": []})
    assert len((bot.path / "feedback.jsonl").read_text(encoding="utf-8").splitlines()) == 2
