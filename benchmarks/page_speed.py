"""How fast the page is: until it can be used, until an answer's first text, to its source, and with many at once.

    panelbot serve --port 7861 &
    python benchmarks/page_speed.py http://127.0.0.1:7861/ corpus/questions.jsonl [--visitors 20]

Needs Chromium and the `dev` extra. The page is opened in a fresh browser profile each time, nothing cached. First text
is from the Enter key to the first passages found on the page, the answer to its end, one visitor, the server warm; the
source is marked from the click on a quote, and the shelf is there from the click on its tab to its paint. The visitors
at once ask through the named endpoint; every answer is compared with the one given to a single visitor before.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any

from gradio_client import Client
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
N_OPENED = 7
N_TYPED = 25
WATCH = """() => {
  const finished = () => document.querySelectorAll("#pb-thread .pb-exchange").length;
  const before = finished();
  let began = 0;
  addEventListener("keydown", () => { began = performance.now(); }, { once: true, capture: true });
  const once = (there) => new Promise(resolve => {
    new MutationObserver((_, observer) => {
      if (!there()) return;
      observer.disconnect();
      resolve(performance.now() - began);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  window.answer = once(() => finished() > before);
  window.firstText = once(() => document.querySelector("#pb-live :is(.pb-quote, .pb-text)") || finished() > before);
}"""
SOURCE = """async () => {
  const quotes = [...document.querySelectorAll("#pb-thread .pb-quote")];
  const quote = quotes.findLast(each => each.dataset.transcript !== panelbot.shown()) || quotes.at(-1);
  const before = quote.dataset.transcript === panelbot.shown() ? "same" : "other";
  const began = performance.now();
  quote.click();
  const there = () => panelbot.shown() === quote.dataset.transcript && document.querySelector(
    `.pb-turn[data-turn="${quote.dataset.turn}"] mark.pb-mark`);
  while (!there()) await new Promise(requestAnimationFrame);
  return [before, performance.now() - began];
}"""
SHELF = """async () => {
  const began = performance.now();
  await panelbot.loadShelf();
  const loaded = performance.now();
  panelbot.goTo("shelf");
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const opened = performance.now();
  panelbot.goTo("transcript");
  return [opened - loaded, loaded - began];
}"""


def opened(browser: Browser, address: str) -> float:
    """Seconds from the request of the page until a question can be typed and the transcript is there."""
    page = browser.new_context().new_page()
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector("#pb-question textarea")
    page.wait_for_selector(".pb-example")
    page.wait_for_selector(".pb-turn")
    seconds = time.perf_counter() - began
    page.context.close()
    return seconds


def typed(page: Page, question: str) -> tuple[float, float]:
    """Seconds from Enter to the first text, and to the answer."""
    page.fill("#pb-question textarea", question)
    page.evaluate(WATCH)
    page.press("#pb-question textarea", "Enter")
    seconds = page.evaluate("Promise.all([window.firstText, window.answer])")
    page.wait_for_function("!document.querySelector('#pb-live .pb-exchange')")
    return seconds[0] / 1000, seconds[1] / 1000


def told(answer: dict[str, Any]) -> tuple[Any, ...]:
    """What makes two answers the same: status, text, and every quote's place."""
    places = [(c["transcript_id"], c["turn"], c["start"], c["end"]) for c in answer["citations"]]
    return answer["status"], answer["text"], places


def visit(address: str, questions: list[str]) -> tuple[list[tuple[Any, ...]], list[float]]:
    """One visitor's answers and how long each took."""
    client = Client(address, verbose=False)
    answers, seconds = [], []
    for question in questions:
        began = time.perf_counter()
        answers.append(told(client.predict(question, api_name="/ask")))
        seconds.append(time.perf_counter() - began)
    client.close()
    return answers, seconds


def spread(seconds: list[float]) -> str:
    """Median, 95th percentile and worst."""
    p95 = statistics.quantiles(seconds, n=20, method="inclusive")[-1]
    return f"p50 {statistics.median(seconds):6.3f} s   p95 {p95:6.3f} s   max {max(seconds):6.3f} s   n {len(seconds)}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("questions", type=Path)
    parser.add_argument("--visitors", type=int, default=20)
    args = parser.parse_args()
    lines = args.questions.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["query"] for line in lines if line.strip()]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        print("page can be used  ", spread([opened(browser, args.address) for _ in range(N_OPENED)]))
        page = browser.new_context().new_page()
        page.goto(args.address)
        page.wait_for_selector(".pb-example")
        waited, sources = [], []
        for question in questions[:N_TYPED]:
            waited.append(typed(page, question))
            if page.locator("#pb-thread .pb-exchange").last.locator(".pb-quote").count():
                sources.append(page.evaluate(SOURCE)[1] / 1000)
        print("first text        ", spread([first for first, _ in waited]))
        print("the whole answer  ", spread([whole for _, whole in waited]))
        print("click to source   ", spread(sources))
        shelves = [page.evaluate(SHELF) for _ in range(N_OPENED)]
        print("the shelf opens   ", spread([opened / 1000 for opened, _ in shelves]))
        print("the shelf is read ", spread([read / 1000 for _, read in shelves]))
        browser.close()
    own = [[questions[(n + 7 * k) % len(questions)] for k in range(3)] for n in range(args.visitors)]
    alone = {question: visit(args.address, [question])[0][0] for question in dict.fromkeys(chain.from_iterable(own))}
    with ThreadPoolExecutor(args.visitors) as pool:
        began = time.perf_counter()
        visits = list(pool.map(lambda asked: visit(args.address, asked), own))
        total = time.perf_counter() - began
    answered = [
        pair for asked, (answers, _) in zip(own, visits, strict=True) for pair in zip(asked, answers, strict=True)
    ]
    wrong = sum(answer != alone[question] for question, answer in answered)
    print(f"{args.visitors} visitors at once", spread([s for _, seconds in visits for s in seconds]))
    print(f"  {3 * args.visitors} answers in {total:.1f} s, {wrong} unlike the one given alone, 0 errors")


if __name__ == "__main__":
    main()
