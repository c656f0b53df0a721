"""What the page's script needs of Gradio: the version that is pinned, and the answers it reads from that version.

An upgrade that changes one of them fails here, not silently in a visitor's browser.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import httpx
import pytest
from gradio_client import Client

from fakes.panel_bot import PANEL, SECOND
from fakes.serving import serving
from panelbot.app.server import SCRIPTS, static

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving([PANEL, SECOND]) as (_, served):
        yield served


def test_the_pinned_version_is_the_one_tested() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert f"gradio=={version('gradio')} " in pins


def test_what_is_answered_at_once_comes_as_data(address: str) -> None:
    reply = httpx.post(f"{address}gradio_api/run/page_read", json={"data": [{"id": "harbour"}]})
    assert reply.json()["data"][0]["id"] == "harbour"
    started = httpx.post(f"{address}gradio_api/run/page_start", json={"data": [{}]}, headers={"accept-language": "zh"})
    assert (started.json()["data"][0]["language"], started.json()["data"][0]["user"]) == ("zh", "")
    assert httpx.post(f"{address}gradio_api/run/page_gone", json={"data": [{}]}).status_code >= 400


def test_what_is_answered_in_steps_comes_as_events(address: str) -> None:
    joined = httpx.post(f"{address}gradio_api/call/page_ask", json={"data": [{"query": "网点", "key": "k"}]}).json()
    text = httpx.get(f"{address}gradio_api/call/page_ask/{joined['event_id']}").text
    events = re.findall(r"event: (\w+)\ndata: (.*)\n\n", text)
    assert [kind for kind, _ in events] == ["generating"] * (len(events) - 1) + ["complete"]
    assert len(events) == 5
    assert "passages found" in json.loads(events[0][1])[0]["html"]
    assert "entry" in json.loads(events[-2][1])[0]


def test_the_component_is_there_with_its_script_and_the_browsers_own_is_left_alone(address: str) -> None:
    page = httpx.get(address).text
    (component,) = [each for each in config(page)["components"] if each["props"].get("elem_id") == "pb-app"]
    assert component["props"]["js_on_load"] == "window.panelbot.begin(element, upload)"
    script = "\n".join(static(f"{name}.js") for name in SCRIPTS)
    assert script in page
    assert "defineProperty" not in script
    assert not re.search(r"\bfetch\s*=|\bconfirm\(|\balert\(", script.replace("p.confirm(", ""))


def config(page: str) -> dict[str, object]:
    """What Gradio tells its own script."""
    return json.JSONDecoder().raw_decode(page.partition("window.gradio_config = ")[2])[0]


def test_the_documentations_examples_run_and_use_every_endpoint(address: str) -> None:
    text = (ROOT / "docs" / "page.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```python\n(.*?)```", text, re.DOTALL))
    named = set(httpx.get(f"{address}gradio_api/info").json()["named_endpoints"])
    assert set(re.findall(r'api_name="(/\w+)"', code)) == named
    there: dict[str, object] = {}
    exec(code.replace("http://127.0.0.1:7860/", address), there)
    client = there["client"]
    assert isinstance(client, Client)
    assert [each["id"] for each in client.predict(api_name="/transcripts")] == ["harbour", "orchard"]
    assert len(there["hits"]) == 3  # type: ignore[arg-type]
    client.close()
