package load_test

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/load"
	"achyk/internal/locale"
	"achyk/internal/report"
	"achyk/internal/signature"
	"achyk/internal/tools/towntest"
)

var update = flag.Bool("update", false, "write the reports in testdata anew")

// base is the repository that each archive changes.
func base(t testing.TB) fstest.MapFS {
	t.Helper()
	a, err := txtar.ParseFile("testdata/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for _, f := range a.Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return fsys
}

func read(t testing.TB, fsys fs.FS) diag.List {
	t.Helper()
	_, problems, err := load.Load(fsys, signature.Check)
	if err != nil {
		t.Fatal(err)
	}
	return problems
}

func text(t fataler, list diag.List, l locale.Lang) string {
	t.Helper()
	format, _ := report.Find("text")
	var b bytes.Buffer
	if err := format.Write(&b, list, locale.For(l)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestBaseIsClean(t *testing.T) {
	if problems := read(t, base(t)); len(problems) > 0 {
		t.Fatal(text(t, problems, locale.En))
	}
}

// Each archive has one mistake that somebody can make, and the report of it in each
// language. Each code of a diagnostic must be given for at least one archive.
func TestReports(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	provoked := map[diag.Code]bool{}
	for _, name := range names {
		if name == filepath.Join("testdata", "base.txtar") {
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fsys := base(t)
			findings := edit(t, fsys, a)
			problems := read(t, fsys)
			for _, d := range problems {
				provoked[d.Code] = true
			}
			if len(problems) != findings {
				t.Errorf("%d findings, want %d:\n%s", len(problems), findings, text(t, problems, locale.En))
			}
			for _, l := range locale.Langs {
				golden(t, a, "want."+l.String(), messageCount.ReplaceAllString(text(t, problems, l), "N"))
			}
			for _, f := range a.Files {
				code, expected := strings.CutPrefix(f.Name, "want.")
				if _, known := locale.ParseLang(code); expected && !known {
					t.Errorf("nothing is compared with %s", f.Name)
				}
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	if f := flag.Lookup("test.run"); f.Value.String() != "" {
		return // not all archives were read
	}
	for _, code := range diag.Codes {
		if strings.HasPrefix(string(code), "rule-") || strings.HasPrefix(string(code), "form-") || strings.HasPrefix(string(code), "sheet-") || strings.HasPrefix(string(code), "change-") {
			continue // given by the packages regulation, opendata, desk and change
		}
		if code == diag.FindingsLeftOut {
			continue // given by TestManyFindings, because its report is long
		}
		if code == diag.BrokenLink || code == diag.Submodule || code == diag.CommitDay || code == diag.CommitAhead || strings.HasPrefix(string(code), "layout-") {
			continue // given by package pipeline
		}
		if !provoked[code] {
			t.Errorf("no archive provokes %s: add one with that mistake to internal/load/testdata", code)
		}
	}
}

// messageCount is how many messages the program has, which each new one alters.
var messageCount = regexp.MustCompile(`\d[\x{a0},]\d{3}`)

// golden compares a text with a file of the archive or, with -update, puts the text there.
func golden(t *testing.T, a *txtar.Archive, name, got string) {
	t.Helper()
	got = strings.TrimSuffix(got, "\n") // without the empty line after the last finding
	i := slices.IndexFunc(a.Files, func(f txtar.File) bool { return f.Name == name })
	switch {
	case *update && i < 0:
		a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(got)})
	case *update:
		a.Files[i].Data = []byte(got)
	case i < 0:
		t.Errorf("%s is missing: go test ./internal/load -update", name)
	case string(a.Files[i].Data) != got:
		t.Errorf("%s says\n%s\nwant\n%s\nIf this is right: go test ./internal/load -update", name, got, a.Files[i].Data)
	}
}

// Whatever stands in a cell, Load reports it and returns no error: records are decoded of
// the other cells.
func TestEveryCellMayBeWrong(t *testing.T) {
	for name, file := range base(t) {
		if path.Ext(name) != ".csv" {
			continue
		}
		lines := strings.Split(strings.TrimSuffix(string(file.Data), "\n"), "\n")
		if strings.Contains(lines[1], `"`) {
			lines = slices.Delete(lines, 1, 2) // since the cells are split at commas below
		}
		header, cells := strings.Split(lines[0], ","), strings.Split(lines[1], ",")
		for i, column := range header {
			for _, bad := range []string{"", "12;5", "?", "99999999999999999999", "-1", "1e999"} {
				mangled := slices.Clone(cells)
				mangled[i] = bad
				fsys := base(t)
				fsys[name] = &fstest.MapFile{Data: []byte(strings.Join(slices.Replace(slices.Clone(lines), 1, 2, strings.Join(mangled, ",")), "\n"))}
				if _, _, err := load.Load(fsys, signature.Check); err != nil {
					t.Errorf("%s, %s = %q: %v", name, column, bad, err)
				}
			}
		}
	}
}

// The site has the time zone that site.toml sets, else that of its municipalities if all
// have the same, else Asia/Bishkek.
func TestSiteZone(t *testing.T) {
	for _, test := range []struct{ site, town, other, want string }{
		{"", "", "", "Asia/Bishkek"},
		{"", "Asia/Almaty", "Asia/Almaty", "Asia/Almaty"},
		{"", "Asia/Almaty", "", "Asia/Bishkek"},
		{"Europe/Berlin", "Asia/Almaty", "Asia/Almaty", "Europe/Berlin"},
	} {
		fsys := base(t)
		set := func(name, zone string) {
			if zone != "" {
				fsys[name] = &fstest.MapFile{Data: append([]byte("time_zone = \""+zone+"\"\n"), fsys[name].Data...)}
			}
		}
		for _, name := range []string{"municipality.toml", "regulation.toml"} {
			fsys["data/other/"+name] = fsys["data/town/"+name]
		}
		set("data/site.toml", test.site)
		set("data/town/municipality.toml", test.town)
		set("data/other/municipality.toml", test.other)
		data, problems, err := load.Load(fsys, signature.Check)
		if err != nil || len(problems) > 0 {
			t.Fatal(err, text(t, problems, locale.En))
		}
		if got := data.Site.Zone().String(); got != test.want {
			t.Errorf("a site with the time zones %+v keeps %s", test, got)
		}
		if got, want := data.Municipality("town").Settings.Zone().String(), cmp.Or(test.town, "Asia/Bishkek"); got != want {
			t.Errorf("a municipality with the time zones %+v keeps %s", test, got)
		}
	}
}

// The dates of settings and of texts are kept with their places; those of letters are cells of a register.
func TestDates(t *testing.T) {
	fsys := base(t)
	fsys["data/town/regulation.toml"].Data = append([]byte("act.date = 2025-02-20\n"), fsys["data/town/regulation.toml"].Data...)
	fsys["content/town/news/a.ky.md"] = &fstest.MapFile{Data: []byte("+++\ndate = 2062-01-02\ntitle = \"А\"\n+++\nА\n")}
	data, problems, err := load.Load(fsys, signature.Check)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, text(t, problems, locale.En))
	}
	var got []string
	for _, d := range data.Dates {
		got = append(got, d.File.Path+" "+d.Value+" "+string(d.File.Slice(d.Span)))
	}
	want := []string{"data/town/regulation.toml 2025-02-20 2025-02-20", "content/town/news/a.ky.md 2062-01-02 2062-01-02"}
	slices.Sort(got)
	if slices.Sort(want); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// Names that are the address of another page, or that no file may have, are refused.
func TestNames(t *testing.T) {
	for name, want := range map[string]diag.Code{
		"data/town/data.csv":                diag.ReservedName,
		"data/town/index.csv":               diag.ReservedName,
		"data/town/csv-metadata.csv":        diag.ReservedName,
		"data/town/sqlite_trees.csv":        diag.ReservedName,
		"data/town/con.csv":                 diag.BadFileName,
		"content/town/files/a\u202Efdp.pdf": diag.BidiChar,
		"content/town/files/a\u00ADb.txt":   diag.DocumentUnnamed + diag.InvisibleChar,
		"content/town/files/a\u2028b.pdf":   diag.ControlChar,
		"content/town/files/a\uE000b.pdf":   diag.ControlChar,
		"content/town/files/aux.pdf":        diag.BadFileName,
		"content/town/files/a:b.pdf":        diag.BadFileName,
		"data/town/regulation.csv":          diag.ReservedName,
		"data/town/deadlines.csv":           diag.ReservedName,
		"data/town/news.csv":                diag.ReservedName,
		"data/town/calendar.csv":            diag.ReservedName,
		"data/town/town.csv":                diag.ReservedName,
		"data/town/2026.csv":                diag.BadFileName,
		"data/town/FINDINGS.csv":            diag.BadFileName,
		"data/town/findings.CSV":            diag.BadFileName,
		"data/town/my trees.csv":            diag.BadFileName,
		"data/town/Findings.schema.toml":    diag.BadFileName,
		"content/pages/town.ky.md":          diag.ReservedName,
		"content/pages/changes.ky.md":       diag.ReservedName,
		"content/pages/search.ky.md":        diag.ReservedName,
		"content/pages/rules.ky.md":         diag.ReservedName,
		"content/pages/2026.ky.md":          diag.BadFileName,
		"content/town/letters/folder/a.md":  diag.BadFileName,
		"content/town/news/a.kg.md":         diag.BadFileName,
		"data/town/.~lock.findings.csv#":    "",
		"data/town/~$findings.csv":          "",
		"data/town/README.md":               "",
		"data/town/folder.csv/a":            diag.NotRegular,
	} {
		fsys := base(t)
		fsys[name] = &fstest.MapFile{Data: []byte("+++\ntitle = \"x\"\n+++\n")}
		if strings.HasSuffix(name, ".pdf") {
			fsys[name].Data = []byte("%PDF-1.7\n")
		}
		var got diag.Code
		for _, d := range read(t, fsys) {
			got += d.Code
		}
		if got != want {
			t.Errorf("%s gives %q, want %q", name, got, want)
		}
	}
}

// The repository's own data has no errors, and a record in each register.
func TestOwnData(t *testing.T) {
	set, problems, err := load.Load(os.DirFS(towntest.Sample(t)))
	if err != nil {
		t.Fatal(err)
	}
	if problems.HasErrors() {
		t.Error(text(t, problems, locale.En))
	}
	if set.Rows() < 2000 {
		t.Errorf("%d records", set.Rows())
	}
	full := map[string]bool{}
	for _, m := range set.Municipalities {
		for _, table := range m.Tables {
			full[table.Schema.Name] = full[table.Schema.Name] || len(table.Rows) > 0
		}
	}
	for register, ok := range full {
		if !ok {
			t.Errorf("no municipality of the sample has a record in %s: add data/osh/%s.csv", register, register)
		}
	}
}

// A symbolic link in the work tree is not followed, at whatever depth it is.
func TestSymbolicLinks(t *testing.T) {
	for _, link := range []string{"data", "data/town", "data/town/findings.csv", "data/town/municipality.toml", "content/town", "content/town/files/bins.svg"} {
		dir := t.TempDir()
		if err := os.CopyFS(dir, base(t)); err != nil {
			t.Fatal(err)
		}
		at := filepath.Join(dir, filepath.FromSlash(link))
		outside := filepath.Join(t.TempDir(), "outside")
		if err := os.Rename(at, outside); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(outside, at); err != nil {
			t.Skip(err)
		}
		problems := read(t, os.DirFS(dir))
		if !slices.ContainsFunc(problems, func(d diag.Diagnostic) bool { return d.Code == diag.SymbolicLink && d.Value == link }) {
			t.Errorf("the link %s is not refused: %s", link, text(t, problems, locale.En))
		}
		if len(problems) > 1 && link != "data/town" { // is the only municipality, so that one is missing as well
			t.Errorf("the link %s is not all that is reported: %s", link, text(t, problems, locale.En))
		}
	}
}

// What is looked through in documents has a limit together, as has what is noted in one. The first document beyond it is
// named, and the others are not opened.
func TestDocumentsInspected(t *testing.T) {
	fsys := base(t)
	exif := binary.BigEndian.AppendUint16([]byte("MM\x00*\x00\x00\x00\x08"), 65535) // a directory that names itself
	for range 65535 {
		exif = append(exif, "\x87\x69\x00\x04\x00\x00\x00\x01\x00\x00\x00\x08"...)
	}
	picture := "\x89PNG\r\n\x1a\n" + string(binary.BigEndian.AppendUint32(nil, uint32(len(exif)))) + "eXIf" + string(exif) + "crc."
	for _, name := range []string{"b", "c", "d"} {
		fsys["content/town/files/"+name+".png"] = &fstest.MapFile{Data: []byte(picture)}
	}
	var authors strings.Builder
	for i := range limits.Traces + 50 {
		fmt.Fprintf(&authors, "<dc:creator><rdf:li>%d</rdf:li></dc:creator>", i) // numbers name nobody
	}
	fsys["content/town/files/a.pdf"] = &fstest.MapFile{Data: []byte("%PDF-1.7\n" + authors.String())}
	var got []string
	for _, d := range read(t, fsys) {
		got = append(got, fmt.Sprint(d.Name(), " ", d.Code, " ", d.Args["what"]))
	}
	want := []string{"content/town/files/a.pdf over-limit limit.traces", "content/town/files/b.png over-limit limit.inspected"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// Documents have a limit together: a small commit can name one document a thousand times.
func TestDocumentsTogether(t *testing.T) {
	for ending, of := range map[string]struct {
		text string
		most int
	}{
		"svg": {"<svg xmlns=\"http://www.w3.org/2000/svg\">" + strings.Repeat(" ", 1<<20) + "</svg>", limits.Drawings},
		"txt": {strings.Repeat("x", 1<<20), limits.Plain},
	} {
		fsys := base(t)
		for i := range of.most>>20 + 10 {
			fsys[fmt.Sprintf("content/town/files/%d.%s", i, ending)] = &fstest.MapFile{Data: []byte(of.text)}
		}
		var got []diag.Code
		for _, d := range read(t, fsys) {
			got = append(got, d.Code)
		}
		if !slices.Equal(got, []diag.Code{diag.OverLimit}) {
			t.Errorf("%d MB of %s give %v", len(fsys), ending, got)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for fsys := os.DirFS(towntest.Sample(b)); b.Loop(); {
		if _, _, err := load.Load(fsys, signature.Check); err != nil {
			b.Fatal(err)
		}
	}
}
