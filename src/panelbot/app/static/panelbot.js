/* The page's script: what a visitor does, between the views the server sends.

   It makes no markup out of a text: views come escaped from the server, and everything here goes through
   textContent. It runs in the document's head, before Gradio starts. */
(() => {
  "use strict";

  const root = document.documentElement;
  const store = {
    get: (key) => { try { return localStorage.getItem("panelbot-" + key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem("panelbot-" + key, value); } catch { /* private window */ } },
  };
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

  // ---- Language: the switch, else the browser's. Gradio reads navigator.language, the server the cookie.
  const cookie = /(?:^|; )panelbot_language=(zh|en)/.exec(document.cookie);
  const language = cookie ? cookie[1] : /^zh/i.test(navigator.language) ? "zh" : "en";
  const tag = language === "zh" ? "zh-CN" : "en";
  Object.defineProperty(navigator, "language", { get: () => tag });
  Object.defineProperty(navigator, "languages", { get: () => [tag] });
  root.lang = tag;
  root.dataset.lang = language;

  function switchLanguage() {
    const chosen = language === "zh" ? "en" : "zh";
    document.cookie = `panelbot_language=${chosen}; path=/; max-age=31536000; SameSite=Lax`;
    location.reload();
  }

  // ---- Light and dark: the switch, else the system's. Gradio sets the class on its own, so it is kept in place.
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (store.get("theme") || (system.matches ? "dark" : "light")) === "dark";
  const applyTheme = () => {
    if (document.body && document.body.classList.contains("dark") !== isDark()) document.body.classList.toggle("dark", isDark());
    root.style.colorScheme = isDark() ? "dark" : "light";
  };
  function switchTheme() {
    store.set("theme", isDark() ? "light" : "dark");
    applyTheme();
  }
  system.addEventListener("change", applyTheme);
  document.addEventListener("DOMContentLoaded", () => {
    applyTheme();
    new MutationObserver(applyTheme).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  });

  // ---- The bridge to the server's events.
  let send = () => {};
  const panelbot = { asked: "" };
  panelbot.bridge = (trigger) => { send = trigger; };
  panelbot.scope = () => JSON.parse(store.get("scope") || "null");

  function ask(query) {
    panelbot.asked = query;
    send("ask", {});
  }

  // ---- The transcript pane.
  let server = null;
  let pane = null;
  let shown = "";

  panelbot.transcripts = async (element, functions) => {
    pane = element;
    server = functions;
    const place = new URLSearchParams(location.search);
    const turn = place.get("turn");
    await open(place.get("transcript") || "", turn === null ? null : Number(turn), span(place.get("quote")));
    if (turn !== null) showPane("side");
  };

  const span = (text) => { const found = /^(\d+)-(\d+)$/.exec(text || ""); return found ? [Number(found[1]), Number(found[2])] : null; };

  async function open(transcript, turn, quote) {
    if (!pane) return;
    if (!shown || transcript !== shown) {
      const reply = await server.read(transcript);
      if (!reply) return;
      shown = reply.id;
      pane.innerHTML = reply.html;
      if (reply.error) pane.textContent = reply.error;
      markCited();
    }
    if (turn !== null) go(turn, quote);
  }

  function go(turn, quote) {
    unmark("pb-mark");
    const article = $(`.pb-turn[data-turn="${Number(turn)}"]`, pane);
    if (!article) return;
    $$(".pb-turn.pb-here", pane).forEach((other) => other.classList.remove("pb-here"));
    article.classList.add("pb-here");
    const marks = quote ? markSpan(article, quote[0], quote[1], "pb-mark") : [];
    const strip = $(".pb-strip", pane);
    strip.setAttribute("aria-valuenow", turn);
    strip.setAttribute("aria-valuetext", article.getAttribute("aria-label"));
    $$(".pb-strip > .pb-here", pane).forEach((other) => other.classList.remove("pb-here"));
    $(`.pb-strip > [data-turn="${Number(turn)}"]`, pane).classList.add("pb-here");
    scrollTo(marks[0] || article);
    const address = new URL(location.href);
    address.search = new URLSearchParams({ transcript: shown, turn, ...(quote ? { quote: quote.join("-") } : {}) });
    history.replaceState(history.state, "", address);
  }

  function scrollTo(element) {
    const list = $(".pb-turns", pane);
    const offset = element.getBoundingClientRect().top - list.getBoundingClientRect().top;
    list.scrollTo({ top: list.scrollTop + offset - list.clientHeight / 4 });
  }

  // Offsets count code points, strings here count UTF-16 units.
  function units(text, points) {
    let place = 0;
    for (let n = 0; n < points && place < text.length; n += 1) place += text.codePointAt(place) > 0xffff ? 2 : 1;
    return place;
  }

  function markSpan(article, start, end, name) {
    const marks = [];
    for (const paragraph of $$("p[data-start]", article)) {
      const text = paragraph.textContent;
      const from = Number(paragraph.dataset.start);
      const a = units(text, Math.max(start - from, 0));
      const b = units(text, Math.max(end - from, 0));
      if (a < b) marks.push(...wrap(paragraph, a, b, name));
    }
    return marks;
  }

  function wrap(paragraph, start, end, name) {
    const made = [];
    let place = 0;
    for (const node of textNodes(paragraph)) {
      const a = Math.max(start - place, 0);
      const b = Math.min(end - place, node.length);
      place += node.length;
      if (a >= b) continue;
      const range = document.createRange();
      range.setStart(node, a);
      range.setEnd(node, b);
      const mark = document.createElement("mark");
      mark.className = name;
      range.surroundContents(mark);
      made.push(mark);
    }
    return made;
  }

  function textNodes(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  }

  function unmark(name) {
    for (const mark of $$(`mark.${name}`, pane)) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
  }

  function markCited() {
    if (!pane) return;
    const cited = new Set($$("#pb-thread [data-transcript]").filter((chip) => chip.dataset.transcript === shown).map((chip) => chip.dataset.turn));
    for (const block of $$(".pb-strip > span", pane)) block.classList.toggle("pb-cited", cited.has(block.dataset.turn));
  }

  // ---- Panes on a narrow screen.
  function showPane(name) { document.body.dataset.pane = name; }

  // ---- What a click does.
  const actions = {
    clear: () => send("clear", {}),
    language: switchLanguage,
    theme: switchTheme,
    ask: (button) => ask(button.dataset.query),
    pane: (button) => showPane(button.dataset.pane),
  };

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-do], [data-transcript][data-start], .pb-link, .pb-strip > span");
    if (!target) return;
    if (target.dataset.do) actions[target.dataset.do]?.(target);
    else if (target.dataset.start) {
      showPane("side");
      open(target.dataset.transcript, Number(target.dataset.turn), [Number(target.dataset.start), Number(target.dataset.end)]);
    } else {
      event.preventDefault();
      go(Number(target.dataset.turn), null);
    }
  });

  document.addEventListener("keydown", (event) => {
    const strip = event.target.closest?.(".pb-strip");
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!strip || !step) return;
    event.preventDefault();
    const last = Number(strip.getAttribute("aria-valuemax"));
    go(Math.min(Math.max(Number(strip.getAttribute("aria-valuenow")) + step, 0), last), null);
  });

  // The thread is redrawn by Gradio: follow it.
  document.addEventListener("DOMContentLoaded", () => {
    const follow = () => {
      const scroll = $("#pb-scroll");
      if (scroll) scroll.scrollTop = scroll.scrollHeight;
      markCited();
    };
    new MutationObserver((changes) => {
      if (changes.some((change) => change.target.closest?.("#pb-thread, #pb-live"))) follow();
    }).observe(document.body, { childList: true, subtree: true });
  });

  window.panelbot = panelbot;
})();
