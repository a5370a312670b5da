package site_test

import (
	"encoding/csv"
	"encoding/xml"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"achyk/internal/tools/sitetest"
	"achyk/layouts"
)

// svg is what a test reads of a chart.
type svg struct {
	Lang    string  `xml:"lang,attr"`
	Label   string  `xml:"labelledby,attr"`
	Title   string  `xml:"title"`
	Desc    string  `xml:"desc"`
	Rects   []shape `xml:"rect"`
	Circles []shape `xml:"circle"`
	Paths   []shape `xml:"path"`
	Texts   []struct {
		Class string `xml:"class,attr"`
		Text  string `xml:",chardata"`
	} `xml:"text"`
}

type shape struct {
	Class string  `xml:"class,attr"`
	X     float64 `xml:"x,attr"`
	Y     float64 `xml:"y,attr"`
	Width float64 `xml:"width,attr"`
	High  float64 `xml:"height,attr"`
	Value string  `xml:"data-value,attr"`
}

// charted are the columns of a chart whose numbers it draws as bars or signs, by the last part of its path, counted
// from 0. What is not listed draws all columns with numbers, of which the first is a label.
var charted = map[string][]int{"complaints": {1}, "demand": {1}, "late": {4}, "measured": {4, 5}, "scores": nil}

// TestChartsSayWhatTheirTablesSay compares each chart of the sample with its CSV: the values of its bars and
// signs are the numbers of the CSV, the bars are as long as these are great, and begin at zero.
func TestChartsSayWhatTheirTablesSay(t *testing.T) {
	dir, seen := sitetest.Sample(t), map[string]int{}
	err := fs.WalkDir(os.DirFS(dir), "charts", func(name string, _ fs.DirEntry, err error) error {
		if path.Ext(name) != ".svg" {
			return err
		}
		picture, table := readChart(t, dir, name)
		parts := strings.Split(strings.TrimSuffix(name, path.Ext(strings.TrimSuffix(name, ".svg"))+".svg"), "/")
		kind := parts[len(parts)-1]
		if slices.Contains(parts, "scores") {
			kind = "scores"
		}
		seen[kind]++
		if picture.Title == "" || picture.Desc == "" || "."+picture.Lang+".svg" != name[len(name)-len(".ky.svg"):] {
			t.Errorf("%s: the title %q, the description %q or the language %q is wrong", name, picture.Title, picture.Desc, picture.Lang)
		}
		if kind == "line" {
			compareDays(t, name, picture, table)
			return nil
		}
		if kind == "months" { // turned, their columns are bars
			for i, s := range picture.Rects {
				picture.Rects[i].X, picture.Rects[i].Width, picture.Rects[i].Y = 8, s.High, s.Y+s.High
			}
		}
		var drawn, told []float64
		var longest shape
		for _, s := range slices.Concat(picture.Rects, picture.Circles, picture.Paths) {
			if s.Value != "" {
				drawn = append(drawn, parsed(t, s.Value))
			}
			if s.Value != "" && s.Width > longest.Width {
				longest = s
			}
		}
		for _, s := range picture.Rects {
			if s.Value == "" {
				continue
			}
			if want := parsed(t, s.Value) / parsed(t, longest.Value) * longest.Width; math.Abs(s.Width-want) > .21 {
				t.Errorf("%s: a bar for %s is %v long, want %v", name, s.Value, s.Width, want)
			}
		}
		first := firstOfRows(picture)
		for y, x := range first {
			if x != 8 {
				t.Errorf("%s: the bars at %v begin at %v", name, y, x)
			}
		}
		for _, row := range table[1:] {
			for i, cell := range row[:len(row)-1] { // the last column says that the data is a sample
				columns, some := charted[kind]
				if some && kind != "scores" && !slices.Contains(columns, i) || i == 0 || kind == "scores" && i == len(row)-2 {
					continue
				}
				if n, err := strconv.ParseFloat(cell, 64); err == nil && (n != 0 || kind == "measured") {
					told = append(told, n)
				}
			}
		}
		if kind == "measured" { // a band has the target once, and there is a row for each value
			drawn, told = distinct(drawn), distinct(told)
		}
		slices.Sort(drawn)
		slices.Sort(told)
		if !slices.Equal(drawn, told) {
			t.Errorf("%s draws %v, its CSV has %v", name, drawn, told)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"answers", "verdicts", "demand", "scores", "late", "line", "measured", "complaints", "months"} {
		if seen[kind] == 0 {
			t.Errorf("the sample has no chart %s: %v", kind, seen)
		}
	}
}

// readChart reads a chart and its table.
func readChart(t *testing.T, dir, name string) (picture svg, table [][]string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(data, &picture); err != nil {
		t.Fatal(name, err)
	}
	f, err := os.Open(filepath.Join(dir, filepath.FromSlash(strings.TrimSuffix(name, ".svg")+".csv")))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if table, err = csv.NewReader(f).ReadAll(); err != nil {
		t.Fatal(err)
	}
	return picture, table
}

// compareDays compares the signs on a line of days with the days of the CSV. The earliest of them is in the
// first month of the line.
func compareDays(t *testing.T, name string, picture svg, table [][]string) {
	var begin time.Time
	want := map[string][]float64{}
	days := func(column int, say func(time.Time)) {
		for _, row := range table[1:] {
			if day, err := time.Parse(time.DateOnly, row[column]); err == nil {
				say(day)
			}
		}
	}
	for _, column := range []int{5, 6} {
		days(column, func(day time.Time) {
			if begin.IsZero() || day.Before(begin) {
				begin = day
			}
		})
	}
	begin = begin.AddDate(0, 0, 1-begin.Day())
	for class, column := range map[string]int{"ring": 5, "dot": 6} {
		days(column, func(day time.Time) { want[class] = append(want[class], day.Sub(begin).Hours()/24) })
	}
	got := map[string][]float64{}
	for _, s := range picture.Circles {
		if s.Value != "" {
			got[s.Class] = append(got[s.Class], parsed(t, s.Value))
		}
	}
	for class := range want {
		slices.Sort(want[class])
		slices.Sort(got[class])
		if !slices.Equal(want[class], got[class]) {
			t.Errorf("%s: the signs %s stand at %v, the CSV says %v", name, class, got[class], want[class])
		}
	}
}

// firstOfRows returns where the first bar of each row begins.
func firstOfRows(picture svg) map[float64]float64 {
	first := map[float64]float64{}
	for _, s := range picture.Rects {
		if x, ok := first[s.Y]; s.Value != "" && (!ok || s.X < x) {
			first[s.Y] = s.X
		}
	}
	return first
}

func distinct(numbers []float64) []float64 {
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

func parsed(t *testing.T, s string) float64 {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestFills computes the luminance of the fills of charts and tallies. Those of one colour differ from each other
// and from the paper by at least 1.6:1 in both colour schemes and on paper; the others are hatched.
func TestFills(t *testing.T) {
	const least = 1.6
	schemes := func(source string) map[string]string {
		light, dark, _ := strings.Cut(source, "@media (prefers-color-scheme: dark)")
		dark, print, _ := strings.Cut(dark, "@media print")
		return map[string]string{"light": light, "dark": dark, "print": print + light} // what print does not set stays
	}
	for file, fills := range map[string][]string{"chart.html": {"paper", "pale", "mid", "dark"}, "site.css": {"paper", "pale", "rule", "bad"}} {
		css, err := fs.ReadFile(layouts.Files, file)
		if err != nil {
			t.Fatal(err)
		}
		for scheme, source := range schemes(string(css)) {
			colours := map[string]float64{}
			for _, m := range regexp.MustCompile(`--(\w+): #([0-9a-f]{3,6})\b`).FindAllStringSubmatch(source, -1) {
				hex := m[2]
				if len(hex) == 3 {
					hex = strings.Join([]string{hex[:1], hex[:1], hex[1:2], hex[1:2], hex[2:], hex[2:]}, "")
				}
				if _, set := colours[m[1]]; !set {
					colours[m[1]] = luminance(t, hex)
				}
			}
			for i, a := range fills {
				for _, b := range fills[:i] {
					x, y := colours[a], colours[b]
					if got := (max(x, y) + .05) / (min(x, y) + .05); got < least {
						t.Errorf("%s, %s: %s and %s differ by %.2f:1 only", file, scheme, a, b, got)
					}
				}
			}
		}
	}
}

// TestServiceChartsCountAsThePageDoes compares the sentence of a service's page with what its chart of verdicts says: a
// service may have several providers in a year.
func TestServiceChartsCountAsThePageDoes(t *testing.T) {
	dir := sitetest.Sample(t)
	for _, id := range []string{"waste", "drinking-water"} {
		p := sitetest.Read(t, dir, "ky/osh/services/"+id+"/")
		var says []string
		for _, img := range sitetest.All(p.Doc, "img") {
			if strings.Contains(sitetest.Attr(img, "src"), "verdicts") {
				says = append(says, sitetest.Attr(img, "alt"))
			}
		}
		tally := strings.TrimSpace(sitetest.Text(sitetest.All(p.Doc, "p.big")[0]))
		if len(says) != 1 || !strings.HasSuffix(says[0], tally) {
			t.Errorf("%s: the page says %q, its chart %q", id, tally, says)
		}
	}
}

// TestChartsSayNothingTwice checks that no label stands twice in the CSV of a chart: the words and days of a row tell it
// from all others, and so do the headings of columns. Two measurements may have all words in common.
func TestChartsSayNothingTwice(t *testing.T) {
	dir, seen := sitetest.Sample(t), 0
	err := fs.WalkDir(os.DirFS(dir), "charts", func(name string, _ fs.DirEntry, err error) error {
		if path.Ext(name) != ".svg" {
			return err
		}
		_, rows := readChart(t, dir, name)
		labels := map[string]bool{}
		for _, heading := range rows[0] {
			if labels[heading] {
				t.Errorf("%s: two columns are called %q", name, heading)
			}
			labels[heading] = true
		}
		if strings.HasPrefix(path.Base(name), "measured.") {
			return nil
		}
		seen++
		clear(labels)
		for _, row := range rows[1:] {
			label := row[0]
			for _, cell := range row[1:] {
				if _, err := strconv.ParseFloat(cell, 64); err != nil {
					label += ", " + cell
				}
			}
			if labels[label] {
				t.Errorf("%s: two rows are called %q", name, label)
			}
			labels[label] = true
		}
		return nil
	})
	if err != nil || seen < 50 {
		t.Errorf("%d charts were read, %v", seen, err)
	}
}
