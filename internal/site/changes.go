package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"achyk/internal/history"
	"achyk/internal/locale"
	"achyk/internal/signature"
	"achyk/internal/table"
)

// ChangesView lists what commits did to registers, newest first.
type ChangesView struct {
	Base
	Heading string
	Lead    string
	Commits []ChangedCommit
	Range   string
	Pages   []Link
	Months  []Link
	Towns   []Link
	Lists   []RegisterCount // registers of a municipality
	Feed    Link
	Note    string // that older changes are not in this clone
}

// RegisterCount is a register with the number of commits that changed it.
type RegisterCount struct {
	Register Link
	Count    string
}

// ChangedCommit is what one commit did, as far as the page lists it.
type ChangedCommit struct {
	Anchor    string
	Date, ISO string
	Subject   Said
	Body      []Said // paragraphs of the message
	Author    Said
	Commit    Link
	Signature *SignatureView
	Reason    []Said // why it corrects what was published, by its trailer; none without one
	Registers []ChangedRegister
}

// SignatureView is what a commit's signature is worth; nil where there is none.
type SignatureView struct {
	Mark   string
	Text   string
	Signer Said // empty where the name is not known
}

// ChangedRegister is what it did to one register.
type ChangedRegister struct {
	Register Link
	Counts   []KindCount
	Problem  string // why the version cannot be read, or what else is to be known of it
	Records  []ChangedRecord
	More     string
}

// ChangedRecord is one record of it.
type ChangedRecord struct {
	Link  Link
	Kind  string
	Cells []CellView
}

// CellView is a cell before and after.
type CellView struct {
	Title    string
	Old, New Said // empty: not known
	Raw      bool // as the file has it, in no language
}

// How much a page of changes shows. A first import of thousands of rows is one entry; its
// records are counted, not listed.
const (
	perChanges  = 30 // entries
	mostRecords = 12 // of an entry
	mostCells   = 8  // of a record

	// All records and cells of a page: a page must open on a weak phone (ux.md 5.2).
	mostOfPage = 150
)

// entry is a commit with what it did to one register.
type entry struct {
	commit *history.Commit
	touch  *history.Touch
	town   *town        // nil for what belongs to all, and for municipalities no longer there
	reg    *table.Table // nil for registers no longer there
}

// entries are all of the site's, newest first.
func (s *site) entries() []entry {
	if s.History == nil {
		return nil
	}
	tables := map[string]entry{}
	for _, t := range s.towns {
		for _, reg := range t.Tables {
			e := entry{town: t, reg: reg}
			if !strings.Contains(reg.Label, "/") {
				e.town = nil
			}
			tables[reg.Label] = e
		}
	}
	var all []entry
	for _, c := range s.History.Commits {
		for i := range c.Touches {
			touch := &c.Touches[i]
			e := tables[touch.Register]
			if e.commit, e.touch = c, touch; touch.To == "" && (len(touch.Records) > 0 || touch.Problem != "" || len(touch.Columns.Renamed) > 0) {
				all = append(all, e)
			}
		}
	}
	return all
}

// last is the commit that last changed a register, any of a municipality's, or any; nil
// where none is known.
func (s *site) last(t *town, reg *table.Table) *history.Commit {
	for _, x := range s.changed {
		if (t == nil || x.town == t) && (reg == nil || x.reg == reg) {
			return x.commit
		}
	}
	return nil
}

func (e *edition) changedOn(c *history.Commit) string {
	return e.F("site.foot.changed", locale.Args{"on": e.On(c.Time.In(e.zone)), "commit": short(c.Hash)})
}

// changes lists the pages of changes: all, by month, by municipality and by register.
func (e *edition) changes() []Page {
	all := e.site.changed
	if e.History == nil {
		return nil
	}
	var months []string
	byMonth, byTown, byRegister := map[string][]entry{}, map[*town][]entry{}, map[*table.Table][]entry{}
	for _, x := range all {
		month := x.commit.Time.In(e.zone).Format("2006-01")
		if !slices.Contains(months, month) {
			months = append(months, month)
		}
		byMonth[month] = append(byMonth[month], x)
		if x.town != nil {
			byTown[x.town] = append(byTown[x.town], x)
		}
		if x.reg != nil {
			byRegister[x.reg] = append(byRegister[x.reg], x)
		}
	}
	slices.Sort(months) // clocks may be wrong, and commits out of order
	slices.Reverse(months)
	pages := e.changeList(nil, "changes/", e.T("site.changes.title"), all, true, func(v *ChangesView, href func(string) string) {
		for _, month := range months {
			v.Months = append(v.Months, Link{Text: own(e.month(month)), Href: e.to(href, "changes/"+month+"/")})
		}
		for _, t := range e.towns {
			v.Towns = append(v.Towns, Link{Text: Phrase{e.said(t.Settings.Name)}, Href: e.to(href, changesPath(t.Municipality, ""))})
		}
	})
	for _, month := range months {
		pages = append(pages, e.changeList(nil, "changes/"+month+"/", e.T("site.changes.title")+", "+e.month(month), byMonth[month], false, nil)...)
	}
	for _, t := range e.towns {
		pages = append(pages, e.changeList(t, changesPath(t.Municipality, ""), e.T("site.changes.title"), byTown[t], true, func(v *ChangesView, href func(string) string) {
			for _, reg := range t.Tables {
				if n := len(byRegister[reg]); n > 0 {
					v.Lists = append(v.Lists, RegisterCount{Link{Text: Phrase{e.said(reg.Schema.Title)}, Href: e.to(href, changesPath(t.Municipality, reg.Schema.Name))}, e.Int(n)})
				}
			}
			v.Feed = Link{Text: own("Atom"), Href: href(feedPath(t.Municipality, e.lang))}
		})...)
		for _, reg := range t.Tables {
			if len(byRegister[reg]) > 0 {
				pages = append(pages, e.changeList(t, changesPath(t.Municipality, reg.Schema.Name), reg.Schema.Title.In(e.lang), byRegister[reg], false, nil)...)
			}
		}
		pages = append(pages, e.feed(t, byTown[t]))
	}
	return pages
}

func (e *edition) month(month string) string {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return month
	}
	return e.YearMonth(t)
}

// changeList is a list of entries. Of the newest only the first page is made: the rest is
// in the months and the registers, whose later pages do not move when something is added
// to another.
func (e *edition) changeList(t *town, path, heading string, entries []entry, newest bool, more func(*ChangesView, func(string) string)) []Page {
	n := max(1, (len(entries)+perChanges-1)/perChanges)
	if newest {
		n = 1
	}
	pages := make([]Page, n)
	for i := range pages {
		at := path
		if i > 0 {
			at += "p/" + strconv.Itoa(i+1) + "/"
		}
		pages[i] = page(e, at, e.templates.changes, func(href func(string) string) ChangesView {
			v := ChangesView{Heading: heading, Lead: e.T("site.changes.lead")}
			place := v.SiteTitle
			if t != nil {
				place = t.Settings.Name.In(e.lang)
			}
			v.Base = e.base(href, at, strings.TrimSuffix(heading+" — "+place, " — "), v.Lead, t)
			switch {
			case t == nil:
				v.Crumbs = []Link{{Text: own(v.SiteTitle), Href: v.Home}}
				if path != "changes/" {
					v.crumb(own(e.T("site.changes.title")), e.to(href, "changes/"))
				}
			case path != changesPath(t.Municipality, ""):
				v.crumb(own(e.T("site.changes.title")), e.to(href, changesPath(t.Municipality, "")))
			}
			from, to := min(i*perChanges, len(entries)), min((i+1)*perChanges, len(entries))
			room := mostOfPage
			for i, x := range entries[from:to] {
				if i == 0 || entries[from+i-1].commit != x.commit {
					v.Commits = append(v.Commits, e.changedCommit(x.commit))
				}
				c := &v.Commits[len(v.Commits)-1]
				c.Registers = append(c.Registers, e.changedRegister(x, &room, href))
			}
			if n > 1 {
				v.Range = e.F("site.list.range", locale.Args{"from": e.Int(from + 1), "to": e.Int(to), "all": e.Int(len(entries))})
				for j := range n {
					to := path
					if j > 0 {
						to += "p/" + strconv.Itoa(j+1) + "/"
					}
					v.Pages = append(v.Pages, Link{Text: own(e.Int(j + 1)), Href: e.to(href, to), Current: j == i})
				}
			}
			if e.History.Shallow {
				v.Note = e.T("site.changes.shallow")
			}
			if more != nil {
				more(&v, href)
			}
			return v
		})
	}
	return pages
}

func (e *edition) changedCommit(c *history.Commit) ChangedCommit {
	v := ChangedCommit{
		Anchor: "c-" + short(c.Hash), Date: e.DateTime(c.Time.In(e.zone)), ISO: c.Time.Format(time.RFC3339),
		Subject: e.foreign(c.Subject), Author: e.foreign(c.Author), Commit: e.commitLink(c.Hash), Signature: e.signature(c),
	}
	v.Reason = e.reason(c)
	for paragraph := range strings.SplitSeq(c.Body, "\n\n") {
		if paragraph != "" {
			v.Body = append(v.Body, e.foreign(paragraph))
		}
	}
	return v
}

var signatureMarks = map[signature.Status]string{signature.Verified: "met", signature.Unverified: "unknown", signature.Wrong: "not-met"}

func (e *edition) signature(c *history.Commit) *SignatureView {
	status := c.Signature.Status
	if status == "" {
		return nil
	}
	v := &SignatureView{Mark: signatureMarks[status], Text: e.F("signature."+string(status), locale.Args{"Signer": ""})}
	if c.Signature.Signer != "" {
		v.Signer = e.foreign(c.Signature.Signer)
	}
	return v
}

// foreign is a text that nobody wrote for a page: of a commit, or a key. Where its letters
// are not the page's, and it is not plain which language it is, it is marked as unknown.
func (e *edition) foreign(s string) Said {
	said := e.once(s)
	if said.Lang == "" && e.lang != locale.En && strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) {
		said.Lang = "und"
	}
	return said
}

// changedRegister takes what it shows off the room there is.
func (e *edition) changedRegister(x entry, room *int, href func(string) string) ChangedRegister {
	v := ChangedRegister{Register: Link{Text: Phrase{e.foreign(cmp.Or(x.touch.Register, x.touch.Path))}}}
	if x.reg != nil {
		t := x.town
		if t == nil {
			t = e.towns[0]
		}
		v.Register = Link{Text: Phrase{e.said(x.reg.Schema.Title)}, Href: e.to(href, listPath(t.Municipality, x.reg.Schema.Name, 1))}
		if x.town != nil {
			v.Register.Text = append(v.Register.Text, e.said(t.Settings.Name))
		}
	}
	counts := map[history.Kind]int{}
	for i := range x.touch.Records {
		r := &x.touch.Records[i]
		kind := r.Shown()
		counts[kind]++
		if kind == history.Created || len(v.Records) == mostRecords || *room <= 0 {
			continue
		}
		v.Records = append(v.Records, e.changedRecord(x, r, href))
		*room -= 1 + min(len(r.Cells), mostCells)
	}
	if rest := len(x.touch.Records) - counts[history.Created] - len(v.Records); rest > 0 {
		v.More = e.N("site.record.more", rest)
	}
	v.Counts = e.kinds(counts)
	switch {
	case x.touch.Problem != "":
		v.Problem = e.T("site.changes.unread")
	case x.touch.Skipped > 0:
		v.Problem = e.N("site.changes.skipped", x.touch.Skipped)
	}
	for _, pair := range x.touch.Columns.Renamed {
		v.Problem = strings.TrimSpace(v.Problem + " " + e.F("site.changes.renamed", locale.Args{"old": pair[0], "new": pair[1]}))
	}
	return v
}

var changeMarks = map[history.Kind]string{history.Created: "met", history.Filled: "partly", history.Corrected: "now", history.Removed: "not-met", history.Unclear: "unknown"}

// kinds counts records by what was done to them.
func (e *edition) kinds(counts map[history.Kind]int) (lines []KindCount) {
	for _, kind := range []history.Kind{history.Created, history.Filled, history.Corrected, history.Removed, history.Unclear} {
		if n := counts[kind]; n > 0 {
			lines = append(lines, KindCount{changeMarks[kind], e.T("site.changes.kind." + string(kind)), e.Int(n)})
		}
	}
	return lines
}

func (e *edition) changedRecord(x entry, r *history.Record, href func(string) string) ChangedRecord {
	v := ChangedRecord{Link: Link{Text: Phrase{e.foreign(r.Key)}}, Kind: e.T("site.changes.kind." + string(r.Shown()))}
	if x.reg != nil {
		t := x.town
		if t == nil {
			t = e.towns[0]
		}
		if row := x.reg.Lookup(r.Key); row != nil {
			v.Link = e.recordLink(t.Municipality, x.reg.Schema.Name, r.Key, href)
		}
		v.Cells = e.cells(x.reg.Schema, r.Cells)
	}
	return v
}

// cells are shown as the file has them, but for the words of a category: what is quoted
// must be found again.
func (e *edition) cells(s *table.Schema, cells []history.Cell) []CellView {
	var views []CellView
	for _, c := range cells[:min(len(cells), mostCells)] {
		view := CellView{Title: c.Column, Raw: true}
		say := func(value string) Said { return Said{Text: clip(value, 240)} }
		if i := s.Field(c.Column); i >= 0 {
			f := s.Fields[i]
			column := &s.Columns[f.Column]
			view.Title = column.Title.In(e.lang)
			switch column.Type {
			case table.Text:
				view.Title, view.Raw = view.Title+" ("+f.Lang.String()+")", false
				say = func(value string) Said {
					said := Said{Text: clip(value, 240)}
					if f.Lang != e.lang {
						said.Lang = f.Lang.String()
					}
					return said
				}
			case table.Enum:
				view.Raw = false
				say = func(value string) Said {
					if value == "" {
						return Said{}
					}
					return e.said(column.Label(value))
				}
			}
		}
		view.Old, view.New = say(c.Old), say(c.New)
		views = append(views, view)
	}
	return views
}

// reason is why a commit corrects what was published, where its message says so.
func (e *edition) reason(c *history.Commit) []Said {
	if reason := c.Correction(); reason != "" {
		return []Said{e.foreign(reason)}
	}
	return nil
}

// commitLink leads to a commit where commits can be seen.
func (e *edition) commitLink(hash string) Link {
	return Link{Text: own(short(hash)), Href: e.Data.Site.CommitAddress(hash)}
}

func short(hash string) string { return hash[:min(10, len(hash))] }
