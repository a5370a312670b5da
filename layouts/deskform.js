// The form for one record of any register. The program says which fields it has.
"use strict";
let fields = []; // of the form that is shown
let edited = ""; // the key of the record that is there already and that the form is about
let instead = null; // what was brought that the form is about

// form shows the form for a record, or for a new one.
async function form(register, key, values) {
  $("fields").replaceChildren();
  $("morefields").replaceChildren();
  fields = [];
  edited = key || "";
  $("morepart").hidden = $("put").hidden = !register;
  $("unknown").textContent = "";
  if (!register) return;
  const blank = JSON.parse(await achyk.form(register, key));
  $("keys").replaceChildren(...blank.keys.map(k => new Option("", k)));
  const known = blank.keys.includes(key);
  if (key && !known) {
    $("unknown").textContent = words.unknown.replace("№", key);
    $("morepart").hidden = $("put").hidden = true;
    return;
  }
  for (const f of blank.fields) {
    const shown = f.required || f.key || (values ? values[f.name] : f.value);
    field(shown ? $("fields") : $("morefields"), f, known);
    if (values) f.input.value = values[f.name] ?? "";
    fields.push(f);
    if (f.kind === "ref" && !values && !known) f.input.addEventListener("change", () => working(next));
  }
  $("morepart").hidden = !$("morefields").children.length;
  const id = fields.find(f => f.key), own = values?.[id?.name];
  if (id && !known) id.input.addEventListener("input", () => {
    const typed = id.input.value.trim(), taken = typed !== own && blank.keys.includes(typed);
    id.input.setCustomValidity(taken ? words.taken : "");
  });
}

// next proposes an id below the record that is chosen, unless somebody has typed one.
async function next() {
  const keys = fields.filter(f => f.key), [id] = keys;
  if (keys.length !== 1 || id.kind === "ref" || id.input.value !== id.value) return;
  const values = Object.fromEntries(fields.map(f => [f.name, f.input.value]));
  id.input.value = id.value = await achyk.next(JSON.stringify({register: $("kind").value, values}));
}

// kinds are the kinds of inputs by the types of columns.
const kinds = {date: "date", datetime: "datetime-local", "year-month": "month", url: "url"};
const numeric = ["integer", "number", "money", "year"];

// field shows a field with its label and what explains it.
function field(to, f, known) {
  const p = add(to, "div");
  const label = add(p, "label", f.title + (f.required || f.key ? " *" : ""));
  label.htmlFor = "field-" + f.name;
  if (f.only && f.offers.length <= 12) {
    f.input = add(p, "select");
    f.input.append(new Option("", ""), ...f.offers.map(o => new Option(o, o)));
  } else if (f.kind === "text") {
    f.input = add(p, "textarea");
    f.input.rows = 2;
  } else {
    f.input = add(p, "input");
    f.input.type = kinds[f.kind] || "text";
    f.input.autocomplete = "off";
    if (numeric.includes(f.kind)) f.input.inputMode = "decimal";
    if (f.offers?.length) {
      const offers = add(p, "datalist");
      offers.id = "offers-" + f.name;
      offers.append(...f.offers.map(o => new Option("", o)));
      f.input.setAttribute("list", offers.id);
    }
  }
  f.input.id = label.htmlFor;
  f.input.value = f.kind === "datetime" ? f.value.slice(0, 16) : f.value;
  f.input.required = !!(f.required || f.key);
  f.input.readOnly = !!f.key && known;
  if (f.note) {
    const note = add(p, "small", f.note);
    note.id = "note-" + f.name;
    f.input.setAttribute("aria-describedby", note.id);
  }
}

// put gives the program the record.
async function put() {
  const wrong = fields.find(f => !f.input.checkValidity());
  if (wrong) {
    if ($("morefields").contains(wrong.input)) $("morepart").open = true;
    return wrong.input.reportValidity();
  }
  const values = {};
  for (const f of fields) {
    const value = f.input.value;
    const untouched = f.kind === "datetime" && value === f.value.slice(0, 16);
    if (value || f.value) values[f.name] = untouched ? f.value : value;
  }
  const n = brought.indexOf(instead), place = n < 0 ? brought.length : n;
  const request = {register: $("kind").value, values, instead: place};
  const answer = JSON.parse(await achyk.record(JSON.stringify(request)));
  brought[place] = {register: request.register, key: edited, values};
  instead = null;
  $("recordpart").open = false;
  await form($("kind").value, "");
  $("which").value = "";
  show(answer);
}

// again opens the form of a record of the proposal.
async function again(n) {
  const {register, key, values} = brought[n];
  $("recordpart").open = true;
  $("kind").value = register;
  $("which").value = key;
  instead = brought[n];
  await form(register, key, values);
  $("recordpart").scrollIntoView();
  fields.find(f => !f.input.readOnly)?.input.focus();
}

const choose = () => { instead = null; return form($("kind").value, $("which").value.trim()); };
$("kind").addEventListener("change", () => { $("which").value = ""; working(choose); });
$("which").addEventListener("change", () => working(choose));
$("put").addEventListener("click", () => working(put));
$("put").hidden = true;
