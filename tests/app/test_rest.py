"""REST as a program calls it: paths, the OpenAPI document, events, mistakes, tokens; the same answers as the page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import anyio
import httpx
import pytest
from gradio_client import Client

from fakes.panel_bot import PANEL, SECOND
from fakes.serving import Remote, assert_comes_as_it_is_made, serving
from panelbot.app.rest.turnstile import Busy, Turnstile

pytestmark = pytest.mark.slow

V1 = "api/v1"
TOKEN = "kQ2v8sW1pX7mZ4tB"
BEARER = {"authorization": f"Bearer {TOKEN}"}
ASKED = {"question": "网点的客流"}


@pytest.fixture(scope="module")
def site() -> Iterator[tuple[Remote, str]]:
    with serving([PANEL, SECOND]) as (bot, address):
        yield bot, f"{address}{V1}"


def events(reply: httpx.Response) -> list[tuple[str, Any]]:
    """The events of a whole stream."""
    blocks = [dict(line.split(": ", 1) for line in block.split("\n")) for block in reply.text.strip().split("\n\n")]
    return [(block["event"], json.loads(block["data"])) for block in blocks]


def test_a_question_gets_the_answer_the_page_s_endpoint_gives(site: tuple[Remote, str]) -> None:
    _, address = site
    answer = httpx.post(f"{address}/ask", json=ASKED).json()
    client = Client(address.removesuffix(V1), verbose=False)
    assert answer == client.predict(ASKED["question"], api_name="/ask")
    client.close()
    cited = answer["citations"][0]
    assert PANEL.turns[cited["turn"]].text[cited["start"] : cited["end"]] == cited["quote"]


def test_a_search_keeps_to_k_and_scope(site: tuple[Remote, str]) -> None:
    _, address = site
    body = {"question": "pruning", "k": 3, "transcripts": ["orchard"], "speakers": ["Tom Ash"]}
    found = httpx.post(f"{address}/search", json=body).json()
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
    assert {hit["speaker"]["name"] for hit in found["hits"]} == {"Tom Ash"}


def test_an_answer_comes_as_events_the_verified_one_last(site: tuple[Remote, str]) -> None:
    _, address = site
    reply = httpx.post(f"{address}/ask", json=ASKED, headers={"accept": "text/event-stream"})
    assert reply.headers["content-type"].startswith("text/event-stream")
    *texts, (last, answer) = events(reply)
    assert {name for name, _ in texts} == {"text"}
    assert (last, answer) == ("answer", httpx.post(f"{address}/ask", json=ASKED).json())


def test_an_event_is_sent_before_the_next_is_known(site: tuple[Remote, str]) -> None:
    bot, address = site
    headers = {"accept": "text/event-stream", "accept-encoding": "br, gzip"}
    assert_comes_as_it_is_made(bot, httpx.stream("POST", f"{address}/ask", json=ASKED, headers=headers, timeout=15))


def test_transcripts_and_speakers_are_read(site: tuple[Remote, str]) -> None:
    _, address = site
    listed = httpx.get(f"{address}/transcripts").json()
    assert [(t["id"], t["n_turns"]) for t in listed] == [("harbour", 4), ("orchard", 60)]
    turns = httpx.get(f"{address}/transcripts/harbour/turns", params={"first": 1, "last": 2}).json()
    assert [(t["index"], t["text"]) for t in turns] == [(n, PANEL.turns[n].text) for n in (1, 2)]
    people = httpx.get(f"{address}/speakers", params={"transcript": "harbour"}).json()
    assert [(p["name"], p["transcript_id"], p["n_turns"]) for p in people] == [
        ("林澜", "harbour", 2),
        ("周启", "harbour", 1),
        ("Ada Moss", "harbour", 1),
    ]
    assert len(httpx.get(f"{address}/speakers").json()) == 5
    assert httpx.get(f"{address}/transcripts/harbour").json()["turns"][0]["text"] == PANEL.turns[0].text


def test_a_transcript_is_added_edited_and_removed(site: tuple[Remote, str]) -> None:
    bot, address = site
    added = httpx.post(f"{address}/transcripts", json={"text": "甲：好", "name": "夜谈"})
    assert (added.status_code, added.json()["added"]) == (201, ["夜谈"])
    edits = {"edits": ["甲.title=船长"]}
    edited = httpx.patch(f"{address}/speakers", params={"transcript": "夜谈"}, json=edits)
    assert [(s["name"], s["title"]) for s in edited.json()] == [("甲", "船长")]
    assert httpx.delete(f"{address}/transcripts/夜谈").status_code == 204
    assert [t.id for t in bot.transcripts()] == ["harbour", "orchard"]
    record = {"query": "客流呢", "gold_turns": [1], "transcript_id": "harbour"}
    assert httpx.post(f"{address}/feedback", json=record).status_code == 204
    assert bot.records == [record]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "said"),
    [
        ("GET", "transcripts/gone", None, 404, "There is no transcript 'gone'."),
        ("GET", "transcripts/gone/turns", None, 404, "There is no transcript 'gone'."),
        ("GET", "nothing", None, 404, "There is nothing here; openapi.json lists the paths."),
        ("POST", "search", {"question": "x", "k": 0}, 422, "k: Input should be greater than or equal to 1."),
        ("POST", "ask", {"questoin": "x"}, 422, "question: Field required."),
        ("POST", "ask", {"question": "x", "speaker": "y"}, 422, "speaker: Extra inputs are not permitted."),
        ("POST", "transcripts", {"text": "", "name": "x"}, 400, None),
    ],
)
def test_a_mistake_is_a_status_and_one_sentence(
    site: tuple[Remote, str], method: str, path: str, body: Any, status: int, said: str | None
) -> None:
    reply = httpx.request(method, f"{site[1]}/{path}", json=body)
    assert (reply.status_code, list(reply.json())) == (status, ["error"])
    assert said is None or reply.json()["error"] == said


def test_the_document_names_every_path_and_loads_nothing_from_elsewhere(site: tuple[Remote, str]) -> None:
    _, address = site
    document = httpx.get(f"{address}/openapi.json").json()
    assert set(document["paths"]) == {
        "/search", "/ask", "/transcripts", "/transcripts/{transcript}", "/transcripts/{transcript}/turns", "/speakers",
        "/feedback",
    }  # fmt: skip
    assert document["servers"] == [{"url": "/api/v1"}]
    fields = document["components"]["schemas"]["Answer"]["properties"]
    assert {"status", "text", "citations", "hits", "confidence"} <= set(fields)
    assert all(each.get("description") for path in document["paths"].values() for each in path.values())
    assert httpx.get(f"{address}/docs").status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"origin": "http://evil.example"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
    ],
)
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "ask"), ("POST", "transcripts"), ("PATCH", "speakers?transcript=harbour")]
)
def test_no_other_site_gets_in(
    site: tuple[Remote, str], method: str, path: str, headers: dict[str, str], status: int
) -> None:
    given = {"content-type": "application/json", **headers}
    reply = httpx.request(method, f"{site[1]}/{path}", content="{}", headers=given)
    assert reply.status_code == status
    assert not [name for name in reply.headers if name.startswith("access-control-")]


def test_another_site_deletes_nothing(site: tuple[Remote, str]) -> None:
    foreign = {"origin": "http://evil.example"}
    assert httpx.delete(f"{site[1]}/transcripts/harbour", headers=foreign).status_code == 403
    assert httpx.options(f"{site[1]}/transcripts/harbour", headers=foreign).status_code == 403


def test_a_site_that_is_let_in_may_send_a_token_and_nobody_else_may() -> None:
    with serving([PANEL], allow_origins=["https://desk.example"], tokens=[TOKEN]) as (_, address):
        origin = {"origin": "https://desk.example"}
        allowed = httpx.options(f"{address}{V1}/ask", headers=origin).headers
        assert allowed["access-control-allow-origin"] == "https://desk.example"
        assert "authorization" in allowed["access-control-allow-headers"]
        assert httpx.post(f"{address}{V1}/ask", json=ASKED, headers=origin).status_code == 401
        assert httpx.post(f"{address}{V1}/ask", json=ASKED, headers=origin | BEARER).status_code == 200


def test_a_token_closes_everything_and_opens_it() -> None:
    with serving([PANEL], tokens=[TOKEN, "another-token-of-theirs"]) as (_, address):
        for path in (f"{V1}/transcripts", f"{V1}/openapi.json", "config", "gradio_api/info"):
            assert httpx.get(f"{address}{path}").status_code == 401, path
        for wrong in ("", "Bearer", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN):
            reply = httpx.get(f"{address}{V1}/transcripts", headers={"authorization": wrong})
            assert reply.status_code in (401, 429)
        assert httpx.get(f"{address}{V1}/transcripts", headers=BEARER).status_code == 429  # five were wrong


def test_past_those_who_wait_a_question_is_sent_away() -> None:
    async def crowd() -> list[str]:
        turnstile, done = Turnstile(1, 1), []

        async def ask(name: str) -> None:
            try:
                async with turnstile.place():
                    await anyio.sleep(0.05)
                    done.append(f"{name} was answered")
            except Busy:
                done.append(f"{name} was sent away")

        async with anyio.create_task_group() as group:
            for name in ("first", "second", "third"):
                group.start_soon(ask, name)
        return done

    assert anyio.run(crowd) == ["third was sent away", "first was answered", "second was answered"]


def test_people_log_in_with_the_token_where_there_are_no_users() -> None:
    with serving([PANEL], tokens=[TOKEN]) as (_, address), httpx.Client(base_url=address) as visitor:
        assert visitor.get(f"{V1}/transcripts", headers=BEARER).status_code == 200
        assert visitor.post("login", data={"username": "token", "password": TOKEN}).status_code == 200
        assert visitor.get("config").status_code == 200


def test_where_people_log_in_programs_need_a_token() -> None:
    with serving([PANEL], auth=[("mei", "secret")]) as (_, address), httpx.Client(base_url=address) as visitor:
        assert visitor.post("login", data={"username": "mei", "password": "secret"}).status_code == 200
        assert visitor.get(f"{V1}/transcripts").status_code == 401


def test_a_read_only_server_changes_nothing() -> None:
    with serving([PANEL], read_only=True) as (bot, address):
        assert httpx.delete(f"{address}{V1}/transcripts/harbour").status_code == 405
        assert httpx.post(f"{address}{V1}/transcripts", json={"text": "甲：好", "name": "x"}).status_code == 405
        assert [t.id for t in bot.transcripts()] == ["harbour"]
        document = httpx.get(f"{address}{V1}/openapi.json").json()
        assert {method for path in document["paths"].values() for method in path} == {"get", "post"}
        assert "/feedback" not in document["paths"]
