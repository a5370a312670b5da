// The files of a proposal: what is brought, what is wrong in it, what it changes, and what to propose.
"use strict";
const brought = []; // the files in the order of the program: {name, data}, {register, key, values}, {letter}
const most = 200; // rows that are shown at first

// bring gives the program files. Spreadsheets become registers, all else is a document.
async function bring(files) {
  let answer;
  for (const file of files) {
    const data = new Uint8Array(await file.arrayBuffer()); // a file that was saved again cannot be read twice
    const document = !/\.(csv|tsv|txt|xlsx|xlsm|xls|ods)$/i.test(file.name);
    const request = {
      name: file.name, document, register: $("register").value, delete: $("delete").checked, clear: $("clear").checked,
    };
    const n = document ? -1 : brought.findIndex(b => corrects(request, b));
    request.instead = n < 0 ? brought.length : n;
    answer = JSON.parse(await achyk.bring(JSON.stringify(request), data));
    const of = answer.inputs[request.instead].sheet?.register;
    brought[request.instead] = {name: file.name, data, of, replaces: n >= 0};
  }
  if (answer) show(answer);
}

// corrects tells whether a sheet is one that was brought before, with its mistakes mended. A workbook may be
// brought once for each register that it has.
const corrects = (q, b) => q.name === b.name && (!q.register || !b.of || b.of.split("/").pop() === q.register);

async function drop(n) {
  brought.splice(n, 1);
  show(JSON.parse(await achyk.drop(n)));
}

// asDocument proposes a file as it is, which was taken for a spreadsheet.
async function asDocument(n) {
  const {name, data} = brought[n];
  show(JSON.parse(await achyk.bring(JSON.stringify({name, document: true, instead: n}), data)));
}

function show(p) {
  const sheets = p.inputs.flatMap(x => x.sheet ? [x.sheet] : []);
  const changes = p.inputs.some(x => x.put) || sheets.some(s => s.changes.length);
  $("verdict").textContent = p.errors ? words.errors.replace("№", p.errors) : changes ? words.clean : words.nothing;
  list($("inputs"), p.inputs.map((x, n) => [x, n]), showInput);
  list($("findings"), worst(p.findings), (li, f) => {
    add(li, "b", place(f));
    say(li, " " + f.message);
  }, "li", first(p.findings));
  $("turnedpart").hidden = !p.turned.length;
  list($("turned"), p.turned, (li, t) => {
    add(li, "b", t.message);
    if (t.why) add(li, "br");
    li.append(t.why || "");
  });
  showChanges(sheets);
  showFiles(p);
  $("result").hidden = !p.inputs.length;
  if (p.inputs.length) $("result").focus();
}

// place is where a finding is: in a sheet its cell, elsewhere the file with the line and the cell.
const place = f => f.line ? f.file + ":" + f.line + (f.cell ? " (" + f.cell + ")" : "") : f.cell || f.file;

// worst puts errors first, and last those of a kind of which there are many.
const rank = f => (f.folded ? 2 : 0) + (f.severity === "error" ? 0 : 1);
const worst = findings => [...findings].sort((a, b) => rank(a) - rank(b));
const first = findings => findings.filter(f => !f.folded).length;

// showInput shows a file of the proposal and what is wrong in it.
function showInput(li, [x, n]) {
  const name = x.form ? words.form + " " + (x.sheet.changes[0]?.id || "") : x.name;
  add(li, "b", name);
  if (x.put && x.put.split("/").pop() !== x.name) say(li, " → `" + x.put + "`");
  else if (x.put) say(li, " `" + x.put.split("/").slice(0, -1).join("/") + "`");
  if (brought[n].replaces) add(li, "p", words.replaced);
  if (x.sheet) add(li, "p", x.sheet.summary).className = "by";
  const found = x.sheet?.findings || [];
  if (found.length) list(add(li, "ol"), worst(found), (item, f) => finding(item, x, n, f), "li", first(found));
  const tools = add(li, "p");
  button(tools, words.drop, () => drop(n)).setAttribute("aria-label", words.drop + ": " + name);
  if (x.form) button(tools, words.edit, () => again(n));
  if (brought[n].letter) button(tools, words.edit, () => rewrite(n));
  if (!x.form && x.sheet?.findings.length && x.sheet.register) {
    button(tools, words.marked, async () => save(x.name.replace(/\.[^.]*$/, "") + ".achyk.xlsx", await achyk.mark(n)));
  }
  if (x.sheet && !x.sheet.register && !x.form) button(tools, words.document, () => asDocument(n));
}

// finding shows what is wrong at a place of a sheet. A cell can be corrected at once.
function finding(li, x, n, f) {
  add(li, "b", x.form ? f.args.column_title?.[lang] || f.args.column || "" : place(f));
  say(li, " " + f.message);
  if (x.form || f.line || !f.cell || f.severity !== "error" || f.file !== x.name) return;
  const p = add(li, "p");
  const field = add(p, "input");
  const typed = brought[n].typed ??= {}; // outlives that the list is shown again
  field.value = typed[f.cell] ?? f.value;
  field.dataset.cell = f.cell;
  field.addEventListener("input", () => { typed[f.cell] = field.value; });
  field.setAttribute("aria-label", words.correct + " " + f.cell);
  button(p, words.correct, () => correct(n, f.cell, field.value));
}

// correct gives a cell another text, and goes on to the next one that is wrong.
async function correct(n, cell, value) {
  const wrong = () => [...$("inputs").children[n].querySelectorAll("input")];
  const at = wrong().findIndex(e => e.dataset.cell === cell);
  delete brought[n].typed[cell];
  show(JSON.parse(await achyk.correct(n, cell, value)));
  const left = wrong();
  (left.find(e => e.dataset.cell === cell) || left[at] || left[0])?.focus();
}

// missingOf are the published records that no sheet of their register has.
function missingOf(sheets) {
  const lists = sheets.filter(s => s.missing.length).map(s => [s.register, new Set(s.missing)]);
  const all = lists.flatMap(([register, ids]) =>
    [...ids].filter(id => lists.every(([other, others]) => other !== register || others.has(id))));
  return [...new Set(all)];
}

// showChanges shows what sheets do to records.
function showChanges(sheets) {
  const restored = sheets.flatMap(s => s.restored), missing = missingOf(sheets);
  $("restoredpart").hidden = !restored.length;
  list($("restored"), restored, (li, r) => {
    add(li, "b", r.cell);
    say(li, " " + r.message);
  });
  $("missingpart").hidden = !missing.length || sheets.some(s => s.changes.some(c => c.kind === "removed"));
  $("missing").textContent = missing.slice(0, most).join(", ") + (missing.length > most ? " …" : "");
  const rows = [];
  let starred = false;
  for (const c of sheets.flatMap(s => s.changes)) {
    if (!c.cells.length) rows.push([c.id + " – " + words[c.kind], "", "", "", ""]);
    for (const x of c.cells) {
      const before = x.was || (c.kind === "added" ? "" : words.empty);
      starred ||= x.closed;
      const after = (x.is || words.empty) + (x.closed ? " *" : "");
      rows.push([c.id + " – " + words[c.kind], x.cell || "", text(x.title) + " (" + x.column + ")", before, after]);
    }
  }
  $("changespart").hidden = !rows.length;
  $("starred").hidden = !starred;
  const heads = [...document.querySelectorAll("#changes th")].map(th => th.textContent);
  const fill = (tr, cells) => cells.forEach((cell, i) => { add(tr, "td", cell).dataset.label = heads[i]; });
  list($("changes").tBodies[0], rows, fill, "tr");
}

// showFiles shows what to propose, where, and with which words.
function showFiles(p) {
  $("propose").hidden = !p.files.length;
  $("message").value = "";
  if (!p.files.length) return;
  list($("files"), p.files, (li, f) => {
    const name = f.path.split("/").pop();
    button(li, name, async () => save(name, await achyk.file(f.path)));
    say(li, " `" + f.path + "`");
  });
  const folders = [...new Set(p.files.map(f => f.path.split("/").slice(0, -1).join("/")))];
  const [place] = folders.length > 1 ? [""] : folders;
  $("packed").hidden = p.files.length < 2;
  $("uploadpart").hidden = !upload;
  $("upload").href = upload.replace("{path}", place).replace(/\/$/, "");
  $("folder").textContent = place;
  $("folders").hidden = folders.length < 2;
  $("why").hidden = !p.reason;
  const message = async () => {
    const typed = $("reason").value, reason = typed.trim().replace(/\s+/g, " ");
    $("steps").hidden = p.reason; // until the reason is judged
    const wrong = p.reason && reason ? JSON.parse(await achyk.reason(reason)) : [];
    if ($("reason").value !== typed) return;
    list($("reasonwrong"), wrong, (li, f) => say(li, f.message));
    $("message").value = p.message + (reason && p.reason ? "\n\n" + words.trailer + ": " + reason : "");
    $("steps").hidden = p.reason && !reason || wrong.length > 0; // without a reason the proposal is refused
  };
  $("reason").oninput = message;
  message();
}

// list shows items, the first ones at once and the others when asked for.
function list(to, items, fill, name = "li", shown = most) {
  to.replaceChildren();
  shown = Math.min(shown, most);
  const put = some => some.forEach(item => fill(add(to, name), item));
  put(items.slice(0, shown));
  if (items.length > shown) {
    const row = add(to, name);
    const more = add(name === "tr" ? add(row, "td") : row, "button", words.more.replace("№", items.length - shown));
    more.type = "button";
    more.addEventListener("click", () => { row.remove(); put(items.slice(shown)); });
  }
}

// The sheet to fill in of a register is a file of the site, which the file for a stick does not have.
$("register").addEventListener("change", () => {
  const register = $("register").value;
  $("sheetpart").hidden = !register || !!$("inside-repository.zip");
  $("sheet").href = folder + "sheets/" + town().id + "/" + register + "." + lang + ".xlsx";
});
$("file").addEventListener("click", e => { e.target.value = ""; }); // so that the same file can be chosen again
$("file").addEventListener("change", e => { const files = [...e.target.files]; working(() => bring(files)); });
// Files may be dropped anywhere: the browser would open one that falls beside, and the proposal would be gone.
for (const [kind, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
  addEventListener(kind, e => {
    if (!e.dataTransfer.types.includes("Files")) return; // text that is moved within a field
    e.preventDefault();
    $("drop").classList.toggle("over", over);
  });
}
addEventListener("drop", e => {
  const files = [...e.dataTransfer.files];
  if (files.length && !$("form").hidden) working(() => bring(files));
});
addEventListener("beforeunload", e => { if (brought.length || $("body").value) e.preventDefault(); });
$("pack").addEventListener("click", () => working(async () => save("achyk-" + town().id + ".zip", await achyk.pack())));
$("copy").addEventListener("click", () => {
  navigator.clipboard.writeText($("message").value).catch(() => $("message").select());
});
