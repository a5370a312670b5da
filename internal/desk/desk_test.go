package desk_test

import (
	"bytes"
	"errors"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/tools/txtar"

	"achyk/internal/desk"
	"achyk/internal/desk/canonical"
	"achyk/internal/desk/spoilt"
	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/report"
	"achyk/internal/source"
	"achyk/internal/tools/towntest"
)

var update = flag.Bool("update", false, "write the reports in testdata anew")

// published opens the repository of the cases.
func published(t testing.TB) (fstest.MapFS, *desk.Repository) {
	t.Helper()
	a, err := txtar.ParseFile("testdata/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for name, text := range towntest.Files {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for _, f := range a.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	r, err := desk.Open(files, time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return files, r
}

// take brings a sheet to the repository.
func take(t testing.TB, r *desk.Repository, name string, data []byte, o desk.Options) *desk.Proposal {
	t.Helper()
	p, err := r.Take(r.Data.Municipalities[0], &source.File{Path: name, Data: data}, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestSheets brings the sheets of testdata to the register of things and compares what is said of
// them. The comment of an archive may name an encoding and options: "utf-8-bom", "utf-16",
// "windows-1251", "cr", "crlf", "delete", "clear", "as-things" for the register.
func TestSheets(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) < 10 {
		t.Fatal(err, names)
	}
	for _, name := range names {
		if name == "testdata/base.txtar" {
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			_, r := published(t)
			data, o := a.Files[0].Data, desk.Options{}
			for _, word := range strings.Fields(string(a.Comment)) {
				switch strings.TrimSuffix(word, ":") {
				case "delete":
					o.Delete = true
				case "clear":
					o.Clear = true
				case "as-things":
					o.Register = "things"
				case "cr":
					data = bytes.ReplaceAll(data, []byte("\n"), []byte("\r"))
				case "crlf":
					data = bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
				case "utf-8-bom":
					data = append([]byte("\ufeff"), data...)
				case "utf-16":
					data, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(data)
				case "windows-1251":
					data, err = charmap.Windows1251.NewEncoder().Bytes(data)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			if strings.HasSuffix(a.Files[0].Name, ".xlsx") {
				data = workbook(t, string(data))
			}
			p := take(t, r, a.Files[0].Name, data, o)
			made := []txtar.File{a.Files[0]}
			if p.CSV != nil {
				made = append(made, txtar.File{Name: "want.csv", Data: p.CSV})
			}
			for _, l := range locale.Langs {
				var b bytes.Buffer
				if err := report.Text.Proposal(&b, p, locale.For(l)); err != nil {
					t.Fatal(err)
				}
				made = append(made, txtar.File{Name: "want." + l.String(), Data: b.Bytes()})
			}
			got := txtar.Format(&txtar.Archive{Comment: a.Comment, Files: made})
			want, err := os.ReadFile(name)
			if *update {
				err = errors.Join(err, os.WriteFile(name, got, 0o644))
			} else if !bytes.Equal(got, want) {
				t.Errorf("the desk says\n%s", got)
			}
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// workbook makes a workbook of lines: each is a row whose cells have strokes between, "#4.1 0.00" is a number
// and its format, and "#SUM(A1:A2)" a formula. "merge A1:B2", "hide 3", "hide C", "sheet Name" and "veil" are no rows.
func workbook(t testing.TB, text string) []byte {
	t.Helper()
	f, sheet, n := excelize.NewFile(), "Sheet1", 0
	defer f.Close()
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		var err error
		switch word, rest, _ := strings.Cut(line, " "); word {
		case "merge":
			from, to, _ := strings.Cut(rest, ":")
			err = f.MergeCell(sheet, from, to)
		case "hide":
			if row, no := strconv.Atoi(rest); no == nil {
				err = f.SetRowVisible(sheet, row, false)
			} else {
				err = f.SetColVisible(sheet, rest, false)
			}
		case "sheet":
			sheet, n = rest, 0
			_, err = f.NewSheet(sheet)
		case "veil":
			err = f.SetSheetVisible(sheet, false)
		default:
			n++
			for i, c := range strings.Split(strings.ReplaceAll(line, `\n`, "\n"), "|") {
				at, wrong := excelize.CoordinatesToCellName(i+1, n)
				value, format, styled := strings.Cut(strings.TrimPrefix(c, "#"), " ")
				number, no := strconv.ParseFloat(value, 64)
				switch {
				case c == "":
				case !strings.HasPrefix(c, "#"):
					err = f.SetCellStr(sheet, at, c)
				case no != nil:
					err = f.SetCellFormula(sheet, at, value)
				default:
					err = f.SetCellFloat(sheet, at, number, -1, 64)
				}
				if styled && strings.HasPrefix(c, "#") {
					style, unknown := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
					err = errors.Join(err, unknown, f.SetCellStyle(sheet, at, at, style))
				}
				if err = errors.Join(err, wrong); err != nil {
					t.Fatal(c, err)
				}
			}
		}
		if err != nil {
			t.Fatal(line, err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestPercent brings a workbook whose cells show percents: such a number is the published one, or nobody
// knows which of the two is meant.
func TestPercent(t *testing.T) {
	_, r := published(t)
	f := excelize.NewFile()
	defer f.Close()
	percent, err := f.NewStyle(&excelize.Style{NumFmt: 10})
	if err != nil {
		t.Fatal(err)
	}
	for cell, v := range map[string]any{"A1": "id", "B1": "share", "A2": "t-2", "B2": 0.0725, "A3": "t-1", "B3": 0.9} {
		if err := errors.Join(f.SetCellValue("Sheet1", cell, v), f.SetCellStyle("Sheet1", "B2", "B3", percent)); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	p := take(t, r, "things.xlsx", b.Bytes(), desk.Options{})
	if len(p.Problems) != 1 || p.Problems[0].Code != diag.PercentCell || p.Problems[0].Cell.String() != "B3" || len(p.Changes) != 0 {
		t.Error(p.Problems, p.Changes)
	}
}

// TestQuotes brings a published text whose quotation marks a spreadsheet program has doubled.
func TestQuotes(t *testing.T) {
	files, _ := published(t)
	const name = "data/town/things.csv"
	files[name].Data = bytes.Replace(files[name].Data, []byte("Көпүрө"), []byte(`"""Таза"" көпүрө"`), 1)
	r, err := desk.Open(files, time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	p := take(t, r, "things.xlsx", workbook(t, "id|name_ky\nt-1|\"\"Таза\"\" көпүрө\n"), desk.Options{})
	if len(p.Problems) > 0 || len(p.Changes) > 0 || len(p.Restored) != 1 || p.Restored[0].Damage != spoilt.Quotes {
		t.Error(p.Problems, p.Changes, p.Restored)
	}
}

// TestFormatRenamed formats a register in which an id, or a column, has another name than in the commit, or a cell is empty.
func TestFormatRenamed(t *testing.T) {
	committed, _ := published(t)
	const name = "data/town/things.csv"
	renamed := func(old, with string) canonical.Formatted {
		files := maps.Clone(committed)
		text := strings.Replace(string(files[name].Data), old, with, 1)
		files[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(text, "7.25", `"7,25"`))} // so that the desk has something to do
		f, err := canonical.Format(files, committed, name)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	if f := renamed("t-2", "t-9"); len(f.Problems) > 0 || !strings.Contains(string(f.After), "\nt-9,") {
		t.Error("an id was renamed:", f.Problems, string(f.After))
	}
	if f := renamed("Мост", ""); len(f.Problems) > 0 || !strings.Contains(string(f.After), "Көпүрө,,1200") {
		t.Error("a cell was emptied:", f.Problems, string(f.After))
	}
	if f := renamed("count", "amount of it"); f.After != nil || len(f.Problems) != 1 || f.Problems[0].Code != diag.UnknownColumn {
		t.Error("a column was renamed:", f.Problems, string(f.After))
	}
}
