// A letter or news out of an office program. What is pasted becomes Markdown; the program checks it and
// shows it as the site will.
"use strict";
const letters = {
  letters: ["year", "panel", "reports", "description"], // what their front matter has beside title and date
  news: ["description"],
};

// clean takes out of a text what office programs leave in it: soft hyphens, signs without width, spaces
// that do not break. What Markdown would take for a sign gets a stroke.
const clean = t => t.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, "").replace(/[\s\u00a0]+/g, " ");
const plain = t => clean(t).replace(/[\\`*_[\]<>|~]/g, "\\$&");

// starts gives a stroke to what would begin a list, a heading or a line if it stands first.
const starts = t => t.replace(/^(\s*)([-+=#])(?=[-=#\s]|$)/gm, "$1\\$2").replace(/^(\s*\d+)([.)])(?=\s|$)/gm, "$1\\$2");

const style = e => (e.getAttribute("style") || "").toLowerCase();

// around puts a mark around a text. Spaces and punctuation stay outside: before a letter, Markdown takes no mark
// after them for the end.
function around(mark, t) {
  const [, before, text, after] = t.match(/^([\s«»"“”„(),.:;!?…–—-]*)(.*?)([\s«»"“”„(),.:;!?…–—-]*)$/s);
  if (!text || text[0] === "[" || t.trim().endsWith(">)")) return t; // a link at an end cannot be parted
  return before + mark + text + mark + after;
}

// raised are the digits and signs that a text can have above or below the line.
const raised = {
  sup: ["0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"],
  sub: ["0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"],
};

// raise writes what stands above or below the line: 10<sup>6</sup> is not 106.
function raise(name, t, lost) {
  const [from, to] = raised[name], letters = [...clean(t).replace(/[−–]/g, "-").trim()];
  if (letters.every(c => from.includes(c))) return letters.map(c => to[from.indexOf(c)]).join("");
  lost.raised++;
  return (name === "sup" ? "^" : "\\_") + "(" + plain(t).trim() + ")";
}

// inline writes what stands in a paragraph.
function inline(node, lost) {
  let out = "";
  for (const n of node.childNodes) {
    if (n.nodeType === Node.TEXT_NODE) out += plain(n.data);
    if (n.nodeType !== Node.ELEMENT_NODE || style(n).includes("mso-list:ignore")) continue;
    const name = n.localName, within = () => inline(n, lost);
    const weight = style(n).match(/font-weight:\s*(\w+)/)?.[1];
    const bold = ["b", "strong"].includes(name) && weight !== "normal" || weight === "bold" || weight >= 600;
    const struck = ["s", "strike"].includes(name) || /text-decoration[^;]*line-through/.test(style(n));
    const lifted = style(n).match(/vertical-align:\s*(sup|sub)/)?.[1];
    const href = name === "a" ? n.getAttribute("href") || "" : "";
    const note = n.querySelector("a") || n.closest("a"); // the number of a footnote stays a number
    if (name === "br") out += "  \n";
    else if (name === "img" || name === "v:imagedata") lost.images++;
    else if (["style", "script", "title", "meta", "link", "xml"].includes(name)) continue;
    else if (/^(https?:|mailto:)/i.test(href)) {
      out += "[" + within().trim() + "](<" + n.href.replaceAll("|", "%7C") + ">)";
    } else if (href) {
      lost.links++;
      out += within();
    } else if ((raised[name] || lifted) && !note) out += raise(lifted || name, n.textContent, lost);
    else if (struck) out += around("~~", within());
    else if (bold) out += around("**", within());
    else if (["i", "em"].includes(name) || /font-style:\s*italic/.test(style(n))) out += around("*", within());
    else out += within();
  }
  return out;
}

// listed returns the level and the sign of a paragraph that an office program shows as an item of a list.
// Signs that Markdown has not, as а) or 1.2., become words.
function listed(p) {
  const level = style(p).match(/mso-list:[^;]*level(\d)/)?.[1];
  if (!level) return null;
  const ignored = [...p.querySelectorAll("span")].find(s => style(s).includes("mso-list:ignore"));
  const sign = clean(ignored?.textContent || "").trim(), number = sign.match(/^(\d{1,9})[.)]$/)?.[1];
  const said = /^\(?[\p{L}\d][\p{L}\d.]*[.)]/u.test(sign) && sign !== "o" ? plain(sign) + " " : "";
  return "  ".repeat(2 * (level - 1)) + (number ? number + ". " : "- " + said);
}

// stands are the elements that end a paragraph.
const stands = ["p", "div", "section", "article", "ul", "ol", "table", "blockquote", "body", "hr", "pre"];

// blocks writes the paragraphs, headings, lists and tables of a node.
function blocks(node, lost, indent = "") {
  const out = [];
  let loose = ""; // text that stands in no paragraph
  const end = () => {
    if (loose.trim()) out.push(indent + starts(loose.trim()));
    loose = "";
  };
  for (const n of node.childNodes) {
    const name = n.localName;
    const heading = /^h[1-6]$/.test(name || "") ? Number(name[1]) : 0;
    if (heading || stands.includes(name)) end();
    if (heading) {
      const t = inline(n, lost).replace(/\*\*/g, "").trim();
      if (t) out.push("#".repeat(Math.max(2, heading)) + " " + t);
    } else if (name === "p" || name === "pre") {
      const item = listed(n), t = starts(inline(n, lost).trim());
      if (t) out.push(item ? item + t : indent + t);
    } else if (name === "ul" || name === "ol") {
      let number = name === "ol" ? n.start : 0;
      for (const li of n.children) {
        if (name === "ol" && li.hasAttribute("value")) number = li.value;
        const parts = blocks(li, lost, indent + "    ");
        const sign = name === "ol" ? number++ + ". " : "- ";
        if (parts.length) out.push(indent + sign + parts[0].trim(), ...parts.slice(1));
      }
    } else if (name === "table") out.push(...table(n, lost));
    else if (name === "blockquote") out.push(...blocks(n, lost).map(t => "> " + t));
    else if (["div", "section", "article", "body"].includes(name)) out.push(...blocks(n, lost, indent));
    else if (n.nodeType === Node.TEXT_NODE || n.nodeType === Node.ELEMENT_NODE) {
      const holder = document.createElement("span");
      holder.append(n.cloneNode(true));
      loose += inline(holder, lost);
    }
  }
  end();
  return out;
}

// inCell writes a cell of a table in one line: Markdown has no lists and tables there.
function inCell(c, lost) {
  for (const t of c.querySelectorAll("table")) {
    lost.nested++;
    t.replaceWith([...t.rows].map(r => [...r.cells].map(x => x.textContent.trim()).join(", ")).join("; "));
  }
  const parts = blocks(c, lost), item = t => /^ *(- |\d+\. )/.test(t || "");
  const line = t => t.replace(/^ *(- |#+ |> )/, "").replace(/\s*\n/g, " ").trim();
  return parts.map((t, i) => (i ? item(t) && item(parts[i - 1]) ? "; " : " " : "") + line(t)).join("");
}

// table writes a table, whose first row are the headings. A merged cell stands in each place that it covers.
function table(t, lost) {
  const rows = [...t.rows].map(() => []);
  [...t.rows].forEach((r, y) => {
    let x = 0;
    for (const c of r.cells) {
      const down = Math.min(c.rowSpan || rows.length, rows.length - y), text = inCell(c, lost);
      if (down * c.colSpan > 1 && text) lost.merged++;
      while (rows[y][x] !== undefined) x++;
      for (let i = 0; i < down; i++) for (let j = 0; j < c.colSpan; j++) rows[y + i][x + j] = text;
    }
  });
  const width = Math.max(0, ...rows.map(r => r.length));
  if (!width) return [];
  const line = r => "| " + Array.from({length: width}, (_, i) => r[i] || "").join(" | ") + " |";
  const named = t.caption ? blocks(t.caption, lost) : [];
  return [...named, [line(rows[0]), "|" + " --- |".repeat(width), ...rows.slice(1).map(line)].join("\n")];
}

// numbered keeps the numbers of lists: Markdown counts on from the first item, and another sign begins another list.
function numbered(parts) {
  const open = []; // the last number and its sign by level
  return parts.map(t => {
    const level = t.match(/^ */)[0].length, number = t.match(/^ *(\d+)\. /)?.[1];
    open.length = Math.min(open.length, level + (number ? 1 : 0));
    if (!number) return t;
    const before = open[level], follows = !before || Number(number) === before.number + 1;
    const sign = before ? follows ? before.sign : before.sign === "." ? ")" : "." : ".";
    open[level] = {number: Number(number), sign};
    return t.replace(/^( *\d+)\./, "$1" + sign);
  });
}

// accept takes out what an author has deleted or only noted, and joins what an office program has cut into pieces.
function accept(body, lost) {
  for (const e of body.querySelectorAll("del, .msocomanchor, [style*='mso-element:comment']")) {
    if (e.textContent.trim()) lost.deleted++;
    e.remove();
  }
  for (const e of body.querySelectorAll("b, strong, i, em, s, strike, span[style]")) {
    for (let n; (n = e.nextSibling) && n.localName === e.localName && style(n) === style(e); n.remove()) {
      e.append(...n.childNodes);
    }
  }
  return body;
}

// markdown makes Markdown of what was pasted.
function markdown(html, lost) {
  const body = accept(new DOMParser().parseFromString(html, "text/html").body, lost);
  const parts = numbered(blocks(body, lost));
  const item = t => /^ *(- |\d+[.)] )/.test(t || "");
  return parts.map((t, i) => (i ? item(t) && item(parts[i - 1]) ? "\n" : "\n\n" : "") + t).join("");
}

$("body").addEventListener("paste", e => {
  const html = e.clipboardData.getData("text/html");
  if (!html) return; // a plain text is pasted as it is
  e.preventDefault();
  const lost = {images: 0, links: 0, raised: 0, deleted: 0, merged: 0, nested: 0};
  $("body").setRangeText(markdown(html, lost), $("body").selectionStart, $("body").selectionEnd, "end");
  const said = Object.entries(lost).filter(([, n]) => n).map(([kind, n]) => words[kind].replace("№", n));
  list($("lost"), said, (li, t) => { li.textContent = t; });
});

function chooseLetter() {
  for (const names of Object.values(letters)) for (const name of names) $("letter-" + name).parentElement.hidden = true;
  for (const name of letters[$("letter").value]) $("letter-" + name).parentElement.hidden = false;
}
$("letter").addEventListener("change", chooseLetter);
chooseLetter();

let rewritten = null; // what was brought that the text is put in the place of
let opened = {}; // what was read into the form, with what the form does not show

// same tells whether a text is one that was given before, perhaps under another name.
const file = a => [a.folder, a.slug, a.language].join();
const same = (a, b) => file(a) === file(b) ||
  a.folder === b.folder && a.language === b.language && (a.title === b.title || a.body === b.body);

// edit puts a letter into the form.
function edit(letter) {
  opened = letter;
  $("letterpart").open = true;
  $("letter").value = letter.folder;
  chooseLetter();
  for (const name of ["slug", "title", "date", "language", ...letters[letter.folder]]) {
    $("letter-" + name).value = letter[name] ?? "";
  }
  $("body").value = letter.body;
  $("letterpart").scrollIntoView();
  $("letter-title").focus();
}

// rewrite opens a letter of the proposal.
function rewrite(n) {
  rewritten = brought[n];
  edit(rewritten.letter);
}

// texts offers the published letters and news of the municipality.
function texts() {
  $("letter-open").replaceChildren(new Option(words.new, ""));
  for (const t of town().texts) {
    const name = t.folder + "/" + t.slug + "." + t.language;
    $("letter-open").append(new Option(t.title + " (" + name + ")", JSON.stringify(t)));
  }
}

// open opens a published text, as it is proposed already or as it is published.
async function open(text) {
  const n = brought.findIndex(b => b.letter && file(b.letter) === file(JSON.parse(text)));
  if (n >= 0) return rewrite(n);
  rewritten = null;
  edit(JSON.parse(await achyk.article(text)));
}
$("letter-open").addEventListener("change", e => {
  const text = e.target.value, typed = $("body").value;
  const kept = typed && typed !== opened.body && !confirm(words.overwrite);
  if (kept) e.target.value = "";
  else if (text) working(() => open(text));
  else {
    opened = {};
    rewritten = null;
    $("letter-title").value = $("letter-slug").value = $("body").value = "";
  }
});

// letter gives the program the text and shows it as the site will.
async function letter() {
  const request = {...opened, folder: $("letter").value, body: $("body").value, instead: null};
  for (const name of ["slug", "title", "date", "language", ...letters[request.folder]]) {
    const e = $("letter-" + name);
    if (!e.checkValidity()) return e.reportValidity();
    request[name] = e.value.trim();
  }
  const n = brought.findIndex(b => b === rewritten || b.letter && same(b.letter, request));
  request.instead = n < 0 ? brought.length : n;
  const answer = JSON.parse(await achyk.letter(JSON.stringify(request)));
  brought[request.instead] = {letter: request};
  rewritten = null;
  opened = request;
  $("preview").innerHTML = answer.html; // package document lets no HTML of the text through
  $("previewpart").hidden = false;
  show(answer.draft);
}
$("write").addEventListener("click", () => working(letter));
