/* The page's script, first part: the visitor's language and colours, the way to the server, and what all parts share.

   It makes no markup out of a text: views come escaped from the server, everything made here goes through
   textContent. It stands in the document's head and runs before Gradio starts; Gradio calls `begin` once the page's
   component is there. Of Gradio it uses what is documented: gr.HTML's `upload`, and the HTTP API. */
(() => {
  "use strict";

  const root = document.documentElement;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const heard = new Map(); // event: what is done at it
  const p = { $, $$, actions: {}, forms: {}, words: {}, language: "en", user: "", readOnly: false };
  window.panelbot = p;

  // ---- What the parts tell each other.
  p.on = (event, done) => { heard.set(event, [...(heard.get(event) || []), done]); };
  p.emit = (event, ...told) => { for (const done of heard.get(event) || []) done(...told); };

  // ---- What a browser remembers: for this tab, and for all of them.
  const memory = (storage) => ({
    get: (key) => { try { return JSON.parse(storage().getItem(`panelbot-${key}`)); } catch { return null; } },
    set: (key, value) => {
      try {
        if (value === null) storage().removeItem(`panelbot-${key}`);
        else storage().setItem(`panelbot-${key}`, JSON.stringify(value));
      } catch { /* a private window */ }
    },
  });
  p.tab = memory(() => sessionStorage);
  p.browser = memory(() => localStorage);

  // ---- Elements.
  p.make = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "data") Object.assign(made.dataset, value);
      else if (typeof value === "boolean") made[key] = value;
      else if (value !== null) made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  };
  p.fill = (element, html) => { element.innerHTML = html; return element; }; // what the server escaped
  p.element = (html) => p.fill(document.createElement("template"), html).content.firstElementChild;
  p.word = (key, values = {}) => {
    const [many, one] = (p.words[key] || key).split("|"); // behind a bar stand the words for the number 1
    return (one && values.number === 1 ? one : many).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  };
  p.notice = (words) => p.make("p", { class: "pb-notice", role: "alert" }, words);

  // ---- The way to the server. A call is one JSON object there and back; a stream is many back.
  const address = (path) => new URL(`gradio_api/${path}`, document.baseURI);
  const sending = (value) => ({ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ data: [value] }) });
  const SILENT = 60_000; // milliseconds: the server is heard from every 15 seconds

  class Away extends Error {} // it cannot be reached
  class Refused extends Error { constructor(status) { super(`status ${status}`); this.status = status; } }
  Object.assign(p, { Away, Refused });

  async function reach(path, options) {
    let reply;
    try {
      reply = await fetch(address(path), options);
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Away(error.message);
    }
    if (reply.status === 502 || reply.status === 504) throw new Away(`status ${reply.status}`);
    if (!reply.ok) throw new Refused(reply.status);
    return reply;
  }

  p.request = async (name, value = {}) => (await (await reach(`run/page_${name}`, sending(value))).json()).data[0];

  // As `request`; where it cannot be answered the visitor is told, and null comes back.
  p.call = async (name, value = {}) => {
    try {
      return await p.request(name, value);
    } catch (error) {
      p.say(p.word(error.status === 401 ? "log_in_again" : error instanceof Refused ? "failed" : "away_short"));
      return null;
    }
  };

  p.isBack = async () => {
    try {
      await reach("app_id", { cache: "no-store" });
      return true;
    } catch {
      return false;
    }
  };

  p.stream = async (name, value, { step, signal }) => {
    const { event_id: id } = await (await reach(`call/page_${name}`, { ...sending(value), signal })).json();
    const reply = await reach(`call/page_${name}/${id}`, { signal });
    const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ""; ;) {
      const { value: piece, done } = await heardFrom(reader);
      if (done) throw new Away("the stream ended");
      const messages = (text + piece).split("\n\n");
      text = messages.pop();
      for (const message of messages) {
        const [, kind, data] = /^event: (\w+)\ndata: (.*)$/s.exec(message) || [];
        if (kind === "complete") return;
        if (kind === "generating") step(JSON.parse(data)[0]);
        if (kind === "error") throw /stopped/.test(data) ? new Away(data) : new Refused(500);
      }
    }
  };

  function heardFrom(reader) {
    let timer = 0;
    const silence = new Promise((_, reject) => { timer = setTimeout(() => reject(new Away("silence")), SILENT); });
    const read = reader.read().catch((error) => { throw error.name === "AbortError" ? error : new Away(error.message); });
    return Promise.race([read, silence]).finally(() => clearTimeout(timer));
  }

  // ---- Short notices, with a way back where there is one; and the page's own question before what has none.
  p.say = (words, { undo = null } = {}) => {
    const toast = $("#pb-toast");
    if (!toast) return;
    const over = () => { toast.hidden = true; $("#pb-toast-words").textContent = ""; };
    clearTimeout(p.say.timer);
    $("button", toast)?.remove();
    $("#pb-toast-words").textContent = words;
    if (undo) {
      const button = p.make("button", { type: "button" }, p.word("undo"));
      button.addEventListener("click", () => { over(); undo(); });
      toast.append(button);
    }
    toast.hidden = false;
    p.say.timer = setTimeout(over, undo ? 10_000 : 4000);
  };

  p.confirm = (words, yes) => new Promise((resolve) => {
    const dialog = $("#pb-confirm");
    $("#pb-confirm-words").textContent = words;
    $("#pb-confirm-yes").textContent = yes;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    dialog.showModal();
  });

  p.copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // no clipboard on plain http
      const area = p.make("textarea", {}, text);
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };

  p.save = ({ name, type, text }) => {
    const link = p.make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  // ---- Light and dark: the switch, else the system's. Gradio sets the class itself, so it is kept in place.
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (p.browser.get("theme") || (system.matches ? "dark" : "light")) === "dark";

  function applyTheme() {
    root.style.colorScheme = isDark() ? "dark" : "light";
    if (document.body && document.body.classList.contains("dark") !== isDark()) document.body.classList.toggle("dark");
  }

  // ---- Panes on a narrow screen, tabs.
  p.pane = (name) => {
    document.body.dataset.pane = name;
    for (const button of $$(".pb-switch button")) button.setAttribute("aria-pressed", String(button.dataset.pane === name));
  };

  p.goTo = (name) => {
    for (const button of $$("#pb-tabs [role=tab]")) {
      const here = button.dataset.tab === name;
      button.setAttribute("aria-selected", String(here));
      button.tabIndex = here ? 0 : -1;
      $(`#${button.getAttribute("aria-controls")}`).hidden = !here;
    }
    p.emit("tab", name);
  };

  function stepTab(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const tab = event.target.closest?.("[role=tab]");
    if (!by || !tab) return;
    const tabs = $$("[role=tab]", tab.parentElement);
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length];
    next.focus();
    p.goTo(next.dataset.tab);
  }

  Object.assign(p.actions, {
    language: () => {
      document.cookie = `panelbot_language=${p.language === "zh" ? "en" : "zh"}; path=/; max-age=31536000; SameSite=Lax`;
      location.reload();
    },
    pane: (button) => p.pane(button.dataset.pane),
    tab: (button) => { p.pane("side"); p.goTo(button.dataset.tab); },
    theme: () => { p.browser.set("theme", isDark() ? "light" : "dark"); applyTheme(); },
  });

  // ---- What is done at a click, a key, a form.
  const closeMenus = (target) => {
    for (const menu of $$(".pb-menu[open], .pb-reference[open]")) if (!menu.contains(target)) menu.open = false;
  };
  document.addEventListener("click", (event) => {
    closeMenus(event.target);
    const target = event.target.closest("[data-do]");
    if (target && p.actions[target.dataset.do]) p.actions[target.dataset.do](target, event);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-submit]");
    if (!form) return;
    event.preventDefault();
    p.forms[form.dataset.submit](form);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { closeMenus(null); p.emit("escape"); }
    stepTab(event);
  });

  // ---- Begin: the frame in the visitor's language, then every part.
  p.begin = async (element, upload) => {
    p.upload = upload;
    let told;
    for (;;) {
      try {
        told = await p.request("start");
        break;
      } catch (error) {
        const zh = /^zh/i.test(navigator.language);
        element.replaceChildren(p.notice(zh ? "连不上服务器，稍后会自动重试。" : "The server cannot be reached; trying again in a moment."));
        await new Promise((resolve) => { setTimeout(resolve, 2000); });
      }
    }
    Object.assign(p, { language: told.language, words: told.words, user: told.user, readOnly: told.read_only, key: told.key });
    root.lang = told.language === "zh" ? "zh-CN" : "en";
    root.dataset.lang = told.language;
    p.fill(element, told.html);
    p.pane("chat");
    p.goTo("transcript");
    p.emit("start", told);
  };

  document.addEventListener("DOMContentLoaded", () => {
    applyTheme();
    system.addEventListener("change", applyTheme);
    new MutationObserver(applyTheme).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  });
})();
