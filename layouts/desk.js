// The page of the desk. It loads the program and the published registers. Files that somebody brings
// (deskfiles.js) and records that are typed into a form (deskform.js) are given to the program, which
// returns what becomes of the repository. All words are in the page.
"use strict";
const $ = id => document.getElementById(id);
const {folder, day, lang, upload} = $("desk").dataset;
const words = {};
for (const li of $("words").children) words[li.dataset.key] = li.textContent;
let towns = []; // with their registers
let records; // what is published, packed
let begun; // the municipality of the proposal

const text = t => t[lang] || t.ky || "";
const add = (to, name, content) => {
  const e = document.createElement(name);
  if (content !== undefined) e.textContent = content;
  to.append(e);
  return e;
};
const button = (to, label, act) => {
  const b = add(to, "button", label);
  b.type = "button";
  b.addEventListener("click", () => working(act));
  return b;
};
// say appends a message, in which names that are to be copied exactly stand between backquotes.
const say = (to, message) => message.split("`").forEach((part, i) => i % 2 ? add(to, "code", part) : to.append(part));
const state = s => { $("state").textContent = s; };
const town = () => towns.find(t => t.id === $("town").value);

// working does something that takes the program a moment. One thing is done after another.
let last = Promise.resolve();
const working = act => last = last.then(async () => {
  state(words.reading);
  await new Promise(r => setTimeout(r)); // so that the state is seen before the program works
  try {
    await act();
    state("");
  } catch (error) { state(words.failed + " " + error); }
});

// save offers bytes as a file.
function save(name, bytes) {
  const a = document.createElement("a");
  a.href = URL.createObjectURL(new Blob([bytes]));
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 1000);
}

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

// begin begins a proposal for the municipality that is chosen. Nothing is left of the one before.
async function begin() {
  begun = town().id;
  for (const [id, none] of [["register", words.auto], ["kind", words.choose]]) {
    $(id).replaceChildren();
    add($(id), "option", none).value = "";
    for (const r of town().registers) add($(id), "option", text(r.title) + " (" + r.name + ")").value = r.name;
  }
  brought.length = 0;
  instead = rewritten = null;
  opened = {};
  texts();
  $("which").value = $("body").value = "";
  $("lost").replaceChildren();
  $("previewpart").hidden = true;
  await form("");
  show(JSON.parse(await achyk.begin(town().id, lang)));
}

// judgeOn makes a day that on which proposals are judged.
async function judgeOn(day) {
  towns = JSON.parse(await achyk.open(records, day));
}

// today is the day of this computer or, if that is behind, of the site. The check of proposals also goes by the
// latest day that it knows: what was open when the site was built may be closed now.
function today() {
  const now = new Date();
  const here = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  return here > day ? here : day;
}

async function start() {
  $("desk").hidden = false;
  state(words.loading);
  const [packed, bundle] = await Promise.all([
    load("desk.wasm.gz", part => { $("progress").value = 100 * part; }),
    load("repository.zip", () => {}),
  ]);
  const go = new Go();
  const program = await WebAssembly.instantiate(await unpacked(packed), go.importObject);
  go.run(program.instance);
  records = new Uint8Array(await bundle.arrayBuffer());
  await judgeOn(today());
  for (const t of towns) add($("town"), "option", text(t.name)).value = t.id;
  if (towns.some(t => t.id === localStorage.getItem("town"))) $("town").value = localStorage.getItem("town");
  $("town").addEventListener("change", () => {
    if ((brought.length || $("body").value) && !confirm(words.leave)) {
      $("town").value = begun;
      return;
    }
    localStorage.setItem("town", $("town").value);
    working(begin);
  });
  await begin();
  $("progress").hidden = true;
  $("form").hidden = false;
  state(words.ready);
  // It keeps the page for use without network. The desk in one file needs none.
  if (!$("inside-desk.wasm.gz")) await navigator.serviceWorker?.register("worker.js");
}
// So that the other scripts are there first.
addEventListener("DOMContentLoaded", () => start().catch(error => state(words.failed + " " + error)));
