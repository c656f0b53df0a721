"""Coroutines run to their end in a thread of their own: a browser of another test may have left a loop in this one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def wait_for(begin: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """What the coroutine gives that ``begin`` makes."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(begin())).result()
