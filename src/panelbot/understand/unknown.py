"""Speakers a question asks for by a name the register does not have: misspelt, or not there at all.

A small slip finds its person; a name that could well be another person's does not, and is reported as unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from panelbot.people import is_numbered_label, is_pinyin, name_syllables, split_name, surnames
from panelbot.text.folded import Folded, Token, fold_question
from panelbot.text.words import cut, is_word, word_class
from panelbot.types import Language
from panelbot.understand import chinese_grammar as zh
from panelbot.understand import english_names
from panelbot.understand.lexicon import chinese as chinese_words
from panelbot.understand.lexicon import chinese_titles
from panelbot.understand.lexicon import english as english_words
from panelbot.understand.mention import Fit, Mention, best_fits
from panelbot.understand.organizations import well_known, well_known_english
from panelbot.understand.table import RegisterTable

_GENERIC = re.compile(
    r"(?:他|她|它|你|我|谁|什么|哪|怎|大家|自己|各位|人们|有人|别人|其他|其它|另外|市场|行业|社会|"
    r"政府|国家|监管|专家|学者|用户|客户|消费者|企业|公司|机构|"
    r"嘉宾|业内|业界|外界|网友|媒体|舆论|同行|年轻人|老人|家长|公众|群众|百姓|老百姓|论坛|会议|圆桌|"
    r"报告|文章|数据|研究|调查|统计|法律|条例|政策|文件|规定|"
    r"对|就|关于|针对|具体|有没有|是否|都|这|那|以上|上面|前面|后面|最|如何|为什么|为何|请)"
)


def find_unknown(
    folded: Folded, taken: Sequence[tuple[int, int]], table: RegisterTable, language: Language
) -> tuple[tuple[str, ...], tuple[Mention, ...]]:
    """Names in a speaker's place that nobody bears, and mentions for those that are only misspelt; none ``taken``."""
    unknown: list[str] = []
    misspelt: list[Mention] = []
    for start, end, present in _slots(folded, language):
        if any(s < end and start < e for s, e in taken):
            continue
        mention = _misspelt(folded, table, start, end)
        if mention is not None:
            misspelt.append(mention)
            continue
        handle = present and folded.text[start:end].isascii()  # in a Chinese question
        if (handle or _names_somebody(folded, start, end)) and not _may_be_known(folded.text[start:end], table):
            first, last = folded.span(start, end)
            unknown.append(folded.original[first:last])
    return tuple(dict.fromkeys(unknown)), tuple(misspelt)


def _may_be_known(text: str, table: RegisterTable) -> bool:
    """Whether a person the register knows in other letters may be meant: 林大卫 by his surname, Brendan by a B."""
    if text.isascii():
        return " " not in text and _may_be_initialled(text, table)
    surname = "".join(name_syllables(text)[0])
    entries = table.latin.get(surname, ())
    return any(entry.form.reason == "surname" for entry in entries)


def _slots(folded: Folded, language: Language) -> Iterator[tuple[int, int, bool]]:
    """The spans, in folded characters, of the single names in speakers' places; whether they are said to be there."""
    if language == "zh":
        for start, end, present in zh.unknown_slots(folded):
            for span in _split(folded.text, start, end, r"[和与跟、及]|以及"):
                yield *span, present
        return
    for first, last in english_names.unknown_slots(folded):
        if last > first:
            start, end = folded.tokens[first].start, folded.tokens[last - 1].end
            for span in _split(folded.text, start, end, r"\s+and\s+|\s*,\s*|\s+or\s+"):
                yield *span, False


def _split(text: str, start: int, end: int, separator: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = start
    for match in re.finditer(separator, text[start:end]):
        spans.append((at, start + match.start()))
        at = start + match.end()
    spans.append((at, end))
    return [_trim(text, s, e) for s, e in spans if text[s:e].strip()]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _tokens(folded: Folded, start: int, end: int) -> list[Token]:
    return [token for token in folded.tokens if token.start >= start and token.end <= end]


def names_person(text: str) -> bool:
    """Whether ``text`` by itself can only be a person's name: "Jack Ma", 马云."""
    folded = fold_question(text)
    if not folded.text.isascii():
        return folded.text not in well_known() and _chinese_name(folded.text)
    words = [token.text for token in folded.tokens]
    return (
        1 < len(words) <= 3
        and all(token.capital for token in folded.tokens)
        and tuple(words) not in well_known_english()
        and not words[-1].endswith("s")
        and not any(word in english_words("compound_nouns") or word in english_words("label_words") for word in words)
    )


def _names_somebody(folded: Folded, start: int, end: int) -> bool:
    text = folded.text[start:end]
    return _english_name(folded, _tokens(folded, start, end)) if text.isascii() else _chinese_name(text)


def _english_name(folded: Folded, tokens: list[Token]) -> bool:
    words = [token.text for token in tokens]
    if not words or len(words) > 5:
        return False
    if words[0] in english_words("honorifics") and len(words) > 1:
        return True
    if tuple(words[words[0] == "the" :]) in well_known_english():
        return True
    if words[0] == "the" and sum(token.capital for token in tokens[1:]) >= 2:  # the Bank of England
        return True
    if words[0] in english_words("determiners") or words[0] in ("a", "an", "some", "many", "most", "other"):
        return False
    known = zip([False, *(token.capital for token in tokens)], tokens, strict=False)
    loose = [token.text for named, token in known if not (named and token.capital)]  # Evan You is nobody's "you"
    if any(word in english_words("mass_nouns") or word in english_words("pronouns_plural") for word in loose):
        return False
    if any(word in english_words("auxiliaries") or word in english_words("voice_verbs") for word in words[:1]):
        return False
    if tokens[0].capital:
        return True
    # In a question without capitals a given name tells: "what did jack ma say"
    return 1 < len(words) <= 3 and not folded.cased and words[0] in _given_names() and len(words[-1]) > 1


def _chinese_name(text: str) -> bool:
    if text in well_known() or (text[-1:].isdigit() and is_numbered_label(text)):
        return True
    if _GENERIC.match(text) or text in chinese_words("not_names") or "的" in text:
        return False
    titles = "|".join(sorted((*chinese_words("courtesies"), *chinese_titles()), key=len, reverse=True))
    called = re.fullmatch(rf"(?P<surname>.{{1,2}}?)(?:{titles})|[老小阿](?P<familiar>.)", text)
    if called and (called["surname"] or called["familiar"]) in surnames():
        return True
    if re.fullmatch(r"[\u3400-\u9fff]+(?:·[\u3400-\u9fff]+)+", text):  # a foreign name
        return True
    if len(text) > 3 and re.search(r"(?:银行|集团|公司|大学|资本|科技|证券|保险|基金|律师事务所|医院)$", text):
        head = re.sub(r"(?:股份有限公司|银行|集团|公司|大学|资本|科技|证券|保险|基金|律师事务所|医院)$", "", text)
        return (
            bool(head)
            and not re.search(r"(?:家|些|种|类|型|小|大|性|业|级|有|制|网|商|界|统|间|融|外|国|数|民营|新)$", head)
            and len(head) <= 6
        )
    if not 2 <= len(text) <= 4:
        return False
    first = cut(text)[0]
    if (
        len(first) > 1
        and first != text
        and first not in surnames()
        and is_word(first, at_least=50)
        and not word_class(first).startswith("nr")
    ):
        return False  # 平台方, 金融圈: a word and a bit
    surname = split_name(text)[0]
    if len(text) == 4 and len(surname) < 2:
        return False
    return (len(surname) == 2 or surname in surnames()) and (not is_word(text) or word_class(text).startswith("nr"))


def _misspelt(folded: Folded, table: RegisterTable, start: int, end: int) -> Mention | None:
    text = folded.text[start:end]
    if text.isascii():
        words = [t.text for t in _tokens(folded, start, end) if t.text not in english_words("honorifics")]
        fits = (_near_latin(" ".join(words), table) or _initialled(words, table)) if words else ()
    else:
        fits = _same_sound(text, table)
    if not fits:
        return None
    return Mention(start=start, end=end, kind="name", fits=fits, word=text)


def _near_latin(words: str, table: RegisterTable) -> tuple[Fit, ...]:
    fits = [
        Fit(person=table.people[entry.person], confidence=0.75, reason=f"{entry.form.key}, misspelt")
        for key in table.latin_keys.get(words[:1], ())
        if abs(len(key) - len(words)) <= 2 and _is_slip(words, key)
        for entry in table.latin[key]
        if not (entry.form.reason.startswith("romanised") and _another_name(words, key))
        if entry.kind == "name" and (not entry.form.bare or len(key) >= 6)
    ]
    return best_fits(fits)


def _initialled(words: Sequence[str], table: RegisterTable) -> tuple[Fit, ...]:
    """The one whose label is the first letters of the name: Mark Wetjen is MW."""
    there = table.initials.get("".join(word[0] for word in words).upper(), ())
    return tuple(Fit(person=person, confidence=0.75, reason="initials") for person in there)


def _may_be_initialled(text: str, table: RegisterTable) -> bool:
    """Whether a given name alone may be that of a person known by initials."""
    return any(len(label) < 4 and label.casefold()[0] == text[0] for label in table.initials)


def _is_slip(words: str, key: str) -> bool:
    """Whether each word of ``words`` is the key's or a slip of it: and no other name of its own."""
    said, meant = words.split(), key.split()
    if len(said) != len(meant):
        return words.replace(" ", "") == key.replace(" ", "") and len(words) >= 6
    wrong = [(a, b) for a, b in zip(said, meant, strict=True) if a != b]
    if len(wrong) != 1:
        return False
    # A long surname behind the right given name may miss any one letter.
    long = len(said) > 1 and len(wrong[0][1]) >= 8 and DamerauLevenshtein.distance(*wrong[0]) == 1
    return long or _slipped(*wrong[0])


# Sounds that speakers of Chinese mix up.
_SOUNDS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))


def _another_name(words: str, key: str) -> bool:
    """Whether another valid pinyin was written: Zhifang is not Zhifeng, but Zifeng may be."""
    wrong = [(a, b) for a, b in zip(words.split(), key.split(), strict=False) if a != b]
    return any(
        is_pinyin(said) and not any(said.replace(a, b) == meant.replace(a, b) for a, b in _SOUNDS)
        for said, meant in wrong
    )


def _slipped(said: str, meant: str) -> bool:
    if len(meant) < 4 and not (len(meant) == 3 and sorted(said) == sorted(meant)):
        return False
    if any(said.replace(a, b) == meant.replace(a, b) for a, b in _SOUNDS):
        return True
    if said in english_words("everyday_names") or said in _given_names():
        return False
    return said[0] == meant[0] and DamerauLevenshtein.distance(said, meant) == 1 and _sounds_alike(said, meant)


_VOWELS = "aeiouyh"
_ALIKE = tuple(map(frozenset, ("ck", "sz", "cs", "vw", "mn", "gj", "bp", "dt", "fv")))


def _sounds_alike(said: str, meant: str) -> bool:
    """Letters swapped, a vowel wrong, a letter doubled: a slip. A wrong consonant makes Parker of Harker."""
    if sorted(said) == sorted(meant):
        return True
    at = next((i for i, (a, b) in enumerate(zip(said, meant, strict=False)) if a != b), min(len(said), len(meant)))
    if len(said) == len(meant):
        pair = frozenset((said[at], meant[at]))
        return pair <= set(_VOWELS) or any(pair == alike for alike in _ALIKE)
    longer = max(said, meant, key=len)
    letter = longer[at]
    return len(meant) >= 8 or letter in _VOWELS or letter in longer[max(0, at - 1) : at] + longer[at + 1 : at + 2]


def _given_names() -> frozenset[str]:
    return english_words("given_names")


def _same_sound(text: str, table: RegisterTable) -> tuple[Fit, ...]:
    """沈志锋 for 沈志峰: the same sounds and tones, one character typed wrong. Or a register in Latin letters."""
    if not 2 <= len(text) <= 4 or not re.fullmatch(r"[\u3400-\u9fff]+", text):
        return ()
    if is_word(text) and not word_class(text).startswith("nr"):
        return ()
    said = name_syllables(text, tones=True)
    fits = [
        Fit(person=table.people[entry.person], confidence=0.7 if len(text) > 2 else 0.6, reason=f"sounds like {key}")
        for key, entries in table.han.items()
        if len(key) == len(text) and _one_differs(key, text) and name_syllables(key, tones=True) == said
        for entry in entries
        if entry.kind == "name" and not entry.form.bare
    ]
    surname, given = name_syllables(text)
    key = f"{''.join(surname)} {''.join(given)}".replace("v", "u")
    fits.extend(
        Fit(person=table.people[entry.person], confidence=0.75, reason=f"romanised {key}")
        for entry in table.latin.get(key, ())
        if entry.kind == "name" and entry.form.reason in ("full name", "surname before given name")
    )
    return best_fits(fits)


def _one_differs(a: str, b: str) -> bool:
    return sum(x != y for x, y in zip(a, b, strict=True)) == 1
