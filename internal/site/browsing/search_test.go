package browsing_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"achyk/internal/tools/browsertest"
	"achyk/internal/tools/sitetest"
)

// typed types into a field and returns what the page shows when a condition holds.
func typed(t *testing.T, tab browsertest.Tab, field, text, until, show string) string {
	t.Helper()
	return browsertest.In[string](t, tab, `(async () => {
		const field = document.querySelector("`+field+`");
		field.value = "`+text+`";
		field.dispatchEvent(new Event("input"));
		for (let i = 0; i < 100 && !(`+until+`); i++) await new Promise(r => setTimeout(r, 50));
		return `+show+`;
	})()`)
}

// TestSearch looks for things on the page of the search while they are typed. Its script must keep to the
// policy of the page, and a query that only another language has must lead there.
func TestSearch(t *testing.T) {
	t.Parallel()
	url := browsertest.Serve(t, builtSample(t))
	tab := browsertest.Visit(t, url+"/ky/search/", browsertest.Phone)
	const found = `document.getElementById("found").textContent`
	for query, want := range map[string]string{
		"таштандынын": "Таштанды чыгаруу", "ичуучу суулар": "Ичүүчү суу менен камсыздоо", "kochkor": "Кочкорбаев айыл аймагы",
		"надзор": "Русский", // that is on no Kyrgyz page
	} {
		if got := typed(t, tab, "#q", query, found+`.includes("`+want+`")`, found); !strings.Contains(got, want) {
			t.Errorf("%q finds %q, without %s", query, got, want)
		}
	}
	if got := browsertest.In[string](t, tab, `location.search + document.querySelector(".langs [lang=ru]").search`); strings.Count(got, "?q=%") != 2 {
		t.Errorf("the query is not kept in the addresses: %s", got)
	}
	if got := typed(t, tab, "#q", "", `!document.getElementById("names").hidden`, found+` + document.getElementById("names").hidden`); got != "false" {
		t.Errorf("without a query the page shows %q", got)
	}
	for _, v := range browsertest.Axe(t, url+"/ky/search/?q=%D1%81%D1%83%D1%83") {
		t.Error(v)
	}
}

// until waits until an expression holds in a tab, also over the borders of pages.
func until(t *testing.T, tab browsertest.Tab, expression string) {
	t.Helper()
	for range 200 {
		if browsertest.In[bool](t, tab, expression) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("never: %s", expression)
}

// TestMore asks for more results twice with one hand, opens one of them and comes back: nothing stands there twice,
// and the list is as long as it was and where it was.
func TestMore(t *testing.T) {
	t.Parallel()
	url := browsertest.Serve(t, builtSample(t))
	tab := browsertest.Visit(t, url+"/ky/search/?q=%D0%BC%D1%8D%D1%80%D0%B8%D1%8F", browsertest.Phone) // мэрия
	const lines = `document.querySelectorAll("#found li").length`
	until(t, tab, lines+" === 10")
	browsertest.In[bool](t, tab, `(() => { const b = document.querySelector("#rest button"); b.click(); b.click(); return true })()`)
	until(t, tab, lines+" >= 20")
	time.Sleep(300 * time.Millisecond) // for what a second click would bring
	if got := browsertest.In[string](t, tab, lines+` + " " + new Set([...document.querySelectorAll("#found a")].map(a => a.href)).size`); got != "20 20" {
		t.Errorf("lines, different ones: %s, want 20 20", got)
	}
	browsertest.In[bool](t, tab, `(() => {
		const link = document.querySelectorAll("#found a")[17];
		link.scrollIntoView();
		setTimeout(() => link.click(), 100);
		return true })()`)
	until(t, tab, `!location.pathname.endsWith("/search/") && document.readyState === "complete"`)
	browsertest.In[bool](t, tab, `(setTimeout(() => history.back(), 50), true)`)
	until(t, tab, `location.pathname.endsWith("/search/") && `+lines+` === 20`)
	until(t, tab, `(() => { const y = document.querySelectorAll("#found a")[17].getBoundingClientRect().y; return y > -50 && y < innerHeight })()`)
}

// TestFrom looks for something from the page of a municipality: its own is found, and what only others have is said
// to be theirs.
func TestFrom(t *testing.T) {
	t.Parallel()
	url := browsertest.Serve(t, builtSample(t))
	tab := browsertest.Visit(t, url+"/ky/osh/", browsertest.Phone)
	browsertest.In[bool](t, tab, `(() => {
		const form = document.querySelector("header form");
		form.q.value = "суу";
		setTimeout(() => form.submit(), 50);
		return true })()`)
	const addresses = `[...document.querySelectorAll("#found a")].map(a => a.pathname)`
	until(t, tab, `location.pathname.endsWith("/ky/search/") && document.querySelector("select")?.value === "osh" && `+addresses+`.length === 10`)
	if got := browsertest.In[string](t, tab, addresses+`.filter(a => a.includes("/kochkorbaev/")).join()`); got != "" {
		t.Errorf("from Osh are found %s", got)
	}
	const state = `document.getElementById("state").textContent`
	if got := typed(t, tab, "#q", "«Күн Нуру»", addresses+`.some(a => a.includes("kun-nuru"))`, state); !strings.Contains(got, "башка жерлерден") {
		t.Errorf("of what Osh has not the page says %q", got)
	}
	if got := typed(t, tab, "#q", "суу 2031", state+`.includes("Айрымдары")`, state); !strings.Contains(got, "Айрымдары") {
		t.Errorf("where no page has all words, it says %q", got)
	}
	browsertest.In[bool](t, tab, `(() => {
		const select = document.querySelector("select");
		select.value = "";
		select.dispatchEvent(new Event("change"));
		return true })()`)
	until(t, tab, addresses+`.some(a => a.includes("/kochkorbaev/")) && !location.search.includes("town")`)
}

// TestFilter filters and sorts a long list, and opens the address that keeps both.
func TestFilter(t *testing.T) {
	t.Parallel()
	url := browsertest.Serve(t, builtSample(t))
	tab := browsertest.Visit(t, url+"/ky/osh/appeals/", browsertest.Phone)
	const rows = `[...document.querySelectorAll("tbody tr")].map(r => r.cells[0].textContent + r.cells[3].textContent)`
	got := typed(t, tab, ".seek:not([action]) input", "ичуучу", "true", rows+`.filter(r => r.startsWith("Ичүүчү суу")).length + " of " + `+rows+`.length`)
	if n, all, _ := strings.Cut(got, " of "); n != all || n == "0" || n == "100" {
		t.Errorf("rows that are left: %s", got)
	}
	sorted := browsertest.In[string](t, tab, `(() => {
		const select = document.querySelector(".seek select");
		select.value = "3↓";
		select.dispatchEvent(new Event("change"));
		const n = [...document.querySelectorAll("tbody tr")].map(r => Number(r.cells[3].textContent));
		return n.every((x, i) => !i || x <= n[i - 1]) + " " + document.querySelector("output").textContent;
	})()`)
	if !strings.HasPrefix(sorted, "true Көрсөтүлгөн саптар: ") {
		t.Errorf("sorted by numbers: %s", sorted)
	}
	kept := browsertest.In[string](t, tab, `location.hash`)
	again := browsertest.Visit(t, url+"/ky/osh/appeals/"+kept, browsertest.Phone)
	if n := browsertest.In[string](t, again, rows+`.filter(r => r.startsWith("Ичүүчү суу")).length + " of " + `+rows+`.length`); n != got {
		t.Errorf("%s shows %s, want %s", kept, n, got)
	}
	for _, v := range browsertest.Axe(t, url+"/ky/osh/appeals/") {
		t.Error(v)
	}
}

// TestFromDisk opens the page of the search from a disk: it says why it has the list only, in the reader's language,
// and offers no form that does nothing.
func TestFromDisk(t *testing.T) {
	t.Parallel()
	dir := "file://" + filepath.ToSlash(builtSample(t))
	for l, want := range map[string]string{"ky": "дисктен", "ru": "с диска", "en": "from a disk"} {
		got := browsertest.Eval[string](t, dir+"/"+l+"/search/index.html?q=x", browsertest.Phone, `
			document.getElementById("state").textContent + document.querySelectorAll("main form").length +
			document.getElementById("names").checkVisibility()`)
		if !strings.Contains(got, want) || !strings.HasSuffix(got, "0true") {
			t.Errorf("%s: the page says %q", l, got)
		}
	}
}

// TestChoose chooses those who must act, and a service, among the recommendations of a year. Every card that is
// left has what was chosen, the counts say how many these are, and the address keeps the choice.
func TestChoose(t *testing.T) {
	t.Parallel()
	url := browsertest.Serve(t, builtSample(t)) + "/ky/osh/2025/answers/"
	tab := browsertest.Visit(t, url, browsertest.Phone)
	const state = `(() => {
		const cards = [...document.querySelectorAll(".answer")].filter(e => e.checkVisibility());
		const counts = [...document.querySelectorAll("main > .counts b")].filter(e => e.checkVisibility()).reduce((n, b) => n + Number(b.textContent), 0);
		return [cards.length, counts, [...new Set(cards.map(c => c.dataset.body))].join("+"), location.search].join(" ") })()`
	const choose = `(() => {
		const select = document.querySelector("select[name=body]");
		select.value = "executive";
		select.onchange();
		return true })()`
	all := browsertest.In[string](t, tab, state)
	browsertest.In[bool](t, tab, choose)
	some := browsertest.In[string](t, tab, state)
	if some != "3 3 executive ?service=&body=executive" || !strings.HasPrefix(all, "14 14 ") {
		t.Errorf("of %q are left %q", all, some)
	}
	again := browsertest.Visit(t, url+"?service=waste&body=executive", browsertest.Phone)
	if got := browsertest.In[string](t, again, state); got != "1 1 executive ?service=waste&body=executive" {
		t.Errorf("an address with two choices shows %q", got)
	}
	// The counts of each choice follow the other, and what would leave nothing cannot be chosen.
	const offered = `(() => {
		const selects = [...document.querySelectorAll(".seek select")];
		const cards = [...document.querySelectorAll(".answer")];
		return selects.flatMap(s => [...s.options].slice(1).filter(o => {
			const n = cards.filter(c => c.dataset[s.name] === o.value && selects.every(x => x === s || !x.value || c.dataset[x.name] === x.value)).length;
			return !o.text.endsWith(": " + n) || o.disabled !== (!n && !o.selected);
		}).map(o => o.text)) })()`
	for name, tab := range map[string]browsertest.Tab{"one": tab, "two": again} {
		if wrong := browsertest.In[[]string](t, tab, offered); len(wrong) > 0 {
			t.Errorf("with %s chosen, the counts of choices are wrong: %q", name, wrong)
		}
	}
	// Where nothing is left, the page says so and offers to choose again.
	const none = `(() => {
		const none = document.getElementById("none"), said = none.checkVisibility() + " " + document.querySelectorAll(".answer:not([hidden])").length;
		none.querySelector("button").click();
		return said + " " + none.checkVisibility() + " " + document.querySelectorAll(".answer:not([hidden])").length + " " + location.search })()`
	nothing := browsertest.Visit(t, url+"?service=drinking-water&body=zharyk-shaar", browsertest.Phone)
	if got := browsertest.In[string](t, nothing, none); got != "true 0 false 14 ?service=&body=" {
		t.Errorf("where nothing is left, the page says and offers %q", got)
	}
	for _, address := range []string{url, url + "?service=drinking-water&body=zharyk-shaar"} {
		if got := browsertest.Axe(t, address); len(got) > 0 {
			t.Error(got)
		}
	}
}

// TestListsFit opens the lists of all registers, in all languages in the step that checks every page, on screens as
// wide as tables need: a column with addresses must not make the page wider.
func TestListsFit(t *testing.T) {
	t.Parallel()
	dir := builtSample(t)
	url := browsertest.ServeZipped(t, dir)
	for _, l := range sitetest.Langs {
		lists, err := filepath.Glob(filepath.Join(dir, l, "*", "*", "index.html"))
		if err != nil || len(lists) < 50 {
			t.Fatalf("%d lists, %v", len(lists), err)
		}
		for _, name := range lists {
			address := filepath.ToSlash(strings.TrimSuffix(strings.TrimPrefix(name, dir+string(filepath.Separator)), "index.html"))
			if some := strings.HasSuffix(address, "/calendar/") || strings.HasSuffix(address, "/recommendations/"); !some && !everyPage {
				continue
			}
			tab := browsertest.Visit(t, url+"/"+address, browsertest.Phone)
			for _, width := range []int{320, 720, 770, 1024, 1280} {
				if wide := browsertest.Overflow(t, tab, width); len(wide) > 0 {
					t.Errorf("%s at %d px: too wide are %q", address, width, wide)
				}
			}
		}
	}
}
