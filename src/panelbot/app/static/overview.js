/* The overview of a transcript: over its turns, and gone from sight with them. */
(() => {
  "use strict";
  const p = window.panelbot;
  const { $ } = p;

  p.on("transcript", async (pane, id) => {
    const turns = $(".pb-turns", pane);
    if (!id || !turns) return;
    const reply = await p.call("look_over", { id });
    if (!reply?.html || !turns.isConnected) return;
    const over = p.make("div", { class: "pb-over" }, p.element(reply.html));
    const details = over.firstElementChild;
    details.open = p.browser.get("overview") !== "closed";
    details.addEventListener("toggle", () => p.browser.set("overview", details.open ? null : "closed"));
    const [old, at] = [$(".pb-over", turns), turns.scrollTop];
    if (old) old.replaceWith(over);
    else {
      turns.prepend(over);
      if (at > 0) turns.scrollTop = at + over.offsetHeight; // whoever reads on a turn stays there
    }
    p.emit("edited", pane, reply.edited);
    p.emit("overview", over, id);
  });

  Object.assign(p.actions, {
    go: (button) => p.open(p.shown(), Number(button.dataset.turn)),
    topic: (button) => {
      const box = $("#pb-find");
      box.value = button.dataset.word;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    },
    summarise: async (button) => {
      const section = button.parentElement;
      button.disabled = true;
      button.textContent = p.word("summarising");
      const reply = await p.askFor("summarise", { id: button.dataset.id });
      if (reply.html) p.fill(section, reply.html);
      else Object.assign(button, { disabled: false, textContent: p.word("summarise") });
    },
  });
})();
