package desk

import (
	"iter"
	"path"
	"slices"
	"strings"
	"sync"

	"achyk/internal/characters"
	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/sheet"
	"achyk/internal/source"
	"achyk/internal/table"
	"achyk/internal/tableschema"
)

// headings are the fields of a register by what heads their columns, as key writes it.
type headings map[string]int

// key writes a heading so that spaces, letters' case, a star for "required" and a colon do not matter.
func key(heading string) string {
	heading = strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(characters.Clean(heading), "*", " ")), " "))
	return strings.ReplaceAll(strings.TrimRight(heading, " :"), "ё", "е")
}

// headingsOf returns the headings of a register: the names of its fields, their titles in each language,
// and a title with the name below it, as sheets to fill in have. A title that two fields have heads none.
func (d *Desk) headingsOf(s *table.Schema) headings {
	if h, ok := d.headings[s.Name]; ok {
		return h
	}
	h := headings{}
	put := func(heading string, field int) {
		k := key(heading)
		if other, taken := h[k]; taken && other != field {
			field = -1
		}
		h[k] = field
	}
	for i, f := range s.Fields {
		titles := tableschema.Describe(s, i).Titles
		if titles == nil {
			continue
		}
		for _, title := range titles.All() {
			put(title, i)
			put(title+" "+f.Name, i)
		}
	}
	for i, f := range s.Fields {
		h[key(f.Name)] = i
	}
	if d.headings == nil {
		d.headings = map[string]headings{}
	}
	d.headings[s.Name] = h
	return h
}

// forms are the keys that a cell can head a column by: its own, and those of its parts. The workbooks of the site have
// the titles in all languages in one heading, a line each; people write them with strokes between.
type forms [][]string

// formsOf returns the forms of a cell. A row is compared with the headings of each register, and most of that work
// is to write keys, so each text is written once.
func (d *Desk) formsOf(heading string) forms {
	if f, ok := d.forms[heading]; ok {
		return f
	}
	f := forms{{key(heading)}}
	for _, mark := range []string{"\n", "/", "|"} {
		if !strings.Contains(heading, mark) {
			continue
		}
		var keys []string
		for part := range strings.SplitSeq(heading, mark) {
			keys = append(keys, key(part))
		}
		f = append(f, keys)
	}
	if d.forms == nil {
		d.forms = map[string]forms{}
	}
	d.forms[heading] = f
	return f
}

// field returns the field that the keys of a form head, or -1. A part that heads several fields leaves it to the others.
func (h headings) field(f forms) int {
	for _, keys := range f {
		found, ok := -1, true
		for _, k := range keys {
			field, known := h[k]
			ok = ok && known && (field < 0 || found < 0 || field == found)
			found = max(found, field)
		}
		if ok && (found >= 0 || len(keys) == 1) {
			return found
		}
	}
	return -1
}

// demonstration is the heading of the column that published files of invented data have.
var demonstration = sync.OnceValue(func() headings {
	h, titles := headings{key(table.Demonstration): 0}, locale.Every("opendata.demonstration.title")
	for _, title := range titles.All() {
		h[key(title)] = 0
	}
	return h
})

// Field returns the field of a register that a heading names, or -1.
func (d *Desk) Field(s *table.Schema, heading string) int {
	return d.headingsOf(s).field(d.formsOf(heading))
}

// known tells whether a text is a heading of any register.
func (d *Desk) known(heading string) bool {
	return slices.ContainsFunc(d.Tables, func(t *table.Table) bool { return d.Field(t.Schema, heading) >= 0 })
}

// headed is how many rows of a sheet are searched for headings: people put titles above them.
const headed = 30

// place is a row of a sheet that may be the headings of a register.
type place struct {
	sheet  *sheet.Sheet
	row    int
	table  *table.Table
	known  int // cells that head a column
	others int // cells that do not
}

// find looks for the register of a spreadsheet. A register of that name comes first, then the one of
// which the most headings are there, of these the one with the fewest other cells.
//
// A sheet to fill in says itself which register it is of.
func (d *Desk) find(r *Result, f *source.File, register string) bool {
	var best []place
	for _, t := range d.Tables {
		if register == "" && stamp(r.Book, t) != nil {
			register = t.Schema.Name
		}
	}
	for s, t := range d.candidates(r.Book, register) {
		best = better(best, d.headerOf(s, t), register != "")
	}
	if len(best) > 1 { // registers with the same headings: the name of the file or of the sheet may tell
		name := strings.ToLower(strings.TrimSuffix(path.Base(f.Path), path.Ext(f.Path)))
		named := slices.DeleteFunc(slices.Clone(best), func(p place) bool {
			return name != p.table.Schema.Name && key(p.sheet.Name) != p.table.Schema.Name && !strings.HasPrefix(name, p.table.Schema.Name+".") && !strings.HasPrefix(name, p.table.Schema.Name+" ")
		})
		if len(named) > 0 {
			best = named
		}
	}
	switch {
	case len(best) == 0:
		r.Problems.Add(diag.Diagnostic{Code: diag.SheetUnknown, Path: f.Path, Args: diag.Args{"register": register}})
		return false
	case len(best) > 1:
		var names, sheets []string
		alike := !slices.ContainsFunc(best, func(p place) bool { return p.table != best[0].table })
		for _, p := range best {
			names, sheets = append(names, strings.Trim(p.sheet.Name+": "+p.table.Schema.Name, ": ")), append(sheets, p.sheet.Name)
		}
		args := diag.Args{"words": names}
		if alike {
			args = diag.Args{"words": sheets, "register": best[0].table.Schema.Name}
		}
		r.Problems.Add(diag.Diagnostic{Code: diag.SheetSeveral, Path: f.Path, Args: args})
		return false
	}
	r.Sheet, r.Header, r.Table = best[0].sheet, best[0].row, best[0].table
	d.others(r, f)
	return true
}

// others reports the other sheets that look like registers, hidden ones too: they are not read.
func (d *Desk) others(r *Result, f *source.File) {
	var names, hidden []string
	for i := range r.Book.Sheets {
		s := &r.Book.Sheets[i]
		if s != r.Sheet && s.Name != BaseSheet && slices.ContainsFunc(d.Tables, func(t *table.Table) bool {
			at := d.headerOf(s, t)
			return at.known > 1 && at.known >= at.others // the dictionary of our workbooks names columns too
		}) {
			if names = append(names, s.Name); s.Veiled {
				hidden = append(hidden, s.Name)
			}
		}
	}
	if len(names) > 0 {
		r.Problems.Add(diag.Diagnostic{Code: diag.SheetNotRead, Path: f.Path, Register: r.Table.Label, Args: diag.Args{"words": names, "hidden": hidden}})
	}
}

// candidates are the sheets that can be read with each register that they can be of: the named one, or any.
func (d *Desk) candidates(b *sheet.Book, register string) iter.Seq2[*sheet.Sheet, *table.Table] {
	return func(yield func(*sheet.Sheet, *table.Table) bool) {
		for i := range b.Sheets {
			s := &b.Sheets[i]
			if s.Veiled || s.Name == BaseSheet {
				continue
			}
			for _, t := range d.Tables {
				origin, builtIn := jme.Find(t.Schema.Name)
				if register != "" && t.Schema.Name != register || builtIn && origin.Origin != jme.FromCSV {
					continue
				}
				if !yield(s, t) {
					return
				}
			}
		}
	}
}

// better adds a place to the best ones so far, or puts it instead of them. A heading that is also a
// word of another register, such as "id" alone, tells nothing unless the register is named: then the others are
// misspelt, which is reported.
func better(best []place, p place, named bool) []place {
	if p.known < 2 && (p.known == 0 || p.others > 0 && !named) {
		return best
	}
	if len(best) == 0 || p.known > best[0].known || p.known == best[0].known && p.others < best[0].others {
		return []place{p}
	}
	if p.known == best[0].known && p.others == best[0].others {
		return append(best, p)
	}
	return best
}

// headerOf finds the row of a sheet that has the most headings of a register.
func (d *Desk) headerOf(s *sheet.Sheet, t *table.Table) place {
	best, h := place{sheet: s, table: t}, d.headingsOf(t.Schema)
	for i := range s.Rows[:min(len(s.Rows), headed)] {
		if known, others := d.count(d.heads(s, h, i+1), t); known > best.known {
			best.row, best.known, best.others = i+1, known, others
		}
	}
	return best
}

// count counts the cells of a row that head different columns of a register, and those that do not.
func (d *Desk) count(row []sheet.Cell, t *table.Table) (known, others int) {
	h, fields := d.headingsOf(t.Schema), map[int]bool{}
	for _, c := range row {
		forms := d.formsOf(c.Text)
		switch f := h.field(forms); {
		case c.Text == "":
		case f >= 0 && !fields[f]:
			fields[f] = true
			known++
		case demonstration().field(forms) < 0:
			others++
		}
	}
	return known, others
}
