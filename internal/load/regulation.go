package load

import (
	"reflect"
	"regexp"
	"slices"

	"achyk/internal/address"
	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/source"
	"achyk/internal/wording"
)

// regulation reads regulation.toml.
func (l *loader) regulation(dir string, m *jme.Municipality) {
	r := &m.Regulation
	places := l.requireTOML(dir+"/regulation.toml", r)
	if places == nil {
		return
	}
	p := keys{loader: l, places: places}
	p.requireText("act.title", r.Act.Title)
	p.requireWord("act.procedure", r.Act.Procedure, jme.ByContest, jme.ByGroup)
	p.requireWord("act.copy", r.Act.Copy, "draft", "excerpt", "full")
	r.File = places.File()
	p.amendments(r)
	numbers := map[string]bool{}
	for i := range r.Clauses {
		p.enter("clause", i)
		p.clause(&r.Clauses[i], numbers)
		p.versions(r, &r.Clauses[i])
	}
	for i := range r.Assumptions {
		a := &r.Assumptions[i]
		p.enter("assumption", i)
		p.require("assumption.code", a.Code)
		p.requireText("assumption.text", a.Text)
		a.Span = p.at("assumption.value")
		if a.Clause != "" && !numbers[a.Clause] {
			p.wrong("assumption.clause", a.Clause, "[[clause]] number")
		}
		if a.Code == wording.InForceFrom && !year.MatchString(a.Value) {
			p.wrong("assumption.value", a.Value, "2017")
		}
	}
}

// year is the form of a year, as in a column of type year.
var year = regexp.MustCompile(`^(19|20|21)[0-9]{2}$`)

// clause judges a clause and notes its number and the places of its checks. Whether the
// checks name rules and parameters that exist is judged by package regulation.
func (k *keys) clause(c *jme.Clause, numbers map[string]bool) {
	if c.Number == "" || numbers[c.Number] {
		k.wrong("clause.number", c.Number, "1, 2, 2a, 3.1 …")
	}
	numbers[c.Number] = true
	k.requireText("clause.title", c.Title)
	k.requireText("clause.summary", c.Summary)
	k.requireWord("clause.status", c.Status, "in-hand", "not-in-hand")
	for _, body := range c.Owes {
		k.requireWord("clause.owes", body, wording.Bodies...)
	}
	if !c.Unchecked.IsZero() {
		k.requireText("clause.unchecked", c.Unchecked)
	}
	if c.Step != "" {
		k.requireWord("clause.stage", string(c.Step), steps()...)
	}
	k.checks(c.Checks, "clause", k.number)
	for i := range c.Versions {
		k.checks(c.Versions[i].Checks, "clause", k.number, "version", i)
	}
}

// checks notes the places of the checks in a table.
func (k *keys) checks(checks []jme.Check, table ...any) {
	for i := range checks {
		check, at := &checks[i], slices.Concat(table, []any{"check", i})
		check.Span, check.Spans = k.places.At(append(at, "rule")...), map[string]source.Span{}
		for name := range check.Parameters {
			check.Spans[name] = k.places.At(append(at, "parameters", name)...)
		}
	}
}

// steps returns the names of the steps of a year.
func steps() (words []string) {
	for _, name := range jme.StepNames {
		words = append(words, string(name))
	}
	return words
}

// amendments judges the amendments: each has an id of its own and a day on which it came into
// force, in the order of these days, and makes something of a clause.
func (k *keys) amendments(r *jme.Regulation) {
	changes := map[string]bool{}
	for _, c := range r.Clauses {
		changes[c.Since] = true
		for _, v := range c.Versions {
			changes[v.Amendment] = true
		}
	}
	begins, _ := wording.Begins(r)
	for i := range r.Amendments {
		a := &r.Amendments[i]
		k.enter("amendment", i)
		switch {
		case a.ID == "":
			k.require("amendment.id", "")
		case !folderName.MatchString(a.ID) || a.ID == wording.Adopted:
			k.wrong("amendment.id", a.ID, "a-2026, resolution-5 …")
		case wording.Amendment(r, a.ID) != a:
			k.amendment("again", a.ID, "amendment", i, "id")
		case !changes[a.ID]:
			k.amendment("nothing", a.ID, "amendment", i, "id")
		}
		switch day := a.InForceFrom; {
		case day.IsZero():
			k.reportMissingKey(k.places.File(), "amendment.in_force_from", k.at("amendment.in_force_from"))
		case day.Before(begins):
			k.amendment("early", a.ID, "amendment", i, "in_force_from")
		case i > 0 && day.Before(r.Amendments[i-1].InForceFrom):
			k.amendment("order", a.ID, "amendment", i, "in_force_from")
		}
	}
}

// versions judges what amendments made of a clause: each version is of another amendment, later
// than the one before, and changes the clause.
func (k *keys) versions(r *jme.Regulation, c *jme.Clause) {
	order := func(id string) int {
		return slices.IndexFunc(r.Amendments, func(a jme.Amendment) bool { return a.ID == id })
	}
	last, ended := order(c.Since), false
	if c.Since != "" && last < 0 {
		k.amendment("unknown", c.Since, "clause", k.number, "since")
	}
	before := *c
	for i := range c.Versions {
		v := &c.Versions[i]
		at := []any{"clause", k.number, "version", i, "amendment"}
		n := order(v.Amendment)
		now := wording.Amended(before, v)
		if words := []string{"", "in-hand", "not-in-hand"}; !slices.Contains(words, v.Status) {
			k.problems.Add(diag.Diagnostic{
				Code: diag.TOMLValue, File: k.places.File(), Span: k.places.At("clause", k.number, "version", i, "status"), Value: v.Status,
				Args: diag.Args{"key": "clause.version.status", "value": v.Status, "words": words[1:]},
			})
		}
		switch {
		case n < 0:
			k.amendment("unknown", v.Amendment, at...)
		case n == last:
			k.amendment("again", v.Amendment, at...)
		case n < last:
			k.amendment("order", v.Amendment, at...)
		case ended:
			k.amendment("ended", v.Amendment, at...)
		case !v.Repealed && same(&before, &now):
			k.amendment("nothing", v.Amendment, at...)
		}
		last, ended, before = max(last, n), ended || v.Repealed, now
	}
}

// same reports whether two wordings of a clause say the same.
func same(a, b *jme.Clause) bool {
	check := func(x, y jme.Check) bool { return x.Rule == y.Rule && reflect.DeepEqual(x.Parameters, y.Parameters) }
	return a.Title == b.Title && a.Summary == b.Summary && a.Duty == b.Duty && a.Status == b.Status && slices.EqualFunc(a.Checks, b.Checks, check)
}

// amendment reports a mistake about an amendment at a path of keys.
func (k *keys) amendment(detail, id string, at ...any) {
	k.problems.Add(diag.Diagnostic{
		Code: diag.AmendmentWrong, File: k.places.File(), Span: k.places.At(at...), Value: id,
		Args: diag.Args{"value": id, "detail": diag.Phrase("toml.amendment-" + detail)},
	})
}

// officialTexts reads the versions of the regulation as they were adopted. Each says where it is
// published, and each of its headings names a clause.
func (l *loader) officialTexts(m *jme.Municipality) {
	numbers := make([]string, len(m.Regulation.Clauses))
	for i := range m.Regulation.Clauses {
		numbers[i] = m.Regulation.Clauses[i].Number
	}
	articles, sources := l.readArticles("content/" + m.ID + "/regulation")
	m.Official = articles
	for _, a := range articles {
		for lang, in := range sources[a.Slug] {
			f, doc := in.places.File(), a.Bodies[lang]
			if known := a.Slug == wording.Adopted || wording.Amendment(&m.Regulation, a.Slug) != nil; !known && m.Regulation.File != nil {
				l.problems.Add(diag.Diagnostic{Code: diag.AmendmentWrong, File: f, Value: a.Slug, Args: diag.Args{"value": a.Slug, "detail": diag.Phrase("toml.amendment-unknown")}})
			}
			if in.front.Source == "" {
				l.reportMissingKey(f, "source", in.places.At())
			} else if !address.Valid(in.front.Source) {
				l.problems.Add(diag.Diagnostic{Code: diag.TOMLValue, File: f, Span: in.places.At("source"), Value: in.front.Source, Args: diag.Args{"key": "source", "value": in.front.Source, "words": []string{"https://…/"}}})
			}
			for _, h := range doc.Headings {
				if m.Regulation.File != nil && !slices.ContainsFunc(numbers, func(number string) bool { return wording.Names(h.Text, number) }) {
					l.problems.Add(diag.Diagnostic{Code: diag.ClauseUnknown, File: f, Span: h.Span, Value: h.Text, Args: diag.Args{"value": h.Text, "first": slices.Concat(numbers, []string{"1"})[0]}})
				}
			}
		}
	}
}
