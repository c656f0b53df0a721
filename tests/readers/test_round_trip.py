"""Any transcript, written in any form it can be written in, comes back with the same turns."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panelbot.readers import read_file
from panelbot.readers.drafts import Piece, join_turns
from readers.writers import WRITERS, Said

NAMES = (
    *("苏禾", "陆一鸣", "欧阳修竹", "史蒂夫·乔布斯", "沈总", "主持人", "现场观众", "发言人1", "发言人2"),
    *("Ines Falk", "Mei O'Neil-Smith", "Moderator", "Speaker 2", "Alice", "Tom van der Berg"),
)
# Speech that is full of what looks like labels.
TRICKY = (
    *(
        "第一个问题：成本。",
        "关键词：银行",
        "时间：三点",
        "他说：“不行。”",
        "1. 成本：高",
        "老板问我：去不去？",
        "注意：别误会。",
    ),
    *(
        "Note: mind it.",
        "See https://a.example/x: it is there.",
        "At 12:30 we left.",
        "The reason is: money.",
        "a < b & c > d",
    ),
)
SPEECH = st.text(alphabet="银行网点客流恢复得慢了我们说的是数字化，。？abc def ’（）《》123%", min_size=1, max_size=60)


def _is_plain(text: str) -> bool:
    return text == " ".join(text.split()) and any(character.isalpha() for character in text)


TEXT = st.sampled_from(TRICKY) | SPEECH.map(lambda text: " ".join(text.split())).filter(_is_plain)


@st.composite
def panels(draw: st.DrawFn) -> list[Said]:
    """At least two speakers who both speak twice, each turn by another speaker than the one before."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True))
    speakers = [*names[:2], *draw(st.lists(st.sampled_from(names), max_size=8)), *names[:2]]
    order = [speakers[0], *(after for before, after in pairwise(speakers) if after != before)]
    return [(who, draw(TEXT)) for who in order]


@pytest.mark.parametrize(("name", "write"), WRITERS.values(), ids=WRITERS)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(said=panels())
def test_what_is_written_is_read(tmp_path: Path, name: str, write: object, said: list[Said]) -> None:
    path = tmp_path / name
    path.write_bytes(write(said))  # type: ignore[operator]
    (reading,) = read_file(path)
    assert [(turn.speaker, turn.text) for turn in reading.transcript.turns] == said


# Where every paragraph begins with a label, one that looks like a label is one: such are not in these.
PARAGRAPHS = st.lists(TEXT.filter(lambda text: not re.search("[:：]", text)), min_size=1, max_size=4)


@settings(max_examples=30, deadline=None)
@given(said=panels(), extra=PARAGRAPHS, separator=st.sampled_from(["\n", "\n\n"]))
def test_paragraphs_of_a_turn_stay_in_it(
    tmp_path_factory: pytest.TempPathFactory, said: list[Said], extra: list[str], separator: str
) -> None:
    who, text = said[1]
    said[1] = (who, separator.join([text, *extra]))
    path = tmp_path_factory.mktemp("panel") / "a.txt"
    path.write_text("\n\n".join(f"{who}：{text}" for who, text in said), encoding="utf-8")
    (reading,) = read_file(path)
    assert [(turn.speaker, turn.text) for turn in reading.transcript.turns] == said


@pytest.mark.shared
@pytest.mark.parametrize("form", ["{who}：{text}\n\n", "{who}  00:{n:02}:00\n{text}\n\n", "**{who}:** {text}\n\n"])
def test_the_development_roundtables_come_back_from_text(shared: Path, tmp_path: Path, form: str) -> None:
    for path in sorted((shared / "eval" / "vcsum" / "transcripts").glob("*.json")):
        turns = read_file(path)[0].transcript.turns
        said = join_turns(Piece(speaker=turn.speaker, text=turn.text.strip()) for turn in turns)
        written = "".join(form.format(who=turn.speaker, text=turn.text, n=turn.index % 60) for turn in said)
        (tmp_path / "a.txt").write_text(written, encoding="utf-8")
        read = read_file(tmp_path / "a.txt")[0].transcript.turns
        assert [(turn.speaker, turn.text) for turn in read] == [(turn.speaker, turn.text) for turn in said]
