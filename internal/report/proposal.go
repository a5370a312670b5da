package report

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"achyk/internal/desk"
	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/label"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/sheet"
	"achyk/internal/source"
	"achyk/internal/table"
)

// proposalText writes what a spreadsheet changes, record by record and cell by cell, what was
// restored and what is wrong.
func proposalText(w io.Writer, p *desk.Proposal, say *locale.Printer) error {
	if err := writeText(w, p.Problems, say); err != nil {
		return err
	}
	var b strings.Builder
	if p.Table != nil {
		Restored(&b, p, say)
		for i, c := range p.Changes {
			if i == mostRecords {
				fmt.Fprintln(&b, say.F("desk.more", locale.Args{"Count": len(p.Changes) - i}))
				break
			}
			fmt.Fprintf(&b, "%s %s/%s\n", marks[c.Kind], p.Table.Label, Visible(c.Key))
			for _, cell := range c.Cells {
				before, after := values(p.Town, p.Table.Schema, cell, say)
				if c.Kind == desk.Added {
					fmt.Fprintf(&b, "    %s: %s\n", Heading(p.Table.Schema, cell.Field, say), Visible(clip(after)))
				} else {
					closed := ""
					if cell.Closed {
						closed = " *"
					}
					fmt.Fprintf(&b, "    %s %s: %s → %s%s\n", cell.Cell, Heading(p.Table.Schema, cell.Field, say), shown(before, say), shown(after, say), closed)
				}
			}
		}
		if !p.Problems.HasErrors() {
			fmt.Fprintln(&b, Told(p, say))
			if n := len(p.Missing); n > desk.Count(p.Changes)[desk.Removed] {
				words := Visible(strings.Join(p.Missing[:min(n, most)], ", "))
				if n > most {
					words += " " + say.N("report.more", n-most)
				}
				fmt.Fprintln(&b, say.F("desk.missing", locale.Args{"Words": words}))
			}
			if p.NeedsReason() {
				fmt.Fprintln(&b, say.T("desk.reason"))
			}
		}
	}
	if _, err := io.WriteString(w, b.String()); err != nil || len(p.Turned) == 0 {
		return err
	}
	if err := turnsText(w, Proposed, p.Turned, Day{}, say); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w, say.F("report.as_of.day", locale.Args{"Day": p.Today}))
	return err
}

// Restored lists the cells that a spreadsheet program had spoilt, and the first of each damage if there are
// many.
func Restored(w io.Writer, p *desk.Proposal, say *locale.Printer) {
	all, seen := map[string]int{}, map[string]int{}
	for _, r := range p.Restored {
		all[string(r.Damage)]++
	}
	for _, r := range p.Restored {
		d := string(r.Damage)
		if seen[d]++; seen[d] <= most {
			fmt.Fprintf(w, "%s %s\n", r.Cell, restoredText(p.Table, r, say))
		} else if seen[d] == all[d] {
			fmt.Fprintf(w, "%s. %s\n", say.N("report.more", all[d]-most), say.T("report.all"))
		}
	}
}

// restoredText says what had become of a cell, and what it is again.
func restoredText(t *table.Table, r desk.Restored, say *locale.Printer) string {
	return say.F("desk.restored."+string(r.Damage), locale.Args{
		"ID": Visible(r.Key), "Column": Heading(t.Schema, r.Field, say), "Found": Visible(clip(r.Found)), "Text": Visible(clip(r.Text)),
	})
}

// mostRecords is how many records are written as text. Those of a large sheet would fill the screen.
const mostRecords = 200

// marks stand before the records of a list of changes, as in a comparison of files.
var marks = map[desk.Kind]string{desk.Added: "+", desk.Changed: "~", desk.Removed: "-"}

// values are what people read of a cell before and after.
func values(m *jme.Municipality, s *table.Schema, c desk.CellChange, say *locale.Printer) (before, after string) {
	of := func(value string) string { return label.Of(m, s, c.Field, value).In(say.Lang()) }
	return of(c.Before), of(c.After)
}

// shown writes a cell, and says of an empty one that it is empty.
func shown(text string, p *locale.Printer) string {
	if text == "" {
		return p.T("desk.empty")
	}
	return "«" + Visible(clip(text)) + "»"
}

// Told counts what a spreadsheet does to a register, in one line.
func Told(p *desk.Proposal, say *locale.Printer) string {
	n := desk.Count(p.Changes)
	some := func(n int) any { // what there is none of is not said
		if n == 0 {
			return ""
		}
		return n
	}
	return say.F("desk.told", locale.Args{
		"Register": p.Table.Schema.Title.In(say.Lang()), "Added": n[desk.Added], "Changed": n[desk.Changed], "Removed": some(n[desk.Removed]),
		"Same": p.Same, "Missing": some(len(p.Missing) - n[desk.Removed]), "Restored": some(len(p.Restored)),
	})
}

// firstLine is the first line of a commit that proposes a register.
func firstLine(p *desk.Proposal, say *locale.Printer) string {
	return p.Table.Label + ": " + counted(p.Changes, say)
}

// counted says how many records are added, changed and removed, as in "2 added, 1 removed".
func counted(changes []desk.Change, say *locale.Printer) string {
	var parts []string
	n := desk.Count(changes)
	for _, kind := range []desk.Kind{desk.Added, desk.Changed, desk.Removed} {
		if n[kind] > 0 {
			parts = append(parts, say.F("desk.commit."+string(kind), locale.Args{"Count": n[kind]}))
		}
	}
	return strings.Join(parts, ", ")
}

// proposal is what a spreadsheet does, in JSON. The desk in a browser and the commands write the same.
type proposal struct {
	File      string         `json:"file"`
	Form      sheet.Form     `json:"form"`
	Encoding  string         `json:"encoding,omitempty"`
	Separator string         `json:"separator,omitempty"`
	Sheet     string         `json:"sheet,omitempty"`
	Header    int            `json:"header,omitempty"` // the row of the headings
	Register  string         `json:"register,omitempty"`
	Path      string         `json:"path,omitempty"`
	Same      int            `json:"same"`
	Missing   []string       `json:"missing"`
	Changes   []deskChange   `json:"changes"`
	Restored  []restored     `json:"restored"`
	Findings  []sheetFinding `json:"findings"`
	Turned    []turn         `json:"turned"`
	AsOf      string         `json:"as_of"` // the day for which they are judged
	Summary   string         `json:"summary"`
	Message   string         `json:"message"` // the first line of a commit
	Reason    bool           `json:"reason"`  // the commit must say why, in a trailer "Correction: …"
	CSV       *string        `json:"csv"`     // null if something must be mended first
}

type deskChange struct {
	Kind  desk.Kind  `json:"kind"`
	ID    string     `json:"id"`
	Row   int        `json:"row,omitempty"` // of the sheet
	Cells []deskCell `json:"cells"`
}

type deskCell struct {
	Cell   string      `json:"cell,omitempty"`
	Column string      `json:"column"`
	Title  locale.Text `json:"title"`
	Before string      `json:"before"`
	After  string      `json:"after"`
	Was    string      `json:"was"` // before, as people read it
	Is     string      `json:"is"`
	Closed bool        `json:"closed"` // its alteration needs a reason
}

type restored struct {
	Cell    string `json:"cell"`
	ID      string `json:"id"`
	Column  string `json:"column"`
	Found   string `json:"found"`
	Text    string `json:"text"`
	Damage  string `json:"damage"`
	Message string `json:"message"`
}

func proposalJSON(w io.Writer, p *desk.Proposal, say *locale.Printer) error {
	return NewEncoder(w).Encode(proposalOf(p, say))
}

// proposalOf is what JSON says of a proposal.
func proposalOf(p *desk.Proposal, say *locale.Printer) proposal {
	out := proposal{
		File: p.Name, Path: p.Path, Same: p.Same, Missing: append([]string{}, p.Missing...),
		Changes: []deskChange{}, Restored: []restored{}, Findings: sheetFindings(p.Problems, say), Turned: turnsOf(Proposed, p.Turned, say), AsOf: p.Today.Format(time.DateOnly),
	}
	if p.Book != nil {
		out.Form, out.Encoding = p.Book.Form, p.Book.Encoding
		if p.Book.Comma != 0 {
			out.Separator = string(p.Book.Comma)
		}
	}
	if p.Table != nil {
		out.Sheet, out.Header, out.Register, out.Summary = p.Sheet.Name, p.Header, p.Table.Label, Told(p, say)
		out.Message, out.Reason = firstLine(p, say), p.NeedsReason()
		for _, c := range p.Changes {
			made := deskChange{Kind: c.Kind, ID: c.Key, Row: c.Row, Cells: []deskCell{}}
			for _, cell := range c.Cells {
				s := p.Table.Schema
				was, is := values(p.Town, s, cell, say)
				made.Cells = append(made.Cells, deskCell{cell.Cell.String(), cell.Field, s.Columns[s.Fields[s.Field(cell.Field)].Column].Title, cell.Before, cell.After, was, is, cell.Closed})
			}
			out.Changes = append(out.Changes, made)
		}
		for _, r := range p.Restored {
			out.Restored = append(out.Restored, restored{r.Cell.String(), r.Key, r.Field, r.Found, r.Text, string(r.Damage), restoredText(p.Table, r, say)})
		}
	}
	if p.CSV != nil {
		text := string(p.CSV)
		out.CSV = &text
	}
	return out
}

// sheetFinding is a finding with how many of its kind there are. Text shows the first ones only.
type sheetFinding struct {
	finding
	Count  int  `json:"count"`
	Folded bool `json:"folded,omitempty"` // it is none of the first
}

// sheetFindings returns findings as JSON writes them.
func sheetFindings(list diag.List, p *locale.Printer) []sheetFinding {
	all, seen := counts(len(list), func(i int) kind { return kindOf(&list[i]) }), map[kind]int{}
	made := make([]sheetFinding, 0, len(list))
	for i := range list {
		k := kindOf(&list[i])
		seen[k]++
		made = append(made, sheetFinding{findingOf(diagnostic, &list[i], p), all[k], seen[k] > most})
	}
	return made
}

// turnsOf returns turns as JSON writes them.
func turnsOf(because Because, turns []regulation.Turn, p *locale.Printer) []turn {
	made := make([]turn, 0, len(turns))
	for _, t := range turns {
		made = append(made, turnOf(because, t, p))
	}
	return made
}

// Marked returns the sheet of a proposal as a workbook, with each finding as a comment on its cell. A
// finding without a cell is on the heading of the first column.
func Marked(p *desk.Proposal, say *locale.Printer) ([]byte, error) {
	if p.Sheet == nil {
		return nil, errors.New("report: the file has no sheet of a register")
	}
	notes := map[source.Cell]string{}
	for i := range p.Problems {
		d := &p.Problems[i]
		at := d.Cell
		if at.Row == 0 || d.File != nil {
			at = source.Cell{Row: p.Header, Column: 1}
		}
		if notes[at] != "" {
			notes[at] += "\n\n"
		}
		notes[at] += What(d, say) + " " + Mend(d, say)
	}
	return sheet.Mark(p.Sheet, notes)
}
