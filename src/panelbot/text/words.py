"""Words for keyword search: jieba's for Chinese, runs of letters and digits for the rest, folded.

Does not know which words matter in a corpus; the keyword index weighs them.
"""

from __future__ import annotations

import logging
import re
import threading
from functools import lru_cache
from typing import Any

from panelbot.text.fold import fold

_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_lock = threading.Lock()

STOP_WORDS = frozenset(
    "a an the and or but if of to in on at by for with from as into about over after before than that this these those "
    "is are was were be been being am do does did done have has had having will would can could shall should may might "
    "must i you he she it we they me him her us them my your his its our their mine yours ours theirs who whom whose "
    "what which when where why how there here not no nor so too very just also only own same such both each other "
    "some any all more most few much many up down out off again then once said say says saying tell tells told talk "
    "talked talks mention mentioned mentions speak spoke discuss discussed think thinks thought panel panelists "
    "的 了 是 在 我 你 他 她 它 们 我们 你们 他们 她们 这 那 这个 那个 这些 那些 和 与 及 或 而 也 都 就 还 又 很 不 没 没有 有 "
    "把 被 对 对于 关于 从 到 向 于 以 为 为了 因为 所以 但 但是 如果 虽然 然后 那么 这样 那样 什么 怎么 怎样 如何 为什么 哪 哪些 哪里 "
    "谁 吗 呢 吧 啊 呀 嘛 哦 嗯 上 下 里 中 个 一 一个 一些 会 能 要 可以 可能 应该 说 说过 谈 谈到 提到 讲 讲到 认为 觉得 看待 看法 "
    "怎么看 怎么样 之 其 其实 就是 还是 或者 以及 等 等等 自己 大家 各位 嘉宾".split()
)


@lru_cache(maxsize=1)
def _jieba() -> Any:
    import jieba

    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


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


def content_words(text: str) -> tuple[str, ...]:
    """The words of ``text`` that carry its subject: no stop words, repeats kept."""
    return tuple(word for word in words(text) if word not in STOP_WORDS)
