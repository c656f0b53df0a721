"""The named endpoints as gradio_client calls them, and the tools as an MCP client does."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from fakes.panel_bot import PANEL, SECOND
from fakes.serving import serving
from fakes.waiting import wait_for

pytestmark = pytest.mark.slow

QUOTE = PANEL.turns[1].text[7:20]


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with serving([PANEL, SECOND]) as (_, address):
        made = Client(address, verbose=False)
        yield made
        made.close()


def test_a_question_is_answered_under_the_field_names_of_the_python_api(client: Client) -> None:
    answer = client.predict("网点的客流", api_name="/ask")
    assert (answer["status"], answer["question"]) == ("answered", "网点的客流")
    cited = answer["citations"][0]
    assert (cited["turn"], cited["start"], cited["end"], cited["quote"]) == (1, 7, 20, QUOTE)


def test_a_search_keeps_to_k_and_scope(client: Client) -> None:
    hits = client.predict("pruning", k=3, transcripts=["orchard"], speakers=["Tom Ash"], api_name="/search")
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert {hit["speaker"]["name"] for hit in hits} == {"Tom Ash"}


def test_turns_are_read_word_for_word_and_at_most_forty_at_once(client: Client) -> None:
    turns = client.predict("harbour", first=1, last=2, api_name="/read_turns")
    assert [(turn["index"], turn["text"]) for turn in turns] == [(n, PANEL.turns[n].text) for n in (1, 2)]
    assert [turn["index"] for turn in client.predict("orchard", first=-3, api_name="/read_turns")] == list(range(40))


def test_a_mistake_is_one_sentence(client: Client) -> None:
    with pytest.raises(AppError, match=r"^There is no transcript 'gone'\.$"):
        client.predict("gone", api_name="/read_turns")


def test_transcripts_are_listed_added_edited_and_removed(client: Client) -> None:
    assert client.predict("甲：好", "夜谈", api_name="/add_text")["added"] == ["夜谈"]
    edited = client.predict("夜谈", ["甲.title=船长"], api_name="/edit_speakers")
    assert [(speaker["name"], speaker["title"]) for speaker in edited] == [("甲", "船长")]
    renamed = {"edit": "set", "speaker": "甲", "field": "name", "value": "甲.title=x"}
    assert client.predict("夜谈", [renamed], api_name="/edit_speakers")[0]["name"] == "甲.title=x"
    client.predict("夜谈", api_name="/remove")
    assert [each["id"] for each in client.predict(api_name="/transcripts")] == ["harbour", "orchard"]


def test_feedback_that_evaluation_could_not_read_is_refused(client: Client) -> None:
    client.predict({"query": "客流呢", "gold_turns": [], "unjudged": True}, api_name="/feedback")
    with pytest.raises(AppError, match="gold_turns 4 out of range"):
        client.predict({"query": "客流呢", "gold_turns": [4], "transcript_id": "harbour"}, api_name="/feedback")


def endpoints(address: str) -> set[str]:
    with urllib.request.urlopen(f"{address}gradio_api/info") as reply:
        return set(json.load(reply)["named_endpoints"])


def test_only_what_is_meant_for_scripts_is_named_and_a_read_only_page_names_no_change() -> None:
    reading = {"/search", "/ask", "/read_turns", "/transcripts", "/export"}
    with serving([PANEL], read_only=True) as (_, address):
        assert endpoints(address) == reading
        assert upload(address) == 403
    with serving([PANEL]) as (_, address):
        assert upload(address) == 200


def upload(address: str) -> int:
    """The status of an upload to the page."""
    return httpx.post(f"{address}gradio_api/upload", files={"files": ("talk.txt", "甲：好".encode())}).status_code


def test_the_server_calls_no_other_host() -> None:
    with serving([PANEL]) as (bot, address):
        made = Client(address, verbose=False)
        made.predict("网点的客流", api_name="/ask")
        made.close()
        assert "127.0.0.1" in bot.hosts()  # its own address, to see that it is up: calls are noted
        assert bot.hosts() <= {"127.0.0.1", "localhost", "None"}


def test_a_password_is_asked_of_everything() -> None:
    with serving([PANEL], auth=[("mei", "secret")]) as (_, address):
        with urllib.request.urlopen(address) as page:
            assert "港口" not in page.read().decode()
        for path in ("config", "gradio_api/info"):
            with pytest.raises(urllib.error.HTTPError, match="401"):
                urllib.request.urlopen(address + path)


async def _use_tools(address: str) -> tuple[dict[str, Any], str, str, str]:
    async with (
        streamable_http_client(f"{address}gradio_api/mcp/") as (read, write, *_),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        answered = await session.call_tool("ask", {"question": "网点的客流"})
        failed = await session.call_tool("read_turns", {"transcript": "gone"})
        closed = await session.call_tool("remove", {"transcripts": ["harbour"]})
        assert failed.isError
        assert closed.isError
        texts = [each.content[0].text for each in (answered, failed, closed)]  # type: ignore[union-attr]
        return tools, texts[0], texts[1], texts[2]


def test_a_model_is_offered_three_described_tools_and_scripts_what_they_always_are() -> None:
    with serving([PANEL, SECOND], mcp=True) as (_, address):
        tools, answered, failed, closed = wait_for(lambda: _use_tools(address))
        made = Client(address, verbose=False)
        hits = made.predict("pruning", api_name="/search")
        assert made.predict("harbour", api_name="/read_turns")[3]["text"] == PANEL.turns[3].text
        assert made.predict(api_name="/transcripts")[0]["id"] == "harbour"
        made.close()
    assert len(hits) == 8
    assert set(tools) == {"search", "ask", "read_turns"}
    for tool in tools.values():
        assert len(tool.description) > 60
        assert all(field["description"] for field in tool.inputSchema["properties"].values())
    assert json.loads(answered)["citations"][0]["quote"] == QUOTE
    assert failed == "There is no transcript 'gone'."
    assert "remove" in closed
