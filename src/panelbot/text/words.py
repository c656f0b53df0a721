"""Words for keyword search: jieba's for Chinese, runs of letters and digits for the rest, folded.

Does not know which words matter in a corpus; the keyword index weighs them.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from panelbot.shipped import shipped_words
from panelbot.text.fold import fold
from panelbot.text.lookup import Lookup

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_OTHER = rf"[^\W_{_HAN}]+"
_RUN = re.compile(rf"[{_HAN}]+|{_OTHER}(?:['’]{_OTHER})*")
_POSSESSIVE = re.compile(r"['’]s?$")
_lock = threading.Lock()
_TOTAL = ""  # no word: what all counts come to


STOP_WORDS = shipped_words("text/stop_words.txt")


class _Frequencies:
    """jieba's table of words and their beginnings as a mapping; a tokenizer asks for a few dozen of them a sentence."""

    def __init__(self, lookup: Lookup) -> None:
        self.get = lookup.get

    def __contains__(self, word: str) -> bool:
        return self.get(word) is not None

    def __getitem__(self, word: str) -> Any:
        return self.get(word)


@lru_cache(maxsize=1)
def _jieba() -> Any:
    jieba = _module("jieba")
    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.dt  # the one its tagger uses, too; its own cache is never read
    lookup = Lookup("jieba", _dictionary_file(), _jieba_table)
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = _Frequencies(lookup), lookup.get(_TOTAL), True
    return tokenizer


def _module(name: str) -> Any:
    return import_module(name)  # jieba has no types


def _jieba_table() -> Iterable[tuple[str, int]]:
    with _dictionary_file().open("rb") as file:
        counts, total = _module("jieba").Tokenizer.gen_pfdict(file)
    return [*counts.items(), (_TOTAL, total)]


def words(text: str) -> tuple[str, ...]:
    """The folded words of ``text`` in order, repeats kept.

    A Chinese run gives jieba's search-mode words (long words and the words inside them), so that 客流 finds 客流量.
    """
    found: list[str] = []
    for run in _RUN.findall(fold(text)):
        if "\u3400" <= run[0] <= "\u9fff":
            with _lock:  # jieba's tokenizer builds its state on first use
                tokenizer = _jieba()
            found.extend(tokenizer.cut_for_search(run))
        else:
            found.append(_POSSESSIVE.sub("", run).replace("’", "'"))
    return tuple(word for word in found if word)


@lru_cache(maxsize=1024)
def content_words(text: str) -> tuple[str, ...]:
    """The words of ``text`` that carry its subject: no stop words, repeats kept."""
    return tuple(word for word in words(text) if word not in STOP_WORDS)


def cut(text: str) -> tuple[str, ...]:
    """The words of ``text`` by jieba, without overlaps, joined again they are ``text``."""
    with _lock:
        return tuple(_jieba().cut(text))


@lru_cache(maxsize=256)
def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """The words of ``text`` by jieba with the classes it guesses for them (nr: a person's name)."""
    with _lock:
        _jieba()
        tagger = _module("jieba.posseg")  # its tables: loaded with the first sentence that is tagged
        return tuple((pair.word, pair.flag) for pair in tagger.cut(text))


def frequency(text: str) -> float:
    """How often jieba's dictionary counts ``text`` as a word, of all it counts, 0..1."""
    with _lock:
        table = _jieba()
        return (table.FREQ.get(text) or 0) / table.total


def is_word(text: str, *, at_least: int = 1) -> bool:
    """Whether jieba's dictionary holds ``text`` as a word, counted ``at_least`` so often."""
    with _lock:
        return (_jieba().FREQ.get(text) or 0) >= at_least


def word_class(text: str) -> str:
    """The class jieba's dictionary gives ``text`` (nr: a person's name, ns: a place); "" for an unknown word."""
    return (dictionary_entry(text) or (0, ""))[1]


@lru_cache(maxsize=1024)
def dictionary_entry(text: str) -> tuple[int, str] | None:
    """How often jieba's dictionary counted ``text`` and the class it gives it; None for an unknown word."""
    frequency, _, tag = str(_classes().get(text) or "").partition(" ")
    return (int(frequency), tag) if tag else None


@lru_cache(maxsize=1)
def _classes() -> Lookup:
    """What the dictionary says of each word; the tokenizer's table keeps no classes."""
    return Lookup("jieba-classes", _dictionary_file(), _class_table)


def _class_table() -> Iterable[tuple[str, str]]:
    with _dictionary_file().open(encoding="utf-8") as lines:
        # A word that the file has twice is what its first line says.
        found = dict(reversed([(word, said) for word, _, said in (line.rstrip().partition(" ") for line in lines)]))
    return found.items()


def _dictionary_file() -> Path:
    return Path(str(files("jieba").joinpath("dict.txt")))
