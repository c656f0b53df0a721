"""A served index asked by many at once, and by those who ask too much.

    python benchmarks/attack/server.py [--clients N] [--questions N]

Prints how many answers over HTTP differed from those given one by one in this process, how many requests failed, and
what a question of a megabyte, a body of a hundred, and a deep one get, with the time. The table of ways in, and the
attacks from other sites, are tests/app/test_guard.py. Exits 1 where an answer differed or too much was taken.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

import httpx

from fakes.serving import serving_index
from panelbot import PanelBot, Settings
from panels import write_panels

QUESTIONS = (
    "青禾银行的网点客流量恢复得怎么样？", "why did the rent double?", "谁谈到了成本？", "who spoke of a night bus?",
    "潮声科技怎么说？", "what would help?", "渡轮的票务系统怎么样了？", "is the reading room open at midnight?",
)  # fmt: skip


def ask(client: httpx.Client, address: str, question: str) -> list[object]:
    """An answer as a script gets it, without what may differ in wording of floats."""
    called = client.post(f"{address}gradio_api/call/ask", json={"data": [question, None, None, None]})
    called.raise_for_status()
    reply = client.get(f"{address}gradio_api/call/ask/{called.json()['event_id']}")
    for block in reply.text.split("\n\n"):
        if "event: complete" in block:
            [answer] = json.loads(block.split("data: ", 1)[1])
            return [answer["status"], answer["text"], [c["quote"] for c in answer["citations"]]]
    return ["no answer", reply.text[:80]]


def main(options: argparse.Namespace) -> int:
    """Ask it all."""
    with tempfile.TemporaryDirectory() as root:
        folder = write_panels(Path(root) / "corpus")
        bot = PanelBot.open(Path(root) / "own", settings=Settings(embedding_model="hash"))
        bot.add([folder])
        expected = {}
        for question in QUESTIONS:
            answer = bot.ask(question)
            expected[question] = [answer.status, answer.text, [c.quote for c in answer.citations]]
        with serving_index(str(Path(root) / "index"), [str(folder)], embedding_model="hash") as address:
            return _load(address, expected, options) + _too_much(address)


def _load(address: str, expected: dict[str, list[object]], options: argparse.Namespace) -> int:
    def visit(number: int) -> tuple[int, int]:
        different = failed = 0
        with httpx.Client(timeout=600) as client:
            for turn in range(options.questions):
                question = QUESTIONS[(number + turn) % len(QUESTIONS)]
                try:
                    different += ask(client, address, question) != expected[question]
                except httpx.HTTPError:
                    failed += 1
        return different, failed

    began = time.monotonic()
    with ThreadPoolExecutor(options.clients) as pool:
        results = list(pool.map(visit, range(options.clients)))
    different, failed = (sum(row[i] for row in results) for i in (0, 1))
    took = time.monotonic() - began
    print(f"{options.clients} clients by {options.questions}: {different} different, {failed} failed, {took:.0f} s")
    return different + failed


def _too_much(address: str) -> int:
    url = f"{address}gradio_api/call/ask"
    bodies = {
        "a question of 1 MB": json.dumps({"data": ["x" * 1_000_000, None, None, None]}).encode(),
        "a body of 100 MB": b" " * 100_000_000,
        "a body 100,000 deep": b"[" * 100_000,
    }
    bad = 0
    for name, body in bodies.items():
        began = time.monotonic()
        reply = httpx.post(url, content=body, headers={"content-type": "application/json"}, timeout=60)
        said = reply.text
        if reply.status_code == 200:
            said = httpx.get(f"{url}/{reply.json()['event_id']}", timeout=60).text
        bad += "complete" in said
        print(f"{name:22} {reply.status_code}  {time.monotonic() - began:6.2f} s  {said.strip()[:90]!r}")
    return bad


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--questions", type=int, default=20)
    sys.exit(int(main(parser.parse_args()) > 0))
