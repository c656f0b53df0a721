/* Translation: a quote or selected words in the visitor's own language, under the original. */
(() => {
  "use strict";
  const p = window.panelbot;
  const { $ } = p;

  p.on("selected", (bar, words) => { // what the visitor reads anyway is not translated
    $("[data-do=translate]", bar).hidden = /[\u3400-\u9fff]/.test(words) === (p.language === "zh");
  });

  p.actions.translate = async (tool) => {
    const place = p.placeOf(tool);
    const holder = tool.closest("#pb-selection") ? $(`#pb-transcript .pb-turn[data-turn="${place.turn}"]`) : tool.closest("li");
    tool.disabled = true;
    const reply = await p.askFor("translate", place);
    tool.disabled = false;
    if (!reply.html) return;
    $(".pb-rendering", holder)?.remove();
    holder.append(p.element(reply.html));
  };
})();
