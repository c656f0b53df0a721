"""Recordings: linked to a transcript and let go with it, added at the command line, read by whoever may read it."""

from __future__ import annotations

import shutil
from pathlib import Path

import httpx
import pytest

from fakes.panel_bot import PANEL
from fakes.serving import serving
from panelbot.bot import PanelBot
from panelbot.bot.desk.clock import clock, time_at
from panelbot.cli import main
from panelbot.config import Settings
from panelbot.errors import InputError, NotFoundError
from panelbot.types import Turn

SRT = """1
00:00:01,000 --> 00:00:04,000
张明：灯塔修好了吗？

2
00:00:05,000 --> 00:00:09,000
周启：灯塔修好了，花了三十万。
"""


@pytest.fixture
def bot(tmp_path: Path) -> PanelBot:
    (tmp_path / "talk.srt").write_text(SRT, encoding="utf-8")
    (tmp_path / "talk.mp3").write_bytes(bytes(range(256)) * 40)
    bot = PanelBot.open(tmp_path / "index", settings=Settings(embedding_model="hash"))
    bot.add([tmp_path / "talk.srt"])
    return bot


def test_a_recording_that_is_kept_goes_with_its_transcript_and_a_named_one_stays(bot: PanelBot, tmp_path: Path) -> None:
    named = tmp_path / "talk.mp3"
    bot.link_recording("talk", named)
    found = bot.recording("talk")
    assert found is not None
    assert (found.path, found.type) == (named.resolve(), "audio/mpeg")
    bot.link_recording("talk", named, keep=True)
    kept = bot.recording("talk")
    assert kept is not None
    assert kept.path.is_relative_to((tmp_path / "index").resolve())
    assert kept.path.read_bytes() == named.read_bytes()
    bot.remove(["talk"])
    assert not kept.path.exists()
    assert named.exists()
    bot.add([tmp_path / "talk.srt"])
    assert bot.recording("talk") is None


def test_what_a_killed_command_left_is_swept_and_a_copied_folder_has_its_own_recordings(
    bot: PanelBot, tmp_path: Path
) -> None:
    bot.link_recording("talk", tmp_path / "talk.mp3", keep=True)
    folder = tmp_path / "index" / "recordings"
    (folder / "never-linked.mp3").write_bytes(b"x")
    (folder / "begun.mp3.999999999.tmp").write_bytes(b"x")
    (tmp_path / "index" / "embedding").mkdir()
    (tmp_path / "index" / "embedding" / "begun.rows.999999999.tmp").write_bytes(b"x")
    shutil.copytree(tmp_path / "index", tmp_path / "copy")
    bot.add([tmp_path / "talk.srt"])
    assert len(list(folder.iterdir())) == 1
    assert not list((tmp_path / "index" / "embedding").iterdir())
    copy = PanelBot.open(tmp_path / "copy", settings=Settings(embedding_model="hash"))
    copy.remove([])
    bot.remove(["talk"])
    assert not list(folder.iterdir())
    found = copy.recording("talk")
    assert found is not None
    assert found.path.parent == (tmp_path / "copy" / "recordings").resolve()


def test_a_recording_goes_with_its_transcript_or_not_at_all(bot: PanelBot, tmp_path: Path) -> None:
    bot.link_recording("talk", tmp_path / "talk.mp3")
    with pytest.raises(NotFoundError):
        bot.remove(["talk", "none"])
    assert bot.recording("talk") is not None


def test_what_is_no_recording_is_refused_and_a_lost_file_is_none(bot: PanelBot, tmp_path: Path) -> None:
    for path in (tmp_path / "talk.srt", tmp_path / "none.mp3"):
        with pytest.raises(InputError):
            bot.link_recording("talk", path)
    with pytest.raises(NotFoundError):
        bot.link_recording("gone", tmp_path / "talk.mp3")
    bot.link_recording("talk", tmp_path / "talk.mp3")
    (tmp_path / "talk.mp3").unlink()
    assert bot.recording("talk") is None
    bot.link_recording("talk", None)


def test_it_is_added_with_its_transcript_or_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], bot: PanelBot
) -> None:
    monkeypatch.setenv("PANELBOT_EMBEDDING_MODEL", "hash")
    add = ["add", "--index", str(tmp_path / "index"), "--media", str(tmp_path / "talk.mp3"), str(tmp_path / "talk.srt")]
    assert main(add) == 0  # the transcript is there already
    assert bot.recording("talk") is not None
    (tmp_path / "other.srt").write_text(SRT.replace("灯塔", "码头"), encoding="utf-8")
    assert main([*add, str(tmp_path / "other.srt")]) == 2
    assert "--media is the recording of one transcript; 2 were added." in capsys.readouterr().err


def test_a_character_is_spoken_in_its_share_of_the_turn() -> None:
    turn = Turn(index=0, speaker="A", text="0123456789", start=10.0, end=20.0)
    assert [time_at(turn, offset) for offset in (0, 5, 10, 99)] == [10.0, 15.0, 20.0, 20.0]
    assert time_at(Turn(index=0, speaker="A", text="x", start=3.0), 1) == 3.0
    assert time_at(Turn(index=0, speaker="A", text="x"), 0) is None
    assert [clock(s) for s in (None, 59.9, 3671.0)] == ["", "0:59", "1:01:11"]


@pytest.mark.slow
def test_ranges_are_served_to_whoever_logged_in_and_to_nobody_else(tmp_path: Path) -> None:
    file = tmp_path / "talk.mp3"
    file.write_bytes(bytes(range(256)) * 40)
    with serving([PANEL], auth=[("mei", "secret")]) as (bot, address):
        bot.call("link_recording", PANEL.id, str(file))
        with httpx.Client(base_url=address) as client:
            where = "gradio_api/recording?id=harbour"
            assert client.get(where).status_code == 401
            assert client.post("login", data={"username": "mei", "password": "secret"}).status_code == 200
            part = client.get(where, headers={"range": "bytes=256-259"})
            assert (part.status_code, part.content) == (206, bytes(range(4)))
            assert part.headers["content-range"] == f"bytes 256-259/{256 * 40}"
            assert part.headers["content-type"] == "audio/mpeg"
            assert "media-src 'self'" in part.headers["content-security-policy"]
            whole = client.get(where)
            assert (whole.status_code, len(whole.content)) == (200, 256 * 40)
            assert client.get("gradio_api/recording?id=none").status_code == 404
            assert client.get(where, headers={"sec-fetch-site": "cross-site"}).status_code == 403
            assert client.get(where, headers={"cookie": "access-token=x"}).status_code == 401
            assert client.post(where, json={}).status_code == 404
