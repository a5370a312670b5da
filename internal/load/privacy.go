package load

import (
	"bytes"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"achyk/internal/attachment"
	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/privacy"
	"achyk/internal/settings"
	"achyk/internal/source"
	"achyk/internal/table"
)

// allow notes the contacts that a file of settings allows in a municipality or, if it is "",
// everywhere. An entry that holds no contact would look as if it allowed something; other personal
// data is refused where it stands.
func (l *loader) allow(places *settings.Places, municipality string, contacts map[string]locale.Text) {
	for _, contact := range slices.Sorted(maps.Keys(contacts)) {
		at := places.At("allowed_contacts", contact)
		if original := l.data.Site.Original(); contacts[contact].Get(original) == "" {
			l.reportMissingKey(places.File(), "allowed_contacts."+contact+"."+original.String(), at)
		}
		found := privacy.Find(contact)
		if len(found) == 1 && found[0].Kind.Contact() {
			l.allowed[[2]string{municipality, privacy.Key(contact[found[0].Start:found[0].End])}] = true
		} else if len(found) == 0 {
			words := []string{"+996 …", "…@….kg", "…, 12, кв. 5"}
			l.problems.Add(diag.Diagnostic{Code: diag.TOMLValue, File: places.File(), Span: at, Value: contact, Args: diag.Args{"key": "allowed_contacts", "value": contact, "words": words}})
		}
	}
}

// personal calls report with the personal data in a text that stands in a file, except for contacts
// that are allowed.
func (l *loader) personal(name, text string, report func(diag.Code, privacy.Finding)) {
	folder := strings.SplitN(name, "/", 3)
	allowed := func(key string) bool {
		return l.allowed[[2]string{"", key}] || l.allowed[[2]string{folder[min(1, len(folder)-1)], key}]
	}
	for _, f := range privacy.Refused(text, allowed) {
		report(diag.Code("personal-"+f.Kind), f)
	}
}

// personalArgs are the arguments of a finding of personal data. place is the key of a phrase.
func personalArgs(found, place string) diag.Args {
	return diag.Args{"value": privacy.Mask(found), "place": diag.Phrase("trace." + place)}
}

// personalTexts reports personal data in the files that are published as they are written: texts, settings
// and schemas. Registers are judged cell by cell.
func (l *loader) personalTexts() {
	for _, f := range l.texts {
		l.personalText(f, f.Text(), 0)
	}
}

// personalText reports personal data in a part of a file.
func (l *loader) personalText(f *source.File, text string, start int) {
	l.personal(f.Path, text, func(code diag.Code, found privacy.Finding) {
		args := personalArgs(text[found.Start:found.End], "in-text")
		l.problems.Add(diag.Diagnostic{Code: code, File: f, Span: source.Span{Start: start + found.Start, End: start + found.End}, Value: args["value"].(string), Args: args})
	})
}

// personalNames reports personal data in the names of files and folders.
func (l *loader) personalNames() {
	for dir, entries := range l.folders {
		for _, e := range entries {
			base := strings.ReplaceAll(e.Name(), "_", " ")
			l.personal(path.Join(dir, e.Name()), base, func(code diag.Code, found privacy.Finding) {
				args := personalArgs(base[found.Start:found.End], "in-name")
				l.problems.Add(diag.Diagnostic{Code: code, Path: path.Join(dir, e.Name()), Value: args["value"].(string), Args: args})
			})
		}
	}
}

// personalDocument reports personal data in a document: what stands in a text, a table or a
// drawing, and what programs and cameras noted of people in any other.
func (l *loader) personalDocument(r *attachment.Reader, name string, content io.ReaderAt, size int64) {
	switch ending := strings.ToLower(path.Ext(name)); ending {
	case ".txt", ".csv", ".svg":
		data, err := io.ReadAll(io.NewSectionReader(content, 0, size))
		l.keepError(err)
		f := &source.File{Path: name, Data: data}
		switch ending {
		case ".svg":
			f.Data = untagged(data)
			l.personalText(f, f.Text(), 0)
		case ".csv": // what stands in two rows does not belong together
			at := 0
			for line := range strings.Lines(f.Text()) {
				l.personalText(f, line, at)
				at += len(line)
			}
		default:
			l.personalText(f, f.Text(), 0)
		}
		return
	}
	traces, err := r.Traces(name, content, size)
	l.keepError(err)
	if len(traces) > limits.Traces {
		l.overLimit(name, "traces", 0, limits.Traces)
	}
	for _, t := range traces {
		if t.What == attachment.Author && !privacy.Person(t.Value) {
			continue
		}
		args := diag.Args{"what": diag.Phrase("trace." + string(t.What)), "value": ""}
		switch t.What {
		case attachment.Hidden:
			l.problems.Add(diag.Diagnostic{Code: diag.DocumentHidden, Path: name, Value: t.Value, Args: diag.Args{"value": t.Value}})
			continue
		case attachment.Comments, attachment.Changes, attachment.Picture:
			what := "remains." + string(t.What)
			l.problems.Add(diag.Diagnostic{Code: diag.DocumentRemains, Path: name, Value: t.Value, Args: diag.Args{
				"what": diag.Phrase(what + ".what"), "mend": diag.Phrase(what + ".mend"), "have": t.Value,
			}})
			continue
		}
		if t.Value != "" {
			args["value"] = privacy.Mask(t.Value)
		}
		l.problems.Add(diag.Diagnostic{Code: diag.PersonalMetadata, Path: name, Value: args["value"].(string), Args: args})
	}
}

// readWhole tells whether a document is a text or a table, all of which is searched for personal data.
func readWhole(name string) bool {
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

// personalRow reports personal data in the cells of a row of a register.
func (c *checker) personalRow(t *table.Table, row *table.Row) {
	if row.Origin.Row == 0 { // a letter, which is judged with the texts
		return
	}
	for i, f := range t.Schema.Fields {
		switch t.Schema.Columns[f.Column].Type {
		case table.ID, table.String, table.Text, table.URL, table.Path:
		default:
			continue
		}
		c.personal(t.File.Path, row.Values[i], func(code diag.Code, found privacy.Finding) {
			value := row.Values[i][found.Start:found.End]
			d := t.Problem(code, row, i, personalArgs(value, "in-text"))
			if at := bytes.Index(d.File.Slice(d.Span), []byte(value)); at >= 0 {
				d.Span = source.Span{Start: d.Span.Start + at, End: d.Span.Start + at + len(value)}
			}
			d.Value = privacy.Mask(value)
			d.Args["value"] = d.Value
			c.problems.Add(d)
		})
	}
}

// unnamed reports documents that no record and no text names. What is wrong may be the name of one,
// so errors come first.
func (l *loader) unnamed() {
	if l.problems.List.HasErrors() {
		return
	}
	linked := map[string]bool{} // by the last part of the address
	note := func(articles []*jme.Article) {
		for _, a := range articles {
			for _, doc := range a.Bodies {
				if doc != nil {
					for _, link := range doc.Links {
						linked[path.Base(link.Address)] = true
					}
				}
			}
		}
	}
	note(l.data.Pages)
	whole := map[string]bool{}
	for _, m := range l.data.Municipalities {
		note(m.LetterTexts)
		note(m.News)
		note(m.Official)
		whole[m.ID] = !slices.ContainsFunc(m.Tables, func(t *table.Table) bool { return !t.Whole })
	}
	for name := range l.data.Files {
		if !l.named[name] && !linked[path.Base(name)] && whole[strings.Split(name, "/")[1]] {
			l.reportName(diag.DocumentUnnamed, name, path.Base(name))
		}
	}
}
