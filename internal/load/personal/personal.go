// Package personal looks for personal data in the files that a site publishes, and reports it at its place: in texts
// and settings as they are written, in registers cell by cell, in names of files and folders, in documents and in
// what programs and cameras noted in them. What personal data is, package privacy knows. Contacts of offices may be
// published if the settings list them. Texts and registers are looked through while they are read, many at a time, and
// reported when all settings are known.
package personal

import (
	"bytes"
	"io"
	"path"
	"slices"
	"strings"

	"achyk/internal/attachment"
	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/privacy"
	"achyk/internal/source"
	"achyk/internal/table"
)

// Search looks for personal data and adds what it finds to the problems.
type Search struct {
	problems *diag.Collector
	allowed  map[contact]bool
}

// contact may be published in a municipality or, if that is "", everywhere.
type contact struct{ municipality, key string }

// New returns a search that reports to problems.
func New(problems *diag.Collector) *Search { return &Search{problems, map[contact]bool{}} }

// Allow allows what is in a text as a contact, in a municipality or, if that is "", everywhere, and tells whether the text
// holds one. It allows no other personal data.
func (s *Search) Allow(municipality, text string) bool {
	found := privacy.Find(text)
	if len(found) == 1 && found[0].Kind.Contact() {
		s.allowed[contact{municipality, privacy.Key(text[found[0].Start:found[0].End])}] = true
	}
	return len(found) > 0
}

// refused calls report with the personal data that was found in a text of a file, except for contacts that are allowed.
func (s *Search) refused(name string, found []Found, report func(diag.Code, Found)) {
	folder := strings.SplitN(name, "/", 3)
	town := folder[min(1, len(folder)-1)]
	for _, p := range found {
		if key := privacy.Key(p.value); !p.kind.Contact() || !s.allowed[contact{"", key}] && !s.allowed[contact{town, key}] {
			report(diag.Code("personal-"+p.kind), p)
		}
	}
}

// argsOf are the arguments of a finding of personal data. place is the key of a phrase.
func argsOf(found, place string) diag.Args {
	return diag.Args{"value": privacy.Mask(found), "place": diag.Phrase("trace." + place)}
}

// Text is a file that is published as it is written, and the personal data in it.
type Text struct {
	file  *source.File
	found []Found
}

// Found is personal data at a place of a text.
type Found struct {
	kind  privacy.Kind
	value string // as readers see it
	at    source.Span
}

// look looks for personal data in a text.
func look(t shown) (all []Found) {
	for _, p := range privacy.Find(t.text) {
		all = append(all, Found{p.Kind, strings.Clone(t.text[p.Start:p.End]), t.place(p.Start, p.End)})
	}
	return all
}

// InText looks for personal data in a file that is published as it is written. It reports nothing.
func InText(f *source.File) Text { return Text{f, look(show(f))} }

// Text reports personal data in a file.
func (s *Search) Text(t Text) {
	s.refused(t.file.Path, t.found, func(code diag.Code, p Found) {
		args := argsOf(p.value, "in-text")
		s.problems.Add(diag.Diagnostic{Code: code, File: t.file, Span: p.at, Value: args["value"].(string), Args: args})
	})
}

// Name reports personal data in the name of a file or folder, by its path.
func (s *Search) Name(name string) {
	base := strings.ReplaceAll(path.Base(name), "_", " ")
	s.refused(name, look(shown{text: base}), func(code diag.Code, p Found) {
		args := argsOf(p.value, "in-name")
		s.problems.Add(diag.Diagnostic{Code: code, Path: name, Value: args["value"].(string), Args: args})
	})
}

// Document reports personal data in a document: what stands in a text, a table or a drawing, and what programs
// and cameras noted of people in any other. The error is that of reading it.
func (s *Search) Document(r *attachment.Reader, name string, content io.ReaderAt, size int64) error {
	switch ending := strings.ToLower(path.Ext(name)); ending {
	case ".txt", ".csv", ".svg":
		data, err := io.ReadAll(io.NewSectionReader(content, 0, size))
		if err != nil {
			return err
		}
		f := &source.File{Path: name, Data: data}
		switch ending {
		case ".svg":
			f.Data = untagged(data)
			s.Text(InText(f))
		case ".csv": // what stands in two rows does not belong together
			at := 0
			for line := range strings.Lines(f.Text()) {
				found := look(shown{text: line})
				for i := range found {
					found[i].at.Start, found[i].at.End = found[i].at.Start+at, found[i].at.End+at
				}
				s.Text(Text{f, found})
				at += len(line)
			}
		default:
			s.Text(InText(f))
		}
		return nil
	}
	traces, err := r.Traces(name, content, size)
	if err != nil {
		return err
	}
	if len(traces) > limits.Traces {
		s.problems.Add(diag.Diagnostic{Code: diag.OverLimit, Path: name, Args: diag.Args{"what": diag.Phrase("limit.traces"), "have": "", "limit": limits.Traces, "key": ""}})
	}
	for _, t := range traces {
		if t.What == attachment.Author && !privacy.Person(t.Value) {
			continue
		}
		args := diag.Args{"what": diag.Phrase("trace." + string(t.What)), "value": ""}
		switch t.What {
		case attachment.Hidden:
			s.problems.Add(diag.Diagnostic{Code: diag.DocumentHidden, Path: name, Value: t.Value, Args: diag.Args{"value": t.Value}})
			continue
		case attachment.Comments, attachment.Changes, attachment.Picture:
			what := "remains." + string(t.What)
			s.problems.Add(diag.Diagnostic{Code: diag.DocumentRemains, Path: name, Value: t.Value, Args: diag.Args{
				"what": diag.Phrase(what + ".what"), "mend": diag.Phrase(what + ".mend"), "have": t.Value,
			}})
			continue
		}
		if t.Value != "" {
			args["value"] = privacy.Mask(t.Value)
		}
		s.problems.Add(diag.Diagnostic{Code: diag.PersonalMetadata, Path: name, Value: args["value"].(string), Args: args})
	}
	return nil
}

// Whole tells whether a document is a text or a table, all of which is searched for personal data.
func Whole(name string) bool {
	ending := strings.ToLower(path.Ext(name))
	return ending == ".txt" || ending == ".csv"
}

// untagged returns a drawing with spaces in place of its elements, so that its numbers are not
// read as a text.
func untagged(drawing []byte) []byte {
	text := slices.Clone(drawing)
	inside := false
	for i, b := range text {
		inside = inside || b == '<'
		if inside && b != '\n' {
			text[i] = ' '
		}
		inside = inside && b != '>'
	}
	return text
}

// Cell is a cell of a register with the personal data in it.
type Cell struct {
	row, field int
	found      []Found
}

// InRegister looks for personal data in the cells of a register. It reports nothing.
func InRegister(t *table.Table) (cells []Cell) {
	var fields []int // that people write texts into
	for i, f := range t.Schema.Fields {
		switch t.Schema.Columns[f.Column].Type {
		case table.ID, table.String, table.Text, table.URL, table.Path:
			fields = append(fields, i)
		}
	}
	for i := range t.Rows {
		for _, field := range fields {
			if found := look(shown{text: t.Rows[i].Values[field]}); len(found) > 0 {
				cells = append(cells, Cell{i, field, found})
			}
		}
	}
	return cells
}

// Register reports personal data in the cells of a register.
func (s *Search) Register(t *table.Table, cells []Cell) {
	for _, c := range cells {
		row := &t.Rows[c.row]
		s.refused(t.File.Path, c.found, func(code diag.Code, p Found) {
			d := t.Problem(code, row, c.field, argsOf(p.value, "in-text"))
			if at := bytes.Index(d.File.Slice(d.Span), []byte(p.value)); at >= 0 {
				d.Span = source.Span{Start: d.Span.Start + at, End: d.Span.Start + at + len(p.value)}
			}
			d.Value = privacy.Mask(p.value)
			d.Args["value"] = d.Value
			s.problems.Add(d)
		})
	}
}
