"""A dictionary that is looked up gives what it holds in memory, from a file, past the file and without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from panelbot.text import lookup
from panelbot.text.lookup import Lookup
from panelbot.text.words import _dictionary_file, _jieba, _jieba_table, cut, dictionary_entry

PAIRS = {f"词{i}": i for i in range(50)} | {"tram": "a car on rails", "none": 0}


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PANELBOT_CACHE", str(tmp_path / "cache"))
    (tmp_path / "dictionary.txt").write_text("as it was", encoding="utf-8")
    return tmp_path / "dictionary.txt"


@pytest.mark.parametrize("many", [3, 1000])
def test_every_word_has_its_value_and_no_other_has_one(source: Path, monkeypatch, many: int) -> None:
    monkeypatch.setattr(lookup, "MANY", many)
    for _ in range(2):
        found = Lookup("own", source, PAIRS.items)
        assert {word: found.get(word) for word in PAIRS} == PAIRS
        assert [found.get(word) for word in ("词", "Tram", "", "词50")] == [None] * 4


def test_the_file_is_made_once_and_again_for_another_source(source: Path) -> None:
    Lookup("own", source, PAIRS.items)
    assert Lookup("own", source, lambda: pytest.fail("made twice")).get("tram") == "a car on rails"
    source.write_text("as it is now", encoding="utf-8")
    assert Lookup("own", source, {"tram": "streetcar"}.items).get("tram") == "streetcar"


def test_without_a_place_for_the_file_it_is_held_in_memory(source: Path, monkeypatch, caplog) -> None:
    monkeypatch.setenv("PANELBOT_CACHE", str(source / "below a file"))
    assert Lookup("own", source, PAIRS.items).get("tram") == "a car on rails"
    assert "dictionary.txt is held in memory" in caplog.text


@pytest.mark.parametrize("many", [0, 1000])
def test_a_file_that_goes_bad_while_it_is_open_is_not_needed(source: Path, monkeypatch, caplog, many: int) -> None:
    monkeypatch.setattr(lookup, "MANY", many)
    found = Lookup("own", source, lambda: ((word, value) for word, value in PAIRS.items()))
    (file,) = source.parent.glob("cache/own-*/words.sqlite")
    file.write_bytes(b"\xff" * file.stat().st_size)
    assert {word: found.get(word) for word in [*PAIRS, "Tram"]} == {**PAIRS, "Tram": None}
    assert caplog.text.count("went bad after it was checked") == 1


@pytest.mark.slow
def test_words_are_cut_as_with_all_of_jieba_in_memory() -> None:
    import jieba

    plain = jieba.Tokenizer()
    pairs = dict(_jieba_table())
    plain.total, plain.FREQ, plain.initialized = pairs.pop(""), pairs, True
    for text in ("电车在大桥测量之前不会开通", "谁说过预算只够四个月", "欧阳若溪提到了夜班渡轮的噪音", "㐀㐁"):
        assert cut(text) == tuple(plain.cut(text))
        assert list(_jieba().cut_for_search(text)) == list(plain.cut_for_search(text))


def test_a_word_has_the_count_and_class_of_its_line() -> None:
    first: dict[str, tuple[int, str]] = {}
    for line in _dictionary_file().read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")
        first.setdefault(word, (int(count), tag))
    asked = [*list(first)[::500], "B超"]
    assert {word: dictionary_entry(word) for word in asked} == {word: first[word] for word in asked}
    assert dictionary_entry("电车电桥") is None
