"""Bytes to text: every encoding a Chinese or English transcript is saved in."""

from __future__ import annotations

from pathlib import Path

import pytest

from panelbot.readers import read_file
from panelbot.readers.decode import decode
from readers.sample import turns_of

SIMPLIFIED = (
    "主持人：大家好，欢迎来到今天的圆桌论坛。\n陆一鸣：谢谢主持人，我们银行在疫情期间做了很多数字化的工作，网点客流量已经慢慢恢复了。\n"
    "苏禾：“金融科技”的发展，离不开数据；《个人信息保护法》出台以后……\n"
)
TRADITIONAL = (
    "主持人：大家好，歡迎來到今天的圓桌論壇。\n陸一鳴：謝謝主持人，我們銀行在疫情期間做了很多數位化的工作，分行客流量已經慢慢恢復了。\n"
    "蘇禾：「金融科技」的發展，離不開數據；《個人資料保護法》出台以後……\n"
)
ENGLISH = "Ines: It’s a “nice” day — isn’t it?\nTom: Café, naïve, résumé.\n"
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", [*UNICODE, "gb18030", "gbk"])
def test_simplified_text(encoding: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding)) == SIMPLIFIED


@pytest.mark.parametrize("encoding", [*UNICODE, "big5", "cp950", "gb18030"])
def test_traditional_text(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)) == TRADITIONAL


@pytest.mark.parametrize("encoding", [*UNICODE, "cp1252"])
def test_english_text(encoding: str) -> None:
    assert decode(ENGLISH.encode(encoding)) == ENGLISH


@pytest.mark.parametrize("line", [*SIMPLIFIED.splitlines(), "张三：好", "柏亮:都说疫情", "Speaker 1: 好的 thanks"])
def test_a_single_line_tells_gb18030(line: str) -> None:
    assert decode(line.encode("gb18030")) == line


@pytest.mark.parametrize("line", [*TRADITIONAL.splitlines(), "張三：好", "Speaker 1: 好的 thanks"])
def test_a_single_line_tells_big5(line: str) -> None:
    assert decode(line.encode("big5")) == line


@pytest.mark.parametrize("cut", [1, 2])
def test_a_file_cut_inside_a_character_is_still_read(cut: int) -> None:
    assert (decode(SIMPLIFIED.strip().encode()[:-cut]) or "").startswith(SIMPLIFIED[:40])


@pytest.mark.shared
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_the_real_roundtable_in_other_encodings(shared: Path, tmp_path: Path, encoding: str) -> None:
    source = shared / "corpus" / "fintech-roundtable-2020.txt"
    copy = tmp_path / source.name
    copy.write_bytes(source.read_text(encoding="utf-8").encode(encoding))
    assert turns_of(read_file(copy)[0]) == turns_of(read_file(source)[0])


@pytest.mark.shared
def test_the_real_roundtable_in_traditional_big5(shared: Path) -> None:
    from opencc import OpenCC

    source = (shared / "corpus" / "fintech-roundtable-2020.txt").read_text(encoding="utf-8")
    data = OpenCC("s2t").convert(source).encode("big5", errors="ignore")
    assert decode(data) == data.decode("big5")


def test_line_ends_and_invisible_characters_vanish(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\u200b苏禾\u200b：你\ufeff好\r\n陆一鸣：你\u2060好\r苏禾：\u200e好\n".encode())
    assert turns_of(read_file(path)[0]) == [("苏禾", "你好"), ("陆一鸣", "你好"), ("苏禾", "好")]
