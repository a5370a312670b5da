package browsing_test

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"achyk/internal/diag"
	"achyk/internal/pipeline"
	"achyk/internal/tools/browsertest"
	"achyk/internal/tools/sitetest"
	"achyk/internal/tools/towntest"
)

// step is what a clerk does on the page of the desk.
type step struct {
	Do       string            // bring, record, correct or reason
	Name     string            // of a file
	Data     string            // of a file, in base64
	Register string            // of a record
	Key      string            // of a record that is there; "" for a new one
	Values   map[string]string // of a record, by the names of fields
	Text     string            // of a correction or a reason
}

func bringing(name, data string) step {
	return step{Do: "bring", Name: name, Data: base64.StdEncoding.EncodeToString([]byte(data))}
}

func typing(register, key string, values map[string]string) step {
	return step{Do: "record", Register: register, Key: key, Values: values}
}

func correcting(text string) step { return step{Do: "correct", Text: text} }

func because(reason string) step { return step{Do: "reason", Text: reason} }

// outcome is what the page shows after the steps of a job, and what it hands back.
type outcome struct {
	Verdict, Message string
	Said             string            // what is wrong
	Files            map[string]string // contents in base64, by the paths in the repository
	Turned           int               // how many outcomes turn
	Milliseconds     float64
}

// play makes the page take steps. It leaves functions in the page.
const play = `
globalThis.until = async (what, why) => {
	for (let i = 0; i < 2400; i++) { if (await what()) return; await new Promise(r => setTimeout(r, 25)); }
	throw new Error(why + ": " + document.getElementById("state").textContent);
};
globalThis.idle = () => until(() => !document.getElementById("state").textContent, "busy");
globalThis.pick = (id, value) => {
	const e = document.getElementById(id);
	e.value = value;
	if (e.value !== value) throw new Error(id + " cannot be " + value);
	e.dispatchEvent(new Event("change"));
};
globalThis.moves = {
	async bring(s) {
		const files = new DataTransfer(), input = document.getElementById("file");
		files.items.add(new File([Uint8Array.from(atob(s.Data), c => c.charCodeAt(0))], s.Name));
		input.files = files.files;
		input.dispatchEvent(new Event("change"));
	},
	async record(s) {
		document.getElementById("recordpart").open = true;
		pick("kind", s.Register);
		await idle();
		if (s.Key) { pick("which", s.Key); await idle(); }
		for (const [name, value] of Object.entries(s.Values)) {
			const e = document.getElementById("field-" + name);
			const offered = [...(e.options || e.list?.options || [])].map(o => o.value).find(o => o === value || o.endsWith("[" + value + "]"));
			e.value = offered || value;
			if (e.value !== (offered || value)) throw new Error(name + " cannot be " + value);
			e.dispatchEvent(new Event("input"));
		}
		document.getElementById("put").click();
		await idle();
		if (document.getElementById("recordpart").open) throw new Error("the form is not taken: " + [...document.querySelectorAll("#fields :invalid")].map(e => e.id + " " + e.validationMessage));
	},
	async correct(s) {
		const input = document.querySelector("#inputs input");
		input.value = s.Text;
		input.nextElementSibling.click();
	},
	async reason(s) {
		document.getElementById("reason").value = s.Text;
		document.getElementById("reason").dispatchEvent(new Event("input"));
	},
};
globalThis.job = async steps => {
	const $ = id => document.getElementById(id), start = performance.now();
	pick("town", "osh");
	await idle();
	for (const s of steps) { await moves[s.Do](s); await idle(); }
	const milliseconds = performance.now() - start, files = {};
	const made = [], create = URL.createObjectURL;
	URL.createObjectURL = blob => { made.push(blob); return create(blob); };
	if (!$("propose").hidden && !$("steps").hidden) for (const li of $("files").children) {
		li.querySelector("button").click();
		await idle();
		files[li.querySelector("code").textContent] = btoa(Array.from(new Uint8Array(await made.at(-1).arrayBuffer()), b => String.fromCharCode(b)).join(""));
	}
	URL.createObjectURL = create;
	return {
		Verdict: $("verdict").textContent, Message: $("message").value, Files: files, Milliseconds: milliseconds,
		Turned: $("turned").children.length,
		Said: [...document.querySelectorAll("#inputs ol li, #findings li, #turned li")].map(e => e.textContent).join("\n"),
	};
};
until(() => !document.getElementById("form").hidden, "the desk does not start").then(() => document.getElementById("state").textContent = "")`

// jobs are what clerks do. Each ends in files that the check of proposals accepts, or is refused with words.
var jobs = []struct {
	name    string
	steps   []step
	files   []string // names
	refused string   // a part of what is said; "" if the files are accepted
}{
	{"a typo", []step{
		bringing("services.csv", "id;name_ru\r\nbus-stops;Остановки и павильоны\r\n"), because("Опечатка в названии"),
	}, []string{"services.csv"}, ""},
	{"a month of appeals", []step{
		bringing("appeals.csv", "period;service;kind;channel;count\n10.2026;bus-stops;complaint;electronic;12\n10.2026;bus-stops;proposal;electronic;3\n"),
	}, []string{"appeals.csv"}, ""},
	{"a decision with a scan", []step{
		bringing("decisions.csv", "id,issuer,kind,number,date,title_ky,document\nd-2026-lights,council,other,Ү-77,19.11.2026,Көчө жарыгы жөнүндө,Скан токтому.pdf\n"),
		bringing("Скан токтому.pdf", "%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"),
	}, []string{"skan-toktomu.pdf", "decisions.csv"}, ""},
	{"a score above the most", []step{
		bringing("scores.csv", "application,member,criterion,points\napp25-1,wc25-m1,cr25-1-experience,70\n"),
	}, nil, "70"},
	{"a wrong cell corrected on the page", []step{
		bringing("findings.csv", "id;verdict\r\nosh-2025-a1-f02;неясно\r\n"), correcting("частично"),
	}, nil, ""},
	{"a reply", []step{
		typing("replies", "", map[string]string{"finding": "osh-2025-a1-f02", "provider": "taza-kocho", "date": "2026-11-18", "reply_ky": "Жаңы унаа сатып алынды."}),
	}, []string{"replies.csv"}, ""},
	{"a name", []step{
		typing("organisations", "", map[string]string{"name_ky": "«Жаңы Булак» коомдук фонду (үлгү)"}),
	}, []string{"organisations.csv"}, ""},
	{"an id renamed", []step{
		bringing("territories.csv", "id,name_ky\nnew-id,Аты\n"),
	}, nil, ""},
}

// do takes steps in a page.
func do(t *testing.T, tab browsertest.Tab, steps []step) outcome {
	t.Helper()
	text, err := json.Marshal(steps)
	if err != nil {
		t.Fatal(err)
	}
	return browsertest.In[outcome](t, tab, "job("+string(text)+")")
}

// doJobs does the jobs of clerks in a page, and puts what it hands back into a copy of the repository.
func doJobs(t *testing.T, tab browsertest.Tab) {
	root := sitetest.Root()
	repository := towntest.Repository{T: t, Dir: t.TempDir()}
	for _, dir := range []string{"data", "content", "layouts"} {
		if err := os.CopyFS(filepath.Join(repository.Dir, dir), os.DirFS(filepath.Join(root, dir))); err != nil {
			t.Fatal(err)
		}
	}
	repository.Commit()
	for _, j := range jobs {
		t.Run(j.name, func(t *testing.T) {
			got := do(t, tab, j.steps)
			t.Logf("%.0f ms: %s\n%s\n%s", got.Milliseconds, got.Verdict, got.Said, got.Message)
			if j.refused != "" {
				if len(got.Files) > 0 || !strings.Contains(got.Said, j.refused) {
					t.Errorf("the page hands back %d files", len(got.Files))
				}
				return
			}
			for _, name := range j.files {
				found := false
				for file := range got.Files {
					found = found || path.Base(file) == name
				}
				if !found {
					t.Errorf("the page does not hand back %s", name)
				}
			}
			if t.Failed() || len(j.files) == 0 {
				return
			}
			repository := towntest.Repository{T: t, Dir: repository.Dir}
			repository.Git("checkout", "-q", "-B", "proposal", "main")
			for name, data := range got.Files {
				text, err := base64.StdEncoding.DecodeString(data)
				if err != nil {
					t.Fatal(err)
				}
				repository.Write(name, string(text))
			}
			repository.Git("add", "-A", "-f")
			repository.Git("-c", "user.name=Clerk", "-c", "user.email=clerk@sample.example", "-c", "commit.gpgsign=false", "commit", "-q", "-m", got.Message)
			checked, err := pipeline.Check(pipeline.Options{Source: repository.Dir, Since: "main", AsOf: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range checked.Problems {
				if d.Severity() == diag.Error {
					t.Errorf("the check refuses: %v %v %v", d.Code, d.Name(), d.Args)
				}
			}
		})
	}
}
