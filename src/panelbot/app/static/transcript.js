/* The transcript beside the chat: its turns, marked places, the strip, finding words in it and in all of them; and the
   hover card of a citation. Offsets count code points, turns are counted from 0 here and from 1 for people. */
(() => {
  "use strict";
  const p = window.panelbot;
  const { $, $$ } = p;

  const pane = () => $("#pb-transcript");
  let shown = "";
  let marked = null; // the turn, and the quote in it, that is marked
  let [opens, coming] = [0, ""]; // what was asked for last is shown, whatever comes last; the one on its way
  p.shown = () => shown;
  p.shownTitle = () => $(".pb-transcript h2", pane())?.textContent || "";

  // ---- Opening. `turn` and `quote` say what of it; a link that leads nowhere says so, and the picker stays.
  p.open = async (id, turn = null, quote = null, { again = false } = {}) => {
    if (again && coming) return Boolean(shown); // another is on its way, and is drawn from what is there now
    if (again || !shown || id !== shown || coming) {
      const mine = (opens += 1);
      coming = again ? "" : id;
      const reply = await p.call("read", { id });
      if (mine !== opens) return false; // another was asked for meanwhile
      coming = "";
      if (!reply) return false;
      const here = id === shown ? reading() : null;
      if (reply.id !== shown) marked = null;
      shown = reply.id;
      if (reply.error) pane().replaceChildren(p.notice(reply.error));
      else p.fill(pane(), reply.html);
      if (here && !reply.error) stay(here);
      if (marked && turn === null) mark(...marked);
      p.emit("transcript", pane(), shown);
      markCited();
      if (!reply.error) p.read(shown);
      if ($("#pb-find").value && !$("#pb-find-all").checked) find({ goes: turn === null });
    }
    showPicker();
    if (shown && turn !== null) go(turn, quote);
    return Boolean(shown);
  };

  // Whoever reads a transcript that is drawn anew stays where they are: at a turn, so far down, over it the overview.
  function reading() {
    const list = $(".pb-turns", pane());
    const top = list?.getBoundingClientRect().top;
    const turn = $$(".pb-turn", pane()).find((each) => each.getBoundingClientRect().bottom > top);
    return turn && { over: $(".pb-over", list), turn: turn.dataset.turn, down: turn.getBoundingClientRect().top - top };
  }

  function stay({ over, turn, down }) {
    if (over) $(".pb-turns", pane()).prepend(over);
    const article = $(`.pb-turn[data-turn="${turn}"]`, pane());
    if (article) scrollTo(article, down);
  }

  function showPicker() {
    const options = p.rows().map((row) => p.make("option", { value: row.id, selected: row.id === shown }, row.date ? `${row.title} · ${row.date}` : row.title));
    if (!shown && options.length) options.unshift(p.make("option", { value: "", selected: true }, `${p.word("choose_transcript")}…`));
    $("#pb-choose").replaceChildren(...options);
    $("#pb-choose").hidden = options.length < 2;
  }
  p.on("shelf", showPicker);

  function go(turn, quote = null) {
    const place = mark(turn, quote);
    if (!place) { p.say(p.word("gone_turn")); return; }
    scrollTo(place);
    history.replaceState(history.state, "", linkTo(turn, quote));
  }

  // The turn, or the quote in it, marked there and on the strip; null where there is no such turn.
  function mark(turn, quote) {
    unmark("pb-mark");
    const article = $(`.pb-turn[data-turn="${turn}"]`, pane());
    marked = article && [turn, quote];
    if (!article) return null;
    for (const other of $$(".pb-here", pane())) other.classList.remove("pb-here");
    article.classList.add("pb-here");
    const marks = quote ? markSpan(article, quote[0], quote[1], "pb-mark") : [];
    const strip = $(".pb-strip", pane());
    strip.setAttribute("aria-valuenow", turn + 1);
    strip.setAttribute("aria-valuetext", article.getAttribute("aria-label"));
    $(`[data-turn="${turn}"]`, strip).classList.add("pb-here");
    return marks[0] || article;
  }

  const linkTo = (turn, quote = null) => `?${new URLSearchParams({ transcript: shown, no: turn + 1, ...(quote ? { quote: quote.join("-") } : {}) })}`;

  // Turns out of sight have only an estimated height until they are drawn, so the way is measured again each frame, until
  // there is another way to go or the reader's hand is on the page: what a pointer is on does not move away under it.
  let ways = 0;
  for (const hand of ["pointerdown", "wheel", "touchstart"]) document.addEventListener(hand, () => { ways += 1; }, { passive: true });
  function scrollTo(element, down = null, frames = 8, mine = (ways += 1)) {
    const list = $(".pb-turns", pane());
    if (!list || mine !== ways) return;
    list.scrollTop += element.getBoundingClientRect().top - list.getBoundingClientRect().top - (down ?? list.clientHeight / 4);
    if (frames > 0) requestAnimationFrame(() => scrollTo(element, down, frames - 1, mine));
  }

  // ---- Marking.
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
      const mark = p.make("mark", { class: name });
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
    for (const mark of $$(`mark.${name}`, pane())) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
  }

  function markCited() {
    const cited = new Set($$("#pb-thread [data-start]").filter((each) => each.dataset.transcript === shown).map((each) => each.dataset.turn));
    for (const block of $$(".pb-strip > span", pane())) block.classList.toggle("pb-cited", cited.has(block.dataset.turn));
  }
  p.on("exchange", markCited);
  p.on("conversations", markCited);

  // ---- Finding: in this transcript, marked in its turns and on the strip; or in all of them, as a list.
  let places = []; // of each place found its marks: more than one where it goes over a paragraph's end
  let at = -1;
  let looks = 0; // what was looked for before comes too late

  function find({ goes = true } = {}) {
    const words = $("#pb-find").value.trim();
    const everywhere = Boolean(words) && $("#pb-find-all").checked;
    looks += 1;
    clearTimeout(find.timer);
    showFound([]);
    $("#pb-everywhere").hidden = !everywhere;
    pane().hidden = everywhere;
    $(".pb-found").textContent = "";
    if (words) find.timer = setTimeout(look, everywhere ? 200 : 50, { words, everywhere, goes, mine: looks });
    else $("#pb-everywhere").replaceChildren();
  }

  async function look({ words, everywhere, goes, mine }) {
    const reply = await p.call("find", { words, exact: $("#pb-find-exact").checked, id: everywhere ? null : shown });
    if (!reply || mine !== looks) return; // something else was typed meanwhile
    if (reply.error) p.say(reply.error);
    else if (everywhere) p.fill($("#pb-everywhere"), reply.html);
    else {
      showFound(reply.places);
      if (goes) step(1);
      else $(".pb-found").textContent = String(places.length);
    }
  }

  function showFound(found) {
    unmark("pb-find");
    at = -1;
    places = found.flatMap(([turn, spans]) => {
      const article = $(`.pb-turn[data-turn="${turn}"]`, pane());
      return (article ? spans : []).map(([start, end]) => markSpan(article, start, end, "pb-find"));
    }).filter((marks) => marks.length);
    const turns = new Set(found.map(([turn]) => String(turn)));
    for (const block of $$(".pb-strip > span", pane())) block.classList.toggle("pb-hit", turns.has(block.dataset.turn));
  }

  function step(by) {
    $(".pb-found").textContent = places.length ? "" : "0";
    if (!places.length) return;
    for (const mark of places[at] || []) mark.classList.remove("pb-at");
    at = (at + by + places.length) % places.length;
    for (const mark of places[at]) mark.classList.add("pb-at");
    $(".pb-found").textContent = `${at + 1}/${places.length}`;
    scrollTo(places[at][0]);
  }

  function seeFound(button) {
    $("#pb-find-all").checked = false;
    find({ goes: false });
    openPlace(button);
  }

  async function openPlace({ dataset }) {
    hideCard();
    p.pane("side");
    p.goTo("transcript");
    if ($("#pb-find-all").checked) { $("#pb-find-all").checked = false; find({ goes: false }); }
    await p.open(dataset.transcript, Number(dataset.turn), [Number(dataset.start), Number(dataset.end)]);
  }

  Object.assign(p.actions, {
    find: (button) => step(Number(button.dataset.step)),
    link: async (button) => {
      const turn = Number(button.dataset.turn);
      go(turn);
      await p.copy(location.href);
      p.say(p.word("link_copied", { number: turn + 1 }));
    },
    open: (button) => { p.pane("side"); p.goTo("transcript"); p.open(button.dataset.id); },
  });

  // ---- The hover card of a chip.
  function showCard(chip) {
    const card = $("#pb-hover");
    const who = p.make("p", {}, p.make("b", {}, chip.dataset.speaker), p.make("span", {}, chip.dataset.facts));
    card.replaceChildren(who, p.make("q", {}, chip.dataset.quote), p.make("small", {}, chip.dataset.place));
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
  p.on("escape", hideCard);

  for (const [shows, hides] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(shows, (event) => {
      const chip = event.target.closest?.("button.pb-chip");
      if (chip) showCard(chip);
    });
    document.addEventListener(hides, (event) => { if (event.target.closest?.("button.pb-chip")) hideCard(); });
  }

  // ---- What is done at a click, a key.
  document.addEventListener("click", (event) => {
    const place = event.target.closest("[data-start][data-transcript]:not([data-do])");
    if (place) return place.matches(".pb-found-place") ? seeFound(place) : openPlace(place);
    const block = event.target.closest(".pb-strip > span");
    return block && go(Number(block.dataset.turn));
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.matches?.("#pb-find") && event.key === "Enter") {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    }
    const strip = event.target.closest?.(".pb-strip");
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!strip || !by) return;
    event.preventDefault();
    const last = Number(strip.getAttribute("aria-valuemax")) - 1;
    go(Math.min(Math.max(Number(strip.getAttribute("aria-valuenow")) - 1 + by, 0), last));
  });

  // ---- Begin: where the link leads, else what was read last, else the newest.
  p.on("start", async () => {
    $("#pb-find").addEventListener("input", () => find());
    for (const way of $$("#pb-find-all, #pb-find-exact")) way.addEventListener("change", () => find());
    $("#pb-choose").addEventListener("change", (event) => { if (event.target.value) p.open(event.target.value); });
    const place = new URLSearchParams(location.search);
    const turn = place.has("no") ? Number(place.get("no")) - 1 : place.has("turn") ? Number(place.get("turn")) : null;
    const [, start, end] = /^(\d+)-(\d+)$/.exec(place.get("quote") || "") || [];
    if (turn !== null) p.pane("side");
    const wanted = place.get("transcript") || (await p.lastRead()) || "";
    await p.open(wanted, turn, start ? [Number(start), Number(end)] : null);
  });
})();
