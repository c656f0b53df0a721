/* The ground of the desk: which words of which turn are meant by a tool, beside a quote, under a note or over a selection.
   Offsets count code points, strings here count UTF-16 units. */
(() => {
  "use strict";
  const p = window.panelbot;
  const { $, $$ } = p;

  const points = (text) => [...text].length;
  let selected = null; // the words that are selected

  // The place a tool stands for.
  p.placeOf = (tool) => {
    if (tool.closest("#pb-selection")) return selected;
    const { transcript, turn, start, end } = $("[data-start][data-transcript]", tool.closest("li")).dataset;
    return { transcript, turn: Number(turn), start: Number(start), end: Number(end) };
  };

  p.actions.copy_quote = async (tool) => {
    const reply = await p.call("styled", p.placeOf(tool));
    if (!reply?.text) return p.say(reply?.error || "");
    await p.copy(reply.text);
    return p.say(p.word("copied"));
  };

  // As `call`, and what the server refuses is said.
  p.askFor = async (name, value) => {
    const reply = await p.call(name, value);
    if (reply?.error) p.say(reply.error);
    return reply || {};
  };

  p.saveBytes = ({ name, type, base64 }) => p.save({ name, type, text: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)) });

  function offset(paragraph, node, at) {
    const range = document.createRange();
    range.setStart(paragraph, 0);
    range.setEnd(node, at);
    return Number(paragraph.dataset.start) + points(range.toString());
  }

  function placeSelected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const from = range.startContainer.nodeType === Node.TEXT_NODE ? range.startContainer.parentElement : range.startContainer;
    const turn = from.closest(".pb-turns .pb-turn");
    if (!turn) return null;
    const paragraphs = $$("p[data-start]", turn).filter((paragraph) => range.intersectsNode(paragraph));
    if (!paragraphs.length) return null;
    const [first, last] = [paragraphs[0], paragraphs.at(-1)];
    const start = first.contains(range.startContainer) ? offset(first, range.startContainer, range.startOffset) : Number(first.dataset.start);
    const end = last.contains(range.endContainer) ? offset(last, range.endContainer, range.endOffset) : Number(last.dataset.start) + points(last.textContent);
    return end > start ? { box: range.getBoundingClientRect(), place: { transcript: p.shown(), turn: Number(turn.dataset.turn), start, end } } : null;
  }

  function showBar() {
    const bar = $("#pb-selection");
    if (!bar || bar.contains(document.activeElement)) return;
    const found = placeSelected();
    bar.hidden = !found;
    if (!found) return;
    selected = found.place;
    p.emit("selected", bar, getSelection().toString());
    const { box } = found;
    bar.style.left = `${Math.min(Math.max(box.left + box.width / 2 - bar.offsetWidth / 2, 8), innerWidth - bar.offsetWidth - 8)}px`;
    const over = box.top > bar.offsetHeight + 16 ? box.top - bar.offsetHeight - 8 : box.bottom + 8;
    bar.style.top = `${Math.max(8, Math.min(over, innerHeight - bar.offsetHeight - 8))}px`;
  }
  const hideBar = () => { if ($("#pb-selection")) $("#pb-selection").hidden = true; };

  let soon = 0;
  document.addEventListener("selectionchange", () => { clearTimeout(soon); soon = setTimeout(showBar, 150); });
  document.addEventListener("scroll", hideBar, true);
  document.addEventListener("click", (event) => { if (event.target.closest("#pb-selection button")) hideBar(); });
  p.on("escape", hideBar);
})();
