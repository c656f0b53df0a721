"""Any label in any form: the words of a turn stand under the label that the form marks, or under nobody's name."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from string import ascii_letters

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from panelbot.people import parse_label
from panelbot.readers import read_file
from readers.label_forms import FORMS, LabelForm, Said

LABELS = (
    *("VK", "TBQ", "R. J. Munk", "B.B. Aalto", "ivo.lind", "nora_fes", "@kelpie", "pip-squeak", "qx()", "Ola [work]"),
    *(
        "+47 91***204",
        "138****5521",
        "Room 4B",
        "3号会议室",
        "North Annex (2nd floor)",
        "Moderator",
        "Interpreter",
        "Q",
        "Chairperson",
    ),
    *(
        "Lorne, Vita (External)",
        "Tarn, Ezra",
        "Pell | Harbour Trust",
        "Ines Roe - Canal Board",
        "Hale Otis (he/him)",
        "Dr. Una Sisk",
    ),
    *(
        "Prof. Em. Abel Grout",
        "Rep. Dace (D-VT)",
        "Mrs O'Shea-Blythe",
        "Canal Board Engineer Rhys Tolland",
        "Jo",
        "Ødegård, Bjørn",
    ),
    *(
        "Marek's iPad",
        "iPhone (7)",
        "user 20931",
        "Speaker 12",
        "Agent47",
        "Lina 2.0",
        "Note",
        "Status",
        "Summary",
        "🐙 Wren",
        "Bo 🚲",
    ),
    *(
        "主持人",
        "发言人 4",
        "市水务局规划处顾明远处长",
        "居民代表方小满",
        "鄭惠如議員",
        "歐陽錦棠",
        "薇",
        "关键词",
        "小鹿🦌",
        "参会人7",
        "林-技术部",
    ),
    *("港务集团-吴启航", "副主席", "陆工", "C座前台"),
)
SPEECH = (
    "The pump house has been dry since the second week of April, and nobody told the tenants why.",
    "I would rather see the old survey before we vote on another one.",
    "Could somebody send round the drawings? Mine stop at page nine.",
    "We paid for the fence twice, once in spring and once when it blew over.",
    "That is not what the contractor wrote to us, but I will check it tonight.",
    "Let us keep the ferry running until the bridge has had its second test.",
    "My worry is the school run; forty children cross there before eight.",
    "Fair enough. Then we measure the noise again once the leaves are off the trees.",
    "There were eleven complaints in May and only two of them were about the lamps.",
    "I can live with that, as long as the plan says who mows the verge.",
)
SPEECH_ZH = (
    "泵房从四月第二周起就没有水，也没有人告诉租户原因。",
    "我还是想先看看旧的勘测报告，再来表决要不要做新的。",
    "图纸能不能再发一遍？我手里的只到第九页。",
    "围栏的钱我们付了两次，春天一次，被风刮倒以后又是一次。",
    "施工方写给我们的不是这样，不过我今晚再核对一下。",
    "桥做完第二次测试之前，渡船先不要停。",
    "我担心的是上学那一段路，八点以前有四十个孩子要过去。",
    "这样也行，那就等树叶落了以后再测一次噪声。",
    "五月一共有十一件投诉，只有两件说的是路灯。",
    "只要方案里写清楚谁来割草，我可以接受。",
)


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


def panel(labels: list[str], order: list[str], start: int = 0) -> Said:
    """What the ``order`` of speakers says: each turn another sentence, in the language of its label."""
    said = []
    for n, label in enumerate(order):
        pool = SPEECH_ZH if _is_chinese(label) else SPEECH
        said.append(
            (
                label,
                f"{pool[(start + n) % len(pool)]} {pool[(start + 3 * n + 1) % len(pool)]}"
                if n % 3
                else pool[(start + n) % len(pool)],
            )
        )
    assert set(order) == set(labels)
    return said


def judge(form: LabelForm, said: Said, folder: Path) -> tuple[Counter[str], list[str]]:
    """Characters of speech that came out ``right``, under ``other`` names, under ``nobody``, or ``lost``."""
    path = folder / f"panel{form.suffix}"
    path.write_bytes(form.write(said))
    (reading,) = read_file(path)
    counts: Counter[str] = Counter()
    faults = []
    heard = [(turn.speaker, turn.text) for turn in reading.transcript.turns]
    at, after = 0, 0
    for label, text in said:
        found = next((n for n in range(at, len(heard)) if heard[n][1].find(text, after if n == at else 0) >= 0), None)
        if found is None:
            kind, speaker = "lost", ""
        else:
            after = heard[found][1].find(text, after if found == at else 0) + len(text)
            at, speaker = found, heard[found][0]
            kind = "right" if is_right(label, speaker) else "other" if speaker else "nobody"
        counts[kind] += len(text)
        if kind != "right":
            faults.append(f"{kind} {label!r} -> {speaker!r}" + ("" if reading.warnings else ", no warning"))
    return counts, faults


def is_right(label: str, speaker: str) -> bool:
    """Whether ``speaker`` is ``label`` as written, in any case and without its pictures, or the person it names."""
    return any(
        _letters(speaker) == _letters(one) for one in (label, parse_label(label).name, parse_label(label.upper()).name)
    )


def _letters(name: str) -> str:
    return " ".join("".join(sign for sign in name if ord(sign) < 0x1F000).casefold().split())


@pytest.mark.parametrize("name", FORMS)
def test_every_label_is_right_in_every_form(name: str, tmp_path: Path) -> None:
    form = FORMS[name]
    labels = [label for label in LABELS if form.holds(label)]
    mixed = [labels[n * 7 % len(labels)] for n in range(len(labels))] if len(labels) % 7 else labels
    total: Counter[str] = Counter()
    faults = []
    for n in range(0, len(mixed), 2):
        a, b, c, d, once = (mixed + mixed)[n : n + 5]
        counts, wrong = judge(
            form, panel([a, b, c, d, once], [a, b, c, a, d, b, once, a, c, d, b, c, a, d], n), tmp_path
        )
        total.update(counts)
        faults += wrong
    assert total["other"] == total["lost"] == 0, faults
    assert not any("no warning" in fault for fault in faults), faults
    assert total["right"] >= 0.97 * total.total(), faults


_EDGE = st.sampled_from(ascii_letters) | st.characters(categories=("Lu", "Ll", "Lo", "Nd"), max_codepoint=0xFFFF)
_INNER = _EDGE | st.sampled_from(" .-_@'()&/+#*🦊")
_WORDS = ("", "", "", " the ", " speaker ", "我们的", "关于", "因此")


@st.composite
def any_label(draw: st.DrawFn) -> str:
    """A text that begins and ends with a letter or digit, as what begins "- " or "# " is a bullet or a heading."""
    text = draw(_EDGE) + "".join(draw(st.lists(_INNER, max_size=16))) + draw(st.sampled_from(_WORDS)) + draw(_EDGE)
    return " ".join(text.split())


@st.composite
def panels(draw: st.DrawFn, form: LabelForm) -> Said:
    """3 to 60 speakers with any labels, most of them more than once, in any order."""
    kept = any_label().filter(form.holds).filter(lambda text: any(sign.isalpha() for sign in text))
    size = draw(st.integers(3, 60))
    labels = draw(
        st.lists(kept, min_size=size, max_size=size, unique_by=lambda text: parse_label(text).name.casefold())
    )
    often = labels[: max(2, size // 2)]
    order = [*often, *labels, *draw(st.lists(st.sampled_from(often), max_size=20)), *often]
    order = [order[0], *(after for before, after in pairwise(order) if after != before)]
    return panel(labels, order, draw(st.integers(0, 9)))


_SLOW = [
    HealthCheck.function_scoped_fixture,
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
]


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=_SLOW)
@given(data=st.data())
def test_any_label_comes_out_exactly(name: str, tmp_path: Path, data: st.DataObject) -> None:
    counts, faults = judge(FORMS[name], data.draw(panels(FORMS[name])), tmp_path)
    assert counts["other"] == counts["lost"] == 0, faults
    assert counts["right"] == counts.total(), faults
