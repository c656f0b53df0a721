"""A memory of what was read, the least used forgotten first. Knows neither what it holds nor where that came from."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Values by key while their sizes together are at most ``most``; safe to use from many threads at once."""

    def __init__(self, most: int, size: Callable[[V], int]) -> None:
        self._most = most
        self._size = size
        self._taken = 0
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, keys: Collection[K], read: Callable[[Collection[K]], Mapping[K, V]]) -> dict[K, V]:
        """The values of ``keys``; ``read`` gives those that are not kept, which may be done twice at once."""
        found: dict[K, V] = {}
        with self._lock:
            for key in keys:
                if key in self._values:
                    self._values.move_to_end(key)
                    found[key] = self._values[key]
        if len(found) < len(keys) and (new := [key for key in dict.fromkeys(keys) if key not in found]):
            read_now = read(new)
            found.update(read_now)
            self._put(read_now)
        return found

    def _put(self, values: Mapping[K, V]) -> None:
        with self._lock:
            for key, value in values.items():
                if key not in self._values:
                    self._taken += self._size(value)
                    self._values[key] = value
            while self._taken > self._most and len(self._values) > 1:
                self._taken -= self._size(self._values.popitem(last=False)[1])
