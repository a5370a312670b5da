package browsing_test

import (
	"strconv"
	"strings"
	"testing"

	"achyk/internal/tools/browsertest"
)

// pastes are texts of office programs as they come to the clipboard, and what becomes of them.
var pastes = []struct{ html, want, lost string }{
	{"<p><del>2 000</del><ins>3 000</ins> сом</p>", "3 000 сом", "Өчүрүлгөн"},
	{"<p>10<sup>6</sup> м<sup>2</sup>, CO<sub>2</sub></p>", "10⁶ м², CO₂", ""},
	{"<p>10<span style='vertical-align:super'>6</span>, x<sup>аб</sup></p>", "10⁶, x^(аб)", "кашаага"},
	{"<p><s>эски</s> жаңы</p>", "~~эски~~ жаңы", ""},
	{"<p>1. Биринчи</p><p>- экинчи<br># үчүнчү</p>", "1\\. Биринчи\n\n\\- экинчи  \n\\# үчүнчү", ""},
	{"<ol start=4><li>а</li><li>б</li><li value=9>в</li></ol>", "4. а\n5. б\n9) в", ""},
	{"<p style='mso-list:l0 level1'><span style='mso-list:Ignore'>5.</span>беш</p><p style='mso-list:l0 level1'><span style='mso-list:Ignore'>6.</span>алты</p>", "5. беш\n6. алты", ""},
	{"<p style='mso-list:l0 level1'><span style='mso-list:Ignore'>б)</span>экинчи</p>", "- б) экинчи", ""},
	{"<p><b>«Суу»</b>дан <b>Би</b><b>ринчи</b>си</p>", "«**Суу**»дан **Биринчи**си", ""},
	{"<p>Сөз<a href='#_ftn1'><sup>[1]</sup></a></p>", "Сөз\\[1\\]", "шилтемелер"},
	{"<table><tr><th rowspan=2>Кызмат</th><th colspan=2>Саны</th></tr><tr><th>2025</th><th>2026</th></tr><tr><td>Суу</td><td>1</td><td>2</td></tr></table>",
		"| Кызмат | Саны | Саны |\n| --- | --- | --- |\n| Кызмат | 2025 | 2026 |\n| Суу | 1 | 2 |", "Бириктирилген уячалар ажыратылып, мааниси ар биринде кайталанды: 2"},
	{"<table><caption>Кызматтар</caption><tr><td><ul><li>а</li><li>б</li></ul></td><td><table><tr><td>1</td><td>2</td></tr></table></td></tr></table>",
		"Кызматтар\n\n| а; б | 1, 2 |\n| --- | --- |", "бир сапка"},
}

// TestDeskForms types records and letters on the page of the desk.
func TestDeskForms(t *testing.T) {
	t.Parallel()
	url, _ := sampleDesk(t)
	tab := browsertest.Visit(t, url+"/ky/desk/", browsertest.Phone)
	browsertest.In[any](t, tab, play)
	in := func(script string) string {
		t.Helper()
		return browsertest.In[string](t, tab, "(async () => { const $ = id => document.getElementById(id);"+script+"})()")
	}
	for _, p := range pastes {
		got := in(`const data = new DataTransfer();
			data.setData("text/html", ` + strconv.Quote(p.html) + `);
			$("body").value = "";
			$("body").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, cancelable: true}));
			return $("body").value + "\x00" + $("lost").textContent;`)
		text, lost, _ := strings.Cut(got, "\x00")
		if text != p.want || !strings.Contains(lost, p.lost) || p.lost == "" && lost != "" {
			t.Errorf("%s becomes\n%s\nnot\n%s\nlost: %q", p.html, text, p.want, lost)
		}
	}
	t.Run("a record edited after another is dropped", func(t *testing.T) {
		do(t, tab, []step{
			typing("providers", "", map[string]string{"id": "a-a", "name_ky": "А", "kind": "Подрядчы"}),
			typing("providers", "", map[string]string{"id": "b-b", "name_ky": "Б", "kind": "Подрядчы"}),
			typing("providers", "", map[string]string{"id": "c-c", "name_ky": "В", "kind": "Подрядчы"}),
		})
		got := in(`const tools = n => $("inputs").children[n].querySelectorAll("button");
			tools(1)[1].click();
			await idle();
			if (!$("recordpart").contains(document.activeElement)) return "the form has no focus";
			tools(0)[0].click();
			await idle();
			$("put").click();
			await idle();
			return [...$("inputs").children].map(li => li.querySelector("b").textContent).join();`)
		if !strings.Contains(got, "b-b") || !strings.Contains(got, "c-c") || strings.Contains(got, "a-a") {
			t.Errorf("the proposal has %s", got)
		}
	})
	t.Run("a letter renamed", func(t *testing.T) {
		letter := step{Do: "letter", Text: "<p>Текст</p>", Values: map[string]string{"letter": "news", "letter-title": "Жаңылык", "letter-slug": "wrong", "letter-date": "2026-11-19"}}
		do(t, tab, []step{letter})
		if got := in(`$("letter-slug").value = "right"; $("write").click(); await idle();
			const renamed = $("inputs").textContent;
			$("inputs").querySelectorAll("button")[1].click(); await idle();
			$("letter-title").value = "Башка"; $("body").value = "Башка"; $("letter-slug").value = "third"; $("write").click(); await idle();
			return renamed.includes("right.ky.md") + "" + renamed.includes("wrong") + $("inputs").children.length;`); got != "truefalse1" {
			t.Error(got)
		}
	})
	t.Run("a published letter", func(t *testing.T) {
		do(t, tab, []step{})
		got := in(`const text = [...$("letter-open").options].find(o => o.value.includes('"slug":"osh-2025","language":"ky"'));
			pick("letter-open", text.value); await idle();
			const read = $("letter-title").value + $("letter-date").value + $("letter-year").value + $("letter-reports").value;
			$("write").click(); await idle();
			const untouched = $("inputs").textContent.includes("content/osh/letters") + "" + $("why").hidden;
			$("body").value = $("body").value.replace("Катта", "Бул катта") + "\n\nКошумча.";
			$("write").click(); await idle();
			return [read.includes("2025-11-122025osh-2025-a1-report"), untouched, $("inputs").children.length, $("why").hidden, $("findings").textContent].join();`)
		if !strings.HasPrefix(got, "true,truetrue,1,false,") || !strings.Contains(got, "content/osh/letters/osh-2025.ky.md") {
			t.Error(got)
		}
	})
	t.Run("an id below the record that is chosen", func(t *testing.T) {
		if got := in(`pick("kind", "findings"); await idle();
			const e = $("field-assessment");
			e.value = [...(e.options || e.list.options)].map(o => o.value).find(o => o.endsWith("[osh-2025-a1]"));
			e.dispatchEvent(new Event("change")); await idle();
			return $("field-id").value;`); !strings.HasPrefix(got, "osh-2025-a1-f") {
			t.Error(got)
		}
	})
	t.Run("labels in the place of codes", func(t *testing.T) {
		do(t, tab, []step{bringing("f.csv", "id;verdict\r\nosh-2025-a1-f02;non-compliant\r\n")})
		if got := in(`return $("changes").tBodies[0].textContent + $("starred").hidden;`); strings.Contains(got, "non-compliant") || !strings.HasSuffix(got, "*false") {
			t.Error(got)
		}
	})
	t.Run("a code that no record has", func(t *testing.T) {
		if got := in(`pick("kind", "services"); await idle(); pick("which", "kanal"); await idle();
			return $("unknown").textContent + $("fields").children.length + $("put").hidden;`); !strings.Contains(got, "«kanal»") || !strings.HasSuffix(got, "0true") {
			t.Error(got)
		}
	})
	mend(t, tab, in)
}

// mend corrects cells of a proposal, and does what could lose it.
func mend(t *testing.T, tab browsertest.Tab, in func(script string) string) {
	t.Run("two wrong cells", func(t *testing.T) {
		do(t, tab, []step{bringing("findings.csv", "id;verdict\r\nosh-2025-a1-f02;жок\r\nosh-2025-a1-f03;ооба\r\n")})
		if got := in(`const cells = () => [...document.querySelectorAll("#inputs input")];
			cells()[1].value = "сакталды";
			cells()[1].dispatchEvent(new Event("input"));
			cells()[0].value = "сакталган жок";
			cells()[0].nextElementSibling.click();
			await idle();
			return cells().map(e => e.dataset.cell + e.value) + (document.activeElement === cells()[0]);`); got != "B3сакталдыtrue" {
			t.Error(got)
		}
	})
	t.Run("a corrected sheet", func(t *testing.T) {
		wrong, mended := bringing("findings.csv", "id;verdict\r\nosh-2025-a1-f02;жок\r\n"), bringing("findings.csv", "id;verdict\r\nosh-2025-a1-f02;сакталды\r\n")
		for _, c := range []struct {
			steps []step
			want  string
		}{
			{[]step{mended, bringing("other.csv", "id;verdict\r\nosh-2025-a1-f03;сакталды\r\n")}, "2false"},
			{[]step{wrong}, "1false"},
			{[]step{wrong, mended}, "1true"},
		} {
			do(t, tab, c.steps)
			if got := in(`return $("inputs").children.length + "" + $("inputs").textContent.includes("ордуна коюлду");`); got != c.want {
				t.Errorf("%d sheets: %s, not %s", len(c.steps), got, c.want)
			}
		}
	})
	t.Run("another municipality", func(t *testing.T) {
		if got := in(`const yes = confirm;
			globalThis.confirm = () => false;
			pick("town", "kochkorbaev");
			await idle();
			const stays = $("town").value + $("inputs").children.length;
			globalThis.confirm = yes;
			pick("town", "kochkorbaev");
			await idle();
			return stays + $("inputs").children.length + $("body").value;`); got != "osh10" {
			t.Error(got)
		}
	})
	t.Run("a file beside the box", func(t *testing.T) {
		if got := in(`const files = new DataTransfer();
			files.items.add(new File(["id;verdict\n"], "findings.csv"));
			const e = new DragEvent("drop", {dataTransfer: files, cancelable: true, bubbles: true});
			document.body.dispatchEvent(e);
			await idle();
			const leave = new Event("beforeunload", {cancelable: true});
			dispatchEvent(leave);
			return "" + e.defaultPrevented + $("inputs").children.length + leave.defaultPrevented;`); got != "true1true" {
			t.Error(got)
		}
	})
}
