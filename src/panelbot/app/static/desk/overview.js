/* The overview of a transcript: over its turns, and gone from sight with them. */
(() => {
  "use strict";

  const desk = window.panelbot.desk;
  const { $ } = desk;

  desk.transcripts.push(async (transcript, id) => {
    const reply = await desk.call("look_over", { transcript: id });
    const turns = $(".pb-turns", transcript);
    if (!reply.html || !turns?.isConnected) return;
    const holder = desk.make("div", { class: "pb-over" });
    holder.innerHTML = reply.html;
    const details = holder.firstElementChild;
    try { details.open = localStorage.getItem("panelbot-overview") !== "closed"; } catch { /* a private window */ }
    details.addEventListener("toggle", () => {
      try { localStorage.setItem("panelbot-overview", details.open ? "open" : "closed"); } catch { /* a private window */ }
    });
    const at = turns.scrollTop;
    turns.prepend(holder);
    if (at > 0) turns.scrollTop = at + holder.offsetHeight; // whoever reads on a turn stays there
    for (const furnish of desk.overviews) furnish(holder, id);
  });
  desk.overviews = [];

  // The strip goes to a turn; so does whatever stands for one.
  desk.go = (turn) => $(`#pb-transcript .pb-strip [data-turn="${Number(turn)}"]`)?.click();
  desk.actions.go = (button) => desk.go(button.dataset.turn);

  desk.actions.summarise = async (button) => {
    const section = button.parentElement;
    button.disabled = true;
    button.textContent = desk.word("summarising");
    const reply = await desk.call("summarise", { transcript: button.dataset.id });
    if (reply.html) section.innerHTML = reply.html;
    else Object.assign(button, { disabled: false, textContent: desk.word("summarise") });
  };

  desk.actions.topic = (button) => {
    const box = $("#pb-transcript .pb-find-box");
    box.value = button.dataset.word;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
})();
