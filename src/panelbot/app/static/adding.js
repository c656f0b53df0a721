/* Adding: files, folders and pasted text, looked at and then stored. Knows files; what is in them the server reads. */
(() => {
  "use strict";
  const p = window.panelbot;
  const { $, $$ } = p;

  const AT_ONCE = 3; // uploads
  let files = []; // {file, from, path}: the folders it lies in, and the path once it is on the server

  p.on("start", () => {
    const drop = $("#pb-files");
    if (!drop) return;
    for (const id of ["pb-choose-files", "pb-choose-folder"]) {
      $(`#${id}`).addEventListener("change", ({ target }) => {
        take([...target.files].map((file) => ({ file, from: file.webkitRelativePath.split("/").slice(0, -1).join("/") })));
        target.value = "";
      });
    }
    for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("pb-over"); });
    for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("pb-over"));
    drop.addEventListener("drop", async (event) => {
      event.preventDefault();
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
      const found = await Promise.all(entries.map((entry) => walk(entry, "")));
      take(found.flat());
    });
  });

  const asked = (call) => new Promise((resolve, reject) => { call(resolve, reject); });

  async function walk(entry, from) {
    if (entry.isFile) return [{ file: await asked((done, fail) => entry.file(done, fail)), from }];
    const reader = entry.createReader();
    const inside = [];
    for (let more = [null]; more.length;) { // a folder is read a hundred at a time
      more = await asked((done, fail) => reader.readEntries(done, fail));
      inside.push(...more);
    }
    return (await Promise.all(inside.map((each) => walk(each, from ? `${from}/${entry.name}` : entry.name)))).flat();
  }

  // Two folders may hold files of one name: those are two.
  const same = (one, other) => one.from === other.from && one.file.name === other.file.name && one.file.size === other.file.size;
  const folderOf = (each) => each.from.split("/").at(-1);

  // A file without a suffix may be anything: the server reads it.
  const isTaken = ({ file }) => !file.name.includes(".") || $("#pb-choose-files").accept.split(",").includes(`.${file.name.toLowerCase().split(".").at(-1)}`);

  function take(found) {
    const seen = found.filter((each) => !each.file.name.startsWith("."));
    for (const each of seen.filter(isTaken)) {
      if (!files.some((other) => same(each, other))) files = [...files, each];
    }
    const names = seen.filter((each) => !isTaken(each)).map((each) => each.file.name);
    const shown = [...names.slice(0, 3), ...(names.length > 3 ? ["…"] : [])].join(" · ");
    if (names.length) $("#pb-added").replaceChildren(p.notice(p.word("wrong_kind", { names: shown })));
    draw();
  }

  function draw() {
    const rows = files.map((each) => {
      const label = p.word("drop_file", { name: each.file.name });
      const drop = p.make("button", { type: "button", class: "pb-plain-button", "aria-label": label, title: label }, "✕");
      drop.addEventListener("click", () => { files = files.filter((other) => other !== each); draw(); });
      return p.make("li", {}, p.make("span", {}, each.from ? `${each.from}/${each.file.name}` : each.file.name), drop);
    });
    $(".pb-chosen-files").replaceChildren(...(files.length > 5 ? [p.make("li", {}, p.make("b", {}, p.word("n_files", { number: files.length })))] : []), ...rows);
  }

  async function upload() {
    const left = files.filter((each) => !each.path);
    const failed = [];
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (let each = left.shift(); each; each = left.shift()) {
        try {
          each.path = (await p.upload(each.file)).path;
        } catch {
          failed.push(each.file.name);
        }
      }
    }));
    return failed;
  }

  async function given() {
    const form = $("#pb-add");
    const failed = await upload();
    $("#pb-added").replaceChildren(...failed.map((name) => p.notice(p.word("not_uploaded", { name }))));
    const values = Object.fromEntries(new FormData(form));
    return { paths: files.map((each) => each.path).filter(Boolean), text: values.text, name: values.name, pattern: values.pattern };
  }

  let previews = 0;
  async function preview() {
    previews += 1;
    const mine = previews;
    const reply = await p.call("preview", await given());
    if (!reply || mine !== previews) return false; // the form was changed meanwhile
    const read = reply.error ? [p.notice(reply.error)] : p.fill(p.make("div"), reply.html).childNodes;
    $("#pb-added").append(...read);
    return true;
  }

  p.actions.preview = async () => {
    if (await preview()) $("#pb-added").scrollIntoView({ block: "nearest" });
  };

  // What a label looks like is tried while it is typed.
  document.addEventListener("input", (event) => {
    if (!event.target.matches("#pb-pattern input")) return;
    clearTimeout(preview.timer);
    if (files.length || $("#pb-paste textarea").value.trim()) preview.timer = setTimeout(preview, 400);
  });

  p.forms.add = async (form) => {
    const button = $("#pb-store");
    if (button.disabled) return;
    button.disabled = true;
    clearTimeout(preview.timer);
    previews += 1;
    try {
      await p.stream("add", await given(), { step: (step) => (step.html === undefined ? progress(step) : added(step, form)) });
    } catch (error) {
      $("#pb-added").replaceChildren(p.notice(p.word(error instanceof p.Away ? "away_short" : "failed")));
    } finally {
      button.disabled = false;
    }
  };

  function progress({ words, share }) {
    const shown = share === null ? "" : `${Math.round(1000 * share) / 10}%`;
    const bar = p.make("progress", { max: "1", value: share, "aria-label": words });
    $("#pb-added").replaceChildren(p.make("p", { class: "pb-progress" }, p.make("span", {}, words), p.make("span", {}, shown), bar));
    bar.scrollIntoView({ block: "nearest" });
  }

  async function added({ html, stored, ids = [], files: stand = {} }, form) {
    p.fill($("#pb-added"), html);
    if (ids.length) {
      const links = ids.slice(0, 5).flatMap((id) => [
        p.make("button", { type: "button", class: "pb-small", data: { do: "open", id } }, p.word("see_it")),
        p.make("button", { type: "button", class: "pb-small", data: { do: "only", id } }, p.word("ask_it")),
      ]);
      if (ids.length === 1) $("#pb-added").append(p.make("p", { class: "pb-tools" }, ...links));
    }
    const tags = new Map(); // by transcript: the folders its file lay in
    for (const each of files.filter(folderOf)) {
      for (const id of stand[each.path] || []) tags.set(id, [...(tags.get(id) || []), folderOf(each)]);
    }
    if (stored) {
      files = [];
      form.reset();
      draw();
    }
    if (ids.length || tags.size) await p.addedNow(ids, tags);
  }
})();
