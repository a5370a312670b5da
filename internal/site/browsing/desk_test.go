package browsing_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"achyk/internal/desk"
	"achyk/internal/locale"
	"achyk/internal/report"
	deskpage "achyk/internal/site/desk"
	"achyk/internal/source"
	"achyk/internal/tools/browsertest"
	"achyk/internal/tools/outside"
	"achyk/internal/tools/sitetest"
	"achyk/internal/tools/towntest"
)

// brought is what the page of the desk shows of a file, and the file that it offers.
type brought struct {
	Verdict, Summary, Message, Download, Upload string
	Findings, Turned                            []string
	Changes                                     [][]string
	CSV                                         string
	JSON                                        string  // what the program in the browser returns
	Milliseconds                                float64 // from the choice of the file until the result is there
}

// bring opens a page of the desk and brings it a file.
func bring(t *testing.T, address, municipality, name string, data []byte) brought {
	t.Helper()
	input, err := json.Marshal(map[string]string{"town": municipality, "name": name, "data": base64.StdEncoding.EncodeToString(data)})
	if err != nil {
		t.Fatal(err)
	}
	return browsertest.Eval[brought](t, address, browsertest.Phone, `(async () => {
		const input = `+string(input)+`, $ = id => document.getElementById(id);
		const until = async what => { for (let i = 0; i < 1200 && !what(); i++) await new Promise(r => setTimeout(r, 50)); if (!what()) throw new Error($("state").textContent); };
		await until(() => !$("form").hidden);
		$("town").value = input.town;
		$("town").dispatchEvent(new Event("change"));
		const files = new DataTransfer();
		files.items.add(new File([Uint8Array.from(atob(input.data), c => c.charCodeAt(0))], input.name));
		$("file").files = files.files;
		const made = [], create = URL.createObjectURL;
		URL.createObjectURL = blob => { made.push(blob); return create(blob); };
		const start = performance.now();
		$("file").dispatchEvent(new Event("change"));
		await until(() => !$("result").hidden && !$("state").textContent);
		const lines = s => [...document.querySelectorAll(s)].map(e => e.textContent);
		return {
			Verdict: $("verdict").textContent, Summary: $("summary").textContent, Message: $("message").value, Download: $("csv").download, Upload: $("upload").href,
			JSON: await achyk.take(JSON.stringify({municipality: input.town, name: input.name, language: document.documentElement.lang}), Uint8Array.from(atob(input.data), c => c.charCodeAt(0))),
			Findings: lines("#findings li"), Turned: lines("#turned li"), Milliseconds: performance.now() - start,
			Changes: [...document.querySelectorAll("#changes tbody tr")].map(tr => [...tr.children].map(td => td.textContent)),
			CSV: made.length ? await made.at(-1).text() : "",
		};
	})()`)
}

// sampleDesk serves the sample, and opens its records for the desk that the commands use.
func sampleDesk(t *testing.T) (url string, r *desk.Repository) {
	t.Helper()
	if !deskpage.Built() {
		outside.Missing(t, "the desk is not built: go generate ./internal/site/desk")
	}
	r, err := desk.Open(os.DirFS(towntest.Sample(t)), sitetest.Today)
	if err != nil {
		t.Fatal(err)
	}
	return browsertest.Serve(t, sitetest.Sample(t)), r
}

// TestDesk brings spreadsheets to the page of the desk, in each language, and compares what the page
// shows with what the command says of them.
func TestDesk(t *testing.T) {
	url, r := sampleDesk(t)
	osh := r.Data.Municipality("osh")
	for name, text := range map[string]string{
		"fine.csv":    "\ufeffid;verdict;finding_ru\r\nosh-2025-a1-f02;частично;Проверено заново: 41 из 52.\r\n",
		"wrong.csv":   "id;verdict\r\nosh-2025-a1-f02;неясно\r\n",
		"nothing.csv": "id,verdict\nosh-2025-a1-f02,partly\n",
		"turned.csv":  "id,delivered\nosh-2025-a1-report,2025-12-20\n",
		"unknown.csv": "a,b\n1,2\n",
	} {
		for _, l := range locale.Langs {
			if l != locale.Ky && name != "wrong.csv" { // the words of the others come from the same messages
				continue
			}
			t.Run(l.String()+"/"+name, func(t *testing.T) {
				t.Parallel()
				p, err := r.Take(osh, &source.File{Path: name, Data: []byte(text)}, desk.Options{})
				if err != nil {
					t.Fatal(err)
				}
				got := bring(t, url+"/"+l.String()+"/desk/", "osh", name, []byte(text))
				t.Logf("%.0f ms", got.Milliseconds)
				var command bytes.Buffer
				if err := report.JSON.Proposal(&command, p, locale.For(l)); err != nil {
					t.Fatal(err)
				}
				if got.JSON != command.String() {
					t.Errorf("the browser says\n%s\nthe command\n%s", got.JSON, &command)
				}
				if got.CSV != string(p.CSV) && len(p.Changes) > 0 {
					t.Errorf("the page offers\n%q\nnot\n%q", got.CSV, p.CSV)
				}
				if len(got.Findings) != len(p.Problems) || len(got.Turned) != len(p.Turned) {
					t.Errorf("the page shows %q and %q, the command has %d and %d", got.Findings, got.Turned, len(p.Problems), len(p.Turned))
				}
				for _, d := range p.Problems {
					if said := report.What(&d, locale.For(l)); !slices.ContainsFunc(got.Findings, func(f string) bool { return strings.Contains(f, said) && strings.Contains(f, d.Cell.String()) }) {
						t.Errorf("the page does not say %q at %s: %q", said, d.Cell, got.Findings)
					}
				}
			})
		}
	}
}

// TestDeskWithoutNetwork opens the desk in one file, as from a stick.
func TestDeskWithoutNetwork(t *testing.T) {
	_, r := sampleDesk(t)
	text := []byte("id,delivered\nosh-2025-a1-report,2025-12-20\n")
	p, err := r.Take(r.Data.Municipality("osh"), &source.File{Path: "reports.csv", Data: text}, desk.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := bring(t, "file://"+filepath.Join(sitetest.Sample(t), "desk", "achyk-desk.ky.html"), "osh", "reports.csv", text)
	if got.CSV != string(p.CSV) || len(got.Turned) != len(p.Turned) || len(p.Turned) == 0 {
		t.Errorf("%d outcomes turn, not %d; the file is\n%s", len(got.Turned), len(p.Turned), got.CSV)
	}
}
