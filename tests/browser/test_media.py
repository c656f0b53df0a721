"""Sound beside a transcript: added in the page, played from a turn, a quote and a selected word, the turn marked."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.conftest import PHONE, Site, Visit, Visitor
from browser.test_look import axe_findings, fits
from browser.test_notes import select


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    file = tmp_path / "talk.wav"
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(8000)
        out.writeframes(bytes([128]) * 8000 * 40)
    return file


def at(visitor: Visitor) -> float:
    """The second the player stands at."""
    return visitor.page.evaluate("document.querySelector('.pb-player audio').currentTime")


@pytest.mark.point(11)
def test_it_plays_from_a_turn_a_quote_and_a_word(visit: Visit, site: Site, sound: Path, locale: str) -> None:
    visitor = visit(site.address, locale=locale).arrive("?transcript=harbour&no=1")
    quote = visitor.ask("网点的客流").locator("li", has=visitor.find(".pb-quote"))
    expect(quote.locator("[data-do=play]")).to_be_hidden()
    visitor.find(".pb-turns").evaluate("turns => { turns.scrollTop = 60; }")  # amid the overview
    visitor.find("#pb-recording-file").set_input_files(sound)
    expect(visitor.find(".pb-player audio")).to_be_visible()
    visitor.page.wait_for_function("Math.abs(document.querySelector('.pb-turns').scrollTop - 60) < 2")
    visitor.find(".pb-player audio").evaluate("audio => { audio.playbackRate = 0.1; }")  # a slow test is no further on
    visitor.find(".pb-turn[data-turn='2'] [data-do=play_turn]").click()
    expect(visitor.find(".pb-turn.pb-playing")).to_have_attribute("data-turn", "2")
    assert 31.5 <= at(visitor) < 34
    assert axe_findings(visitor) == []
    quote.locator("[data-do=play]").click()
    expect(visitor.find(".pb-turn.pb-playing")).to_have_attribute("data-turn", "1")
    assert 9 < at(visitor) < 16
    visitor.find(".pb-player audio").evaluate("audio => audio.pause()")
    select(visitor, 0, 10, 15)
    visitor.find("#pb-selection [data-do=play]").click()
    expect(visitor.find(".pb-turn.pb-playing")).to_have_attribute("data-turn", "0")
    visitor.press("unlink_recording")
    expect(visitor.find(".pb-player audio")).to_have_count(0)
    expect(quote.locator("[data-do=play]")).to_be_hidden()


@pytest.mark.point(11)
def test_a_recording_that_is_added_with_its_transcript_goes_with_it(
    visit: Visit, site: Site, sound: Path, locale: str
) -> None:
    talk = sound.with_suffix(".txt")
    talk.write_text("钟山：码头的夜班增加了。", encoding="utf-8")
    visitor = visit(site.address, locale=locale).arrive()
    visitor.tab("add")
    visitor.find("#pb-choose-files").set_input_files([talk, sound])
    visitor.find("#pb-store").click()
    expect(visitor.find("#pb-added")).to_contain_text(visitor.word("added", titles="talk"))
    visitor.press("see_it")
    expect(visitor.find(".pb-player audio")).to_be_visible()
    expect(visitor.find("#pb-added [role=alert]")).to_have_count(0)


def test_the_player_fits_a_phone_in_the_dark(visit: Visit, site: Site, sound: Path) -> None:
    site.bot.call("link_recording", "harbour", str(sound))
    visitor = visit(site.address, viewport=PHONE, dark=True).arrive("?transcript=harbour&no=1")
    expect(visitor.find(".pb-player audio")).to_be_visible()
    assert fits(visitor)
    assert axe_findings(visitor) == []
