package changes

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"

	"achyk/internal/history"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/signature"
	"achyk/internal/site/page"
	"achyk/internal/table"
)

// CommitView says who made a commit, when and why.
type CommitView struct {
	Date, ISO string
	Subject   page.Text // empty if it is among Told
	Author    page.Text
	Commit    page.Link
	Signature *SignatureView
	Reason    []ReasonView // from the trailer Correction: of a commit that corrects published data; else nil
	Told      *ToldView
}

// ReasonView says why published data was corrected.
type ReasonView struct {
	Label string
	Said  page.Text
	In    string // says in which language that is, if it is not the language of the page
}

// ToldView is what the author wrote in a language that is not the page's. A page says in its own words what happened,
// and folds this away.
type ToldView struct {
	Note  string // says in which language it is
	Texts []page.Text
}

// ChangedCommit is a commit with the changes that the page lists.
type ChangedCommit struct {
	CommitView
	Anchor    string
	Heading   []page.Link // the registers that the commit changed, where its subject is among Told
	Body      []page.Text // paragraphs of the message
	Registers []ChangedRegister
}

// SignatureView says whether the signature of a commit was verified.
type SignatureView struct {
	Mark   string
	Text   string
	Signer page.Text // empty if the name is not known
}

// ChangedRegister is the change of one register by one commit.
type ChangedRegister struct {
	Register page.Link
	Counts   []page.Count
	Problem  string // says that the version cannot be read, or that rows were skipped or columns renamed
	Records  []ChangedRecord
	More     page.Link // says how many records are not listed, and leads to the register of changes
}

// ChangedRecord is the change of one record by one commit.
type ChangedRecord struct {
	Link  page.Link
	Kind  string
	Cells []CellView
}

// CellView is a cell before and after a change.
type CellView struct {
	Title    string
	Old, New page.Text // empty if the cell was or is empty
	Raw      bool      // Old and New are as the file has them
	Rest     bool      // only says how many cells are not listed
}

// How much of a commit a page shows. The first import of a register may have thousands of rows;
// the page counts them and lists none.
const (
	mostRecords = 12 // of one entry
	mostCells   = 8  // of one record
)

// commitView returns a commit. date writes its time, which is in the time zone of the page.
func commitView(p *page.Place, c *history.Commit, date func(time.Time) string) CommitView {
	v := CommitView{
		Date: date(c.Time.In(p.Zone())), ISO: c.Time.Format(time.RFC3339),
		Author: p.Foreign(c.Author), Commit: p.CommitLink(c.Hash), Signature: signatureOf(p, c),
	}
	if said := subject(c); !v.tell(p, said) {
		v.Subject = p.Foreign(said)
	}
	if reason := c.Correction(); reason != "" {
		v.Reason = []ReasonView{{p.T("site.changes.reason"), p.Foreign(reason), language(p, reason)}}
	}
	return v
}

// tell adds a text to Told and returns true, if it is not in the language of the page.
func (v *CommitView) tell(p *page.Place, text string) bool {
	in := language(p, text)
	if in == "" {
		return false
	}
	if v.Told == nil {
		v.Told = &ToldView{Note: p.F("site.changes.told", locale.Args{"In": in})}
	}
	v.Told.Texts = append(v.Told.Texts, p.Foreign(text))
	return true
}

// language says in which language a text is, or "" if it may be that of the page. A text with a few letters of another
// alphabet, such as "CSV", may be.
func language(p *page.Place, text string) string {
	lang := p.Untranslated(text).Lang
	if lang == "" && p.Foreign(text).Lang != "" && !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
		lang = "und"
	}
	if lang == "" {
		return ""
	}
	return p.T("site.changes.in-" + lang)
}

// subject returns what a commit did, of a merge what all its commits did.
func subject(c *history.Commit) string { return strings.Join(c.Said(), "; ") }

// changedCommit returns a commit without its registers.
func changedCommit(p *page.Place, c *history.Commit) ChangedCommit {
	v := ChangedCommit{CommitView: commitView(p, c, p.DateTime), Anchor: "c-" + page.Abbreviated(c.Hash)}
	for paragraph := range strings.SplitSeq(c.Body, "\n\n") {
		said := paragraph == subject(c) || v.Reason != nil && strings.HasSuffix(paragraph, ": "+c.Correction())
		if paragraph != "" && !said && !v.tell(p, paragraph) {
			v.Body = append(v.Body, p.Foreign(paragraph))
		}
	}
	return v
}

// mostNamed is how many registers the heading of a commit names.
const mostNamed = 3

// name adds a register to the heading of a commit whose subject is in another language.
func (c *ChangedCommit) name(register page.Phrase) {
	named := slices.ContainsFunc(c.Heading, func(l page.Link) bool { return l.Text.String() == register.String() })
	if c.Subject.Text == "" && len(c.Heading) < mostNamed && !named {
		c.Heading = append(c.Heading, page.Link{Text: register})
	}
}

// signatureMarks are the marks of the states of a signature.
var signatureMarks = map[signature.Status]string{signature.Verified: "met", signature.Unverified: "unknown", signature.Wrong: "not-met"}

// signatureOf returns what is known about the signature of a commit, nil if it is not signed.
func signatureOf(p *page.Place, c *history.Commit) *SignatureView {
	status := c.Signature.Status
	if status == "" {
		return nil
	}
	v := &SignatureView{Mark: signatureMarks[status], Text: p.F("signature."+string(status), locale.Args{"Signer": ""})}
	if c.Signature.Signer != "" {
		v.Signer = p.Foreign(c.Signature.Signer)
	}
	return v
}

// about returns the place p for the town of an entry. A register of all towns is on the pages
// of each town; links lead to those of the town of the page, or else of the first.
func about(p *page.Place, x page.Entry) *page.Place {
	return p.About(cmp.Or(x.Town, p.Town, p.Towns[0]))
}

// changedRegister returns the change of an entry. budget is how many records and cells the page
// may still list; changedRegister subtracts those that it lists.
func changedRegister(p *page.Place, x page.Entry, budget *int) ChangedRegister {
	v := ChangedRegister{Register: page.Link{Text: page.Phrase{p.Foreign(cmp.Or(x.Touch.Register, x.Touch.Path))}}}
	if x.Register != nil {
		v.Register = about(p, x).Register(x.Register)
		if x.Town != nil {
			v.Register.Text = append(v.Register.Text, p.Text(x.Town.Settings.Name))
		}
	}
	counts := map[history.Kind]int{}
	for i := range x.Touch.Records {
		r := &x.Touch.Records[i]
		kind := r.Shown()
		counts[kind]++
		if kind == history.Created || len(v.Records) == mostRecords || *budget <= 0 {
			continue
		}
		v.Records = append(v.Records, changedRecord(p, x, r))
		*budget -= 1 + min(len(r.Cells), mostCells)
	}
	if rest := len(x.Touch.Records) - counts[history.Created] - len(v.Records); rest > 0 {
		v.More = page.Link{Text: page.Own(p.N("site.record.more", rest)), Href: p.To(about(p, x).Town.DictionaryPath(jme.Changes))}
	}
	v.Counts = Kinds(p, counts)
	switch {
	case x.Touch.Problem != "":
		v.Problem = p.T("site.changes.unread")
	case x.Touch.Skipped > 0:
		v.Problem = p.N("site.changes.skipped", x.Touch.Skipped)
	}
	for _, pair := range x.Touch.Columns.Renamed {
		v.Problem = strings.TrimSpace(v.Problem + " " + p.F("site.changes.renamed", locale.Args{"old": pair[0], "new": pair[1]}))
	}
	return v
}

// marks are the marks of the kinds of change.
var marks = map[history.Kind]string{history.Created: "met", history.Filled: "partly", history.Corrected: "now", history.Removed: "not-met", history.Unclear: "unknown"}

// Kinds returns the numbers of records by kind of change.
func Kinds(p *page.Place, counts map[history.Kind]int) (lines []page.Count) {
	for _, kind := range []history.Kind{history.Created, history.Filled, history.Corrected, history.Removed, history.Unclear} {
		if n := counts[kind]; n > 0 {
			lines = append(lines, page.Count{Mark: marks[kind], Label: p.T("site.changes.kind." + string(kind)), Count: p.Int(n)})
		}
	}
	return lines
}

// changedRecord returns the change of a record.
func changedRecord(p *page.Place, x page.Entry, r *history.Record) ChangedRecord {
	v := ChangedRecord{Link: page.Link{Text: page.Phrase{p.Foreign(r.Key)}}, Kind: p.T("site.changes.kind." + string(r.Shown()))}
	if x.Register != nil {
		if x.Register.Lookup(r.Key) != nil {
			v.Link = about(p, x).Record(x.Register.Schema.Name, r.Key)
		}
		v.Cells = cells(about(p, x), x.Register.Schema, r.Cells)
	}
	return v
}

// cells returns cells as the file has them, so that a reader finds in the file what the page
// quotes. Only the words of a category are translated, and for the id of a record stands its title.
func cells(p *page.Place, s *table.Schema, cells []history.Cell) []CellView {
	var views []CellView
	for _, c := range cells[:min(len(cells), mostCells)] {
		view := CellView{Title: c.Column, Raw: true}
		say := func(value string) page.Text { return p.Foreign(page.Clip(value, 240)) }
		if i := s.Field(c.Column); i >= 0 {
			f := s.Fields[i]
			column := &s.Columns[f.Column]
			view.Title = column.Title.In(p.Lang)
			switch column.Type {
			case table.Text:
				view.Title, view.Raw = view.Title+" ("+f.Lang.String()+")", false
				say = func(value string) page.Text {
					said := page.Text{Text: page.Clip(value, 240)}
					if f.Lang != p.Lang {
						said.Lang = f.Lang.String()
					}
					return said
				}
			case table.Ref:
				if names := titles(p, column.Register, c); names != nil {
					view.Raw = false
					say = func(value string) page.Text { return names[value] }
				}
			case table.Enum:
				view.Raw = false
				say = func(value string) page.Text {
					if value == "" {
						return page.Text{}
					}
					return p.Text(column.Label(value))
				}
			}
		}
		view.Old, view.New = say(c.Old), say(c.New)
		views = append(views, view)
	}
	if rest := len(cells) - mostCells; rest > 0 {
		views = append(views, CellView{Title: p.N("site.record.more", rest), Rest: true})
	}
	return views
}

// titles returns the titles of the records that a cell referred to before and after a change, by their ids. It is nil
// where the titles cannot stand for the ids: a record is not there, or both are called the same.
func titles(p *page.Place, register string, c history.Cell) map[string]page.Text {
	names := map[string]page.Text{}
	for _, id := range []string{c.Old, c.New} {
		if id == "" {
			continue
		}
		r, ok := p.Town.Record(register, id)
		if !ok {
			return nil
		}
		names[id] = p.Short(r).Flat()
	}
	if names[c.Old] == names[c.New] {
		return nil
	}
	return names
}
