/* Who stands where: the table is asked for when it is opened, its rows one after the other. */
(() => {
  "use strict";
  const p = window.panelbot;
  const { $ } = p;

  async function addRow(body, id, question, first = false) {
    const waiting = p.make("tr", {}, p.make("th", { scope: "row" }, question), p.make("td", { colspan: "9" }, "…"));
    if (first) body.prepend(waiting);
    else body.append(waiting);
    const reply = await p.askFor("stance", { id, question });
    if (!waiting.isConnected) return;
    // Rows are parted from their table's markup by a template: that knows them.
    if (reply.html) waiting.replaceWith(p.element(reply.html));
    else waiting.remove();
  }

  p.actions.stances = async (button) => {
    const section = button.parentElement;
    button.disabled = true;
    const id = p.shown();
    const reply = await p.askFor("stances", { id });
    if (!reply.html) { button.disabled = false; return; }
    button.replaceWith(...p.fill(p.make("div"), reply.html).childNodes);
    for (const question of reply.questions) await addRow($("tbody", section), id, question);
  };

  p.forms.stance = (form) => {
    const question = form.elements.question.value.trim();
    if (!question) return;
    form.elements.question.value = "";
    addRow($("tbody", form.parentElement), form.dataset.id, question, true);
  };
})();
