/* The page's script: what a visitor does, between the views the server sends.

   It makes no markup out of a text: views come escaped from the server, everything made here goes through
   textContent. It stands in the document's head and runs before Gradio starts. */
(() => {
  "use strict";

  const root = document.documentElement;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const stored = {
    get: (key) => { try { return localStorage.getItem(`panelbot-${key}`); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(`panelbot-${key}`, value); } catch { /* a private window */ } },
  };

  // ---- Language: the switch, else the browser's. Gradio reads navigator.language, the server the cookie.
  const chosen = /(?:^|; )panelbot_language=(zh|en)/.exec(document.cookie);
  const language = chosen ? chosen[1] : /^zh/i.test(navigator.language) ? "zh" : "en";
  const locale = language === "zh" ? "zh-CN" : "en";
  Object.defineProperty(navigator, "language", { get: () => locale });
  Object.defineProperty(navigator, "languages", { get: () => [locale] });
  root.lang = locale;
  root.dataset.lang = language;

  function switchLanguage() {
    document.cookie = `panelbot_language=${language === "zh" ? "en" : "zh"}; path=/; max-age=31536000; SameSite=Lax`;
    location.reload();
  }

  // ---- Light and dark: the switch, else the system's. Gradio sets the class itself, so it is kept in place.
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (stored.get("theme") || (system.matches ? "dark" : "light")) === "dark";

  function applyTheme() {
    root.style.colorScheme = isDark() ? "dark" : "light";
    if (document.body && document.body.classList.contains("dark") !== isDark()) document.body.classList.toggle("dark");
  }

  function switchTheme() {
    stored.set("theme", isDark() ? "light" : "dark");
    applyTheme();
  }

  // ---- A full queue: Gradio has one English sentence for it; what a refused request says otherwise, it shows.
  const BUSY = language === "zh" ? "现在提问的人太多，排不上队了。你写的都还在，请稍后再试。"
    : "Too many people are waiting just now. What you wrote is still there; try again in a moment.";
  const request = window.fetch;
  window.fetch = async (...given) => {
    const reply = await request(...given);
    if (reply.status !== 503 || !new URL(reply.url).pathname.endsWith("/queue/join")) return reply;
    return new Response(JSON.stringify({ detail: BUSY }), { status: 429, headers: { "content-type": "application/json" } });
  };

  // ---- Between the page and the server's events.
  const panelbot = { asked: { query: "", scope: null }, message: null };
  let send = () => {};
  panelbot.bridge = (trigger) => { send = trigger; };

  function say(words) {
    const toast = $("#pb-toast");
    toast.textContent = words;
    clearTimeout(say.timer);
    say.timer = setTimeout(() => { toast.textContent = ""; }, 4000);
  }

  panelbot.told = (reply) => {
    if (!reply) return;
    if (judging && "fault" in reply) { // empty where the judgement was kept
      $(".pb-form-error", judging).textContent = reply.fault;
      if (!reply.fault) closeJudgement();
    }
    if (reply.say) say(reply.say);
    if (reply.text) save(reply);
  };

  function save({ name, type, text }) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  function tell(event, message) {
    panelbot.message = message;
    send(event, {});
  }

  function ask(query, only) {
    const scope = panelbot.scope() || {};
    panelbot.asked = { query, scope: only ? { ...scope, speakers: [only] } : scope };
    showPane("chat");
    send("ask", {});
  }

  // ---- The scope: which transcripts and speakers are asked. Null is all of them.
  panelbot.scope = () => { try { return JSON.parse(stored.get("scope")); } catch { return null; } };

  function setScope(scope) {
    stored.set("scope", JSON.stringify(scope));
    applyScope();
    send("scope", {});
  }

  function readScope() {
    const boxes = $$("#pb-panel [data-scope=transcripts]");
    const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
    const speakers = $$("#pb-panel [data-scope=speakers]:checked").map((box) => box.value);
    const all = ticked.length === boxes.length || ticked.length === 0;
    setScope(all && !speakers.length ? null : { transcripts: all ? [] : ticked, speakers: [...new Set(speakers)] });
  }

  function applyScope() {
    const { transcripts = [], speakers = [] } = panelbot.scope() || {};
    for (const box of $$("#pb-panel [data-scope]")) {
      box.checked = box.dataset.scope === "speakers" ? speakers.includes(box.value) : !transcripts.length || transcripts.includes(box.value);
    }
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
    if (panelElement) fillPanel();
    if (turn !== null) showPane("side");
    await open(place.get("transcript") || "", turn === null ? null : Number(turn), span(place.get("quote")));
  };

  function span(text) {
    const found = /^(\d+)-(\d+)$/.exec(text || "");
    return found ? [Number(found[1]), Number(found[2])] : null;
  }

  async function open(transcript, turn = null, quote = null, again = false) {
    if (!pane) return;
    if (again || !shown || transcript !== shown) {
      const reply = await server.read(transcript);
      if (!reply) return;
      shown = reply.id;
      if (reply.error) pane.replaceChildren(notice(reply.error));
      else pane.innerHTML = reply.html;
      markCited();
      placeTurn();
    }
    if (turn !== null) go(turn, quote);
  }

  function notice(words) {
    const made = document.createElement("p");
    made.className = "pb-notice";
    made.textContent = words;
    return made;
  }

  function go(turn, quote = null) {
    unmark("pb-mark");
    const article = $(`.pb-turn[data-turn="${turn}"]`, pane);
    if (!article) return;
    for (const other of $$(".pb-here", pane)) other.classList.remove("pb-here");
    article.classList.add("pb-here");
    const marks = quote ? markSpan(article, quote[0], quote[1], "pb-mark") : [];
    const strip = $(".pb-strip", pane);
    strip.setAttribute("aria-valuenow", turn);
    strip.setAttribute("aria-valuetext", article.getAttribute("aria-label"));
    $(`[data-turn="${turn}"]`, strip).classList.add("pb-here");
    scrollTo(marks[0] || article);
    const place = new URLSearchParams({ transcript: shown, turn, ...(quote ? { quote: quote.join("-") } : {}) });
    history.replaceState(history.state, "", `?${place}`);
  }

  // Turns out of sight have only an estimated height until they are drawn, so the way is measured again each frame.
  function scrollTo(element, frames = 8) {
    const list = $(".pb-turns", pane);
    list.scrollTop += element.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 4;
    if (frames > 0) requestAnimationFrame(() => scrollTo(element, frames - 1));
  }

  // ---- Marking. Offsets count code points, strings here count UTF-16 units.
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
      marks.push(...wrap(paragraph, units(text, start - from), units(text, end - from), name));
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
    const chips = $$("#pb-thread [data-start]").filter((chip) => chip.dataset.transcript === shown);
    const cited = new Set(chips.map((chip) => chip.dataset.turn));
    for (const block of $$(".pb-strip > span", pane)) block.classList.toggle("pb-cited", cited.has(block.dataset.turn));
  }

  // ---- Searching within.
  let places = [];
  let at = -1;

  function find(words) {
    unmark("pb-find");
    places = [];
    at = -1;
    if (words.trim()) {
      const pattern = new RegExp(words.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "giu");
      for (const paragraph of $$(".pb-turn p", pane)) {
        const spans = [...paragraph.textContent.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length]);
        for (const [start, end] of spans) places.push(...wrap(paragraph, start, end, "pb-find"));
      }
    }
    step(1);
    if (!words.trim()) $(".pb-found", pane).textContent = "";
  }

  function step(by) {
    $(".pb-found", pane).textContent = places.length ? "" : "0";
    if (!places.length) return;
    places[at]?.classList.remove("pb-at");
    at = (at + by + places.length) % places.length;
    places[at].classList.add("pb-at");
    $(".pb-found", pane).textContent = `${at + 1}/${places.length}`;
    scrollTo(places[at]);
  }

  // ---- The panel.
  let panelElement = null;
  panelbot.panel = (element) => { panelElement = element; if (server) fillPanel(); };

  async function fillPanel() {
    const reply = await server.panel(null);
    if (!reply) return;
    panelElement.innerHTML = reply.html;
    applyScope();
  }

  panelbot.refresh = async () => {
    if (panelElement) await fillPanel();
    await open(shown, null, null, true);
    send("scope", {});
  };

  async function saveSpeaker(form) {
    const values = { ...Object.fromEntries(new FormData(form)), transcript: form.dataset.transcript, speaker: form.dataset.speaker };
    const reply = await server.edit(values);
    if (reply && reply.error) $(".pb-form-error", form).textContent = reply.error;
    else await panelbot.refresh();
  }

  async function remove(button) {
    if (!confirm(button.dataset.confirm)) return;
    const reply = await server.remove(button.dataset.id);
    if (reply && reply.error) say(reply.error);
    if (shown === button.dataset.id) shown = "";
    await panelbot.refresh();
  }

  // ---- Judging and copying an answer.
  function judge(button) {
    const form = $(".pb-form", button.closest(".pb-judge"));
    const opens = form.hidden || form.dataset.rating !== button.dataset.rating;
    closeJudgement();
    if (!opens) return;
    judging = form;
    form.hidden = false;
    form.dataset.rating = button.dataset.rating;
    button.setAttribute("aria-expanded", "true");
    showPicking();
    $("input", form).focus();
    form.scrollIntoView({ block: "nearest" });
  }

  let judging = null; // the form that is open

  function closeJudgement() {
    if (!judging) return;
    judging.hidden = true;
    for (const button of $$("[data-do=judge]", judging.parentNode)) button.setAttribute("aria-expanded", "false");
    judging = null;
    showPicking();
  }

  // A bad answer's form may ask for the right turn: then a click on a turn gives its number.
  const picking = () => Boolean(judging?.isConnected) && judging.dataset.rating === "bad" && judging.elements.right.value === "turn";

  function showPicking() {
    document.body.classList.toggle("pb-picking", picking());
    if (!judging) return;
    judging.dataset.right = judging.elements.right.value;
    placeTurn();
  }

  // The number is that of the transcript beside it; a turn that was clicked stays one of its own transcript.
  function placeTurn(picked = false) {
    if (!picking() || (judging.dataset.picked && !picked)) return;
    judging.dataset.transcript = shown;
    judging.dataset.picked = picked ? "yes" : "";
    $(".pb-picked", judging).textContent = $(".pb-transcript h2", pane)?.textContent || "";
  }

  function pickTurn(turn) {
    judging.elements.turn.value = turn;
    placeTurn(true);
    say(language === "zh" ? `已选 #${turn}` : `#${turn} is chosen.`);
    showPane("chat");
    $("[type=submit]", judging).focus();
  }

  function saveJudgement(form) {
    const values = Object.fromEntries(new FormData(form));
    tell("judge", {
      exchange: Number(form.dataset.exchange),
      rating: form.dataset.rating,
      reason: values.reason,
      right: values.right,
      transcript: form.dataset.transcript,
      turn: values.turn === "" ? null : Number(values.turn),
    });
  }

  async function copy(button) {
    const text = $(".pb-plain", button.closest(".pb-judge")).textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch { // no clipboard on plain http
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    say(language === "zh" ? "已复制。" : "Copied.");
  }

  // ---- The hover card of a chip.
  function showCard(chip) {
    const card = $("#pb-hover");
    const line = (name, text) => { const made = document.createElement(name); made.textContent = text; return made; };
    const who = document.createElement("p");
    who.append(line("b", chip.dataset.speaker), line("span", chip.dataset.facts));
    card.replaceChildren(who, line("q", chip.dataset.quote), line("small", chip.dataset.place));
    card.className = [...chip.classList].find((name) => /^pb-c\d|^pb-c-none/.test(name)) || "";
    card.hidden = false;
    const box = chip.getBoundingClientRect();
    const chat = $("#pb-chat").getBoundingClientRect(); // beside it the transcript stays in sight
    const left = Math.max(Math.min(box.left + box.width / 2 - card.offsetWidth / 2, chat.right - card.offsetWidth - 8), chat.left + 8);
    const below = box.bottom + 8;
    card.style.left = `${left}px`;
    card.style.top = `${below + card.offsetHeight < innerHeight - 8 ? below : Math.max(box.top - card.offsetHeight - 8, 8)}px`;
    chip.setAttribute("aria-describedby", "pb-hover");
  }

  function hideCard() {
    $("#pb-hover")?.setAttribute("hidden", "");
    for (const chip of $$("[aria-describedby=pb-hover]")) chip.removeAttribute("aria-describedby");
  }

  // ---- Panes on a narrow screen, tabs.
  function showPane(name) {
    document.body.dataset.pane = name;
    for (const button of $$(".pb-switch button")) button.setAttribute("aria-pressed", String(button.dataset.pane === name));
  }

  function showTranscript() {
    showPane("side");
    $("#pb-tab-transcript-button")?.click();
  }

  // ---- What is done at a click, a key, a form.
  const actions = {
    ask: (button) => ask(button.dataset.query, button.dataset.only),
    clear: () => send("clear", {}),
    copy,
    everything: () => setScope(null),
    export: (button) => { button.closest("details").open = false; tell("export", button.dataset.kind); },
    find: (button) => step(Number(button.dataset.step)),
    judge,
    language: switchLanguage,
    open: (button) => { showTranscript(); open(button.dataset.id); },
    pane: (button) => showPane(button.dataset.pane),
    remove,
    theme: switchTheme,
  };
  const forms = { judge: saveJudgement, speaker: saveSpeaker };

  document.addEventListener("click", (event) => {
    for (const menu of $$(".pb-menu[open], .pb-reference[open]")) if (!menu.contains(event.target)) menu.open = false;
    if (event.target.closest("#pb-preview, #pb-store")) $("#pb-added").scrollIntoView({ block: "nearest" });
    const turn = event.target.closest(".pb-turn");
    if (turn && picking() && getSelection().isCollapsed) {
      event.preventDefault();
      pickTurn(Number(turn.dataset.turn));
      return;
    }
    const target = event.target.closest("[data-do], [data-start][data-transcript], .pb-link, .pb-strip > span");
    if (!target) return;
    if (target.dataset.do) actions[target.dataset.do]?.(target);
    else if (target.dataset.start) {
      hideCard();
      showTranscript();
      open(target.dataset.transcript, Number(target.dataset.turn), [Number(target.dataset.start), Number(target.dataset.end)]);
    } else {
      event.preventDefault();
      go(Number(target.dataset.turn));
    }
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-submit]");
    if (!form) return;
    event.preventDefault();
    forms[form.dataset.submit](form);
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-scope]")) readScope();
    if (event.target.matches(".pb-choose")) open(event.target.value);
    if (event.target.matches(".pb-form [name=right]")) showPicking();
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches(".pb-find-box")) find(event.target.value);
    if (event.target.matches(".pb-form [name=turn]") && judging) {
      judging.dataset.picked = "";
      placeTurn();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      hideCard();
      for (const menu of $$(".pb-menu[open], .pb-reference[open]")) menu.open = false;
    }
    if (event.target.matches?.(".pb-find-box") && event.key === "Enter") {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    }
    const strip = event.target.closest?.(".pb-strip");
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!strip || !by) return;
    event.preventDefault();
    const last = Number(strip.getAttribute("aria-valuemax"));
    go(Math.min(Math.max(Number(strip.getAttribute("aria-valuenow")) + by, 0), last));
  });

  for (const [shows, hides] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(shows, (event) => {
      const chip = event.target.closest?.("button.pb-chip");
      if (chip) showCard(chip);
    });
    document.addEventListener(hides, (event) => { if (event.target.closest?.("button.pb-chip")) hideCard(); });
  }

  // ---- The thread is drawn by Gradio: follow it.
  document.addEventListener("DOMContentLoaded", () => {
    showPane("chat");
    applyTheme();
    system.addEventListener("change", applyTheme);
    new MutationObserver(applyTheme).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    new MutationObserver((changes) => {
      if (!changes.some(({ target }) => (target.closest ? target : target.parentElement)?.closest("#pb-thread, #pb-live"))) return;
      // A screen reader is told of finished answers, not of every piece of one.
      const thread = $("#pb-thread");
      thread?.setAttribute("role", "log");
      thread?.setAttribute("aria-label", language === "zh" ? "对话内容" : "Conversation");
      const scroll = $("#pb-scroll");
      scroll.scrollTop = scroll.scrollHeight;
      markCited();
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });

  window.panelbot = panelbot;
})();
