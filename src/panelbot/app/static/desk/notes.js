/* Notes: pins stay in the visitor's browser, the server says how they stand today and makes files of them. */
(() => {
  "use strict";

  const desk = window.panelbot.desk;
  const { $, $$ } = desk;
  let pane = null;
  let removed = null; // the last one that was taken away, to be put back

  // ---- Every change is made to what is stored now: another tab may have changed it meanwhile.
  const name = () => `panelbot-notes-${desk.key}`;
  function pins() {
    try { return JSON.parse(localStorage.getItem(name())) || []; } catch { return []; }
  }
  function change(how) {
    const list = pins();
    how(list);
    try { localStorage.setItem(name(), JSON.stringify(list)); } catch { desk.say(desk.word("notes_full")); }
  }
  const group = () => { try { return localStorage.getItem("panelbot-notes-group") || ""; } catch { return ""; } };

  desk.notes = (element) => { pane = element; show(); };

  async function show() {
    if (!pane) return;
    const reply = await desk.call("notes", { pins: pins(), group: group() });
    if (!reply.html) return;
    pane.innerHTML = reply.html;
    if (removed) pane.firstElementChild.prepend(undoing());
    const now = new Map(reply.pins.map((pin) => [pin.id, pin]));
    change((list) => { // where a quote stands now, not what was written beside it
      for (const pin of list) {
        const { turn, start, end, speaker } = now.get(pin.id) || pin;
        Object.assign(pin, { turn, start, end, speaker });
      }
    });
  }

  function undoing() {
    return desk.make("p", { class: "pb-undo", role: "status" }, desk.word("unpinned"), " ", desk.button(desk.word("undo"), "repin"));
  }

  desk.tools.push({ does: "pin", words: "pin" }, { does: "copy-quote", words: "copy_quote" });

  desk.actions.pin = async (button) => {
    const place = desk.placeOf(button);
    const { pin } = await desk.call("pin", { ...place, id: crypto.randomUUID?.() || String(Math.random()).slice(2) });
    if (!pin) return;
    const same = (other) => ["transcript_id", "turn", "start", "end"].every((key) => other[key] === pin[key]);
    const known = pins().some(same);
    if (!known) change((list) => list.push(pin));
    desk.say(desk.word(known ? "already_pinned" : "pinned"));
    removed = null;
    show();
  };

  desk.actions["copy-quote"] = async (button) => {
    const { text } = await desk.call("styled", desk.placeOf(button));
    if (text) desk.copy(text);
  };

  desk.actions.unpin = (button) => {
    change((list) => {
      const at = list.findIndex((pin) => pin.id === button.dataset.pinId);
      if (at >= 0) removed = { at, pin: list.splice(at, 1)[0] };
    });
    show();
  };
  desk.actions.repin = () => {
    change((list) => list.splice(removed.at, 0, removed.pin));
    removed = null;
    show();
  };

  // Up and down are of what is shown: within a group, past the neighbour of that group.
  async function move(button, by) {
    const shown = $$(".pb-note", button.closest("ol")).map((note) => note.dataset.pin);
    const id = button.dataset.pinId;
    const other = shown[shown.indexOf(id) + by];
    if (!other) return;
    change((list) => {
      const [from, to] = [id, other].map((each) => list.findIndex((pin) => pin.id === each));
      if (from >= 0 && to >= 0) list.splice(to, 0, list.splice(from, 1)[0]);
    });
    await show();
    $(`[data-desk=${button.dataset.desk}][data-pin-id="${CSS.escape(id)}"]`, pane)?.focus();
  }
  desk.actions["note-up"] = (button) => move(button, -1);
  desk.actions["note-down"] = (button) => move(button, 1);

  desk.changes.group = async (select) => {
    try { localStorage.setItem("panelbot-notes-group", select.value); } catch { /* a private window */ }
    await show();
    $("[data-desk-change=group]", pane)?.focus();
  };

  document.addEventListener("input", (event) => {
    const note = event.target.closest(".pb-note");
    const { name: field, value } = event.target;
    if (note && ["comment", "theme"].includes(field)) change((list) => {
      const pin = list.find((each) => each.id === note.dataset.pin);
      if (pin) pin[field] = value;
    });
  });
  document.addEventListener("change", (event) => {
    if (event.target.closest(".pb-note") && event.target.name === "theme" && group() === "theme") show();
  });
  window.addEventListener("storage", (event) => {
    if (event.key === name() && !pane?.contains(document.activeElement)) show();
  });

  desk.actions["notes-file"] = async (button) => {
    const base = location.origin + location.pathname;
    const file = await desk.call("notes_file", { pins: pins(), group: group(), kind: button.dataset.kind, base });
    if (file.base64) desk.save(file);
  };
})();
