"""A model's server that misbehaves: quotes and a note, within the time that a question may take."""

from __future__ import annotations

from contextlib import suppress

import pytest

from answer.hostile_servers import SERVERS, hostile
from panelbot.answer.llm.client import ReplyError, first_word, stream_reply
from panelbot.config import Settings

pytestmark = pytest.mark.slow

ASKED = [{"role": "user", "content": "who?"}]


@pytest.mark.parametrize("name", SERVERS)
def test_what_a_server_sends_is_a_reply_or_a_reason_and_never_takes_longer(name: str) -> None:
    with hostile(SERVERS[name]) as url:
        settings = Settings(llm_base_url=url, llm_timeout=0.7)
        for ask in (lambda: list(stream_reply(ASKED, settings)), lambda: first_word(ASKED, settings)):
            with suppress(ReplyError):  # it comes at all: most of these send for ever
                ask()


def test_no_passage_goes_where_a_redirect_points() -> None:
    with hostile(SERVERS["a redirect elsewhere"]) as url, pytest.raises(ReplyError) as told:
        list(stream_reply(ASKED, Settings(llm_base_url=url, llm_timeout=5)))
    assert (told.value.reason, told.value.detail) == ("status", "HTTP 307")


@pytest.mark.parametrize("name", ["one chunk of 10 MB", "one line without end", "deep JSON", "a gzip bomb", "no UTF-8"])
def test_too_much_or_no_json_is_a_reply_that_broke_off(name: str) -> None:
    with hostile(SERVERS[name]) as url, pytest.raises(ReplyError) as told:
        list(stream_reply(ASKED, Settings(llm_base_url=url, llm_timeout=30)))
    assert told.value.reason == "broken"


@pytest.mark.parametrize(
    "name", ["comments for ever", "headers for ever", "a byte now and then", "a word now and then"]
)
def test_the_deadline_is_of_the_whole_reply(name: str) -> None:
    with hostile(SERVERS[name]) as url, pytest.raises(ReplyError) as told:
        list(stream_reply(ASKED, Settings(llm_base_url=url, llm_timeout=0.7)))
    assert told.value.reason == "timeout"
