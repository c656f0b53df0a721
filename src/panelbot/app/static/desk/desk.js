/* The desk's scripts: what a reader does beside asking. This one is the ground for the others: it reaches the server,
   notices what the page draws, and offers what can be done with a quote or with selected words.

   Like the page's script it makes no markup out of a text: views come escaped from the server. */
(() => {
  "use strict";

  const panelbot = window.panelbot;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const chinese = document.documentElement.dataset.lang === "zh";
  const desk = { $, $$, actions: {}, changes: {}, forms: {}, tools: [], transcripts: [], key: "" };
  panelbot.desk = desk;

  desk.word = (key) => panelbot.words[key][chinese ? 1 : 0];
  desk.say = (words) => panelbot.told({ say: words });

  // ---- The server, once its component is there.
  let begin;
  const server = new Promise((resolve) => { begin = resolve; });
  desk.start = (functions, key) => { desk.key = key; begin(functions); };
  desk.call = async (name, value = {}) => {
    let reply;
    try { reply = await (await server)[name](value); } catch { reply = { error: desk.word("desk_failed") }; }
    if (reply.error && !reply.quiet) desk.say(reply.error);
    return reply;
  };

  desk.make = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  desk.button = (words, does, data = {}) =>
    desk.make("button", { type: "button", class: "pb-small", "data-desk": does, ...data }, words);

  desk.copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // no clipboard on plain http
      const area = desk.make("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    desk.say(desk.word("copied"));
  };

  desk.save = ({ name, type, base64 }) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const link = desk.make("a", { download: name, href: URL.createObjectURL(new Blob([bytes], { type })) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  // ---- A place: characters of a turn. Offsets count code points, strings here count UTF-16 units.
  const points = (text) => [...text].length;

  desk.placeOf = (element) => {
    const { dataset } = element.closest("[data-start-of]") || element;
    if (!dataset.startOf) return selected;
    return { transcript: dataset.transcriptOf, turn: Number(dataset.turnOf), start: Number(dataset.startOf), end: Number(dataset.endOf) };
  };
  desk.placeData = (place) => Object.fromEntries(Object.entries(place).map(([key, value]) => [`data-${key}-of`, value]));

  // ---- Quotes of answers: what can be done with each stands beside it.
  function furnish(quote) {
    const { transcript, turn, start, end } = quote.dataset;
    const data = desk.placeData({ transcript, turn, start, end });
    const row = desk.make("span", { class: "pb-quote-tools", ...data });
    for (const { does, words, fits } of desk.tools) if (!fits || fits(quote.dataset)) row.append(desk.button(desk.word(words), does));
    quote.after(row);
  }
  desk.refurnish = () => { for (const row of $$(".pb-quote-tools")) row.remove(); furnishAll(); };
  function furnishAll() {
    for (const quote of $$("#pb-thread .pb-quote[data-start]")) if (!quote.nextElementSibling?.matches(".pb-quote-tools")) furnish(quote);
  }

  // ---- Selected words of a turn.
  let selected = null;
  const bar = desk.make("div", { id: "pb-selection", role: "toolbar", hidden: "", "aria-label": desk.word("selection") });

  function offset(paragraph, node, at) {
    const range = document.createRange();
    range.setStart(paragraph, 0);
    range.setEnd(node, at);
    return Number(paragraph.dataset.start) + points(range.toString());
  }

  function placeSelected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const within = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node);
    const turn = within(range.startContainer).closest(".pb-turns .pb-turn");
    if (!turn) return null;
    const paragraphs = $$("p[data-start]", turn).filter((paragraph) => range.intersectsNode(paragraph));
    if (!paragraphs.length) return null;
    const [first, last] = [paragraphs[0], paragraphs.at(-1)];
    const start = first.contains(range.startContainer) ? offset(first, range.startContainer, range.startOffset) : Number(first.dataset.start);
    const end = last.contains(range.endContainer) ? offset(last, range.endContainer, range.endOffset) : Number(last.dataset.start) + points(last.textContent);
    const transcript = turn.closest(".pb-transcript").dataset.transcript;
    return end > start ? { transcript, turn: Number(turn.dataset.turn), start, end, box: range.getBoundingClientRect() } : null;
  }

  function showBar() {
    if (bar.contains(document.activeElement)) return;
    const place = placeSelected();
    bar.hidden = !place;
    if (!place) return;
    const { box, ...rest } = place;
    selected = rest;
    bar.replaceChildren(...desk.tools.filter(({ fits }) => !fits || fits(rest)).map(({ does, words }) => desk.button(desk.word(words), does)));
    bar.style.left = `${Math.min(Math.max(box.left + box.width / 2 - bar.offsetWidth / 2, 8), innerWidth - bar.offsetWidth - 8)}px`;
    bar.style.top = `${box.top > bar.offsetHeight + 16 ? box.top - bar.offsetHeight - 8 : Math.min(box.bottom + 8, innerHeight - bar.offsetHeight - 8)}px`;
  }

  let soon = 0;
  document.addEventListener("selectionchange", () => { clearTimeout(soon); soon = setTimeout(showBar, 150); });
  document.addEventListener("scroll", () => { bar.hidden = true; }, true);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") bar.hidden = true; });

  // ---- What is done at a click, a choice, a form: before the page's own script sees it.
  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-desk]");
    if (!target) return;
    event.stopPropagation();
    desk.actions[target.dataset.desk]?.(target, event);
    if (bar.contains(target)) bar.hidden = true;
  }, true);
  document.addEventListener("change", (event) => {
    const target = event.target.closest("[data-desk-change]");
    if (target) desk.changes[target.dataset.deskChange]?.(target);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-desk-form]");
    if (!form) return;
    event.preventDefault();
    event.stopPropagation();
    desk.forms[form.dataset.deskForm](form);
  }, true);

  // ---- What the page draws.
  const seen = new WeakSet();
  document.addEventListener("DOMContentLoaded", () => {
    document.body.append(bar);
    new MutationObserver(() => {
      furnishAll();
      const transcript = $("#pb-transcript .pb-transcript[data-transcript]");
      if (!transcript || seen.has(transcript)) return;
      seen.add(transcript);
      for (const notice of desk.transcripts) notice(transcript, transcript.dataset.transcript);
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
