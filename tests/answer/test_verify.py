"""The proof: exact quotes, the right person, the right facts, support; else a repair or nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answer.panel import EN, PANELS, ZH, ask, hit
from panelbot.answer.select import candidates
from panelbot.answer.sentences import Sentence, Span, render
from panelbot.answer.verify import Prover, prover
from panelbot.answer.verify.mentions import directory
from panelbot.embedding import HashEmbedder
from panelbot.match.matcher import Matcher
from panelbot.text import has_han, strip_invisible
from panelbot.types import Speaker, Transcript, Turn


def make_prover(panel=ZH, language="zh") -> Prover:
    question = ask("客流", language=language, panel=panel)
    hits = [hit(turn, rank, panel) for rank, turn in enumerate(panel.turns, 1)]
    return prover(PANELS, candidates(question, hits, PANELS, Matcher(question)), language, HashEmbedder())


def span(turn: int, quote: str, panel=ZH) -> Span:
    start = panel.turns[turn].text.index(quote)
    return Span(transcript_id=panel.id, turn=turn, start=start, end=start + len(quote))


TRAFFIC = "到三月为止，网点客流量已经恢复到原来的70%。"
HEARD = "刚才陈总说客流恢复了70%，但是我们的客户还没有感觉到。"
LIBRARY = "the mill will become a library."


def fault(text: str, *spans: Span, panel=ZH, language="zh") -> str:
    return make_prover(panel, language).fault(Sentence(text=text, spans=spans))


@pytest.mark.parametrize("who", ["Speaker B说", "正如SPEAKER B所说，", "Speaker B 说："])
def test_speakers_called_by_letters_are_told_apart_in_a_chinese_sentence(who):
    lettered = tuple(Speaker(name=f"Speaker {letter}") for letter in "AB")
    panel = Transcript(id="l", speakers=lettered, turns=(Turn(index=0, speaker="Speaker A", text=TRAFFIC),))
    quoted = (Span(transcript_id="l", turn=0, start=0, end=len(TRAFFIC)),)
    made = prover(
        {"l": panel},
        candidates(ask("客流"), [hit(panel.turns[0], 1, panel)], {"l": panel}, Matcher(ask("客流"))),
        "zh",
        None,
    )
    assert made.fault(Sentence(text=f"{who}{TRAFFIC}", spans=quoted)) == "wrong speaker"
    assert made.fault(Sentence(text=f"{who.replace('B', 'A')}{TRAFFIC}", spans=quoted)) == ""


@pytest.mark.parametrize(
    "who",
    ["Speaker说", "B, Speaker说", "Speaker D认为", "Speaker和Speaker A都说", "李总说", "Speaker A说，Speaker认为"],
)
def test_a_name_that_several_bear_is_nobody_to_point_at(who):
    named = tuple(Speaker(name=name) for name in ("Speaker A", "Speaker B", "李明", "李华"))
    for speaker in ("Speaker A", "李明"):
        panel = Transcript(id="l", speakers=named, turns=(Turn(index=0, speaker=speaker, text=TRAFFIC),))
        quoted = (Span(transcript_id="l", turn=0, start=0, end=len(TRAFFIC)),)
        pool = candidates(ask("客流"), [hit(panel.turns[0], 1, panel)], {"l": panel}, Matcher(ask("客流")))
        made = prover({"l": panel}, pool, "zh", None)
        assert made.fault(Sentence(text=f"{who}{TRAFFIC}", spans=quoted)) == "wrong speaker"
        assert made.fault(Sentence(text=f"{speaker}说{TRAFFIC}", spans=quoted)) == ""
        him = frozenset({("l", speaker)})
        assert made.fault(Sentence(text=f"他说，{who}{TRAFFIC}", spans=quoted), him) == "wrong speaker"


@pytest.mark.parametrize(
    "text",
    [
        "陈国栋表示网点客流量已经恢复到原来的70%。",
        "网点客流量已经恢复到原来的70%。",
        "海港银行的网点客流量已经恢复到原来的70%。",
        "陈总说「网点客流量已经恢复到原来的70%」。",
    ],
)
def test_a_true_sentence_stands(text):
    assert fault(text, span(1, TRAFFIC)) == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("林晓说网点客流量已经恢复到原来的70%。", "wrong speaker"),
        ("林律师说网点客流量已经恢复到原来的70%。", "wrong speaker"),
        ("北岸律师事务所说网点客流量已经恢复到原来的70%。", "wrong speaker"),
        ("主持人说网点客流量已经恢复到原来的70%。", "wrong speaker"),
        ("陈国栋说「网点客流量已经完全恢复」。", "invented quote"),
        ("陈国栋说网点客流量已经恢复到原来的90%。", "wrong number"),
        ("陈国栋说上海的网点客流量已经恢复到原来的70%。", "wrong name"),
        ("陈国栋说利率市场化改革还需要继续推进。", "no support"),
    ],
)
def test_a_false_sentence_does_not(text, why):
    assert fault(text, span(1, TRAFFIC)) == why


@pytest.mark.parametrize(
    "quotation",
    ["「A」", "『A』", "“A”", "«A»", "‹A›", '"A"', "„A“", "＂A＂", "‘A’", "'A'", "「A", '"A', "A”"],
)
def test_a_quotation_in_any_marks_is_word_for_word(quotation):
    said, invented = "网点客流量已经恢复到原来的70%", "网点客流量已经恢复到了原来的70%"
    whole = quotation not in ("「A", '"A', "A”")
    assert (fault(f"陈国栋说：{quotation.replace('A', said)}。", span(1, TRAFFIC)) == "") is whole
    assert fault(f"陈国栋说：{quotation.replace('A', invented)}。", span(1, TRAFFIC)) == "invented quote"


@pytest.mark.parametrize(
    ("quoted", "why"),
    [
        ("become a library", ""),
        ("the mill will become a libr", "invented quote"),
        ("ill become a library", "invented quote"),
    ],
)
def test_a_quotation_is_cut_between_words(quoted, why):
    assert fault(f'Tom Varga said: "{quoted}"', span(1, LIBRARY, EN), panel=EN, language="en") == why


def test_a_quotation_is_not_cut_from_its_not():
    felt = span(3, HEARD)
    assert fault("林晓说客户「还没有感觉到」。", felt) == ""
    assert fault("林晓说客户已经「有感觉到」。", felt) == "invented quote"


@pytest.mark.parametrize(
    "who",
    [
        "王大明",
        "某位专家",
        "有人",
        "大家",
        "嘉宾们都",
        "主持人",
        "与会者一致",
        "陈国栋和王大明都",
        "陳国栋和林曉",
        "林\u200b晓",
    ],
)
def test_words_are_given_to_nobody_else(who):
    text = strip_invisible(f"{who}说，网点客流量已经恢复到原来的70%。")
    assert fault(text, span(1, TRAFFIC)) == "wrong speaker"


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("Varga", ""),
        ("The Director", ""),
        ("However, Tom Varga", ""),
        ("Whitfield", "wrong speaker"),
        ("The panel", "wrong speaker"),
        ("Everyone", "wrong speaker"),
        ("The moderator", "wrong speaker"),
        ("An expert", "wrong speaker"),
        ("Varga and Whitfield", "wrong speaker"),
    ],
)
def test_words_are_given_to_nobody_else_in_english(who, why):
    text = f"{who} said that the mill will become a library."
    assert fault(text, span(1, LIBRARY, EN), panel=EN, language="en") == why


def test_the_panel_says_what_two_of_it_say():
    both = (span(1, LIBRARY, EN), span(2, "Tom said the mill will be a library.", EN))
    text = "The panel said that the mill will be a library."
    assert fault(text, *both, panel=EN, language="en") == ""
    assert fault(text, both[0], span(3, "The river wall", EN), panel=EN, language="en") == "wrong speaker"


WALL = "The river wall needs repair before the library can open."


@pytest.mark.parametrize(
    ("text", "spans", "why"),
    [
        ("Varga said that the mill will not become a library.", (1, LIBRARY), "turned round"),
        ("Varga denied that the mill will become a library.", (1, LIBRARY), "turned round"),
        ('Varga never said: "the mill will become a library."', (1, LIBRARY), "turned round"),
        ("Varga said that the mill will become a library, and trains will be free.", (1, LIBRARY), "no support"),
        ("Varga said that the mill will become a library, and there is a risk in it.", (1, LIBRARY), "no support"),
        ("Varga said that the mill will become a library <script>alert(1)</script>.", (1, LIBRARY), "markup"),
        ("Varga said that the mill will become a library (see http://evil.example).", (1, LIBRARY), "markup"),
        ("Varga said that the wall needs no repair before the library can open.", (3, WALL), "turned round"),
        ("Varga said that the wall needs repair before the library can open.", (3, WALL), ""),
    ],
)
def test_what_a_sentence_says_is_what_was_said(text, spans, why):
    assert fault(text, span(*spans, EN), panel=EN, language="en") == why


def test_words_that_stand_in_another_passage_are_not_carried_by_one_like_it():
    texts = ("The north quay needs new lamps before winter.", "The quay has lamps that need oil, the north side too.")
    quay = Transcript(
        id="quay",
        speakers=(Speaker(name="Tom Varga"),),
        turns=tuple(Turn(index=i, speaker="Tom Varga", text=text) for i, text in enumerate(texts)),
    )
    hits = [hit(turn, rank, quay) for rank, turn in enumerate(quay.turns, 1)]
    panels = {"quay": quay}
    own = prover(
        panels,
        candidates(ask("lamps", language="en"), hits, panels, Matcher(ask("lamps", language="en"))),
        "en",
        HashEmbedder(),
    )
    said = "Varga said that the north quay needs new lamps before winter."
    assert own.fault(Sentence(text=said, spans=(span(1, texts[1], quay),))) == "another passage"
    assert own.fault(Sentence(text=said, spans=(span(0, texts[0], quay),))) == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("林晓说今年破产案件比去年少了三成。", "turned round"),
        ("林晓说今年破产案件比去年多了五成。", "wrong number"),
        ("林晓说客流恢复了70%，我们的客户有感觉到。", "turned round"),
        ("林晓说今年破产案件不比去年多了三成。", "turned round"),
        ("林晓说今年破产案件比去年多了三成，明年会翻倍。", "no support"),
        ("林晓说今年破产案件比去年多了三成。", ""),
    ],
)
def test_what_a_chinese_sentence_says_is_what_was_said(text, why):
    assert fault(text, span(3, "今年破产案件比去年多了三成。刚才" + HEARD[2:])) == why


def test_a_romanised_name_is_a_name():
    quote = span(1, TRAFFIC)
    assert fault('Lin Xiao said: "网点客流量已经恢复到原来的70%"', quote, language="en") == "wrong speaker"
    assert fault('Chen Guodong said: "网点客流量已经恢复到原来的70%"', quote, language="en") == ""


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The bank said that compliance comes first.", True),
        ("The CTO said that compliance comes first.", False),
        ("银行说合规是第一要素。", True),
        ("律师说合规是第一要素。", True),
        ("合规是第一要素。", False),
    ],
)
def test_a_speaker_may_be_implied(text, wrong):
    found = fault(text, span(4, "合规是第一要素。"), language="zh" if has_han(text) else "en")
    assert (found == "wrong speaker") is wrong


def test_reported_speech_keeps_both_people_apart():
    assert fault("林晓转述陈总说客流恢复了70%，但是客户还没有感觉到。", span(3, HEARD)) == ""
    assert fault("陈国栋说客流恢复了70%，但是客户还没有感觉到。", span(3, HEARD)) == "wrong speaker"


def test_a_pronoun_is_whoever_the_sentence_before_spoke_of():
    made = make_prover(EN, "en")
    first = Sentence(text="Tom Varga said the mill will become a library.", spans=(span(1, LIBRARY, EN),))
    second = Sentence(
        text="He also said the station opens in September 2025.",
        spans=(span(2, "The station opens in September 2025.", EN),),
    )
    proved = made.prove([first, second])
    assert proved.sentences == (first,)
    assert proved.dropped == 1


def test_the_number_in_a_speakers_name_is_no_fact():
    numbered = Transcript(
        id="numbered",
        language="zh",
        speakers=(Speaker(name="发言人5"),),
        turns=(Turn(index=0, speaker="发言人5", text="网点客流量已经恢复到原来的水平。"),),
    )
    made = prover({"numbered": numbered}, (), "zh", HashEmbedder())
    made = replace(made, people=directory([numbered]))
    whole = Span(transcript_id="numbered", turn=0, start=0, end=16)
    assert made.fault(Sentence(text="发言人5说，网点客流量已经恢复到原来的水平。", spans=(whole,))) == ""
    assert made.fault(Sentence(text="发言人5说，5个网点客流量已经恢复。", spans=(whole,))) == "wrong number"


def test_a_pronoun_is_whoever_was_cited_where_nobody_was_named():
    made = make_prover(EN, "en")
    first = Sentence(text="The mill will become a library.", spans=(span(1, LIBRARY, EN),))
    second = Sentence(
        text="She also said the station opens in September 2025.",
        spans=(span(2, "The station opens in September 2025.", EN),),
    )
    (kept,) = made.prove([first, second]).sentences
    assert kept.text == "According to Tom Varga (Director, Millbank Trust): The mill will become a library."


def test_he_in_front_of_a_given_name_is_a_surname():
    """何 is written He: no pronoun for whoever spoke before, and a name that may be a stranger's."""
    panel = Transcript(
        id="he",
        speakers=(Speaker(name="何建国"), Speaker(name="陈国栋")),
        turns=(
            Turn(index=0, speaker="陈国栋", text="The mill will become a library."),
            Turn(index=1, speaker="何建国", text="The station opens in September."),
        ),
    )
    hits = [hit(turn, rank, panel) for rank, turn in enumerate(panel.turns, 1)]
    made = prover(
        {"he": panel},
        candidates(ask("mill", language="en"), hits, {"he": panel}, Matcher(ask("mill", language="en"))),
        "en",
        None,
    )
    station = (span(1, "The station opens in September.", panel),)
    before = frozenset({("he", "陈国栋")})
    assert made.fault(Sentence(text="He Jianguo said the station opens in September.", spans=station), before) == ""
    stranger = Sentence(text="He Zhiwei said the station opens in September.", spans=station)
    assert made.fault(stranger, before) == "wrong speaker"
    assert (
        made.fault(Sentence(text="He said the station opens in September.", spans=station), before) == "wrong speaker"
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Tom Varga said they have raised 1.2 million pounds so far.", ""),
        ("Tom Varga said they have raised 1,200,000 pounds so far.", ""),
        ("Tom Varga said they have raised 2 million pounds so far.", "wrong number"),
        ("Varga said that we have raised pounds for Oxford so far.", "wrong name"),
        ("Priya Nair said they have raised 1,200,000 pounds so far.", "wrong speaker"),
    ],
)
def test_facts_of_an_english_sentence(text, why):
    raised = span(1, "We have raised 1,200,000 pounds so far.", EN)
    assert fault(text, raised, panel=EN, language="en") == why


def test_a_false_sentence_is_repaired_by_the_quote_that_carries_it():
    wrong = Sentence(text="林晓说合规是第一要素。", spans=(span(4, "合规是第一要素。"),))
    right = Sentence(text="合规是第一要素，赵一鸣说。", spans=(span(1, TRAFFIC),))
    proved = make_prover().prove([wrong, right])
    assert (proved.repaired, proved.dropped) == (1, 1)
    assert proved.sentences[0] == replace(right, spans=(span(4, "合规是第一要素。"),))


def test_what_names_nobody_is_repaired_by_a_quote():
    wrong = Sentence(text="合规是第一要素。", spans=(span(1, TRAFFIC),))
    assert make_prover().prove([wrong]).sentences[0].text == "赵一鸣（云帆科技 CTO）说：「合规是第一要素。」"


def test_words_under_a_wrong_number_are_not_put_under_a_question():
    asked = Sentence(text="周敏说网点客流量恢复了。", spans=(span(4, "合规是第一要素。"),))
    assert all("周敏说" not in s.text for s in make_prover().prove([asked]).sentences)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("周敏说今年的破产案件多。", "only asked"),
        ("周敏说今年的破产案件问题多。", "only asked"),
        ("周敏问今年的破产案件多吗。", ""),
    ],
)
def test_who_asks_has_not_said_it(text, why):
    assert fault(text, span(2, "林律师，今年的破产案件多吗？")) == why


@pytest.mark.parametrize(
    ("second", "attributed"),
    [
        ("合规是第一要素。", "赵一鸣（云帆科技 CTO）谈到：合规是第一要素。"),
        ("赵一鸣认为合规是第一要素。", "赵一鸣认为合规是第一要素。"),
    ],
)
def test_words_without_a_name_behind_anothers_are_attributed(second, attributed):
    first = Sentence(text="陈国栋说网点客流量已经恢复到原来的70%。", spans=(span(1, TRAFFIC),))
    behind = Sentence(text=second, spans=(span(4, "合规是第一要素。"),))
    assert make_prover().prove([first, behind]).sentences[1].text == attributed


def test_words_without_a_name_behind_the_same_persons_stay_as_they_are():
    first = Sentence(text="陈国栋说网点客流量已经恢复到原来的70%。", spans=(span(1, TRAFFIC),))
    behind = Sentence(text="网点客流量已经恢复。", spans=(span(1, TRAFFIC),))
    assert make_prover().prove([first, behind]).sentences[1].text == "网点客流量已经恢复。"


def test_i_is_never_left_without_a_name():
    first = Sentence(text="陈国栋说网点客流量已经恢复到原来的70%。", spans=(span(1, TRAFFIC),))
    behind = Sentence(text="我们网点客流量已经恢复。", spans=(span(1, TRAFFIC),))
    assert make_prover().prove([first, behind]).sentences[1].text.startswith("陈国栋（海港银行运营总监）谈到：")


def test_a_sentence_written_twice_stands_once():
    twice = Sentence(text="陈国栋说网点客流量已经恢复到原来的70%。", spans=(span(1, TRAFFIC),))
    proved = make_prover().prove([twice, twice])
    assert (proved.sentences, proved.dropped) == ((twice,), 1)


def test_a_sentence_that_nothing_carries_is_dropped():
    proved = make_prover().prove([Sentence(text="比特币会涨到10万美元。", spans=(span(1, TRAFFIC),))])
    assert (proved.sentences, proved.repaired, proved.dropped) == ((), 0, 1)


def test_a_framed_quote_under_another_name_is_dropped():
    quote = span(1, TRAFFIC)
    framed = Sentence(text=f"林晓说：「{TRAFFIC}」", spans=(quote,), speaker="林晓")
    assert make_prover().prove([framed]).sentences == ()


turns = st.integers(min_value=-2, max_value=12)
offsets = st.integers(min_value=-5, max_value=120)
words = st.sampled_from(
    ["陈国栋", "林晓说", "他", "网点客流量", "70%", "「恢复」", "合规是第一要素", "。", "2031年", "Tom"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(turns, offsets, offsets, st.lists(words, max_size=5)), max_size=4), st.booleans())
def test_whatever_is_claimed_only_exact_quotes_of_the_right_person_leave(claims, framed):
    sentences = [
        Sentence(
            text="".join(parts),
            spans=(Span(transcript_id=ZH.id, turn=turn, start=start, end=end),),
            speaker="陈国栋" if framed else "",
        )
        for turn, start, end, parts in claims
    ]
    proved = make_prover().prove(sentences)
    _, citations = render(proved.sentences, PANELS, "zh")
    assert len(proved.sentences) + proved.dropped == len(sentences)
    for citation in citations:
        turn = ZH.turns[citation.turn]
        assert turn.text[citation.start : citation.end] == citation.quote
        assert turn.speaker == citation.speaker
    for sentence in proved.sentences:
        assert not sentence.speaker or all(ZH.turns[s.turn].speaker == sentence.speaker for s in sentence.spans)
