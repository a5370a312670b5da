package blank_test

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"achyk/internal/blank"
	"achyk/internal/desk"
	"achyk/internal/diag"
	"achyk/internal/entry"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/source"
	"achyk/internal/tools/outside"
	"achyk/internal/tools/towntest"
)

// things is a register with all that spreadsheet programs spoil and people confuse.
var things = map[string]string{
	"data/town/things.schema.toml": `primary_key = ["id"]
title = { ky = "Нерселер", ru = "Вещи", en = "Things" }
[[column]]
name = "id"
type = "id"
required = true
title = { ky = "Код", ru = "Код", en = "Code" }
[[column]]
name = "name"
type = "text"
required = true
title = { ky = "Аты", ru = "Название", en = "Name" }
description = { ky = "Кандай аталат.", ru = "Как называется.", en = "What it is called." }
[[column]]
name = "clause"
type = "string"
title = { ky = "Пункт", ru = "Пункт", en = "Clause" }
[[column]]
name = "code"
type = "string"
title = { ky = "Код", ru = "Код", en = "Code" }
[[column]]
name = "share"
type = "number"
minimum = 0
title = { ky = "Үлүш", ru = "Доля", en = "Share" }
[[column]]
name = "kind"
type = "enum"
title = { ky = "Түрү", ru = "Вид", en = "Kind" }
value = [
  { code = "old", label = { ky = "Эски", ru = "Старая", en = "Old" } },
  { code = "same", label = { ky = "Эски", ru = "Старая", en = "new" } },
  { code = "new", label = { ky = "Жаңы", ru = "Новая", en = "New" } },
]
[[column]]
name = "place"
type = "ref"
register = "territories"
title = { ky = "Жери", ru = "Место", en = "Place" }
[[column]]
name = "seen"
type = "date"
title = { ky = "Көрүлгөн күнү", ru = "Когда видели", en = "Seen" }
[[column]]
name = "told"
type = "datetime"
title = { ky = "Айтылганы", ru = "Сообщено", en = "Told" }
[[column]]
name = "ours"
type = "boolean"
title = { ky = "Биздики", ru = "Наша", en = "Ours" }
`,
	"data/town/things.csv": `id,name_ky,name_ru,name_en,clause,code,share,kind,place,seen,told,ours
t-07,"Ач, «Көк»",,"_x0041_ two
lines",4.1,007,7.0,old,north,2026-03-01,2026-03-01T17:00+06:00,true
t-08,Бак,Дерево,Tree,12.10,1-2,12345678901234567.5,same,south,,2026-03-01T17:00+03:00,false
t-09,Суу,,,01.02,1/2,0.1,new,,,,
`,
}

// repository opens the smallest repository with the things, and other files in their places.
func repository(t testing.TB, others map[string]string) (fs.FS, *desk.Repository) {
	t.Helper()
	texts := maps.Clone(towntest.Files)
	maps.Copy(texts, things)
	maps.Copy(texts, others)
	files := fstest.MapFS{}
	for name, text := range texts {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files, open(t, files)
}

func open(t testing.TB, files fs.FS) *desk.Repository {
	t.Helper()
	r, err := desk.Open(files, time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// sheetOf makes the sheet of a register.
func sheetOf(t testing.TB, m *jme.Municipality, register string, l locale.Lang) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := blank.New(m, m.Table(register), locale.Langs[:], locale.For(l)).Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// take brings a sheet back.
func take(t testing.TB, r *desk.Repository, m *jme.Municipality, name string, data []byte) *desk.Proposal {
	t.Helper()
	p, err := r.Take(m, &source.File{Path: name, Data: data}, desk.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// unchanged checks that a sheet changes nothing and gives the file of the register as it is.
func unchanged(t *testing.T, files fs.FS, p *desk.Proposal, register string) {
	t.Helper()
	if p.Table == nil || p.Table.Schema.Name != register || len(p.Changes)+len(p.Problems)+len(p.Missing)+len(p.Restored) > 0 {
		t.Errorf("%s: %+v %v %v %v", p.Name, p.Changes, p.Problems, p.Missing, p.Restored)
	}
	if want, err := fs.ReadFile(files, p.Path); err == nil && string(p.CSV) != string(want) {
		t.Errorf("%s: the register became\n%s", p.Name, p.CSV)
	}
}

// TestRoundTrip takes the sheet of every register back: nothing changes, in any language.
func TestRoundTrip(t *testing.T) {
	small, _ := repository(t, nil)
	n := 0
	for _, files := range []fs.FS{os.DirFS(towntest.Sample(t)), small} {
		r := open(t, files)
		for _, m := range r.Data.Municipalities {
			for _, table := range m.Tables {
				if origin, builtIn := jme.Find(table.Schema.Name); builtIn && origin.Origin != jme.FromCSV {
					continue
				}
				for _, l := range locale.Langs {
					name := table.Schema.Name
					unchanged(t, files, take(t, r, m, m.ID+"."+l.String()+".xlsx", sheetOf(t, m, name, l)), name)
					n++
				}
			}
		}
	}
	if n < 200 {
		t.Error("only so many sheets were made:", n)
	}
}

// TestLanguages: a site in Russian asks for no texts in other languages, and those that are there stay.
func TestLanguages(t *testing.T) {
	files, r := repository(t, nil)
	m := r.Data.Municipalities[0]
	var b bytes.Buffer
	if err := blank.New(m, m.Table("things"), []locale.Lang{locale.Ru}, locale.For(locale.Ru)).Write(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := opened(t, b.Bytes()).GetRows("things")
	if err != nil {
		t.Fatal(err)
	}
	heads := strings.Join(rows[0], " ")
	if !strings.Contains(heads, "name_ru") || strings.Contains(heads, "name_ky") || strings.Contains(heads, "name_en") {
		t.Error(heads)
	}
	unchanged(t, files, take(t, r, m, "things.xlsx", b.Bytes()), "things")
	for _, f := range entry.New(m, m.Table("things"), []locale.Lang{locale.Ru}, locale.For(locale.Ru)).Form("t-07", nil) {
		if f.Name == "name_ky" || f.Name == "name_en" {
			t.Error("the form has", f.Name)
		}
	}
}

// edit changes cells of a workbook as a program does that knows nothing of the desk.
func edit(t testing.TB, data []byte, cells map[string]any) []byte {
	t.Helper()
	f := opened(t, data)
	for at, value := range cells {
		if err := f.SetCellValue("things", at, value); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func opened(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// TestUnhidden takes a sheet back after somebody has looked at what was hidden.
func TestUnhidden(t *testing.T) {
	files, r := repository(t, nil)
	m := r.Data.Municipalities[0]
	f := opened(t, sheetOf(t, m, "things", locale.En))
	var b bytes.Buffer
	if err := errors.Join(f.SetSheetVisible("achyk", true), f.SetSheetVisible("lists", true), f.Write(&b)); err != nil {
		t.Fatal(err)
	}
	unchanged(t, files, take(t, r, m, "sheet.xlsx", b.Bytes()), "things")
}

func TestEdited(t *testing.T) {
	_, r := repository(t, nil)
	m := r.Data.Municipalities[0]
	made := sheetOf(t, m, "things", locale.Ky)
	p := take(t, r, m, "things.xlsx", edit(t, made, map[string]any{"G3": 2.5, "A5": "t-10", "B5": "Отун", "H5": "Жаңы", "I5": "Түндүк [north]", "J5": "02.03.2026", "L5": "ооба"}))
	want := []desk.Change{
		{Kind: desk.Changed, Key: "t-08", Row: 3, Cells: []desk.CellChange{{Cell: source.Cell{Row: 3, Column: 7}, Field: "share", Before: "12345678901234567.5", After: "2.5", Closed: true}}},
		{Kind: desk.Added, Key: "t-10", Row: 5, Cells: []desk.CellChange{
			{Cell: source.Cell{Row: 5, Column: 1}, Field: "id", After: "t-10"}, {Cell: source.Cell{Row: 5, Column: 2}, Field: "name_ky", After: "Отун"},
			{Cell: source.Cell{Row: 5, Column: 8}, Field: "kind", After: "new"}, {Cell: source.Cell{Row: 5, Column: 9}, Field: "place", After: "north"},
			{Cell: source.Cell{Row: 5, Column: 10}, Field: "seen", After: "2026-03-02"}, {Cell: source.Cell{Row: 5, Column: 12}, Field: "ours", After: "true"},
		}},
	}
	if diff := cmp.Diff(want, p.Changes); diff != "" || p.CSV == nil {
		t.Error(diff, p.Problems)
	}
}

// TestMeanwhile takes a sheet that was made before somebody else changed the register.
func TestMeanwhile(t *testing.T) {
	_, before := repository(t, nil)
	made := sheetOf(t, before.Data.Municipalities[0], "things", locale.Ru)
	edited := edit(t, made, map[string]any{"C3": "Саженец"})

	now := strings.Replace(things["data/town/things.csv"], "Tree", "A tree", 1)
	_, r := repository(t, map[string]string{"data/town/things.csv": now})
	p := take(t, r, r.Data.Municipalities[0], "things.xlsx", edited)
	if want := strings.Replace(now, "Дерево", "Саженец", 1); string(p.CSV) != want || len(p.Changes) != 1 || len(p.Changes[0].Cells) != 1 {
		t.Errorf("changes in two cells of a record make %v\n%s", p.Problems, p.CSV)
	}

	_, r = repository(t, map[string]string{"data/town/things.csv": strings.Replace(now, "Дерево", "Куст", 1)})
	p = take(t, r, r.Data.Municipalities[0], "things.xlsx", edited)
	if len(p.Problems) != 1 || p.Problems[0].Code != diag.EditedElsewhere || p.Problems[0].Cell != (source.Cell{Row: 3, Column: 3}) || p.CSV != nil {
		t.Errorf("changes of one cell make %+v\n%s", p.Problems, p.CSV)
	}
}

// TestGuards looks at what keeps people and programs from spoiling cells.
func TestGuards(t *testing.T) {
	_, r := repository(t, nil)
	f := opened(t, sheetOf(t, r.Data.Municipalities[0], "things", locale.En))
	cells := map[string]string{}
	for _, at := range []string{"A1", "B1", "C1", "G1", "A2", "E2", "H2", "H3", "I2", "L2"} {
		text, err := f.GetCellValue("things", at)
		if err != nil {
			t.Fatal(err)
		}
		cells[at] = text
	}
	want := map[string]string{
		"A1": "Code *\nid", "B1": "Name (ky) *\nname_ky", "C1": "Name (ru)\nname_ru", "G1": "Share\nshare",
		"A2": "t-07", "E2": "4.1", "H2": "Old", "H3": "same", "I2": "North [north]", "L2": "yes", // the label of "same" is another word
	}
	if diff := cmp.Diff(want, cells); diff != "" {
		t.Error(diff)
	}
	for at, locked := range map[string]bool{"A1": true, "A2": true, "B2": false, "G2": false, "J4": false} {
		style, err := f.GetCellStyle("things", at)
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.GetStyle(style)
		if err != nil {
			t.Fatal(err)
		}
		if free := s.Protection != nil && !s.Protection.Locked; free == locked {
			t.Errorf("%s is locked: %v", at, !free)
		}
		if text := s.NumFmt == 49; text != (at != "G2") {
			t.Errorf("%s is formatted as text: %v", at, text)
		}
	}
	style, err := f.GetColStyle("things", "A") // where new records come
	if s, _ := f.GetStyle(style); err != nil || s.NumFmt != 49 || s.Protection == nil || s.Protection.Locked {
		t.Error("the ids of new records cannot be written", err)
	}
	lists, err := f.GetDataValidations("things")
	if err != nil || len(lists) != 3 || lists[0].Sqref != "H2:H1048576" || *lists[0].ErrorStyle != "stop" || *lists[1].ErrorStyle != "warning" {
		t.Errorf("lists: %+v %v", lists, err)
	}
	offered, err := f.GetCols("lists")
	if diff := cmp.Diff([][]string{{"", "Old", "same", "new"}, {"", "North [north]", "South [south]"}, {"", "yes", "no"}}, offered); diff != "" || err != nil {
		t.Error(diff, err)
	}
	notes, err := f.GetComments("things")
	if err != nil || len(notes) == 0 || !strings.Contains(notes[0].Text, "Next: t-10") {
		t.Errorf("notes: %+v %v", notes, err)
	}
	for name, shown := range map[string]bool{"things": true, "lists": false, "achyk": false} {
		if visible, err := f.GetSheetVisible(name); err != nil || visible != shown {
			t.Errorf("sheet %s is visible: %v %v", name, visible, err)
		}
	}
}

// TestOffice saves sheets in LibreOffice: nothing may have changed.
func TestOffice(t *testing.T) {
	office := outside.Program(t, "soffice", "libreoffice")
	dir := t.TempDir()
	files, r := repository(t, nil)
	m := r.Data.Municipalities[0]
	if err := os.WriteFile(filepath.Join(dir, "things.xlsx"), sheetOf(t, m, "things", locale.Ky), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{"ods", "xlsx"} {
		out := filepath.Join(dir, form)
		outside.Run(t, nil, office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--norestore", "--convert-to", form, "--outdir", out, filepath.Join(dir, "things.xlsx"))
		data, err := os.ReadFile(filepath.Join(out, "things."+form))
		if err != nil {
			t.Fatal(err)
		}
		unchanged(t, files, take(t, r, m, "things."+form, data), "things")
	}
}

// TestChosen offers the records of the register that the cell beside names.
func TestChosen(t *testing.T) {
	files, r := repository(t, map[string]string{
		"data/town/ties.schema.toml": `primary_key = ["id"]
title = { ky = "Байлар", ru = "Связи", en = "Ties" }
[[column]]
name = "id"
type = "id"
required = true
title = { ky = "Код", ru = "Код", en = "Code" }
[[column]]
name = "subject_register"
type = "string"
title = { ky = "Реестр", ru = "Реестр", en = "Register" }
[[column]]
name = "subject"
type = "ref"
register_column = "subject_register"
title = { ky = "Жазуу", ru = "Запись", en = "Record" }
`,
		"data/town/ties.csv": "id,subject_register,subject\nt-1,territories,north\nt-2,things,t-08\n",
	})
	m := r.Data.Municipalities[0]
	data := sheetOf(t, m, "ties", locale.En)
	f := opened(t, data)
	shown, err := f.GetCellValue("ties", "C2")
	if err != nil || shown != "North [north]" {
		t.Error(shown, err)
	}
	lists, err := f.GetDataValidations("ties")
	if err != nil || len(lists) != 2 || lists[0].Sqref != "B2:B1048576" || lists[1].Formula1 != `INDIRECT("records_"&amp;$B2)` && lists[1].Formula1 != `INDIRECT("records_"&$B2)` {
		t.Errorf("%+v %v", lists, err)
	}
	for _, n := range f.GetDefinedName() {
		if n.Name != "records_things" {
			continue
		}
		column := strings.Split(n.RefersTo, "$")[1]
		if text, err := f.GetCellValue("lists", column+"3"); text != "Tree [t-08]" || err != nil {
			t.Error(n.RefersTo, text, err)
		}
		unchanged(t, files, take(t, r, m, "ties.xlsx", data), "ties")
		return
	}
	t.Error("the records of things have no name")
}
