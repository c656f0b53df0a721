"""How long the stages of one question take: recorded where a caller asks for it, free for all others.

Knows names and clocks; every stage may use it, none has to.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_RECORDER: ContextVar[_Recorder | None] = ContextVar("panelbot_stages", default=None)


class _Recorder:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.within: list[float] = []  # for each running stage, the time spent in stages inside it


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Count the block's time as stage ``name``, without the stages inside it."""
    recorder = _RECORDER.get()
    if recorder is None:
        yield
        return
    recorder.within.append(0.0)
    began = time.perf_counter()
    try:
        yield
    finally:
        took = time.perf_counter() - began
        recorder.seconds[name] = recorder.seconds.get(name, 0.0) + took - recorder.within.pop()
        if recorder.within:
            recorder.within[-1] += took


@contextmanager
def record_stages() -> Iterator[dict[str, float]]:
    """The seconds each stage takes within the block, in this thread; complete when the block ends."""
    recorder = _Recorder()
    token = _RECORDER.set(recorder)
    try:
        yield recorder.seconds
    finally:
        _RECORDER.reset(token)
