"""The words of the interface in English and Chinese, and which of the two a visitor reads.

It knows no transcript and no answer; what an answer says is written where answers are composed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from panelbot.types import Language

COOKIE = "panelbot_language"


class _Request(Protocol):
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def cookies(self) -> Mapping[str, str]: ...


def language_of(request: _Request | None) -> Language:
    """The interface language of a visitor: the switch where it was used, else the browser's first language."""
    if request is None:
        return "en"
    chosen = request.cookies.get(COOKIE, "")
    if chosen in ("zh", "en"):
        return "zh" if chosen == "zh" else "en"
    return "zh" if request.headers.get("accept-language", "").lstrip().lower().startswith("zh") else "en"


def say(key: str, language: Language, /, **values: str | int) -> str:
    """The words for ``key``, with ``{name}`` places filled."""
    english, chinese = WORDS[key]
    return (chinese if language == "zh" else english).format(**values)


def both(key: str) -> dict[Language, str]:
    """The words for ``key`` in both languages."""
    english, chinese = WORDS[key]
    return {"en": english, "zh": chinese}


WORDS: dict[str, tuple[str, str]] = {
    # The frame
    "tagline": ("Who said what, word for word", "谁说了什么，一字不差"),
    "switch_language": ("中文", "English"),
    "switch_language_label": ("切换到中文", "Switch to English"),
    "switch_theme": ("Light or dark", "浅色或深色"),
    "new_conversation": ("New conversation", "新对话"),
    "chat": ("Chat", "对话"),
    "sources": ("Transcript", "原文"),
    "views": ("Views", "视图"),
    # The chat
    "question": ("Your question", "你的问题"),
    "question_hint": ("Ask who said what…", "问问谁说了什么……"),
    "send": ("Ask", "提问"),
    "conversation": ("Conversation", "对话内容"),
    "welcome": ("What would you like to know?", "想知道什么？"),
    "welcome_hint": (
        "Every sentence of an answer is backed by a quote you can see in its place.",
        "答案的每句话都有原话为据，点一下就能看到它在原文中的位置。",
    ),
    "no_transcripts": (
        "There is no transcript yet. Add one under “Add”.",
        "还没有任何会议记录，请在“添加”里加入一份。",
    ),
    "examples": ("Try one of these", "可以这样问"),
    "you": ("You", "你"),
    "searching": ("Reading the transcripts…", "正在查阅原文……"),
    "searched": ("Searched for", "检索的问题"),
    "quotes": ("Quotes", "原话"),
    "nearest": ("Closest to it", "最接近的内容"),
    "citation_label": (
        "Quote {number}: {speaker}. Show it in the transcript",
        "原话 {number}：{speaker}，在原文中查看",
    ),
    "turn": ("turn {number}", "第 {number} 段发言"),
    "failed": (
        "Something went wrong on the server. The question is still there; try again.",
        "服务器出了点问题，请再试一次。",
    ),
    "empty_question": ("Type a question first.", "请先输入问题。"),
    "long_question": (
        "The question is too long; keep it under {limit} characters.",
        "问题太长了，请控制在 {limit} 个字符以内。",
    ),
    # The transcript pane
    "choose_transcript": ("Transcript", "会议记录"),
    "overview": ("Overview of the conversation; arrow keys move from turn to turn", "整场对话概览，用方向键逐段移动"),
    "gone": ("That transcript is no longer here.", "这份会议记录已经不在了。"),
    "link": ("Link to this turn", "这段发言的链接"),
    "moderator": ("moderator", "主持人"),
    "panelist": ("panelist", "嘉宾"),
    "audience": ("audience", "观众"),
    "unknown": ("role unknown", "身份未知"),
}
