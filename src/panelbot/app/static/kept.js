/* What a visitor keeps: conversations and their answers, notes, tags. Records with an `id`, by kind, each on its own, so
   that two tabs never write over each other. In this browser (IndexedDB), or under the visitor's login on the server. */
(() => {
  "use strict";
  const p = window.panelbot;

  const channel = "BroadcastChannel" in window ? new BroadcastChannel("panelbot") : null;
  channel?.addEventListener("message", ({ data }) => { if (data.key === p.key) p.emit("kept", data.kind); });

  let opened = null; // the database, once it is open
  const memory = new Map(); // where there is none: a private window

  function open() {
    opened ||= new Promise((resolve) => {
      let asked;
      try {
        asked = indexedDB.open(`panelbot-${p.key}`, 1);
      } catch {
        resolve(null);
        return;
      }
      asked.onupgradeneeded = () => {
        const records = asked.result.createObjectStore("records", { keyPath: ["kind", "id"] });
        records.createIndex("kind", "kind");
        records.createIndex("parent", ["kind", "parent"]);
      };
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => resolve(null);
    });
    return opened;
  }

  const settled = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  const here = {
    async all(kind, parent) {
      const database = await open();
      if (!database) return [...memory.values()].filter((each) => each.kind === kind && (parent === undefined || each.parent === parent));
      const records = database.transaction("records").objectStore("records");
      return settled(parent === undefined ? records.index("kind").getAll(kind) : records.index("parent").getAll([kind, parent]));
    },
    async put(kind, record) {
      const database = await open();
      const row = { parent: "", ...record, kind };
      if (!database) memory.set(`${kind} ${row.id}`, row);
      else await settled(database.transaction("records", "readwrite").objectStore("records").put(row));
    },
    async drop(kind, id) {
      const database = await open();
      if (!database) memory.delete(`${kind} ${id}`);
      else await settled(database.transaction("records", "readwrite").objectStore("records").delete([kind, id]));
    },
  };

  const told = (reply) => { if (reply.error) throw new Error(reply.error); return reply; };
  const there = {
    all: async (kind, parent) => told(await p.request("kept", { do: "all", kind, parent })).records,
    put: async (kind, record) => { told(await p.request("kept", { do: "put", kind, record })); },
    drop: async (kind, id) => { told(await p.request("kept", { do: "drop", kind, id })); },
  };

  const place = () => (p.user ? there : here);
  const changed = (kind) => { channel?.postMessage({ key: p.key, kind }); };

  // What could not be kept just now is kept as soon as it can be, and meanwhile found here.
  const late = new Map();
  async function write(name, kind, given, id) {
    const key = `${kind} ${id}`;
    late.delete(key);
    try {
      await place()[name](kind, given);
      changed(kind);
    } catch (error) {
      if (error instanceof p.Away || error instanceof p.Refused) late.set(key, { name, kind, given, id });
      else p.say(error.message);
    }
  }
  setInterval(() => { for (const { name, kind, given, id } of [...late.values()]) write(name, kind, given, id); }, 5000);

  const byId = (records) => new Map(records.map((record) => [record.id, record]));
  p.kept = {
    all: async (kind, parent) => {
      const records = byId(await place().all(kind, parent));
      for (const each of late.values()) {
        if (each.kind !== kind) continue;
        if (each.name === "drop") records.delete(each.id);
        else if (parent === undefined || each.given.parent === parent) records.set(each.id, each.given);
      }
      return [...records.values()];
    },
    put: (kind, record) => write("put", kind, record, record.id),
    drop: (kind, id) => write("drop", kind, id, id),
    isThere: () => Boolean(p.user),
  };

  // Ids sort by the time they were made.
  p.newId = () => {
    const random = [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return `${Date.now().toString(36).padStart(9, "0")}-${random}`;
  };
})();
