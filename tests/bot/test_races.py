"""Two who change one index at the same time: neither loses what it did, and the index stays whole."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from panelbot import PanelBot
from panelbot.bot import change
from panelbot.embedding import HashEmbedder
from panelbot.errors import StoreError
from panels import HARBOUR, LIBRARY, open_bot

pytestmark = pytest.mark.slow


def at_once(*calls: Any) -> None:
    """Run ``calls`` at the same time; the first fault of one is raised here."""
    barrier, faults = Barrier(len(calls)), []

    def run(call: Any) -> None:
        barrier.wait()
        try:
            call()
        except BaseException as fault:
            faults.append(fault)

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


class Slow(HashEmbedder):
    """An embedder that lets something happen while it embeds, once."""

    def __init__(self, meanwhile: Any) -> None:
        super().__init__()
        self.meanwhile = meanwhile

    def encode_passages(self, texts: Any, **options: Any) -> Any:
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()
        return super().encode_passages(texts, **options)


def slow_bot(index: Path, meanwhile: Any) -> PanelBot:
    bot = open_bot(index)
    bot._embedder = Slow(meanwhile)
    return bot


def write(folder: Path, text: str, name: str = "harbour.txt") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_two_files_of_one_name_added_at_the_same_time_are_both_kept(tmp_path: Path) -> None:
    ours, theirs = write(tmp_path / "a", HARBOUR), write(tmp_path / "b", HARBOUR.replace("八成", "七成"))
    slow_bot(tmp_path / "index", lambda: open_bot(tmp_path / "index").add([theirs])).add([ours])
    texts = {" ".join(turn.text for turn in t.turns) for t in open_bot(tmp_path / "index").transcripts()}
    assert {("八成" in text, "七成" in text) for text in texts} == {(True, False), (False, True)}


def test_an_edit_while_the_file_is_added_again_is_made_on_the_new_version(tmp_path: Path) -> None:
    folder, index = write(tmp_path / "a", HARBOUR), tmp_path / "index"
    open_bot(index).add([folder])
    write(folder, HARBOUR + "顾澜：鲸鱼回来了。\n")
    slow_bot(index, lambda: open_bot(index).edit_speakers("harbour", ["陆远.name=陆远之"])).add([folder])
    [changed] = open_bot(index).transcripts()
    assert changed.turns[-1].text == "鲸鱼回来了。"
    assert {turn.speaker for turn in changed.turns if "八成" in turn.text} == {"陆远之"}
    assert open_bot(index).search("鲸鱼", k=1)[0].text == "鲸鱼回来了。"


def test_an_edit_is_made_on_what_is_stored_not_on_what_was_seen(tmp_path: Path) -> None:
    folder, index = write(tmp_path / "a", HARBOUR), tmp_path / "index"
    stale = open_bot(index)
    stale.add([folder])
    n_turns = len(stale.transcript("harbour").turns)
    seen = stale._library.index()
    stale._library.index = lambda: seen  # type: ignore[method-assign]
    write(folder, HARBOUR + "顾澜：鲸鱼回来了。\n")
    open_bot(index).add([folder])
    stale.edit_speakers("harbour", ["顾澜.title=船长"])
    assert len(open_bot(index).transcript("harbour").turns) == n_turns + 1
    assert open_bot(index).search("鲸鱼", k=1)[0].speaker.title == "船长"


def test_a_rebuild_keeps_an_edit_made_meanwhile_and_a_removal_too(tmp_path: Path) -> None:
    index = tmp_path / "index"
    open_bot(index).add([write(write(tmp_path / "a", HARBOUR), LIBRARY, "library.txt")])

    def meanwhile() -> None:
        other = open_bot(index)
        other.edit_speakers("harbour", ["陆远.title=行长"])
        other.remove(["library"])

    slow_bot(index, meanwhile).add([], rebuild=True)
    [left] = open_bot(index).transcripts()
    assert (left.id, left.speaker("陆远").title) == ("harbour", "行长")


def test_eight_threads_each_editing_another_speaker_lose_nothing(tmp_path: Path) -> None:
    turns = [{"speaker": f"Guest {n}", "text": f"This is said by number {n}."} for n in range(8)]
    bot = open_bot(tmp_path / "index")
    bot.add([write(tmp_path / "a", json.dumps({"turns": turns}), "eight.json")])
    at_once(*(lambda n=n: bot.edit_speakers("eight", [f"Guest {n}.title=Seat {n}"]) for n in range(8)))
    titles = [speaker.title for speaker in open_bot(tmp_path / "index").transcript("eight").speakers]
    assert sorted(titles) == [f"Seat {n}" for n in range(8)]


def test_adding_and_removing_while_asking_never_fails_a_question(tmp_path: Path) -> None:
    index, folder = tmp_path / "index", write(tmp_path / "a", HARBOUR)
    open_bot(index).add([write(tmp_path / "b", LIBRARY, "library.txt")])
    asking, changing = open_bot(index), open_bot(index)

    def change_it() -> None:
        for _ in range(5):
            changing.add([folder])
            changing.remove(["harbour"])

    at_once(change_it, lambda: [asking.search("night bus") for _ in range(40)])
    assert [t.id for t in open_bot(index).transcripts()] == ["library"]


def test_who_is_never_fast_enough_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change.Seen, "holds", lambda *_: False)
    with pytest.raises(StoreError, match="try again"):
        open_bot(tmp_path / "index").add([write(tmp_path / "a", HARBOUR)])
