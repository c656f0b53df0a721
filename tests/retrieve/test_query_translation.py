from __future__ import annotations

from dataclasses import replace

import pytest

from panelbot.config import Settings
from panelbot.embedding import HashEmbedder
from panelbot.match.dictionary import reverse, senses
from panelbot.retrieve import retrieve
from panelbot.retrieve.query_translation import chinese_terms, english_terms
from panelbot.retrieve.terms import find_terms
from panelbot.retrieve.vocabulary import Vocabulary
from panelbot.types import Speaker, Transcript, Turn
from panelbot.understand import understand
from retrieve.corpora import find, question, search_index, transcript

CHINESE = transcript(
    "zh",
    [
        ("甲", "渡轮的交通流量今年下降了不少。"),
        ("乙", "我们的血压药卖得很好，利润也不错。"),
        ("丙", "图书馆的阅览室晚上一直开放到十二点。"),
    ],
)
ENGLISH = transcript(
    "en",
    [
        ("A", "The library keeps its reading room open until midnight."),
        ("B", "Ferries carry fewer passengers than they did last year."),
        ("C", "Pressure on blood banks is a different matter."),
    ],
)
TRANSLATED = Settings(embedding_model="hash", ranker="fusion")
UNTRANSLATED = Settings(embedding_model="hash", ranker="fusion", query_translation=False)


@pytest.fixture(scope="module")
def meanings() -> Vocabulary:
    return Vocabulary(search_index(transcript("words", [("甲", "交通、流量、血压、图书馆、利润"), ("A", "ferry")])))


def words_of(index, text: str, *, query_translation: bool = True) -> dict[str, dict[str, float]]:
    terms = find_terms(question(text), Vocabulary(index), None, query_translation=query_translation)
    return {term.word: dict(term.forms) for term in terms}


def test_a_gloss_of_one_word_stands_for_it_fully(meanings: Vocabulary) -> None:
    terms = dict(english_terms(["traffic", "library", "profits"], meanings))
    assert terms["traffic"]["交通"] == 1.0
    assert terms["library"]["图书馆"] == 1.0
    assert terms["profits"]["利润"] == 1.0


def test_phrases_go_before_words(meanings: Vocabulary) -> None:
    assert [word for word, _ in english_terms(["blood", "pressure", "traffic"], meanings)] == [
        "blood pressure",
        "traffic",
    ]


def test_a_chinese_word_stands_before_the_words_inside_it() -> None:
    stems = {"library": 1, "book": 1, "picture": 1}
    assert dict(chinese_terms(["图书", "图书馆"], stems)) == {"图书馆": {"library": 1.0}}


def test_surnames_and_measure_words_are_no_meanings() -> None:
    assert all("surname" not in sense and "cl" not in sense for sense in senses("白"))
    assert senses("没有这个词") == ()


def test_an_english_question_finds_the_chinese_turn_by_words() -> None:
    index = search_index(CHINESE)
    assert find(index, "ferry traffic", settings=TRANSLATED).signals.idf_known > 0
    assert not find(index, "ferry traffic", settings=UNTRANSLATED).signals.idf_known
    best = max(find(index, "blood pressure profits", settings=TRANSLATED).hits, key=lambda hit: hit.features["bm25"])
    assert best.turn == 1


def test_a_chinese_question_finds_the_english_turn_by_words() -> None:
    best = max(
        find(search_index(ENGLISH), "图书馆的阅览室", settings=TRANSLATED).hits, key=lambda hit: hit.features["bm25"]
    )
    assert best.turn == 0


def test_both_languages_are_searched_in_one_go() -> None:
    found = find(search_index(CHINESE, ENGLISH), "library", settings=TRANSLATED).hits
    assert {hit.transcript_id for hit in found if hit.features["bm25"] > 0} == {"zh", "en"}


def test_synonyms_count_as_one_word() -> None:
    forms = words_of(search_index(CHINESE, ENGLISH), "library")
    assert set(forms) == {"library"}
    assert set(forms["library"]) >= {"library", "图书馆"}


def test_inflections_are_found() -> None:
    hits = find(search_index(ENGLISH), "a passenger on the ferry", settings=TRANSLATED).hits
    assert max(hits, key=lambda hit: hit.features["bm25"]).turn == 1


def test_words_the_corpus_lacks_are_kept_as_asked() -> None:
    index = search_index(ENGLISH)
    signals = find(index, "library volcano", settings=TRANSLATED).signals
    assert 0 < signals.idf_known < 0.5
    assert words_of(index, "library volcano")["volcano"] == {}


def test_framing_words_are_left_out_unless_there_is_nothing_else() -> None:
    assert question("summarize the discussion about ferries").sought == ("ferries",)
    assert question("the discussion").sought == ("discussion",)


def test_the_vocabulary_counts_every_transcript() -> None:
    index = search_index(CHINESE, ENGLISH)
    stems = {key for segment in index.segments.values() for key in segment.lexical.stems}
    expected = {key: sum(s.lexical.n_like(key) for s in index.segments.values()) for key in stems}
    assert dict(index.counts(stems | {"nobody"})) == expected | {"nobody": 0}
    for sources, scripts in (
        ((CHINESE, ENGLISH), (True, True)),
        ((CHINESE,), (True, False)),
        ((ENGLISH,), (False, True)),
    ):
        made = Vocabulary(search_index(*sources))
        assert (made.has_chinese, made.has_other) == scripts


def test_the_dictionary_turned_round_says_what_it_says_forwards() -> None:
    for word in ("银行", "网点", "客流量", "渡轮", "裁判"):
        for sense in senses(word):
            assert reverse(sense).get(word) == 1.0
            if 1 < len(sense) <= 4:
                assert all(reverse((token,))[word] >= 1 / len(sense) for token in sense)
    assert all(("bank",) in senses(word) or 1 / weight > 1 for word, weight in reverse(("bank",)).items())


REGISTERED = Transcript(
    id="panel",
    speakers=(
        Speaker(name="沈志峰", organization="江苏银行", aliases=("沈总",)),
        Speaker(name="Gu Lan", organization="Bank of Suzhou"),
        Speaker(name="Ann"),
    ),
    turns=tuple(
        Turn(index=i, speaker=speaker, text=text)
        for i, (speaker, text) in enumerate(
            [
                ("Gu Lan", "我不同意沈志峰刚才讲的票价。"),
                ("Gu Lan", "江苏的渡轮和南京的银行是两件事情。"),
                ("沈志峰", "The ferries sail at seven, and Gu Lan knows that well."),
                ("Ann", "Suzhou has ferries, and a bank by the river: the Bank of Suzhou."),
                ("Ann", "江苏银行今年开了三家网点，客流不错。"),
                ("Gu Lan", "刚才沈总，您的票价要涨，我看不必。"),
            ]
        )
    ),
)


def about(text: str, topic: str) -> dict[str, set[str]]:
    """What stands for the terms of a question about ``topic``, understood with the register in view."""
    index = search_index(REGISTERED)
    asked = replace(understand(text, (), {"panel": REGISTERED.speakers}), topic=topic, speakers=())
    return {
        t.word: {form for form, _ in t.forms}
        for t in find_terms(asked, Vocabulary(index), None, query_translation=True)
    }


def by_words(text: str) -> set[int]:
    """The turns that BM25 finds."""
    asked = understand(text, (), {"panel": REGISTERED.speakers})
    hits = retrieve(replace(asked, speakers=()), search_index(REGISTERED), HashEmbedder(), TRANSLATED).hits
    return {hit.turn for hit in hits if hit.features["bm25"] > 0}


def test_a_person_is_found_under_the_name_of_the_register_and_its_aliases() -> None:
    assert set(about("What was said about Shen Zhifeng?", "Shen Zhifeng")) == {"shen zhifeng"}
    assert by_words("What was said about Shen Zhifeng?") == {0, 5}


def test_an_organization_is_a_phrase_that_a_turn_must_hold_whole() -> None:
    found = about("What was said about Jiangsu Bank?", "Jiangsu Bank")
    assert set(found) == {"jiangsu bank", "bank"}  # the corpus has the English word too
    assert by_words("What was said about Jiangsu Bank?") == {3, 4}  # not 1, which has 江苏 and 银行 apart


@pytest.mark.parametrize(
    ("text", "name", "form", "turn"),
    [("谁提到了顾兰？", "顾兰", "gu lan", 2), ("谁提到了苏州银行？", "苏州银行", "bank suzhou", 3)],
)
def test_a_chinese_name_finds_the_romanised_one_of_the_register(text: str, name: str, form: str, turn: int) -> None:
    assert about(text, name)[name] == {form}
    assert turn in by_words(text)


def test_names_that_nobody_has_are_left_alone() -> None:
    assert about("谁提到了顾三？", "顾三") == {"顾三": set()}
    assert about("Who mentioned Shen Dawei?", "Shen Dawei") == {"shen": set(), "dawei": set()}
