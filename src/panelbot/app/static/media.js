/* The recording beside a transcript: it plays from a turn, a quote or a selected word, and marks the turn that is heard. */
(() => {
  "use strict";
  const p = window.panelbot;
  const { $, $$ } = p;

  const player = () => $(".pb-player :is(audio, video)");
  let recorded = new Set(); // transcripts that have one
  let times = []; // [turn, second] of those that have a time, in order

  async function learn() {
    const reply = await p.call("recordings");
    recorded = new Set(reply?.ids || []);
    offer();
  }

  // What plays is offered where there is something to play.
  function offer(within = document) {
    for (const tool of $$("[data-do=play]", within)) {
      const id = tool.closest("#pb-selection") ? p.shown() : $("[data-transcript]", tool.closest("li") || document)?.dataset.transcript;
      tool.hidden = !recorded.has(id);
    }
  }
  for (const event of ["exchange", "notes", "selected"]) p.on(event, (within) => offer(within));
  p.on("conversations", () => offer());
  p.on("shelf", learn);

  let drawn = Promise.resolve(); // the player of the transcript that is shown
  p.on("transcript", (pane, id) => { drawn = draw(pane, id); });
  async function draw(pane, id) {
    const turns = $(".pb-turns", pane);
    if (!id || !turns) return;
    const reply = await p.call("recording", { id });
    if (!reply?.html || !turns.isConnected) return;
    times = reply.times;
    const made = p.element(reply.html);
    turns.before(made);
    if (!player()) return;
    for (const [turn] of times) {
      const label = p.word("play_turn", { number: turn + 1 });
      const button = p.make("button", { type: "button", class: "pb-tool-icon pb-play", "aria-label": label, title: label, data: { do: "play_turn", turn } }, "▶");
      $(`.pb-turn[data-turn="${turn}"] > header time`, pane)?.before(button);
    }
    player().addEventListener("timeupdate", heard);
    player().addEventListener("error", () => p.say(p.word("not_played")));
  }

  function heard() {
    const now = player()?.currentTime ?? -1;
    const [turn] = times.findLast(([, second]) => second <= now + 0.05) || [-1];
    for (const part of $$("#pb-transcript .pb-playing")) if (part.dataset.turn !== String(turn)) part.classList.remove("pb-playing");
    for (const part of $$(`#pb-transcript :is(.pb-turn, .pb-strip > span)[data-turn="${turn}"]`)) part.classList.add("pb-playing");
  }

  function playAt(second) {
    const made = player();
    if (!made) return;
    made.currentTime = second;
    made.play().catch(() => p.say(p.word("not_played")));
    heard();
  }

  Object.assign(p.actions, {
    play_turn: (button) => playAt(times.find(([turn]) => turn === Number(button.dataset.turn))[1]),
    play: async (tool) => {
      const place = p.placeOf(tool);
      const reply = await p.askFor("when", place);
      if (reply.seconds === undefined) return;
      p.pane("side");
      p.goTo("transcript");
      await p.open(place.transcript, place.turn, [place.start, place.end]);
      await drawn;
      playAt(reply.seconds);
    },
    unlink_recording: async () => {
      await p.askFor("unlink_recording", { id: p.shown() });
      await learn();
      await p.open(p.shown(), null, null, { again: true });
    },
  });

  document.addEventListener("change", async (event) => {
    if (!event.target.matches("#pb-recording-file") || !event.target.files.length) return;
    const [file] = event.target.files;
    const id = p.shown();
    let path = "";
    try { ({ path } = await p.upload(file)); } catch { /* too large, or the server is away */ }
    if (!path) { p.say(p.word("not_uploaded", { name: file.name })); return; }
    const reply = await p.askFor("link_recording", { id, paths: [path] });
    if (reply.error) return;
    await learn();
    if (p.shown() === id) await p.open(id, null, null, { again: true });
  });
})();
