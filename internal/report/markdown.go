package report

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"achyk/internal/desk"
	"achyk/internal/diag"
	"achyk/internal/locale"
)

// Marker is the first line of a report in Markdown. By it the comment on a pull request is found that the
// next report takes the place of.
const Marker = "<!-- achyk-check -->"

// mostCharacters is how long a report may be. A comment on GitHub has at most 65,536 characters; the rest is for
// the link to the preview, which comment.yml adds.
const mostCharacters = 65_000

// checkMarkdown writes what a proposal changes and what is wrong with it, for the summary of a run and
// for a comment on a pull request. Long lists are folded. What does not fit is left out by whole
// entries, and counted.
func checkMarkdown(w io.Writer, c *Check, p *locale.Printer) error {
	failed, warned := diag.List{}, diag.List{}
	for _, d := range c.Problems {
		if d.Severity() == diag.Error {
			failed.Add(d)
		} else {
			warned.Add(d)
		}
	}
	sections := []section{
		{p.T("report.page.errors"), findingItems(failed, false, p), unfolded},
		{p.T("report.page.changes"), changeItems(c, p), unfolded},
		{p.T("change.corrections"), findingItems(c.Corrections, true, p), unfolded},
		{p.T("report.turned." + string(Proposed)), turnItems(c, p), unfolded},
		{p.T("report.page.warnings"), findingItems(warned, false, p), unfolded},
	}
	if turned := &sections[3]; len(failed) > 0 && len(c.Proposed) > 0 { // most will turn back when the errors are mended
		turned.open = 0
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n### %s\n\n**%s**\n\n%s\n", Marker, p.T("report.page.title"), verdict(c, p), c.Judged.sentence(p))
	if len(c.Problems) > 0 && !c.Links {
		fmt.Fprintf(&b, "\n%s\n", p.T("check.links"))
	}
	left := mostCharacters - utf8.RuneCountInString(b.String())
	for i, s := range sections {
		text := s.write(left/(len(sections)-i), p)
		left -= utf8.RuneCountInString(text)
		b.WriteString(text)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// section is a part of the report: a heading, and entries that are Markdown already.
type section struct {
	title string
	items []string
	open  int // how many entries are not folded
}

// unfolded is how many entries of a section are shown at once.
const unfolded = 10

// write returns a section of at most so many characters. A section without entries is empty.
func (s section) write(most int, p *locale.Printer) string {
	if len(s.items) == 0 {
		return ""
	}
	head := fmt.Sprintf("\n#### %s\n\n", strings.TrimSuffix(s.title, ":"))
	fold := fmt.Sprintf("\n<details><summary>%s</summary>\n\n", p.N("report.more", max(0, len(s.items)-s.open)))
	const folded = "\n</details>\n"
	rest := func(n int) string { return fmt.Sprintf("\n%s. %s\n", p.N("report.more", n), p.T("report.all")) }
	var b strings.Builder
	b.WriteString(head)
	room := most - utf8.RuneCountInString(head+fold+folded+rest(len(s.items)))
	written := 0
	for _, item := range s.items {
		if room -= utf8.RuneCountInString(item); room < 0 {
			break
		}
		if written == s.open {
			b.WriteString(fold)
		}
		b.WriteString(item)
		written++
	}
	if written > s.open {
		b.WriteString(folded)
	}
	if n := len(s.items) - written; n > 0 {
		b.WriteString(rest(n))
	}
	return b.String()
}

// findingItems are the entries of findings, or of corrections with their reasons.
func findingItems(list diag.List, corrections bool, p *locale.Printer) (items []string) {
	folded(list, func(d *diag.Diagnostic) {
		item := fmt.Sprintf("- **%s** `%s`\\\n  %s\\\n", name(Where(d)), d.Code, apart+sentence(What(d, p)))
		if reason, _ := d.Args["reason"].(string); corrections {
			item += fmt.Sprintf("  **%s** %s\n", p.T("change.reason"), plain(clip(reason)))
		} else {
			item += fmt.Sprintf("  **%s** %s\n", p.T("report.mend"), sentence(Mend(d, p)))
		}
		items = append(items, item)
	}, func(place string, c diag.Code, n int) {
		items = append(items, fmt.Sprintf("- **%s** `%s`\\\n  %s. %s\n", name(place), c, p.N("report.more", n), p.T("report.all")))
	})
	return items
}

// cellsShown is how many cells of a record, and recordsShown how many records of a register, are named.
const cellsShown, recordsShown = 8, 50

// changeItems are the entries of registers and files that a proposal changes.
func changeItems(c *Check, p *locale.Printer) (items []string) {
	if !c.Since {
		return nil
	}
	secret, wrong := map[string]bool{}, map[string]bool{} // records with personal data, which the report must not repeat; cells with an error, which are empty
	for i := range c.Problems {
		d := &c.Problems[i]
		if d.Code.Personal() {
			secret[d.Name()+" "+d.ID] = true
		}
		if column, _ := d.Args["column"].(string); d.Severity() == diag.Error {
			wrong[d.Register+" "+d.ID+" "+column] = true
		}
	}
	for i := range c.Edits {
		e := &c.Edits[i]
		file := "data/" + e.Table.Label + ".csv "
		items = append(items, fmt.Sprintf("- **%s** (%s): %s\n", name(e.Table.Schema.Title.In(p.Lang())), name(e.Table.Label), counted(e.Changes, p)))
		for n, change := range e.Changes {
			if n == recordsShown {
				items = append(items, fmt.Sprintf("  - %s\n", p.N("report.more", len(e.Changes)-n)))
				break
			}
			if secret[file] || secret[file+change.Key] {
				continue
			}
			named := fmt.Sprintf("  - %s: %s\n", p.T("report.page."+string(change.Kind)), plain(clip(change.Key)))
			if change.Kind == desk.Changed {
				named += cellItems(e, slices.DeleteFunc(slices.Clone(change.Cells), func(cell desk.CellChange) bool {
					return cell.After == "" && wrong[e.Table.Label+" "+change.Key+" "+cell.Field]
				}), p)
			}
			items = append(items, named)
		}
	}
	for _, f := range c.Files {
		items = append(items, fmt.Sprintf("- %s: **%s**\n", p.T("report.page."+string(f.Kind)), name(f.Path)))
	}
	if len(items) == 0 {
		items = []string{"- " + p.T("report.page.unchanged") + "\n"}
	}
	return items
}

// cellItems are the cells of a record before and after.
func cellItems(e *desk.Edits, cells []desk.CellChange, p *locale.Printer) string {
	var b strings.Builder
	for i, cell := range cells {
		if i == cellsShown {
			fmt.Fprintf(&b, "    - %s\n", p.N("report.more", len(cells)-i))
			break
		}
		before, after := values(e.Town, e.Table.Schema, cell, p)
		fmt.Fprintf(&b, "    - %s: %s → %s\n", name(Heading(e.Table.Schema, cell.Field, p)), plain(shown(before, p)), plain(shown(after, p)))
	}
	return b.String()
}

// turnItems are the entries of outcomes that a proposal turns.
func turnItems(c *Check, p *locale.Printer) (items []string) {
	for _, t := range c.Proposed {
		o := t.Of()
		item := fmt.Sprintf("- **%s**: %s (%s, `%s`)\\\n", name(outcomeOf(o)), plain(t.Sentence(p)), plain(locale.Clause(o.Clause).In(p.Lang())), o.Rule)
		if t.To != nil {
			item += "  " + apart + plain(t.To.Sentence(p)) + "\n"
		} else {
			item = strings.TrimSuffix(item, "\\\n") + "\n"
		}
		items = append(items, item)
	}
	if c.Since && len(items) == 0 {
		items = []string{"- " + p.T("report.turned.none") + "\n"}
	}
	return items
}

// plain returns a text as Markdown that shows it, on one line, and does nothing else: whoever proposes a
// value cannot write to somebody (@name), refer to another pull request (#1), link, or show a picture.
// Characters of Markdown and HTML become entities. Hosts look for names, numbers and addresses in what
// was rendered, so an invisible space parts these. The text must stand behind a mark or a word of
// the program: at the beginning of a line other characters mean something, too.
func plain(text string) string {
	text = special.ReplaceAllStringFunc(Visible(strings.ToValidUTF8(text, "\ufffd")), func(c string) string {
		switch c {
		case "$":
			return "<span>$</span>" // GitHub would take what is between two of them for a formula
		case "@", "#", "!", "%", "~", "&":
			return fmt.Sprintf("&#%d;", c[0]) + apart
		}
		return fmt.Sprintf("&#%d;", c[0])
	})
	text = address.ReplaceAllStringFunc(text, func(s string) string { return s + apart })
	return strings.ReplaceAll(text, ":"+apart+" ", ": ")
}

// name returns a name as plain Markdown: a place, a path, a heading. Of a long one the end is shown, which tells most. A
// line of the report must not become so long that it is cut, which could be within a mark.
func name(text string) string {
	const longest = 160
	if r := []rune(text); len(r) > longest {
		text = "…" + string(r[len(r)-longest:])
	}
	return plain(text)
}

// sentence returns a sentence of the program as Markdown. Words that it has between backquotes, hosts show as
// code. Other characters than those of names stay plain: in code, entities are shown as they are written.
func sentence(text string) string {
	return code.ReplaceAllStringFunc(plain(text), func(s string) string {
		return strings.NewReplacer("&#96;", "`", "&#95;", "_").Replace(s)
	})
}

// apart is the space U+200B, which takes no room.
const apart = "&#8203;"

var (
	code    = regexp.MustCompile(`&#96;(?:[\p{L}\p{N} ./=-]|&#95;)+&#96;`)
	special = regexp.MustCompile("[\\\\`*_\\[\\]<>&|~$@#!%]")
	address = regexp.MustCompile(`(?i):|www\b|\bgh\b`) // https://…, :smile:, www.…, GH-1
)
