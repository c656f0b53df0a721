"""One reply from an OpenAI-compatible endpoint, streamed or its first word alone, or one reason why there is none.

Knows HTTP and its failures; does not know what is asked, nor whether the reply is true. Nothing is tried twice.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

from panelbot.config import Settings
from panelbot.errors import GenerationError
from panelbot.types import Language

Reason = Literal["timeout", "refused", "rate", "status", "broken", "empty", "malformed", "no_answer", "unproved"]

MAX_REPLY = 6000  # characters; a model that does not stop is stopped
PATIENCE = 5  # the whole reply may take this many times the wait for its next piece
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
    with _reasons(lambda: bool(text)):
        for content, reason in _chunks(messages, settings):
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
    with _reasons(lambda: False), _client(settings) as client:
        reply = client.chat.completions.create(
            model=settings.llm_model or "default",
            messages=messages,
            temperature=0,
            max_tokens=1,
            logprobs=True,
            top_logprobs=N_LIKELY,
        )
        choices = getattr(reply, "choices", None)
        if not isinstance(choices, list) or not choices:
            raise ReplyError("empty")
        return _likely(choices[0])


def _likely(choice: Any) -> dict[str, float]:
    words = getattr(getattr(choice, "logprobs", None), "content", None)
    likely = getattr(words[0], "top_logprobs", None) if isinstance(words, list) and words else None
    found = ((getattr(entry, "token", ""), getattr(entry, "logprob", None)) for entry in likely or [])
    return {str(token): math.exp(min(0.0, float(log))) for token, log in found if log is not None}


@contextmanager
def _reasons(begun: Callable[[], bool]) -> Iterator[None]:
    """What goes wrong inside as a ReplyError; ``begun`` tells whether part of the reply has come."""
    import httpx
    import openai

    try:
        yield
    except (openai.APITimeoutError, httpx.TimeoutException):
        raise ReplyError("timeout") from None
    except openai.RateLimitError:
        raise ReplyError("rate") from None
    except openai.APIStatusError as error:
        raise ReplyError("status", f"HTTP {error.status_code}") from None
    except openai.APIConnectionError:
        raise ReplyError("broken" if begun() else "refused") from None
    except (openai.OpenAIError, httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError, TypeError):
        raise ReplyError("broken") from None  # ended mid-stream, or sent what is no stream of JSON


def _client(settings: Settings) -> Any:
    import openai

    return openai.OpenAI(
        base_url=settings.llm_base_url,
        api_key=settings.llm_api_key or "none",  # local servers want no key, the client wants one
        timeout=settings.llm_timeout,
        max_retries=0,
    )


def _chunks(messages: list[dict[str, str]], settings: Settings) -> Iterator[tuple[str, str]]:
    """Each piece of the reply with the reason it was the last, empty while there is more."""
    deadline = time.monotonic() + PATIENCE * settings.llm_timeout
    with _client(settings) as client:
        stream = client.chat.completions.create(
            model=settings.llm_model or "default", messages=messages, temperature=0, max_tokens=1000, stream=True
        )
        with stream:
            for chunk in stream:
                if time.monotonic() > deadline:
                    raise ReplyError("timeout")
                yield _content(chunk)


def _content(chunk: Any) -> tuple[str, str]:
    choices = getattr(chunk, "choices", None)
    if not isinstance(choices, list) or not choices:
        return "", ""
    content = getattr(getattr(choices[0], "delta", None), "content", None)
    reason = getattr(choices[0], "finish_reason", None)
    return content if isinstance(content, str) else "", reason if isinstance(reason, str) else ""


def visible(text: str) -> str:
    """``text`` without what a model thinks aloud before it answers."""
    return re.sub(r"<think>.*?(?:</think>|$)", "", text, flags=re.DOTALL).lstrip()
