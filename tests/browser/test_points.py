"""What the page promises, point by point, and that tests show each of it in both languages (``pytest -m point``)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from gradio_client import Client
from playwright.sync_api import expect

from browser.conftest import LOCALES, Visit
from fakes.panel_bot import PANEL, SECOND
from fakes.serving import serving

POINTS = {
    1: "conversations are listed, renamed, deleted, taken back, a login's on the server; two tabs lose nothing",
    2: "an answer comes in stages and is stopped, asked again, edited; a second question waits",
    3: "while the server is away the question stays, and is asked once it is back",
    4: "only the reader scrolls",
    5: "a shelf of any length is searched, ordered, tagged by folder and chosen from",
    6: "words are found in all transcripts and on the strip",
    7: "a turn has a number and a link; a link to what is gone says so; the speaker of a long turn stays in sight",
    8: "quotes are pinned, ordered, commented, grouped, exported, copied with their source",
    9: "an overview leads to people, questions, replies and words; a summary where a model is set",
    10: "a table says who stands where, and who said nothing of it",
    11: "a recording plays from a turn, a quote and a word",
    12: "names, key words and translations for who reads the other language",
    13: "things are said once, a judgement has reasons and shows, removing is asked about on the page itself",
    14: "the register, the head, a turn and what was in doubt are corrected; a mistake is one sentence",
    15: "scripts are answered beside the tools of models as without them",
    16: "what is the browser's own is left alone",
}
FOLDER = Path(__file__).parent


def test_each_point_is_shown_in_both_languages(request: pytest.FixtureRequest) -> None:
    items = request.session.items
    if {item.path for item in items if FOLDER in item.path.parents} < set(FOLDER.glob("test_*.py")):
        pytest.skip("the whole folder has to be collected")
    runs = [(item.callspec.params, item) for item in items if hasattr(item, "callspec")]
    shown = {(n, given.get("locale")) for given, item in runs for mark in item.iter_markers("point") for n in mark.args}
    assert {(n, locale) for n in POINTS for locale in LOCALES} - shown == set()
    assert {n for n, _ in shown} == set(POINTS)


@pytest.fixture(scope="module")
def beside_tools() -> Iterator[str]:
    """A page whose server offers tools to models too."""
    with serving([PANEL, SECOND], mcp=True) as (_, address):
        yield address


@pytest.mark.point(15)
def test_a_script_and_the_page_are_answered_beside_the_tools_of_models(
    visit: Visit, beside_tools: str, locale: str
) -> None:
    visitor = visit(beside_tools, locale=locale).arrive()
    expect(visitor.ask("网点的客流").locator("q")).to_have_text(PANEL.turns[1].text[7:20])
    client = Client(beside_tools, verbose=False)
    assert client.predict("网点的客流", api_name="/ask")["citations"][0]["quote"] == PANEL.turns[1].text[7:20]
    name = visitor.word("pasted")
    client.predict("甲：好", name, api_name="/add_text")
    client.predict(name, api_name="/remove")
    assert [each["id"] for each in client.predict(api_name="/transcripts")] == [PANEL.id, SECOND.id]
    client.close()


OWN = """() => [navigator.language, Object.hasOwn(navigator, "language"), fetch.name,
  [fetch, confirm, alert].every((each) => /\\{\\s*\\[native code\\]\\s*\\}$/.test(each))]"""


@pytest.mark.point(16)
def test_the_browsers_own_is_left_alone(visit: Visit, beside_tools: str, locale: str) -> None:
    visitor = visit(beside_tools, locale=locale).arrive()
    assert visitor.page.evaluate(OWN) == [locale, False, "fetch", True]
    visitor.press("switch_language")
    expect(visitor.find("#pb-send")).not_to_have_text(visitor.word("send"))
    assert visitor.page.evaluate(OWN) == [locale, False, "fetch", True]
