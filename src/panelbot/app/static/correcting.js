/* Correcting: the head of a transcript, a turn, and what its reading left in doubt. All of it is the server's to do. */
(() => {
  "use strict";
  const p = window.panelbot;
  const { $ } = p;

  // What is shown of a transcript that was changed: itself, the shelf, answers that cite it, notes.
  async function renew(turn = null) {
    await p.refresh();
    if (turn !== null) await p.open(p.shown(), turn);
    const thread = $("#pb-scroll");
    const place = thread.scrollTop;
    if (p.conversation()) await p.showConversation(p.conversation().id);
    thread.scrollTop = place;
    p.emit("kept", "note");
  }

  async function send(name, value, holder, turn = null) {
    const reply = await p.call(name, value);
    if (!reply) return;
    if (reply.error) $(".pb-form-error", holder).textContent = reply.error;
    else await renew(turn);
  }

  p.on("edited", (pane, edited) => { // what turns said before
    for (const [turn, html] of Object.entries(edited)) $(`.pb-turn[data-turn="${turn}"] > header`, pane)?.after(p.element(html));
  });

  const leave = (article) => {
    $(".pb-turn-form", article)?.remove();
    for (const part of article.children) part.hidden = false;
  };

  Object.assign(p.actions, {
    edit_turn: async (button) => {
      const article = button.closest(".pb-turn");
      const reply = await p.askFor("turn_to_correct", { id: p.shown(), turn: Number(article.dataset.turn) });
      if (!reply.html || $(".pb-turn-form", article)) return;
      for (const part of article.children) part.hidden = part.tagName !== "HEADER";
      article.append(p.element(reply.html));
      $("[name=text]", article).focus();
    },
    leave_turn: (button) => {
      const article = button.closest(".pb-turn");
      leave(article);
      $("[data-do=edit_turn]", article).focus();
    },
    leave_doubt: (button) => {
      const row = button.closest("li");
      return send("decide", { id: row.dataset.id, key: row.dataset.key }, row);
    },
  });
  Object.assign(p.forms, {
    turn: (form) => {
      const turn = Number(form.dataset.turn);
      const { was, text, speaker } = Object.fromEntries(["was", "text", "speaker"].map((name) => [name, form.elements[name].value]));
      return send("correct_turn", { id: form.dataset.id, turn, was, text, speaker }, form, turn);
    },
    head: (form) => send("correct_head", { ...Object.fromEntries(new FormData(form)), id: form.dataset.id }, form),
    doubt: (form) => {
      const row = form.closest("li");
      return send("decide", { id: row.dataset.id, key: row.dataset.key, name: form.elements.name?.value || "", yes: true }, row);
    },
  });
})();
