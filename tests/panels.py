"""Small invented panels for tests, and a bot over them that needs no model."""

from __future__ import annotations

from pathlib import Path

from panelbot import PanelBot, Settings
from panelbot.embedding import HashEmbedder

HARBOUR = """圆桌：港口夜谈
时间：2031年5月2日

主持人 白露：欢迎各位。今天由我主持，先请青禾银行的陆远谈谈网点。
陆远（青禾银行 运营总监）：青禾银行的网点客流量已经恢复到去年的八成，东岸的网点更快一些。
顾澜（潮声科技 首席技术官）：我们把渡轮的票务系统搬到了云上，故障率下降了一半。
白露：那么成本呢？
顾澜：成本先升后降，第二年省下三百万元。
陆远：对，我同意。
白露：谢谢两位，今天就到这里。
"""

LIBRARY = """Title: Night readers
Date: 2031-06-11

Moderator: Welcome. With me are Ana Ruiz of the Harbour Library and Tom Okafor, who runs Lantern Books.
Ana Ruiz: The library keeps its reading room open until midnight, and a third of the visitors are nurses.
Tom Okafor: Bookshops cannot do that. Our rent doubled in two years, so we close at six.
Moderator: What would help?
Ana Ruiz: A night bus. Nobody walks home alone from the harbour at one in the morning.
Moderator: Thank you both.
"""


def write_panels(folder: Path) -> Path:
    """Write both panels into ``folder`` and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "library.txt").write_text(LIBRARY, encoding="utf-8")
    return folder


def open_bot(folder: Path) -> PanelBot:
    """An index in ``folder`` with an embedder that hashes words."""
    return PanelBot.open(folder, settings=Settings(embedding_model="hash"), embedder=HashEmbedder())
