/* The list of conversations: opened, renamed, deleted and taken back. What is in them is the chat's matter. */
(() => {
  "use strict";
  const p = window.panelbot;
  const { $ } = p;

  const list = () => $("#pb-conversations");

  async function draw() {
    if (list().hidden) return;
    const all = (await p.kept.all("conversation")).sort((a, b) => b.updated - a.updated);
    const rows = all.map(row);
    $("#pb-list").replaceChildren(...(rows.length ? rows : [p.make("li", { class: "pb-hint" }, p.word("no_conversations"))]));
    $("#pb-where-kept").textContent = p.word(p.kept.isThere() ? "kept_there" : "kept_here");
  }

  function row(record) {
    const here = p.conversation()?.id === record.id;
    const title = record.title || p.word("untitled");
    const when = new Date(record.updated).toLocaleString(p.language === "zh" ? "zh-CN" : "en", { dateStyle: "medium", timeStyle: "short" });
    const open = p.make("button", { type: "button", class: "pb-conversation", "aria-current": here ? "true" : null }, p.make("b", {}, title), p.make("time", {}, when));
    open.addEventListener("click", async () => {
      if (await p.showConversation(record.id)) close();
    });
    const rename = small("✎", `${p.word("rename")}: ${title}`, () => edit(item, record));
    const drop = small("✕", `${p.word("delete")}: ${title}`, () => remove(record));
    const item = p.make("li", {}, open, rename, drop);
    return item;
  }

  function small(sign, label, done) {
    const button = p.make("button", { type: "button", class: "pb-plain-button", "aria-label": label, title: label }, sign);
    button.addEventListener("click", done);
    return button;
  }

  function edit(item, record) {
    const box = p.make("input", { type: "text", maxlength: "120", "aria-label": p.word("rename") });
    box.value = record.title;
    let over = false; // taking the box away ends its focus, which would end it again
    const done = async (keep) => {
      if (over) return;
      over = true;
      if (keep && box.value.trim()) await p.kept.put("conversation", { ...record, title: box.value.trim() });
      draw();
    };
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) done(true);
      if (event.key === "Escape") { event.stopPropagation(); done(false); }
    });
    box.addEventListener("blur", () => done(true));
    item.replaceChildren(box);
    box.focus();
    box.select();
  }

  async function remove(record) {
    const exchanges = await p.kept.all("exchange", record.id);
    const shown = p.conversation()?.id === record.id;
    await p.kept.drop("conversation", record.id);
    for (const each of exchanges) await p.kept.drop("exchange", each.id);
    if (shown) p.newConversation();
    draw();
    p.say(p.word("deleted", { title: record.title }), {
      undo: async () => {
        for (const each of exchanges) await p.kept.put("exchange", each);
        await p.kept.put("conversation", record);
        if (shown) await p.showConversation(record.id);
        draw();
      },
    });
  }

  function close() {
    list().hidden = true;
    $(".pb-tool-conversations").setAttribute("aria-expanded", "false");
  }

  p.actions.conversations = async () => {
    if (!list().hidden) {
      close();
      $(".pb-tool-conversations").focus();
      return;
    }
    p.pane("chat");
    list().hidden = false;
    $(".pb-tool-conversations").setAttribute("aria-expanded", "true");
    await draw();
    $("button", list()).focus();
  };
  p.actions.clear = () => {
    p.pane("chat");
    p.newConversation();
    close();
  };
  p.on("escape", () => { if (list() && !list().hidden) p.actions.conversations(); });
  p.on("conversations", draw);
  p.on("kept", (kind) => { if (kind === "conversation") draw(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && list()) draw(); });
})();
