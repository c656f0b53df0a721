/* Notes: kept with all else that a visitor keeps; the server says how they stand today and makes files of them. */
(() => {
  "use strict";
  const p = window.panelbot;
  const { $, $$ } = p;

  const pane = () => $("#pb-notes");
  const group = () => p.browser.get("notes-group") || "";
  const pins = async () => {
    await flush();
    return (await p.kept.all("note")).sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  };
  const idOf = (element) => element.closest(".pb-note").dataset.pin;

  // Facts of a note are changed one after the other: whoever wrote back what was read before would lose the last ones.
  let keeping = Promise.resolve();
  function keep(id, facts) {
    keeping = keeping.then(async () => {
      const pin = (await p.kept.all("note")).find((each) => each.id === id);
      if (pin) await p.kept.put("note", { ...pin, ...facts });
    });
    return keeping;
  }

  const typed = new Map(); // what is being typed in a note is kept a moment after the last key, or when notes are asked for
  function flush() {
    clearTimeout(flush.timer);
    for (const [id, facts] of typed) keep(id, facts);
    typed.clear();
    return keeping;
  }
  addEventListener("pagehide", flush);

  let asked = 0;
  async function show() {
    asked += 1;
    const mine = asked;
    const list = await pins();
    const reply = await p.call("notes", { pins: list, group: group() });
    if (!reply || mine !== asked) return;
    const at = pane();
    if (reply.error) { at.drawn = null; at.replaceChildren(p.notice(reply.error)); return; }
    if (at.drawn !== reply.html) { // what is drawn once more would be taken from under the fingers
      at.drawn = reply.html;
      p.fill(at, reply.html);
      p.emit("notes", at);
    }
    const now = new Map(reply.pins.map((pin) => [pin.id, pin])); // where the words stand now
    for (const pin of list) {
      const { turn, start, end, speaker } = now.get(pin.id) || pin;
      if (turn !== pin.turn || start !== pin.start || end !== pin.end || speaker !== pin.speaker) keep(pin.id, { turn, start, end, speaker });
    }
  }

  p.actions.pin = async (tool) => {
    const { pin } = await p.askFor("pin", p.placeOf(tool));
    if (!pin) return;
    const list = await pins();
    const same = (other) => ["transcript_id", "turn", "start", "end"].every((key) => other[key] === pin[key]);
    if (list.some(same)) { p.say(p.word("already_pinned")); return; }
    await p.kept.put("note", { ...pin, id: p.newId(), order: (list.at(-1)?.order ?? 0) + 1 });
    p.say(p.word("pinned"));
    show();
  };

  p.actions.unpin = async (button) => {
    const id = idOf(button);
    const pin = (await pins()).find((each) => each.id === id);
    await p.kept.drop("note", id);
    show();
    p.say(p.word("unpinned"), { undo: async () => { await p.kept.put("note", pin); show(); } });
  };

  // Up and down are of what is shown: within a group, past the neighbour there. Only the one that moves is written.
  async function move(button, by) {
    const list = await pins();
    const id = idOf(button);
    const shown = $$(".pb-note", button.closest("ol")).map((note) => note.dataset.pin);
    const other = list.findIndex((pin) => pin.id === shown[shown.indexOf(id) + by]);
    if (other < 0) return;
    const beyond = list.filter((pin) => pin.id !== id)[list.findIndex((pin) => pin.id === id) < other ? other : other - 1];
    const order = beyond ? (list[other].order + beyond.order) / 2 : list[other].order + by;
    await keep(id, { order });
    await show();
    $(`.pb-note[data-pin="${CSS.escape(id)}"] [data-do=${button.dataset.do}]`, pane())?.focus();
  }
  p.actions.note_up = (button) => move(button, -1);
  p.actions.note_down = (button) => move(button, 1);

  p.actions.notes_file = async (button) => {
    const base = location.origin + location.pathname;
    const file = await p.askFor("notes_file", { pins: await pins(), group: group(), kind: button.dataset.kind, base });
    if (file.base64) p.saveBytes(file);
  };

  document.addEventListener("input", (event) => {
    const { target } = event;
    if (!target.closest?.(".pb-note") || !["comment", "theme"].includes(target.name)) return;
    typed.set(idOf(target), { ...typed.get(idOf(target)), [target.name]: target.value });
    clearTimeout(flush.timer);
    flush.timer = setTimeout(flush, 200);
  });
  document.addEventListener("change", async (event) => {
    if (event.target.matches("#pb-notes-group")) {
      p.browser.set("notes-group", event.target.value || null);
      await show();
      $("#pb-notes-group")?.focus();
    } else if (event.target.matches(".pb-note [name=theme]") && group() === "theme") show();
  });

  // Another tab changed something, a transcript was corrected: shown at once, but not under somebody's fingers.
  const renew = () => { if (!pane()?.contains(document.activeElement) || !document.activeElement.matches("textarea, input")) show(); };
  p.on("kept", (kind) => { if (kind === "note") renew(); });
  p.on("tab", (name) => { if (name === "notes") show(); });
})();
