"""A page served by a process of its own: what a web server leaves behind at its end stays out of the tests'.

The bot lives there too; ``Remote`` reaches it from here.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from multiprocessing import get_context
from multiprocessing.managers import BaseManager
from typing import Any
from unittest import mock

import httpx

from fakes.panel_bot import FakeBot
from panelbot.types import Transcript


class Host:
    """In the serving process: the page and its bot."""

    def __init__(self, cache: str) -> None:
        self.called: set[str] = set()  # hosts that were looked up or connected to
        sys.addaudithook(self._note)
        self.bot: Any = None
        self.page: Any = None
        self.environ: Any = None
        self.cache = cache

    def serve_fake(self, transcripts: Sequence[Transcript], options: dict[str, Any]) -> str:
        """Serve the fake bot; the page's address."""
        return self._serve(FakeBot(transcripts), options)

    def serve_index(self, folder: str, paths: Sequence[str], settings: dict[str, Any], options: dict[str, Any]) -> str:
        """Add files to an index and serve it; the page's address."""
        from panelbot.bot import PanelBot
        from panelbot.config import Settings

        bot = PanelBot.open(folder, settings=Settings(**settings))
        bot.add(paths)
        return self._serve(bot, options)

    def _serve(self, bot: Any, options: dict[str, Any]) -> str:
        from panelbot.app.server import launch

        self.bot = bot
        self.environ = mock.patch.dict(os.environ, PANELBOT_CACHE=options.pop("cache", self.cache))
        self.environ.start()
        addresses: list[str] = []
        try:
            self.page = launch(bot, ready=addresses.append, block=False, **{"port": _free_port(), **options})
        except BaseException:  # another page is served from this process later
            self.environ.stop()
            raise
        return addresses[0]

    def close(self) -> None:
        """Serve no longer."""
        if self.environ is not None:
            self.environ.stop()
        if self.page is not None:
            self.page.close(verbose=False)

    def _note(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(args[1], tuple):
            self.called.add(str(args[1][0]))
        elif event == "socket.getaddrinfo":
            self.called.add(str(args[0]))

    def hosts(self) -> set[str]:
        """The hosts this process has called since it began."""
        return self.called

    def read(self, name: str) -> Any:
        """An attribute of the bot."""
        return getattr(self.bot, name)

    def call(self, name: str, *args: Any) -> Any:
        """What a method of the bot returns."""
        return getattr(self.bot, name)(*args)

    def hold(self, *, held: bool) -> None:
        """Let searching, adding, and streamed answers before their end, wait or go on."""
        self.bot.hold.clear() if held else self.bot.hold.set()


class _Manager(BaseManager):
    """Runs the serving process."""


_Manager.register("Host", Host)


class Remote:
    """The bot of a serving process, as far as tests look at it."""

    def __init__(self, host: Any) -> None:
        self._host = host

    def reset(self, transcripts: Sequence[Transcript], llm_base_url: str = "") -> None:
        """As new, holding ``transcripts``."""
        self._host.call("reset", transcripts, llm_base_url)

    def hold(self, *, held: bool) -> None:
        """Let searching, adding, and streamed answers before their end, wait or go on."""
        self._host.hold(held=held)

    def hosts(self) -> set[str]:
        """The hosts the serving process has called."""
        return self._host.hosts()

    def transcripts(self) -> tuple[Transcript, ...]:
        """What the bot holds."""
        return self._host.call("transcripts")

    def call(self, name: str, *args: Any) -> Any:
        """What a method of the bot returns."""
        return self._host.call(name, *args)

    def __getattr__(self, name: str) -> Any:
        return self._host.read(name)


@contextmanager
def serving(transcripts: Sequence[Transcript], **options: Any) -> Iterator[tuple[Remote, str]]:
    """Serve the fake bot over ``transcripts``: the bot, and the page's address."""
    with _host() as host:
        yield Remote(host), host.serve_fake(transcripts, options)


@contextmanager
def serving_index(
    folder: str, paths: Sequence[str], *, options: dict[str, Any] | None = None, **settings: Any
) -> Iterator[str]:
    """Serve an index of ``paths``, launched with ``options``: the page's address."""
    with _host() as host:
        yield host.serve_index(folder, paths, settings, options or {})


@contextmanager
def _host() -> Iterator[Any]:
    # The process keeps the environment of whoever asked first; each page has the cache of its own test.
    host = _manager().Host(os.environ.get("PANELBOT_CACHE", ""))  # type: ignore[attr-defined]
    try:
        yield host
    finally:
        host.close()


@cache
def _manager() -> _Manager:
    """One process for all pages: it takes seconds to start. It ends with the tests' own."""
    manager = _Manager(ctx=get_context("spawn"))
    manager.start()
    return manager


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def assert_comes_as_it_is_made(bot: Remote, asked: AbstractContextManager[httpx.Response]) -> None:
    """The first event of an answer is here while ``bot`` is held, and has made no more than that."""
    bot.hold(held=True)
    release = threading.Timer(20, bot.hold, kwargs={"held": False})  # should it hang, it ends
    release.start()
    try:
        with asked as reply:
            parts = reply.iter_text()
            first = next(parts)
            assert first.startswith("event: text")
            bot.hold(held=False)
            assert "event: answer" in first + "".join(parts)
    finally:
        release.cancel()
        bot.hold(held=False)
