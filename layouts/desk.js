// The page of the desk. It loads the program and the published registers, gives the program the
// spreadsheet that somebody chooses, and shows what it returns. All words are in the page.
"use strict";
(() => {
  const $ = id => document.getElementById(id);
  const desk = $("desk");
  const {folder, day, lang, upload} = desk.dataset;
  const words = {};
  for (const li of $("words").children) words[li.dataset.key] = li.textContent;
  const text = t => t[lang] || t.ky || "";
  const add = (to, name, content) => {
    const e = document.createElement(name);
    if (content !== undefined) e.textContent = content;
    to.append(e);
    return e;
  };
  // say appends a message, in which names that are to be copied exactly stand between backquotes.
  const say = (to, message) => message.split("`").forEach((part, i) => i % 2 ? add(to, "code", part) : to.append(part));
  const state = s => { $("state").textContent = s; };
  let address = ""; // of the file that can be downloaded, to be freed
  let last = null;

  // load reads a file and tells how much of it has come.
  async function load(name, progress) {
    const inside = $("inside-" + name); // of the file that has everything in it
    if (inside) return new Blob([Uint8Array.from(atob(inside.textContent), c => c.charCodeAt(0))]);
    const answer = await fetch(folder + name);
    if (!answer.ok) throw new Error(name + ": " + answer.status);
    const total = Number(answer.headers.get("Content-Length")) || 0;
    const parts = [];
    let have = 0;
    for (const reader = answer.body.getReader(); ;) {
      const {done, value} = await reader.read();
      if (done) break;
      parts.push(value);
      have += value.length;
      if (total) progress(Math.min(1, have / total));
    }
    return new Blob(parts);
  }

  // unpacked returns the bytes of a file, which a server may have unpacked on the way.
  async function unpacked(blob) {
    const head = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
    if (head[0] !== 0x1f || head[1] !== 0x8b) return blob.arrayBuffer();
    return new Response(blob.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  }

  async function start() {
    desk.hidden = false;
    state(words.loading);
    const [packed, bundle] = await Promise.all([
      load("desk.wasm.gz", part => { $("progress").value = 100 * part; }),
      load("repository.zip", () => {}),
    ]);
    const go = new Go();
    const program = await WebAssembly.instantiate(await unpacked(packed), go.importObject);
    go.run(program.instance);
    const towns = JSON.parse(await achyk.open(new Uint8Array(await bundle.arrayBuffer()), day));
    for (const t of towns) add($("town"), "option", text(t.name)).value = t.id;
    const registers = () => {
      $("register").replaceChildren();
      add($("register"), "option", words.auto).value = "";
      for (const r of towns.find(t => t.id === $("town").value).registers) {
        add($("register"), "option", text(r.title) + " (" + r.name + ")").value = r.name;
      }
    };
    if (towns.some(t => t.id === localStorage.getItem("town"))) $("town").value = localStorage.getItem("town");
    registers();
    $("town").addEventListener("change", () => {
      localStorage.setItem("town", $("town").value);
      registers();
    });
    $("progress").hidden = true;
    $("form").hidden = false;
    state(words.ready);
  }

  // check gives the program a file, which it keeps: a file that was saved again cannot be read twice.
  async function check(file) {
    $("result").hidden = true;
    state(words.reading);
    if (!file.data) file = {name: file.name, data: new Uint8Array(await file.arrayBuffer())};
    last = file;
    const {data} = file;
    const request = {
      municipality: $("town").value, register: $("register").value, name: file.name, language: lang,
      delete: $("delete").checked,
    };
    await new Promise(r => setTimeout(r)); // so that the state is seen before the program works
    show(JSON.parse(await achyk.take(JSON.stringify(request), data)));
  }

  const most = 200; // rows that are shown at first

  function show(p) {
    state("");
    const errors = p.findings.filter(f => f.severity === "error");
    const fine = p.changes.length ? words.clean : words.nothing;
    $("verdict").textContent = errors.length ? words.errors.replace("№", errors.length) : fine;
    $("summary").textContent = p.summary || "";
    const rank = f => (f.folded ? 2 : 0) + (f.severity === "error" ? 0 : 1); // many of a kind are shown when asked for
    const found = [...p.findings].sort((a, b) => rank(a) - rank(b));
    list($("findings"), found, (li, f) => {
      add(li, "b", f.line ? f.file + ":" + f.line + (f.cell ? " (" + f.cell + ")" : "") : f.cell || f.file);
      say(li, " " + f.message);
    }, "li", found.filter(f => !f.folded).length);
    $("marked").hidden = !p.findings.length || !p.sheet && !p.header;
    $("turnedpart").hidden = !p.turned.length;
    list($("turned"), p.turned, (li, t) => {
      add(li, "b", t.message);
      add(li, "br");
      li.append(t.why || t.id);
    });
    $("restoredpart").hidden = !p.restored.length;
    list($("restored"), p.restored, (li, r) => {
      add(li, "b", r.cell);
      say(li, " " + r.message);
    });
    $("missingpart").hidden = !p.missing.length || $("delete").checked;
    $("missing").textContent = p.missing.slice(0, most).join(", ") + (p.missing.length > most ? " …" : "");
    $("changespart").hidden = !p.changes.length;
    const rows = [];
    for (const c of p.changes) {
      if (!c.cells.length) rows.push([c.id + " – " + words[c.kind], "", "", "", ""]);
      for (const x of c.cells) {
        const before = x.before || (c.kind === "added" ? "" : words.empty);
        const after = (x.after || words.empty) + (x.closed ? " *" : "");
        rows.push([c.id + " – " + words[c.kind], x.cell || "", text(x.title) + " (" + x.column + ")", before, after]);
      }
    }
    const heads = [...document.querySelectorAll("#changes th")].map(th => th.textContent);
    const row = (tr, cells) => cells.forEach((cell, i) => { add(tr, "td", cell).dataset.label = heads[i]; });
    list($("changes").tBodies[0], rows, row, "tr");
    const ready = p.csv !== null && p.changes.length > 0;
    $("propose").hidden = !ready;
    if (ready) {
      URL.revokeObjectURL(address);
      address = URL.createObjectURL(new Blob([p.csv], {type: "text/csv"}));
      $("csv").href = address;
      $("csv").download = p.path.split("/").pop();
      const place = p.path.split("/").slice(0, -1).join("/");
      $("uploadpart").hidden = !upload;
      $("upload").href = upload.replace("{path}", place);
      $("folder").textContent = place;
      $("why").hidden = !p.reason;
      const message = () => {
        const reason = $("reason").value.trim().replace(/\s+/g, " ");
        $("message").value = p.message + (reason && p.reason ? "\n\nCorrection: " + reason : "");
        $("steps").hidden = p.reason && !reason; // without a reason the proposal is refused
      };
      $("reason").oninput = message;
      message();
    }
    $("result").hidden = false;
    $("result").focus();
  }

  // list shows items, the first ones at once and the others when asked for.
  function list(to, items, fill, name = "li", open = most) {
    open = Math.min(open, most);
    to.replaceChildren();
    const put = some => some.forEach(item => fill(add(to, name), item));
    put(items.slice(0, open));
    if (items.length > open) {
      const row = add(to, name);
      const button = add(name === "tr" ? add(row, "td") : row, "button", words.more.replace("№", items.length - open));
      button.type = "button";
      button.addEventListener("click", () => { row.remove(); put(items.slice(open)); });
    }
  }

  const failed = error => { state(words.failed + " " + error); };
  const choose = file => { if (file) check(file).catch(failed); };
  $("file").addEventListener("click", e => { e.target.value = ""; }); // so that the same file can be chosen again
  $("file").addEventListener("change", e => choose(e.target.files[0]));
  for (const id of ["town", "register", "delete"]) $(id).addEventListener("change", () => choose(last));
  const drop = $("drop");
  for (const [kind, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
    drop.addEventListener(kind, e => {
      e.preventDefault();
      drop.classList.toggle("over", over);
    });
  }
  drop.addEventListener("drop", e => choose(e.dataTransfer.files[0]));
  $("mark").addEventListener("click", async () => {
    try {
      const made = URL.createObjectURL(new Blob([await achyk.mark(lang)]));
      const a = document.createElement("a");
      a.href = made;
      a.download = last.name.replace(/\.[^.]*$/, "") + ".achyk.xlsx";
      a.click();
      setTimeout(() => URL.revokeObjectURL(made), 1000);
    } catch (error) { failed(error); }
  });
  $("copy").addEventListener("click", () => {
    navigator.clipboard.writeText($("message").value).catch(() => $("message").select());
  });
  start().catch(failed);
})();
