/* The conversation that is shown: asking, stopping, asking again; what is typed is never lost, and what is read stays
   where it is. Knows exchanges as records {id, parent, entry} and as the server's HTML. */
(() => {
  "use strict";
  const p = window.panelbot;
  const { $, $$ } = p;

  const MOST_WAITING = 3;
  const HISTORY = 12; // earlier questions that go with one; the server takes no more
  const BACK = 2000; // milliseconds between looks for a server that went away

  let conversation = null; // its record; null until something is asked in it
  let records = []; // its exchanges, in order
  let running = null; // what is being asked: {item, article, stopper, away}
  let waiting = []; // what is asked after that
  let editing = null; // the id of the exchange whose question is being changed
  let shows = 0; // how often what is shown was changed: what was asked for before comes too late
  let keeping = null; // the newest answer, until it is kept
  let opening = null; // the conversation of the last visit, on its way

  const box = () => $("#pb-question textarea");
  const scroll = () => $("#pb-scroll");
  const articleOf = (id) => $$("#pb-thread .pb-exchange").find((each) => each.dataset.exchange === id);

  // ---- The box. What is typed is kept for this tab.
  p.setQuestion = (text) => {
    box().value = text;
    typed();
  };

  function typed() {
    const area = box();
    p.tab.set("draft", area.value || null);
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 160)}px`;
  }

  const giveBack = (query) => { if (!box().value.trim()) p.setQuestion(query); };

  function submit() {
    const query = box().value.trim();
    if (!query) return told("empty_question");
    if (running?.away && query === running.item.query) return running.retry();
    const only = editing ? records.find((each) => each.id === editing)?.entry.speakers?.[0] : null;
    if (!put({ query, only, replaces: editing })) return undefined;
    editing = null;
    p.setQuestion("");
    return showNotices();
  }

  function told(key) {
    $("#pb-notices").replaceChildren(p.notice(p.word(key)));
  }

  // ---- Asking. One question at a time; what comes meanwhile waits its turn.
  p.ask = (query, only = null) => put({ query, only });

  function put(item) {
    const scope = p.scope();
    if (scope && scope.transcripts && !scope.transcripts.length) return p.say(p.word("none_chosen"));
    if (opening) return opening.then(() => put(item));
    if (running && waiting.length >= MOST_WAITING) return p.say(p.word("queue_full"));
    conversation ||= { id: p.newId() };
    item.scope = item.only ? { ...scope, speakers: [item.only] } : scope;
    item.conversation = conversation.id; // its own, whatever is shown once its turn comes
    item.key = item.replaces || p.newId();
    p.pane("chat");
    begin(item);
    return true;
  }

  function begin(item) {
    if (running) waiting.push(item);
    else run(item);
    showNotices();
  }

  async function run(item) {
    const mine = { item, article: liveArticle(item), stopper: new AbortController(), away: false };
    running = mine;
    showRunning();
    if (conversation?.id === item.conversation) {
      showLive(item, mine.article);
      place(mine.article);
    }
    try {
      await p.stream("ask", { query: item.query, key: item.key, history: await historyOf(item), scope: item.scope }, {
        signal: mine.stopper.signal,
        step: (step) => take(mine, step),
      });
      end(mine);
    } catch (error) {
      if (error instanceof p.Away) wentAway(mine);
      else if (error.name === "AbortError") abandon(mine, "stopped");
      else if (error.status === 503) abandon(mine, "busy");
      else if (error.status === 401) abandon(mine, "log_in_again");
      else failed(mine, error);
    }
  }

  const inOrder = (found) => found.sort((a, b) => (a.id < b.id ? -1 : 1));

  // The questions before this one in its conversation, which need not be the one that is shown.
  async function historyOf(item) {
    await keeping;
    const all = conversation?.id === item.conversation ? records : inOrder(await p.kept.all("exchange", item.conversation));
    const before = all.filter((each) => each.id < item.key).slice(-HISTORY);
    return before.map(({ entry }) => ({ query: entry.query, answer: entry.answer.text }));
  }

  function liveArticle(item) {
    const question = p.make("h2", { class: "pb-question" }, p.make("span", { class: "pb-sr" }, `${p.word("you")} `), p.make("span", {}, item.query));
    const wait = p.make("p", { class: "pb-wait" }, p.make("span", { class: "pb-dots", "aria-hidden": "true" }), p.word("searching"));
    return p.make("article", { class: "pb-exchange pb-live", "aria-live": "off", "aria-busy": "true" }, question, p.make("div", { class: "pb-answer" }, wait));
  }

  function showLive(item, article) {
    const old = item.replaces && articleOf(item.replaces);
    if (old) {
      old.hidden = true;
      old.after(article);
    } else {
      $("#pb-live").replaceChildren(article);
    }
  }

  function take(mine, step) {
    if (step.entry) keeping = finish(mine, step);
    else {
      p.fill($(".pb-answer", mine.article), step.html);
      if (step.failed) mine.failed = true;
    }
    follow();
  }

  async function finish({ item, article }, { entry, html }) {
    const old = records.find((each) => each.id === item.key);
    const record = { id: item.key, parent: item.conversation, entry, at: Date.now() };
    const made = p.element(html);
    if (conversation?.id === item.conversation) {
      shows += 1;
      records = old ? records.map((each) => (each === old ? record : each)) : [...records, record];
      articleOf(item.key)?.remove();
      if (item.replaces) article.replaceWith(made);
      else {
        article.remove();
        made.classList.add("pb-fresh");
        $("#pb-thread").append(made);
      }
      p.emit("exchange", made, record);
    }
    if (old) p.say(p.word("replaced"), { undo: () => restore(old) });
    p.tab.set("conversation", conversation?.id || null);
    p.browser.set("conversation", conversation?.id || null);
    await p.kept.put("exchange", record);
    // Another tab may have renamed it; a new one is named by the first question that was answered in it.
    const all = await p.kept.all("conversation").catch(() => [conversation]);
    const known = all.find((each) => each?.id === item.conversation);
    await p.kept.put("conversation", { id: item.conversation, title: item.query.slice(0, 80), created: Date.now(), ...known, updated: Date.now() });
    p.emit("conversations");
  }

  async function restore(record) {
    await p.kept.put("exchange", record);
    if (conversation?.id === record.parent) await p.showConversation(record.parent);
  }

  function end(mine) {
    if (running !== mine) return;
    running = null;
    mine.article.removeAttribute("aria-busy");
    showRunning();
    const next = waiting.shift();
    if (next) begin(next);
    else {
      showNotices();
      catchUp();
    }
  }

  function failed(mine, error) {
    const again = p.make("button", { type: "button", class: "pb-small", data: { do: "ask", query: mine.item.query } }, p.word("again"));
    $(".pb-answer", mine.article).replaceChildren(p.notice(p.word("failed")), again);
    end(mine);
    if (!(error instanceof p.Refused)) throw error;
  }

  // It is taken back: the question stands in its box again, an earlier answer in its place.
  function abandon(mine, words) {
    const old = mine.item.replaces && articleOf(mine.item.replaces);
    if (old) old.hidden = false;
    mine.article.remove();
    giveBack(mine.item.query);
    const open = [mine.item, ...waiting];
    if (words === "log_in_again") waiting = [];
    end(mine);
    if (words === "log_in_again") {
      p.tab.set("asking", open);
      const again = p.make("button", { type: "button", class: "pb-small" }, p.word("log_in"));
      again.addEventListener("click", () => location.reload());
      $("#pb-notices").replaceChildren(p.notice(p.word(words)), again);
    } else if (words) p.say(p.word(words));
  }

  // The server went away: the question is in its box, and is asked again once it is back, unless it was changed.
  function wentAway(mine) {
    mine.away = true;
    giveBack(mine.item.query);
    const now = p.make("button", { type: "button", class: "pb-small", data: { do: "retry" } }, p.word("try_now"));
    $(".pb-answer", mine.article).replaceChildren(p.notice(p.word("away")), now);
    showRunning();
    const look = setInterval(async () => { if (await p.isBack()) mine.retry(); }, BACK);
    mine.retry = () => {
      clearInterval(look);
      if (running !== mine) return;
      const typedNow = box().value.trim();
      if (typedNow === mine.item.query) p.setQuestion("");
      else if (!waiting.length) {
        abandon(mine, "back");
        return;
      }
      mine.article.remove();
      run(mine.item);
    };
    mine.drop = () => clearInterval(look);
  }

  p.actions.retry = () => running?.retry?.();
  p.actions.stop = () => {
    if (!running) return;
    if (running.away) {
      running.drop();
      abandon(running, "stopped");
    } else running.stopper.abort();
  };
  p.actions.ask = (button) => p.ask(button.dataset.query, button.dataset.only || null);

  function showRunning() {
    $("#pb-stop").hidden = !running;
    $("#pb-ask").classList.toggle("pb-busy", Boolean(running) && !running.away);
    $("#pb-send").setAttribute("aria-busy", String(Boolean(running)));
  }

  // ---- Over the box: what waits, and whether an earlier question is being changed.
  function showNotices() {
    p.tab.set("asking", running ? [running.item, ...waiting] : null); // a reload asks it again
    const lines = waiting.map((item) => {
      const drop = p.make("button", { type: "button", class: "pb-plain-button", "aria-label": p.word("next_drop"), title: p.word("next_drop") }, "✕");
      drop.addEventListener("click", () => { waiting = waiting.filter((each) => each !== item); giveBack(item.query); showNotices(); });
      return p.make("p", { class: "pb-next" }, p.make("span", {}, p.word("next")), p.make("b", {}, item.query), drop);
    });
    if (editing) {
      const cancel = p.make("button", { type: "button", class: "pb-small", data: { do: "cancel_edit" } }, p.word("cancel"));
      lines.push(p.make("p", { class: "pb-next" }, p.make("span", {}, p.word("editing")), cancel));
    }
    $("#pb-notices").replaceChildren(...lines);
  }

  // ---- What can be done with an exchange.
  p.exchange = (element) => records.find((each) => each.id === element.closest(".pb-exchange")?.dataset.exchange);
  p.exchanges = () => records;

  Object.assign(p.actions, {
    again: (button) => {
      const { id, entry } = p.exchange(button);
      put({ query: entry.query, only: entry.speakers?.[0] || null, replaces: id });
    },
    edit: (button) => {
      const { id, entry } = p.exchange(button);
      editing = id;
      p.setQuestion(entry.query);
      showNotices();
      box().focus();
    },
    cancel_edit: () => { editing = null; p.setQuestion(""); showNotices(); },
    copy: async (button) => { await p.copy($(".pb-plain", button.closest(".pb-exchange")).textContent); p.say(p.word("copied")); },
    export: async (button) => {
      button.closest("details").open = false;
      const reply = await p.call("export", { kind: button.dataset.kind, entries: records.map((each) => each.entry) });
      if (reply?.text) p.save(reply);
      else if (reply) p.say(reply.say || reply.error);
    },
  });

  // ---- Which conversation is shown.
  p.conversation = () => conversation;

  p.newConversation = () => {
    shows += 1;
    show(null, [], []);
    box().focus();
  };

  p.showConversation = async (id) => {
    shows += 1;
    const mine = shows;
    await keeping;
    const all = await p.kept.all("conversation");
    const record = all.find((each) => each.id === id);
    if (!record) return false;
    const found = inOrder(await p.kept.all("exchange", id));
    const reply = found.length ? await p.request("thread", { records: found }) : { html: [] };
    if (mine === shows) show(record, found, reply.html || []);
    return mine === shows;
  };

  function show(record, found, html) {
    conversation = record;
    records = found.filter((_, place) => html[place]);
    editing = null;
    const shown = html.filter(Boolean).map(p.element);
    $("#pb-thread").replaceChildren(...shown);
    $("#pb-live").replaceChildren();
    if (running && running.item.conversation === record?.id) showLive(running.item, running.article);
    shown.forEach((article, place) => p.emit("exchange", article, records[place]));
    p.tab.set("conversation", record?.id || null);
    if (record) p.browser.set("conversation", record.id);
    showNotices();
    scroll().scrollTop = scroll().scrollHeight;
    p.emit("conversations");
  }

  // Another tab has asked something here: it is shown too, once nothing is being asked in this one.
  async function catchUp() {
    if (!conversation || running) return;
    const [mine, { id }] = [shows, conversation];
    await keeping;
    const found = await p.kept.all("exchange", id);
    const known = new Map(records.map((each) => [each.id, each.at]));
    if (mine !== shows || running || (found.length === known.size && found.every((each) => known.get(each.id) === each.at))) return;
    if (!found.length) { show(null, [], []); return; } // deleted there
    const at = scroll().scrollTop;
    if (await p.showConversation(id)) scroll().scrollTop = at;
  }
  p.on("kept", (kind) => { if (kind === "exchange") catchUp(); });

  // ---- Scrolling belongs to the reader: a new answer begins with its question at the top, and only who has gone to the
  // end is taken along.
  const GAP = 16; // pixels over the question of a new answer
  let byReader = 0;
  let following = false;
  const atEnd = () => scroll().scrollHeight - scroll().scrollTop - scroll().clientHeight < 8;

  function place(article) {
    for (const fresh of $$(".pb-fresh")) fresh.classList.remove("pb-fresh");
    following = false;
    const room = scroll().clientHeight - GAP - parseFloat(getComputedStyle(scroll()).paddingBottom);
    scroll().style.setProperty("--pb-room", `${room}px`);
    if (!article.closest("#pb-thread")) article.classList.add("pb-fresh");
    scroll().scrollTop += article.getBoundingClientRect().top - scroll().getBoundingClientRect().top - GAP;
    showDown();
  }

  function follow() {
    if (following) scroll().scrollTop = scroll().scrollHeight;
    showDown();
  }

  function showDown() {
    const end = $("#pb-live .pb-answer") || $$("#pb-thread .pb-exchange").at(-1);
    $("#pb-down").hidden = !end || end.getBoundingClientRect().bottom < scroll().getBoundingClientRect().bottom + 40;
  }

  p.actions.down = () => { scroll().scrollTop = scroll().scrollHeight; following = true; showDown(); };

  // ---- Begin.
  p.on("start", async () => {
    const area = box();
    area.addEventListener("input", typed);
    area.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      submit();
    });
    for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      scroll().addEventListener(kind, () => { byReader = Date.now(); }, { passive: true });
    }
    scroll().addEventListener("scroll", () => {
      if (Date.now() - byReader < 1000) following = atEnd();
      showDown();
    });
    const asked = p.tab.get("asking") || [];
    const draft = p.tab.get("draft") || "";
    p.setQuestion(asked[0]?.query === draft ? "" : draft);
    const last = asked[0]?.conversation || p.tab.get("conversation") || p.browser.get("conversation");
    if (!last) return;
    opening = reopen(last, asked).finally(() => { opening = null; });
    await opening;
  });
  p.forms.ask = submit;

  // The conversation of the last visit, and what was on its way in it when the page was left.
  async function reopen(id, asked) {
    try {
      await p.showConversation(id);
    } catch (error) {
      if (!(error instanceof p.Away)) throw error;
      $("#pb-thread").replaceChildren(p.notice(p.word("away_short")));
      setTimeout(() => { if (!conversation && !running) reopen(id, asked); }, BACK);
      return;
    }
    const open = asked.filter((item) => item.replaces || !records.some((each) => each.id === item.key));
    if (open.length) conversation ||= { id };
    for (const item of open) begin(item);
  }
})();
