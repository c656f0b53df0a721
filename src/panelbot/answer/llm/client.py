"""One reply from an OpenAI-compatible endpoint, streamed or its first word alone, or one reason why there is none.

Knows that the server may be anything: what it sends has a deadline as a whole and a size, and it sends nobody
elsewhere. Does not know what is asked, nor whether the reply is true. Nothing is tried twice.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal, cast

from panelbot.answer.llm.wire import WireError, receive
from panelbot.config import Settings
from panelbot.errors import GenerationError
from panelbot.types import Language

Reason = Literal["timeout", "refused", "rate", "status", "broken", "empty", "malformed", "no_answer", "unproved"]

MAX_REPLY = 6000  # characters; a model that does not stop is stopped
N_LIKELY = 20  # first words whose probabilities are asked for: the most that servers give

_NOTES: dict[Reason, tuple[str, str]] = {
    "timeout": ("The language model did not answer in time", "语言模型没有及时回复"),
    "refused": ("The language model cannot be reached", "无法连接语言模型"),
    "rate": ("The language model is busy (too many requests)", "语言模型请求过多，暂时无法使用"),
    "status": ("The language model refused the request", "语言模型拒绝了请求"),
    "broken": ("The language model's reply broke off", "语言模型的回复中断了"),
    "empty": ("The language model gave an empty reply", "语言模型的回复是空的"),
    "malformed": ("The language model's reply cited no passage", "语言模型的回复没有引用任何段落"),
    "no_answer": ("The language model found no answer in the passages", "语言模型没有在这些段落里找到答案"),
    "unproved": ("Nothing the language model wrote could be proved", "语言模型写的内容都无法核实"),
}


class ReplyError(GenerationError):
    """No usable reply, and the ``reason`` why."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{_NOTES[reason][0]}{f' ({detail})' if detail else ''}.")
        self.reason: Reason = reason
        self.detail = detail

    def note(self, language: Language) -> str:
        """One line for the asker: why quotes are given instead."""
        if language == "zh":
            return f"{self._why(language)}，以下是原话摘录。"
        return f"{self._why(language)}; the answer is made of quotes instead."

    def reason_in(self, language: Language) -> str:
        """One line for the asker: the reason alone."""
        return self._why(language) + ("。" if language == "zh" else ".")

    def _why(self, language: Language) -> str:
        detail = f" ({self.detail})" if self.detail else ""
        return _NOTES[self.reason][language == "zh"] + detail


def stream_reply(messages: list[dict[str, str]], settings: Settings) -> Iterator[str]:
    """The reply as it comes, each time from its beginning, a model's thinking left out.

    Raises:
        ReplyError: no reply, or one that ended before it was whole.
    """
    finished, text = False, ""
    asked = {"messages": messages, "temperature": 0, "max_tokens": 1000, "stream": True}
    for content, reason in _chunks(asked, settings):
        text += content
        finished = finished or bool(reason)
        if content:
            yield visible(text)
        if len(text) > MAX_REPLY:
            finished = True
            break
    if not visible(text).strip():
        raise ReplyError("empty")
    if not finished and not re.search(r"[。.!?！？\]]\s*$", text):
        raise ReplyError("broken")


def first_word(messages: list[dict[str, str]], settings: Settings) -> dict[str, float]:
    """The probabilities, 0..1, of the likeliest words a reply would begin with, by token.

    Empty where the server does not tell: the word alone says little, since a small model leans one way or the other.

    Raises:
        ReplyError: no reply.
    """
    asked = {"messages": messages, "temperature": 0, "max_tokens": 1, "logprobs": True, "top_logprobs": N_LIKELY}
    choice = _choice(_parsed(b"".join(line for lines in _lines(asked, settings) for line in lines)))
    if choice is None:
        raise ReplyError("empty")
    return _likely(choice)


def left(settings: Settings, until: float) -> Settings:
    """The settings with the time that is left of a question's ``llm_timeout``; ``until`` is of ``time.monotonic``."""
    return replace(settings, llm_timeout=max(0.01, until - time.monotonic()))


def _likely(choice: dict[str, Any]) -> dict[str, float]:
    words = _dict(choice.get("logprobs")).get("content")
    told = _dict(words[0]).get("top_logprobs") if isinstance(words, list) and words else None
    likely = cast("list[Any]", told) if isinstance(told, list) else []
    found = ((entry.get("token"), entry.get("logprob")) for entry in map(_dict, likely))
    return {
        token: math.exp(min(0.0, log))
        for token, log in found
        if isinstance(token, str) and isinstance(log, int | float) and math.isfinite(log)
    }


def _chunks(asked: dict[str, Any], settings: Settings) -> Iterator[tuple[str, str]]:
    """What has come of the reply each time, with the reason it was the last, empty while there is more."""
    for lines in _lines(asked, settings):
        text, ended = "", ""
        for line in lines:
            name, _, data = line.partition(b":")
            if name != b"data":  # a comment, or a field of the stream that says nothing here
                continue
            if data.strip() == b"[DONE]":
                yield text, ended
                return
            content, reason = _content(_choice(_parsed(data)) or {})
            text, ended = text + content, reason or ended
        yield text, ended


def _content(choice: dict[str, Any]) -> tuple[str, str]:
    content, reason = _dict(choice.get("delta")).get("content"), choice.get("finish_reason")
    return content if isinstance(content, str) else "", reason if isinstance(reason, str) else ""


def _lines(asked: dict[str, Any], settings: Settings) -> Iterator[list[bytes]]:
    """The lines of the server's reply, those that came together together."""
    url = settings.llm_base_url.rstrip("/") + "/chat/completions"
    headers = {"authorization": f"Bearer {settings.llm_api_key or 'none'}"}  # local servers want none, proxies any
    try:
        yield from receive(url, headers, {"model": settings.llm_model or "default", **asked}, settings.llm_timeout)
    except WireError as failure:
        raise ReplyError(failure.reason, failure.detail) from None


def _parsed(data: bytes) -> dict[str, Any]:
    try:
        reply = _dict(json.loads(data))
    except (ValueError, RecursionError):
        raise ReplyError("broken") from None
    if reply.get("error"):
        raise ReplyError("broken")
    return reply


def _choice(reply: dict[str, Any]) -> dict[str, Any] | None:
    choices = reply.get("choices")
    return _dict(choices[0]) if isinstance(choices, list) and choices else None


def _dict(value: Any) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def visible(text: str) -> str:
    """``text`` without what a model thinks aloud before it answers."""
    return re.sub(r"<think>.*?(?:</think>|$)", "", text, flags=re.DOTALL).lstrip()
