/* The shelf: all transcripts in a list that is searched, ordered and tagged, and what of them is asked. A visitor's own
   facts of a transcript are records of kind "shelf": {id, read, tags}. */
(() => {
  "use strict";
  const p = window.panelbot;
  const { $, $$ } = p;

  const FEW = 3; // so many stand open, with their people
  let rows = [];
  let own = new Map(); // by transcript: when it was read, its tags
  let added = []; // in this visit
  let openRows = new Set();

  p.rows = () => rows;
  p.on("start", async () => {
    for (const id of ["pb-shelf-find", "pb-shelf-sort", "pb-shelf-tag"]) $(`#${id}`).addEventListener("input", draw);
    added = p.tab.get("added") || [];
    $("#pb-shelf-sort").value = p.browser.get("sort") || "newest";
    showScope();
    await p.loadShelf({ first: true });
  });

  p.loadShelf = async ({ first = false } = {}) => {
    const [reply] = await Promise.all([p.call("shelf"), loadOwn()]);
    if (!reply || reply.error) return;
    rows = reply.rows;
    if (rows.length <= FEW) openRows = new Set(rows.map((row) => row.id));
    draw();
    if (!first) showScope();
    p.emit("shelf");
  };

  let loaded = null;
  const loadOwn = () => {
    loaded = p.kept.all("shelf").then(
      (records) => { own = new Map(records.map((each) => [each.id, each])); },
      (error) => { if (!(error instanceof p.Away || error instanceof p.Refused)) throw error; },
    );
    return loaded;
  };
  p.on("kept", (kind) => { if (kind === "shelf") loadOwn(); });

  const of = (id) => own.get(id) || { id, read: 0, tags: [] };
  async function note(id, facts) {
    await (loaded || loadOwn());
    const record = { ...of(id), ...facts };
    own.set(id, record);
    await p.kept.put("shelf", record);
  }

  p.read = (id) => note(id, { read: Date.now() });
  p.lastRead = async () => {
    await loadOwn();
    return [...own.values()].filter((each) => each.read).sort((a, b) => b.read - a.read)[0]?.id;
  };

  p.addedNow = async (ids, tags) => {
    added = [...ids, ...added.filter((id) => !ids.includes(id))];
    p.tab.set("added", added);
    for (const [id, own] of tags) await note(id, { tags: [...new Set([...of(id).tags, ...own])] });
    await p.refresh();
  };

  p.refresh = async () => {
    await p.loadShelf();
    await p.open(p.shown() || "", null, null, { again: true });
  };

  // ---- What is asked: null is everything, of everybody.
  p.scope = () => p.tab.get("scope");
  const isChosen = (id) => !p.scope()?.transcripts || p.scope().transcripts.includes(id);

  function setScope(scope) {
    const all = !scope?.transcripts || (rows.length && rows.every((row) => scope.transcripts.includes(row.id)));
    const speakers = scope?.speakers || [];
    p.tab.set("scope", all && !speakers.length ? null : { transcripts: all ? null : scope.transcripts, speakers });
    p.browser.set("scope", p.scope());
    tick();
    showScope();
  }

  const choose = (transcripts) => setScope({ transcripts, speakers: p.scope()?.speakers || [] });

  let shows = 0;
  async function showScope() {
    shows += 1;
    const mine = shows;
    const scope = p.scope();
    const reply = scope ? await p.call("scope", { scope }) : { html: "" };
    if (mine !== shows || !reply) return;
    p.fill($("#pb-scope"), reply.html || "");
    if (scope?.transcripts?.length === 0) $("#pb-scope").replaceChildren(p.make("p", { class: "pb-scope" }, p.word("none_chosen")));
    const [place, steps] = [$("#pb-welcome"), [{ scope }]];
    if (!place.firstChild) steps.unshift({ scope, bare: true }); // what is on the shelf is there at once
    for (const step of steps) {
      const welcome = await p.call("welcome", step);
      if (mine === shows && welcome?.html) p.fill(place, welcome.html);
    }
  }

  // ---- The list.
  function matching() {
    const words = $("#pb-shelf-find").value.toLowerCase().split(/\s+/).filter(Boolean);
    const tag = $("#pb-shelf-tag").value;
    return rows.filter((row) => {
      const tags = of(row.id).tags;
      if (tag && !tags.includes(tag)) return false;
      const text = `${row.title} ${row.date} ${row.words} ${tags.join(" ")}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }

  const orders = {
    newest: null, // as the server gives them
    title: (a, b) => a.title.localeCompare(b.title, p.language === "zh" ? "zh-CN" : "en", { numeric: true }),
    read: (a, b) => of(b.id).read - of(a.id).read,
    date: (a, b) => (b.date || "").localeCompare(a.date || ""),
  };

  function draw() {
    const order = $("#pb-shelf-sort").value;
    p.browser.set("sort", order);
    showTags();
    const found = orders[order] ? matching().sort(orders[order]) : matching();
    const top = added.map((id) => found.find((row) => row.id === id)).filter(Boolean);
    const shown = [...top, ...found.filter((row) => !top.includes(row))];
    const old = new Map($$(".pb-card", $("#pb-shelf")).map((card) => [card.dataset.panel, card]));
    $("#pb-shelf").replaceChildren(...shown.map((row) => card(row, old.get(row.id))));
    if (!shown.length) $("#pb-shelf").append(p.make("p", { class: "pb-hint" }, p.word(rows.length ? "nothing_matches" : "no_transcripts")));
    tick();
    for (const row of shown) if (openRows.has(row.id)) showPeople(row.id);
  }

  function showTags() {
    const select = $("#pb-shelf-tag");
    const tags = [...new Set(rows.flatMap((row) => of(row.id).tags))].sort();
    const chosen = select.value;
    select.replaceChildren(p.make("option", { value: "" }, p.word("tag_any")), ...tags.map((tag) => p.make("option", { value: tag, selected: tag === chosen }, tag)));
    select.hidden = !tags.length;
  }

  function card(row) {
    const box = p.make("input", { type: "checkbox", value: row.id, data: { scope: "transcripts" } });
    const facts = [row.date, p.word("n_turns", { number: row.n_turns }), ...of(row.id).tags.map((tag) => `#${tag}`)].filter(Boolean).join(" · ");
    const title = p.make("label", {}, box, p.make("span", {}, p.make("b", {}, row.title), p.make("small", {}, facts)));
    if (added.includes(row.id)) title.append(p.make("em", { class: "pb-new" }, p.word("just_added")));
    const more = p.make("button", { type: "button", class: "pb-small", "aria-expanded": String(openRows.has(row.id)), data: { do: "people", id: row.id } }, p.word("n_people", { number: row.n_people }));
    const tools = p.make("span", { class: "pb-tools" },
      p.make("button", { type: "button", class: "pb-small", data: { do: "open", id: row.id } }, p.word("read")),
      p.make("button", { type: "button", class: "pb-small", data: { do: "only", id: row.id } }, p.word("only_this")),
      more);
    return p.make("section", { class: "pb-card", "aria-label": row.title, data: { panel: row.id } }, p.make("header", {}, title, tools));
  }

  async function showPeople(id) {
    const at = $$("#pb-shelf .pb-card").find((each) => each.dataset.panel === id);
    if (!at) return;
    const reply = await p.call("people", { id });
    if (!reply || !at.isConnected) return;
    const inside = p.make("div", { class: "pb-inside" });
    if (reply.error) inside.append(p.notice(reply.error));
    else p.fill(inside, reply.html);
    const tags = p.make("input", { type: "text", value: of(id).tags.join(", "), autocomplete: "off" });
    tags.addEventListener("change", async () => {
      await note(id, { tags: tags.value.split(/[,，、;；]/).map((each) => each.trim()).filter(Boolean) });
      draw();
    });
    inside.append(p.make("label", { class: "pb-tags" }, p.make("span", {}, p.word("tags")), tags));
    $(".pb-inside", at)?.remove();
    at.append(inside);
    tick();
  }

  function tick() {
    const { transcripts = null, speakers = [] } = p.scope() || {};
    for (const box of $$("#pb-shelf [data-scope]")) {
      box.checked = box.dataset.scope === "speakers" ? speakers.includes(box.value) : isChosen(box.value);
    }
    const number = transcripts ? rows.filter((row) => transcripts.includes(row.id)).length : rows.length;
    $("#pb-shelf-count").textContent = p.word("n_chosen", { number, total: rows.length });
  }

  document.addEventListener("change", (event) => {
    const box = event.target.closest("#pb-shelf [data-scope]");
    if (!box) return;
    const scope = p.scope() || {};
    if (box.dataset.scope === "speakers") {
      const others = (scope.speakers || []).filter((name) => name !== box.value);
      setScope({ transcripts: scope.transcripts || null, speakers: box.checked ? [...others, box.value] : others });
    } else {
      const chosen = rows.map((row) => row.id).filter((id) => (id === box.value ? box.checked : isChosen(id)));
      choose(chosen);
    }
  });

  Object.assign(p.actions, {
    everything: () => setScope(null),
    choose_all: () => {
      const found = matching().map((row) => row.id);
      choose(found.length === rows.length ? null : rows.map((row) => row.id).filter((id) => found.includes(id) || (p.scope()?.transcripts || []).includes(id)));
    },
    choose_none: () => {
      const found = new Set(matching().map((row) => row.id));
      choose(rows.map((row) => row.id).filter((id) => !found.has(id) && isChosen(id)));
    },
    only: (button) => {
      choose([button.dataset.id]);
      p.goTo("shelf");
      openRows.add(button.dataset.id);
      showPeople(button.dataset.id);
    },
    people: (button) => {
      const { id } = button.dataset;
      const opens = !openRows.has(id);
      if (opens) openRows.add(id);
      else openRows.delete(id);
      button.setAttribute("aria-expanded", String(opens));
      if (opens) showPeople(id);
      else $(".pb-inside", button.closest(".pb-card"))?.remove();
    },
    remove: async (button) => {
      const { id, title } = button.dataset;
      if (!(await p.confirm(button.dataset.confirm, p.word("remove")))) return;
      const reply = await p.call("remove", { id });
      if (!reply) return;
      p.say(reply.error || p.word("removed", { title }));
      await p.loadShelf();
      if (p.shown() === id) await p.open(rows[0]?.id || "", null, null, { again: true });
    },
  });

  p.forms.speaker = async (form) => {
    const values = { ...Object.fromEntries(new FormData(form)), transcript: form.dataset.transcript, speaker: form.dataset.speaker };
    const reply = await p.call("edit", values);
    if (!reply) return;
    if (reply.error) $(".pb-form-error", form).textContent = reply.error;
    else await p.refresh();
  };
})();
