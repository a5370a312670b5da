// A letter or news out of an office program. What is pasted becomes Markdown; the program checks it and
// shows it as the site will.
"use strict";
const letters = {
  letters: ["year", "panel", "reports"], // what their front matter has beside title and date
  news: ["description"],
};

// clean takes out of a text what office programs leave in it: soft hyphens, signs without width, spaces
// that do not break. What Markdown would take for a sign gets a stroke.
const clean = t => t.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, "").replace(/[\s\u00a0]+/g, " ");
const plain = t => clean(t).replace(/[\\`*_[\]<>|~]/g, "\\$&");

const style = e => (e.getAttribute("style") || "").toLowerCase();
const around = (mark, t) => t.trim() ? t.match(/^\s*/)[0] + mark + t.trim() + mark + t.match(/\s*$/)[0] : t;

// inline writes what stands in a paragraph.
function inline(node, lost) {
  let out = "";
  for (const n of node.childNodes) {
    if (n.nodeType === Node.TEXT_NODE) out += plain(n.data);
    if (n.nodeType !== Node.ELEMENT_NODE || style(n).includes("mso-list:ignore")) continue;
    const name = n.localName, within = () => inline(n, lost);
    const weight = style(n).match(/font-weight:\s*(\w+)/)?.[1];
    const bold = ["b", "strong"].includes(name) && weight !== "normal" || weight === "bold" || weight >= 600;
    const away = name === "a" && /^(https?:|mailto:)/i.test(n.getAttribute("href") || "");
    if (name === "br") out += "  \n";
    else if (name === "img" || name === "v:imagedata") lost.images++;
    else if (["style", "script", "title", "meta", "link", "xml"].includes(name)) continue;
    else if (bold) out += around("**", within());
    else if (["i", "em"].includes(name) || /font-style:\s*italic/.test(style(n))) out += around("*", within());
    else if (away) out += "[" + within().trim() + "](<" + n.href + ">)";
    else out += within();
  }
  return out;
}

// listed returns the level and the sign of a paragraph that an office program shows as an item of a list.
function listed(p) {
  const level = style(p).match(/mso-list:[^;]*level(\d)/)?.[1];
  if (!level) return null;
  const ignored = [...p.querySelectorAll("span")].find(s => style(s).includes("mso-list:ignore"));
  const sign = ignored?.textContent.trim() || "";
  return "  ".repeat(2 * (level - 1)) + (/^\(?[\p{L}\d]+[.)]/u.test(sign) ? "1. " : "- ");
}

// stands are the elements that end a paragraph.
const stands = ["p", "div", "section", "article", "ul", "ol", "table", "blockquote", "body", "hr", "pre"];

// blocks writes the paragraphs, headings, lists and tables of a node.
function blocks(node, lost, indent = "") {
  const out = [];
  let loose = ""; // text that stands in no paragraph
  const end = () => {
    if (loose.trim()) out.push(indent + loose.trim());
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
      const item = listed(n), t = inline(n, lost).trim().replace(/^([-+#]|\d+[.)])(?=\s)/, "\\$1");
      if (t) out.push(item ? item + t : indent + t);
    } else if (name === "ul" || name === "ol") {
      for (const li of n.children) {
        const parts = blocks(li, lost, indent + "    ");
        if (parts.length) out.push(indent + (name === "ul" ? "- " : "1. ") + parts[0].trim(), ...parts.slice(1));
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

// table writes a table, whose first row are the headings.
function table(t, lost) {
  const rows = [...t.rows].map(r => [...r.cells].map(c => blocks(c, lost).join(" ").replace(/\n/g, " ").trim()));
  const width = Math.max(0, ...rows.map(r => r.length));
  if (!width) return [];
  const line = r => "| " + Array.from({length: width}, (_, i) => r[i] || "").join(" | ") + " |";
  return [[line(rows[0]), "|" + " --- |".repeat(width), ...rows.slice(1).map(line)].join("\n")];
}

// markdown makes Markdown of what was pasted.
function markdown(html, lost) {
  const parts = blocks(new DOMParser().parseFromString(html, "text/html").body, lost);
  const item = t => /^ *(- |1\. )/.test(t || "");
  return parts.map((t, i) => (i ? item(t) && item(parts[i - 1]) ? "\n" : "\n\n" : "") + t).join("");
}

$("body").addEventListener("paste", e => {
  const html = e.clipboardData.getData("text/html");
  if (!html) return; // a plain text is pasted as it is
  e.preventDefault();
  const lost = {images: 0};
  $("body").setRangeText(markdown(html, lost), $("body").selectionStart, $("body").selectionEnd, "end");
  $("lost").textContent = lost.images ? words.images.replace("№", lost.images) : "";
});

function chooseLetter() {
  for (const names of Object.values(letters)) for (const name of names) $("letter-" + name).parentElement.hidden = true;
  for (const name of letters[$("letter").value]) $("letter-" + name).parentElement.hidden = false;
}
$("letter").addEventListener("change", chooseLetter);
chooseLetter();

// letter gives the program the text and shows it as the site will.
async function letter() {
  const request = {folder: $("letter").value, body: $("body").value, instead: null};
  for (const name of ["slug", "title", "date", "language", ...letters[request.folder]]) {
    const e = $("letter-" + name);
    if (!e.checkValidity()) return e.reportValidity();
    request[name] = e.value.trim();
  }
  const n = brought.findIndex(b => b.letter === request.folder + request.slug + request.language);
  if (n >= 0) request.instead = n;
  const answer = JSON.parse(await achyk.letter(JSON.stringify(request)));
  brought[n < 0 ? brought.length : n] = {letter: request.folder + request.slug + request.language};
  $("preview").innerHTML = answer.html; // package document lets no HTML of the text through
  $("previewpart").hidden = false;
  show(answer.draft);
}
$("write").addEventListener("click", () => working(letter));
