"""The panel, adding and removing, judging, copying and exporting."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from browser.conftest import WAIT, Site, Visit, Visitor
from fakes.panel_bot import PANEL, SECOND
from fakes.serving import serving
from panelbot.types import Speaker, Turn


def at_the_panel(visitor: Visitor) -> Visitor:
    visitor.arrive().tab("shelf")
    expect(visitor.find(".pb-card .pb-persons")).to_have_count(2)
    return visitor


@pytest.mark.point(13)
def test_the_panel_shows_who_is_who_and_their_share(visit: Visit, site: Site) -> None:
    visitor = at_the_panel(visit(site.address, locale="en-US"))
    person = visitor.find("[data-panel=harbour] .pb-person.pb-c1")
    expect(person).to_contain_text("东港银行 · 副行长 · panelist")
    share = 100 * len(PANEL.turns[1].text) / sum(len(turn.text) for turn in PANEL.turns)
    expect(person.locator(".pb-share")).to_contain_text(f"{round(share)}%")


def test_the_choice_of_transcripts_and_speakers_is_asked_and_kept(visit: Visit, site: Site) -> None:
    visitor = at_the_panel(visit(site.address))
    visitor.find(f"[data-scope][value={SECOND.id}]").uncheck()
    visitor.find("[data-scope][value=周启]").check()
    expect(visitor.find("#pb-scope")).to_contain_text("只问：港口城市的银行、只听周启")
    visitor.page.reload()
    expect(visitor.find("#pb-scope")).to_contain_text("只听周启")
    visitor.ask("客流")
    assert site.bot.calls[-1]["transcripts"] == (PANEL.id,)
    assert site.bot.calls[-1]["speakers"] == ("周启",)
    visitor.find("#pb-scope button").click()
    expect(visitor.find("#pb-scope p")).to_have_count(0)
    visitor.ask("客流呢")
    assert site.bot.calls[-1]["transcripts"] is None


@pytest.mark.parametrize(("locale", "words"), [("en-US", "Left out, as neither"), ("zh-CN", "没有选入")])
def test_what_is_no_transcript_is_left_out_before_it_is_sent(
    visit: Visit, site: Site, tmp_path: Path, locale: str, words: str
) -> None:
    visitor = visit(site.address, locale=locale).arrive()
    visitor.tab("add")
    files = [tmp_path / name for name in ("night.TXT", "notes", "photo.png", "slides.pdf")]
    for file in files:
        file.write_text("Tom Ash: We met at night.\n", encoding="utf-8")
    visitor.find("#pb-choose-files").set_input_files(files)
    expect(visitor.find("#pb-added .pb-notice")).to_contain_text(words)
    expect(visitor.find("#pb-added .pb-notice")).to_contain_text("photo.png · slides.pdf")
    expect(visitor.find(".pb-chosen-files li")).to_have_count(2)


def hold_the_next_event(visitor: Visitor) -> list[Route]:
    """The next thing the page sends is held back: what comes is to be continued; all behind it goes on."""
    held: list[Route] = []
    visitor.page.route("**/run/page_*", lambda route: route.continue_() if held else held.append(route))
    return held


def test_a_tick_that_comes_while_one_is_dealt_with_is_not_lost(visit: Visit, site: Site) -> None:
    visitor = at_the_panel(visit(site.address))
    held = hold_the_next_event(visitor)
    visitor.find(f"[data-scope][value={SECOND.id}]").uncheck()
    visitor.find("[data-scope][value=周启]").check()
    visitor.until(lambda: held)
    held[0].continue_()
    expect(visitor.find("#pb-scope")).to_contain_text("只问：港口城市的银行、只听周启")


def test_examples_come_from_the_chosen_transcripts(visit: Visit, site: Site) -> None:
    visitor = at_the_panel(visit(site.address))
    expect(visitor.find(".pb-welcome")).to_contain_text("Ada Moss")
    visitor.find(f"[data-scope][value={PANEL.id}]").uncheck()
    expect(visitor.find(".pb-welcome")).not_to_contain_text("Ada Moss")
    expect(visitor.find(".pb-welcome")).to_contain_text("Tom Ash")


@pytest.mark.point(14)
def test_the_register_is_edited_in_place(visit: Visit, site: Site, locale: str) -> None:
    visitor = at_the_panel(visit(site.address, locale=locale))
    person = visitor.find("[data-panel=harbour] .pb-person.pb-c1")
    person.locator("summary").click()
    person.get_by_label(visitor.word("field_organization")).fill("西港银行")
    visitor.press("save", person)
    expect(visitor.find("[data-panel=harbour]")).to_contain_text("西港银行")
    edit = {"edit": "set", "speaker": "周启", "field": "organization", "value": "西港银行"}
    assert site.bot.edits == [("harbour", [edit])]
    visitor.tab("transcript")
    visitor.find(".pb-choose").select_option(PANEL.id)
    expect(visitor.find(".pb-turn[data-turn='1'] .pb-org")).to_contain_text("西港银行")


@pytest.mark.parametrize("name", ["merge:a=b", "<b>x</b>"])
def test_a_speaker_of_any_name_is_edited_and_merged(visit: Visit, site: Site, name: str) -> None:
    turns = (Turn(index=0, speaker=name, text="网点都还在。"), Turn(index=1, speaker="周启", text="是的。"))
    site.bot.reset([replace(PANEL, speakers=(Speaker(name=name), Speaker(name="周启")), turns=turns), SECOND])
    visitor = at_the_panel(visit(site.address, locale="en-US"))
    person = visitor.find("[data-panel=harbour] .pb-person.pb-c0")
    person.locator("summary").click()
    person.get_by_label("Title").fill("a.b=c")
    person.get_by_role("button", name="Save").click()
    expect(person).to_contain_text(f"{name} a.b=c")
    person.locator("summary").click()
    person.get_by_label("Same person as").select_option("周启")
    person.get_by_role("button", name="Save").click()
    expect(visitor.find("[data-panel=harbour] .pb-person")).to_have_count(1)
    assert [turn.speaker for turn in site.bot.transcripts()[0].turns] == ["周启", "周启"]


@pytest.mark.point(13)
def test_a_file_is_previewed_added_asked_and_removed(visit: Visit, site: Site, tmp_path: Path, locale: str) -> None:
    file = tmp_path / "晚间座谈.txt"
    file.write_text("钟山：码头的夜班增加了。\n陆远：灯塔也修好了。", encoding="utf-8")
    visitor = visit(site.address, locale=locale).arrive()
    visitor.tab("add")
    visitor.find("#pb-choose-files").set_input_files(file)
    expect(visitor.find("#pb-files")).to_contain_text("晚间座谈")
    visitor.find("#pb-preview").click()
    expect(visitor.find(".pb-preview")).to_contain_text("码头的夜班增加了。")
    assert len(site.bot.transcripts()) == 2
    visitor.find("#pb-store").click()
    expect(visitor.find(".pb-done")).to_have_text(visitor.word("added", titles="晚间座谈"))
    visitor.tab("shelf")
    visitor.press("remove", visitor.find("[data-panel=晚间座谈]"))
    expect(visitor.find("#pb-confirm")).to_contain_text(visitor.word("remove_sure", title="晚间座谈"))
    visitor.find("#pb-confirm-yes").click()
    expect(visitor.find(".pb-card")).to_have_count(2)
    assert [transcript.id for transcript in site.bot.transcripts()] == [PANEL.id, SECOND.id]


@pytest.mark.parametrize(("locale", "words"), [("en-US", "Indexing"), ("zh-CN", "建立索引")])
def test_how_far_indexing_is_can_be_seen(visit: Visit, site: Site, locale: str, words: str) -> None:
    visitor = visit(site.address, locale=locale).arrive()
    visitor.tab("add")
    visitor.find("#pb-paste textarea").fill("钟山：码头的夜班增加了。\n陆远：灯塔也修好了。")
    site.bot.hold(held=True)
    visitor.find("#pb-store").click()
    shown = visitor.find("#pb-added")
    expect(shown).to_contain_text(words)
    expect(shown).to_contain_text("37.5%")
    expect(shown.locator("progress")).to_be_in_viewport()
    site.bot.hold(held=False)
    expect(visitor.find(".pb-done")).to_be_visible()
    expect(shown).not_to_contain_text("37.5%")


@pytest.mark.point(14)
@pytest.mark.parametrize(("locale", "words"), [("en-US", "no turns found in 粘贴"), ("zh-CN", "粘贴里没有找到发言")])
def test_a_mistake_in_what_is_added_is_one_sentence(visit: Visit, site: Site, locale: str, words: str) -> None:
    visitor = visit(site.address, locale=locale).arrive()
    visitor.tab("add")
    visitor.find("#pb-paste textarea").fill("nobody speaks here")
    visitor.page.get_by_label(visitor.word("paste_name")).fill("粘贴")
    visitor.find("#pb-preview").click()
    expect(visitor.find("#pb-added [role=alert]")).to_contain_text(words)
    visitor.find("#pb-store").click()
    expect(visitor.find("#pb-added [role=alert]")).to_contain_text(words)
    expect(visitor.find("#pb-paste textarea")).to_have_value("nobody speaks here")


def test_a_page_that_is_read_only_offers_no_change(visit: Visit) -> None:
    with serving([PANEL, SECOND], read_only=True) as (_, address):
        visitor = at_the_panel(visit(address))
        expect(visitor.find("#pb-tab-add-button")).to_have_count(0)
        expect(visitor.find(".pb-edit, [data-do=remove]")).to_have_count(0)


@pytest.mark.point(13)
def test_a_judgement_is_kept_as_a_question(visit: Visit, site: Site, locale: str) -> None:
    visitor = visit(site.address, locale=locale).arrive()
    exchange = visitor.ask("网点的客流")
    visitor.press("good", exchange)
    exchange.get_by_label(visitor.word("cause_words")).check()
    expect(exchange.get_by_label(visitor.word("cause_off"))).to_be_hidden()
    exchange.get_by_label(visitor.word("reason")).fill("the very words")
    visitor.page.keyboard.press("Enter")
    expect(visitor.find("#pb-toast")).to_have_text(visitor.word("thanks"))
    record = site.bot.records[0]
    assert (record["query"], record["gold_turns"], record["reason"]) == ("网点的客流", [1], "the very words")
    assert record["causes"] == ["words"]
    good = visitor.word("good")
    expect(exchange.get_by_role("button", name=good)).to_have_attribute("aria-pressed", "true")
    visitor.page.reload()
    given = visitor.answer(0).get_by_role("button", name=good)
    expect(given).to_have_attribute("aria-pressed", "true")


def test_two_answers_judged_one_behind_the_other_are_both_kept(visit: Visit, site: Site) -> None:
    visitor = visit(site.address, locale="en-US").arrive()
    exchanges = [visitor.ask("网点的客流"), visitor.ask("客流呢")]
    held = hold_the_next_event(visitor)
    for exchange in exchanges:
        exchange.get_by_role("button", name="Good answer").click()
        visitor.page.keyboard.press("Enter")
    visitor.until(lambda: held)
    held[0].continue_()
    expect(visitor.find("#pb-toast")).to_have_text("Noted, thank you.")
    expect(visitor.find(".pb-form:visible")).to_have_count(0)
    visitor.until(lambda: len(site.bot.records) >= len(exchanges))
    assert sorted(record["query"] for record in site.bot.records) == ["客流呢", "网点的客流"]


def test_a_bad_answers_right_turn_is_clicked_in_the_transcript(visit: Visit, site: Site) -> None:
    visitor = visit(site.address, locale="en-US").arrive(f"?transcript={PANEL.id}")
    exchange = visitor.ask("网点的客流")
    exchange.get_by_role("button", name="Bad answer").click()
    expect(exchange.get_by_label("Its number")).to_be_hidden()
    exchange.get_by_label("What would have been right?").select_option("turn")
    exchange.get_by_label("Its number").fill("70")
    exchange.get_by_role("button", name="Save").click()
    expect(exchange.get_by_role("alert")).to_have_text("The turns of this transcript are numbered 1 to 4.")
    visitor.find(".pb-choose").select_option(SECOND.id)
    expect(exchange.locator(".pb-picked")).to_have_text(SECOND.title)
    visitor.find(".pb-turn[data-turn='2']").click()
    expect(exchange.get_by_label("Its number")).to_have_value("3")
    visitor.find(".pb-choose").select_option(PANEL.id)  # the turn that was clicked stays that of its transcript
    expect(visitor.find(".pb-transcript h2")).to_have_text(PANEL.title)
    exchange.get_by_role("button", name="Save").click()
    expect(visitor.find("#pb-toast")).to_have_text("Noted, thank you.")
    expect(exchange.locator(".pb-form")).to_be_hidden()
    record = site.bot.records[0]
    assert (record["transcript_id"], record["gold_turns"], record["rating"]) == (SECOND.id, [2], "bad")


def test_the_conversation_and_its_quotes_are_exported(visit: Visit, site: Site) -> None:
    visitor = visit(site.address, locale="en-US").arrive()
    visitor.ask("网点的客流")
    assert "**网点的客流**" in saved(visitor, "Conversation")
    rows = list(csv.DictReader(io.StringIO(saved(visitor, "CSV").removeprefix("\ufeff"))))
    assert [(row["speaker"], row["turn"], row["start"], row["end"]) for row in rows] == [("周启", "1", "7", "20")]
    assert rows[0]["quote"] == PANEL.turns[1].text[7:20]
    assert "— 周启" in saved(visitor, "Quotes (Markdown)")


def saved(visitor: Visitor, name: str) -> str:
    """The text of the file that an entry of the export menu saves."""
    visitor.find(".pb-menu summary").click()
    with visitor.page.expect_download(timeout=WAIT) as download:
        visitor.find(".pb-menu button", has_text=name).click()
    return Path(download.value.path()).read_bytes().decode("utf-8")
