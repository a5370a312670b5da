// The search page: it reads the query of its address, looks it up while somebody types, and shows what
// it finds. All words are in the page.
const $ = id => document.getElementById(id);
const form = document.querySelector(".seek"), folder = form.dataset.index;
const words = {};
for (const li of $("words").children) words[li.dataset.key] = li.textContent;
const atOnce = 10; // entries
const languages = [...document.querySelectorAll(".langs a")].map(a => ({a, address: a.getAttribute("href")}));

const add = (to, name, content = "") => {
  const e = document.createElement(name);
  e.textContent = content;
  to.append(e);
  return e;
};

// open opens the index of a language: that of the page is in its folder, the others are beside it.
const opened = {};
const open = lang => opened[lang] ??= (async () => {
  const load = async name => {
    const answer = await fetch(folder.replace(/[^/]+\/$/, lang + "/") + name);
    if (!answer.ok) throw new Error(name + ": " + answer.status);
    return answer.text();
  };
  return new Index(JSON.parse(await load("index.json")), load);
})().catch(error => { delete opened[lang]; throw error; });

// line shows an entry.
function line([address, title, kind, year, status, place, mark]) {
  const li = add($("found"), "li");
  const a = add(li, "a");
  a.href = "../" + address;
  title.forEach((part, i) => {
    const [text, lang] = [part].flat();
    if (i) a.append(" — ");
    const said = add(a, "span", text);
    if (lang) said.lang = lang;
  });
  const about = add(li, "p", [kind, year].filter(x => x).join(" · "));
  about.className = "by";
  const shape = $("marks").content.querySelector(`[data-mark="${mark}"] svg`);
  if (status) about.append(" · ", shape ? shape.cloneNode(true) : "", " " + status);
  if (place) about.append(" · " + place);
  return a;
}

// show shows entries from one of them on, and offers the rest. It returns the first link.
async function show(index, found, from, now) {
  const entries = await Promise.all(found.slice(from, from + atOnce).map(n => index.entry(n)));
  if (now !== turn) return;
  const [first] = entries.map(line);
  $("rest").replaceChildren();
  const left = found.length - from - atOnce;
  if (left > 0) {
    const more = add($("rest"), "button", words.more.replace("№", left));
    more.type = "button";
    more.addEventListener("click", async () => (await show(index, found, from + atOnce, now))?.focus());
  }
  return first;
}

// elsewhere says which other languages have what is sought.
async function elsewhere(query, now) {
  for (const {a, address} of languages) {
    if (a.hasAttribute("aria-current")) continue;
    const {found, near} = await (await open(a.lang)).find(query);
    if (now !== turn) return;
    if (near || !found.length) continue;
    const said = words.elsewhere.replace("№", found.length) + " " + a.textContent.trim();
    const link = add(add($("found"), "li"), "a", said);
    link.href = address + "?q=" + encodeURIComponent(query);
  }
}

// search looks up what is in the field. Only the last of several searches is shown.
let turn = 0;
async function search() {
  const query = $("q").value.trim(), now = ++turn;
  $("names").hidden = query !== "";
  history.replaceState(null, "", query ? "?q=" + encodeURIComponent(query) : "./");
  for (const {a, address} of languages) a.href = address + (query ? "?q=" + encodeURIComponent(query) : "");
  let said = "";
  try {
    if (query) {
      $("state").textContent ||= words.loading;
      const index = await open(document.documentElement.lang);
      const {found, near} = await index.find(query);
      if (now !== turn) return;
      $("found").replaceChildren();
      $("rest").replaceChildren();
      said = (near ? words.near : found.length ? words.found : words.none).replace("№", found.length);
      if (near || !found.length) await elsewhere(query, now);
      await show(index, found, 0, now);
    }
  } catch (error) { said = words.failed + " " + error; }
  if (now !== turn) return;
  if (!query) { $("found").replaceChildren(); $("rest").replaceChildren(); }
  $("state").textContent = said;
}

// A page that was opened from a disk may read no files; it says so above the list of names.
let waiting;
if (location.protocol === "file:") {
  form.remove();
  $("state").textContent = words.disk;
} else {
  $("q").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 150); });
  form.addEventListener("submit", e => { e.preventDefault(); clearTimeout(waiting); search(); });
  $("q").value = new URLSearchParams(location.search).get("q") || "";
  if ($("q").value) search();
}
