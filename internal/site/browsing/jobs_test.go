package browsing_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"image"
	"image/jpeg"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"achyk/internal/diag"
	"achyk/internal/pipeline"
	"achyk/internal/tools/browsertest"
	"achyk/internal/tools/towntest"
)

// step is what a clerk does on the page of the desk.
type step struct {
	Do       string            // bring, delete, record, correct, letter or reason
	Name     string            // of a file
	Data     string            // of a file, in base64
	Register string            // of a record
	Key      string            // of a record that is there; "" for a new one
	Values   map[string]string // of a record, by the names of fields
	Text     string            // of a correction, a reason or a letter
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
globalThis.confirm = () => true; // the proposal of the job before may be lost
globalThis.until = async (what, why) => {
	for (let i = 0; i < 2400; i++) { if (await what()) return; await new Promise(r => setTimeout(r, 25)); }
	throw new Error(why + ": " + document.getElementById("state").textContent);
};
globalThis.idle = async () => {
	await last; // of the page
	const state = document.getElementById("state").textContent;
	if (state) throw new Error(state);
};
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
	async delete() { document.getElementById("delete").click(); },
	async letter(s) {
		const $ = id => document.getElementById(id);
		for (const [id, value] of Object.entries(s.Values)) pick(id, value);
		const data = new DataTransfer();
		data.setData("text/html", s.Text);
		$("body").value = "";
		$("body").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, cancelable: true}));
		$("write").click();
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
until(() => !document.getElementById("form").hidden, "the desk does not start")
	.then(() => judgeOn("2026-11-20")).then(() => document.getElementById("state").textContent = "")`

// pasted is a letter as an office program gives it to the clipboard.
const pasted = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0}</style></head><body lang=RU>
<!--StartFragment--><h1><span style='font-family:"Times New Roman"'>Кыска` + "\u00ad" + `ча<o:p></o:p></span></h1>
<p class=MsoNormal>Үч кызмат <b>текшерилди</b>: <a href="https://osh.example/">шилтеме</a>.<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><!--[endif]-->биринчи</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><!--[endif]-->экинчи</p>
<table class=MsoTableGrid><tr><td><p>Кызмат</p></td><td><p>Саны</p></td></tr><tr><td><p>Суу</p></td><td><p>2</p></td></tr></table>
<p class=MsoNormal><img src="file:///C:/x.png"></p><!--EndFragment--></body></html>`

// written is what becomes of it.
const written = `## Кыскача

Үч кызмат **текшерилди**: [шилтеме](<https://osh.example/>).

- биринчи
- экинчи

| Кызмат | Саны |
| --- | --- |
| Суу | 2 |
`

// picture returns a photo.
func picture() string {
	var b bytes.Buffer
	jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 64, 48)), nil) // a buffer takes all
	return b.String()
}

// sample returns a register of Osh with something replaced in it.
func sample(register, old, now string) string {
	text, err := os.ReadFile(filepath.Join(towntest.Root(), "data", "osh", register+".csv"))
	if err != nil || !bytes.Contains(text, []byte(old)) {
		panic(register + " has no " + old)
	}
	return strings.Replace(string(text), old, now, 1)
}

// without returns a register of Osh without a record.
func without(register, key string) string {
	text := sample(register, "\n"+key+",", "\n\x00")
	before, after, _ := strings.Cut(text, "\x00")
	_, after, _ = strings.Cut(after, "\n")
	return before + after
}

// jobs are what clerks do. Each ends in files that the check of proposals accepts, or is refused with words.
var jobs = []struct {
	name    string
	steps   func() []step
	files   []string // names
	refused string   // a part of what is said; "" if the files are accepted
}{
	{"a typo", func() []step {
		return []step{bringing("services.csv", "id;name_ru\r\nbus-stops;Остановки и павильоны\r\n"), because("Название дополнено")}
	}, []string{"services.csv"}, ""},
	{"a month of appeals", func() []step {
		return []step{bringing("2026-ноябрь.csv", "period;service;proposal / oral;proposal / electronic\n11.2026;bus-stops;4;2\n11.2026;cemeteries;1;\n")}
	}, []string{"appeals.csv"}, ""},
	{"a decision with a scan", func() []step {
		return []step{
			bringing("чечимдер.csv", "id;issuer;kind;number;date;title_ky;document\nd-2026-lights;council;other;Ү-77;19.11.2026;Көчө жарыгы жөнүндө;Скан токтому.pdf\n"),
			bringing("Скан токтому.pdf", "%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"),
		}
	}, []string{"skan-toktomu.pdf", "decisions.csv"}, ""},
	{"a finding with two photos", func() []step {
		return []step{
			bringing("сүрөт 1.jpg", picture()), bringing("сүрөт 2.jpg", picture()),
			typing("findings", "", map[string]string{"id": "osh-2026-a1-f01", "assessment": "osh-2026-a1", "requirement": "water-pressure", "verdict": "Жарым-жартылай сакталды", "finding_ky": "Басым эки үйдө төмөн."}),
			bringing("attachments.csv", "id,subject_register,subject,kind,file,caption_ky,licence\natt-2026-01,findings,osh-2026-a1-f01,photo,сүрөт 1.jpg,Манометр,CC-BY-4.0\natt-2026-02,findings,osh-2026-a1-f01,photo,сүрөт 2.jpg,Крандагы суу,CC-BY-4.0\n"),
		}
	}, []string{"surot-1.jpg", "surot-2.jpg", "findings.csv", "attachments.csv"}, ""},
	{"a score sheet", func() []step {
		return []step{bringing("scores.csv", "application;member;cr25-1-experience;cr25-5-budget\napp25-1;wc25-m1;70;7\n")}
	}, nil, "C2"},
	{"a wrong cell corrected on the page", func() []step {
		return []step{bringing("findings.csv", "id;verdict\r\nosh-2025-a1-f02;жок\r\n"), correcting("сакталган жок"), because("Акт кайра окулду")}
	}, []string{"findings.csv"}, ""},
	{"a reply", func() []step {
		return []step{typing("replies", "", map[string]string{"finding": "osh-2025-a1-f02", "provider": "taza-kocho", "date": "2026-11-18", "reply_ky": "Жаңы унаа сатып алынды."})}
	}, []string{"replies.csv"}, ""},
	{"a letter", func() []step {
		return []step{{Do: "letter", Text: pasted, Values: map[string]string{"letter": "news", "letter-title": "Текшерүү башталды", "letter-slug": "osh-check-2026", "letter-date": "2026-11-19"}}}
	}, []string{"osh-check-2026.ky.md"}, ""},
	{"a new cycle", func() []step {
		return []step{
			bringing("тизме.csv", "id;year;service;decision;reason_ky\nal-2027-waste;2027;waste;d-2027-list;Кайрылуулардын саны боюнча биринчи орунда.\nal-2027-roads;2027;roads;d-2027-list;Угууларда айтылды.\n"),
			typing("decisions", "", map[string]string{"id": "d-2027-list", "issuer": "Жергиликтүү кеңеш", "kind": "Жылдык тизмени бекитүү", "number": "Ү-90", "date": "2026-11-19", "title_ky": "2027-жылдын тизмесин бекитүү жөнүндө", "document": "токтом Ү-90.pdf"}),
			bringing("токтом Ү-90.pdf", "%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"),
		}
	}, []string{"annual_list.csv", "decisions.csv", "toktom-u-90.pdf"}, ""},
	{"a name", func() []step {
		return []step{typing("providers", "zhol-usta", map[string]string{"name_ru": "ОсОО «Жол-Уста» (образец)"}), because("Наименование по уставу")}
	}, []string{"providers.csv"}, ""},
	{"a row deleted", func() []step {
		return []step{{Do: "delete"}, bringing("attachments.csv", without("attachments", "att-2025-17")), {Do: "delete"}, because("Протокол эки жолу тиркелген")}
	}, []string{"attachments.csv"}, ""},
	{"an id renamed", func() []step {
		return []step{bringing("providers.csv", sample("providers", "zhol-usta,", "zhol-usta-2,"))}
	}, nil, "zhol-usta"},
	{"a deadline moved", func() []step {
		return []step{typing("contests", "contest-2026", map[string]string{"closes": "2026-11-27T18:00"}), because("Мөөнөт узартылды")}
	}, []string{"contests.csv"}, ""},
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
	const today = "2026-11-20T12:00:00+06:00" // the day that the page judges for
	root := towntest.Sample(t)
	repository := towntest.Repository{T: t, Dir: t.TempDir(), Date: today}
	for _, dir := range []string{"data", "content", "layouts"} {
		if err := os.CopyFS(filepath.Join(repository.Dir, dir), os.DirFS(filepath.Join(root, dir))); err != nil {
			t.Fatal(err)
		}
	}
	repository.Commit()
	for _, j := range jobs {
		t.Run(j.name, func(t *testing.T) {
			got := do(t, tab, j.steps())
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
			if j.name == "a letter" {
				text, _ := base64.StdEncoding.DecodeString(got.Files["content/osh/news/osh-check-2026.ky.md"])
				if _, body, _ := strings.Cut(string(text), "+++\n\n"); body != written {
					t.Errorf("what was pasted became\n%s", body)
				}
			}
			if t.Failed() || len(j.files) == 0 {
				return
			}
			repository := towntest.Repository{T: t, Dir: repository.Dir, Date: today}
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
