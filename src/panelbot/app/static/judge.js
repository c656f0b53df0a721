/* Judging an answer: good or bad, why, and what would have been right. Turns are counted from 1 for people. */
(() => {
  "use strict";
  const p = window.panelbot;
  const { $, $$ } = p;

  let judging = null; // the form that is open

  p.actions.judge = (button) => {
    const form = $(".pb-form", button.closest(".pb-judge"));
    const opens = form.hidden || form.dataset.rating !== button.dataset.rating;
    close();
    if (!opens) return;
    judging = form;
    form.hidden = false;
    form.dataset.rating = button.dataset.rating;
    button.setAttribute("aria-expanded", "true");
    showPicking();
    $(`.pb-only-${button.dataset.rating} input`, form).focus({ preventScroll: true });
    form.scrollIntoView({ block: "nearest" });
  };

  function close() {
    if (!judging) return;
    judging.hidden = true;
    for (const button of $$("[data-do=judge]", judging.parentNode)) button.setAttribute("aria-expanded", "false");
    judging = null;
    showPicking();
  }

  // A bad answer's form may ask for the right turn: then a click on a turn gives its number.
  const picking = () => Boolean(judging?.isConnected) && judging.dataset.rating === "bad" && judging.elements.right.value === "turn";

  function showPicking() {
    document.body.classList.toggle("pb-picking", picking());
    if (!judging) return;
    judging.dataset.right = judging.elements.right.value;
    placeTurn();
  }

  // The number is that of the transcript beside it; a turn that was clicked stays one of its own transcript.
  function placeTurn(picked = false) {
    if (!picking() || (judging.dataset.picked && !picked)) return;
    judging.dataset.transcript = p.shown();
    judging.dataset.picked = picked ? "yes" : "";
    $(".pb-picked", judging).textContent = p.shownTitle();
  }
  p.on("transcript", () => placeTurn());

  function pickTurn(turn) {
    judging.elements.turn.value = turn + 1;
    placeTurn(true);
    p.say(p.word("turn_chosen", { number: turn + 1 }));
    p.pane("chat");
    $("[type=submit]", judging).focus();
  }

  document.addEventListener("click", (event) => {
    const turn = event.target.closest(".pb-turn");
    if (!turn || !picking() || !getSelection().isCollapsed) return;
    event.stopPropagation();
    pickTurn(Number(turn.dataset.turn));
  }, true);
  document.addEventListener("change", (event) => { if (event.target.matches(".pb-form [name=right]")) showPicking(); });
  document.addEventListener("input", (event) => {
    if (!event.target.matches(".pb-form [name=turn]") || !judging) return;
    judging.dataset.picked = "";
    placeTurn();
  });

  p.forms.judge = async (form) => {
    const record = p.exchange(form);
    const before = p.exchanges().slice(0, p.exchanges().indexOf(record) + 1);
    const values = new FormData(form);
    const { rating } = form.dataset;
    const reply = await p.call("judge", {
      entries: before.map((each) => each.entry),
      exchange: before.length - 1,
      rating,
      reason: values.get("reason"),
      right: values.get("right"),
      [`${rating}_cause`]: values.getAll(`${rating}_cause`),
      transcript: form.dataset.transcript,
      turn: values.get("turn") ? Number(values.get("turn")) - 1 : null,
    });
    if (!reply) return;
    $(".pb-form-error", form).textContent = reply.fault || reply.error || "";
    if (reply.fault || reply.error) return;
    if (judging === form) close();
    for (const button of $$("[data-do=judge]", form.parentNode)) button.setAttribute("aria-pressed", String(button.dataset.rating === rating));
    record.rating = rating;
    await p.kept.put("exchange", record);
    if (reply.say) p.say(reply.say);
  };
})();
