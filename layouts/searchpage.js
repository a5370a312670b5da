// The search page: it reads the query of its address, looks it up while somebody types, and shows what
// it finds. All words are in the page.
const $ = id => document.getElementById(id);
const form = document.querySelector(".seek"), folder = form.dataset.index;
const words = {};
for (const li of $("words").children) words[li.dataset.key] = li.textContent;
const atOnce = 10; // entries
const place = form.elements.town; // none if there is one municipality
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

// show shows entries from one of them to another, and offers the rest. It returns the first link. The address
// keeps how many there are, for a reader who comes back.
async function show(index, found, from, to, now) {
  const entries = await Promise.all(found.slice(from, to).map(n => index.entry(n)));
  if (now !== turn) return;
  const [first] = entries.map(line);
  history.replaceState({shown: to}, "");
  $("rest").replaceChildren();
  if (found.length > to) {
    const more = add($("rest"), "button", words.more.replace("№", found.length - to));
    more.type = "button";
    const next = async () => (await show(index, found, to, to + atOnce, now))?.focus();
    more.addEventListener("click", next, {once: true}); // a second click of the same hand shows nothing twice
  }
  return first;
}

// elsewhere says which other languages have what is sought.
async function elsewhere(query, town, now) {
  for (const {a} of languages) {
    if (a.hasAttribute("aria-current")) continue;
    const {found, near} = await (await open(a.lang)).find(query, town);
    if (now !== turn) return;
    if (near || !found.length) continue;
    const said = words.elsewhere.replace("№", found.length) + " " + a.textContent.trim();
    const link = add(add($("found"), "li"), "a", said);
    link.href = a.href;
  }
}

// search looks up what is in the field, and shows some of what it finds. Only the last of several searches
// is shown.
let turn = 0;
async function search(shown = atOnce) {
  const query = $("q").value.trim(), now = ++turn, town = place?.value;
  $("names").hidden = query !== "";
  const asked = new URLSearchParams(Object.entries({q: query, town}).filter(([, value]) => value)).toString();
  history.replaceState(null, "", asked ? "?" + asked : "./");
  history.scrollRestoration = query ? "manual" : "auto"; // the browser scrolls before there is anything to scroll
  for (const {a, address} of languages) a.href = address + (asked ? "?" + asked : "");
  let said = "";
  try {
    if (query) {
      $("state").textContent ||= words.loading;
      const index = await open(document.documentElement.lang);
      const {found, near, some, outside} = await index.find(query, town);
      if (now !== turn) return;
      $("found").replaceChildren();
      $("rest").replaceChildren();
      const how = !found.length ? "none" : near ? "near" : some ? "some" : "found";
      said = (outside ? words.outside + " " : "") + words[how].replace("№", found.length);
      if (near || !found.length) await elsewhere(query, town, now);
      await show(index, found, 0, shown, now);
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
  const soon = delay => { clearTimeout(waiting); waiting = setTimeout(() => search(), delay); };
  $("q").addEventListener("input", () => soon(150));
  form.addEventListener("submit", e => { e.preventDefault(); soon(0); });
  place?.addEventListener("change", () => soon(0));
  const asked = new URLSearchParams(location.search), before = history.state;
  $("q").value = asked.get("q") || "";
  if (place) place.value = asked.get("town") || "";
  if (place && place.selectedIndex < 0) place.value = "";
  // Who comes back from an entry finds the list as long as it was, and where it was.
  addEventListener("pagehide", () => history.replaceState({...history.state, y: scrollY}, ""));
  if ($("q").value) search(before?.shown).then(() => before?.y && scrollTo(0, before.y));
}
