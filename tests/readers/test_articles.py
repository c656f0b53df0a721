"""Web articles, as text and as saved pages: the talk, and nothing of the page around it."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from panelbot.readers import read_file, read_text
from readers.sample import read_sample, spoken, turns_of


def test_an_article_gives_its_turns_without_adverts_and_footer() -> None:
    reading = read_sample("article-library.txt")
    assert reading.format == "article"
    speakers = [turn.speaker for turn in reading.transcript.turns]
    assert speakers == ["林知夏", "白露", "顾明远", "林知夏", "欧阳修竹", "现场观众", "白露", "林知夏"]
    assert reading.transcript.turns[1].text == (
        "系统里看得很清楚，到馆人次恢复到了2019年的九成。\n\n"
        "但是有两点要注意：第一，周末的高峰更集中；第二，借阅量没有跟着回来。\n原因：大家来自习，不来借书。"
    )
    assert reading.transcript.turns[-1].text == "今天的圆桌就到这里，感谢各位。"


def test_an_article_states_its_facts() -> None:
    transcript = read_sample("article-library.txt").transcript
    assert transcript.title == "云溪圆桌：一座小镇图书馆的数字化账本"
    assert (transcript.date, transcript.source) == ("2023-04-18", "云溪观察网")
    assert (transcript.event, transcript.location) == ("2023云溪公共阅读论坛", "云溪县")


def test_the_introduction_is_prose_only() -> None:
    introduction = read_sample("article-library.txt").introduction
    assert introduction.startswith("4月16日，“2023云溪公共阅读论坛”在云溪县举行。")
    assert introduction.endswith("以下为现场实录，有删节。")


def test_a_saved_page_gives_its_main_text() -> None:
    reading = read_sample("page.html")
    assert reading.format == "webpage"
    assert turns_of(reading) == [
        ("Ines Falk", "Who pays for the cable, and who should have paid for it in the first place?"),
        (
            "Tom Arden",
            "The public pays & the public gains. I wrote <b>twice</b> about it.\n\n"
            "The bill has two parts: copper and time.",
        ),
        ("Wei Lin", "The fishers pay, in lost ground, and nobody has asked them."),
        ("Ines Falk", "Thank you both. That was the panel."),
    ]


def test_a_saved_page_states_its_facts() -> None:
    reading = read_sample("page.html")
    transcript = reading.transcript
    assert transcript.title == "Tides and Turbines: a panel on the cable"
    assert (transcript.date, transcript.source) == ("2022-11-04", "https://courier.example/tides")
    assert (transcript.event, transcript.location) == ("2022 Harbour Forum", "Port Ellery")
    assert reading.introduction.startswith("Ines Falk of the Ellery Courier moderated the panel")


def test_scripts_of_a_page_are_never_speech() -> None:
    page = "<html><body><p>Ann: Hi.</p><script>Mallory: run()</script><p>Bo: Ho.</p><p>Ann: Bye.</p></body></html>"
    assert spoken(page, "p.html") == [("Ann", "Hi."), ("Bo", "Ho."), ("Ann", "Bye.")]


def test_a_page_without_a_main_text_is_read_by_its_paragraphs() -> None:
    page = (
        "<html><body>"
        + "".join(f"<div>{who}: {n}.</div>" for n, who in enumerate(["Ann", "Bo"] * 3))
        + "</body></html>"
    )
    assert [speaker for speaker, _ in spoken(page, "p.html")] == ["Ann", "Bo"] * 3


def test_markup_of_a_text_file_is_kept_as_text() -> None:
    text = "**Ann**: <img src=x onerror=alert(1)>\n**Bo**: [a](javascript:b)\n**Ann**: ok"
    assert spoken(text) == [("Ann", "<img src=x onerror=alert(1)>"), ("Bo", "[a](javascript:b)"), ("Ann", "ok")]


def test_a_footer_of_links_ends_the_last_turn() -> None:
    links = "\n".join(["加关注", "夜场", "书屋调查", "县域阅读"])
    reading = read_text(f"首页 > 圆桌\n\n苏禾：开始。\n陆一鸣：好。\n苏禾：结束了。\n\n{links}", name="a.txt")
    assert reading.transcript.turns[-1].text == "结束了。"


def test_section_headings_between_turns_are_no_speech() -> None:
    reading = read_sample("article-wechat.txt")
    assert turns_of(reading) == [
        ("周牧云", "今天想先问，网点还要不要？"),
        ("许知远", "要的。\n\n原因有三个：第一是老人；第二是信任；第三，成本。"),
        ("程渡", "我不同意。"),
        ("周牧云", "数据呢？"),
        ("程渡", "数据先要治理。谢谢大家。"),
    ]
    transcript = reading.transcript
    assert (transcript.date, transcript.event, transcript.location) == ("2023-05-06", "第三届数字金融论坛", "杭州")


def test_an_english_article_is_read_the_same_way() -> None:
    reading = read_sample("article-care.txt")
    assert turns_of(reading) == [
        ("Ann Lowe", "Let me start with money. Who pays?"),
        ("Raj Patel", "We do. Three things: rent, wages, food.\n\nAnd the rest is luck."),
        ("Sue Hill", "Families pay, mostly."),
        ("Ann Lowe", "Thank you all."),
    ]
    transcript = reading.transcript
    assert transcript.title == "Who pays for the night shift? A panel on care"
    assert (transcript.date, transcript.event, transcript.location) == ("2023-05-06", "2023 Care Forum", "Leeds")
    assert reading.introduction.startswith("At the 2023 Care Forum in Leeds, moderator Ann Lowe")


def test_words_of_the_page_s_head_may_be_spoken() -> None:
    head, foot = "来源：某网\n作者：纪行\n\n", "\n\n（责任编辑：何晚舟）"
    text = f"{head}苏禾：今天的话题是：\n\n关键词：床位\n\n陆一鸣：好。\n苏禾：好。{foot}"
    assert spoken(text) == [("苏禾", "今天的话题是：\n\n关键词：床位"), ("陆一鸣", "好。"), ("苏禾", "好。")]


@pytest.mark.shared
def test_the_real_roundtable_as_a_saved_page(shared: Path) -> None:
    source = shared / "corpus" / "fintech-roundtable-2020.txt"
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in source.read_text(encoding="utf-8").splitlines())
    page = f"<html><head><title>x</title></head><body><nav>首页</nav><article>{paragraphs}</article></body></html>"
    written = [(turn.speaker, turn.text.split()) for turn in read_file(source)[0].transcript.turns]
    read = [(turn.speaker, turn.text.split()) for turn in read_text(page, name="page.html").transcript.turns]
    assert read == written
