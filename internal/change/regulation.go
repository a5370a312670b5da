package change

import (
	"fmt"
	"maps"
	"slices"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/settings"
	"achyk/internal/source"
)

// numbers are what a regulation is executed by, as it is written: which rules its clauses
// have, by what parameters they count, and what is assumed where the text is silent. Each
// has a name: "14 application-window.days", "deadline-on-day-off".
func regulationValues(r *jme.Regulation) map[string]string {
	all := map[string]string{}
	for _, a := range r.Assumptions {
		all[a.Code] = a.Value
	}
	for _, c := range r.Clauses {
		for _, check := range c.Checks {
			name := c.Number + " " + check.Rule
			all[name] = check.Rule
			for parameter, value := range check.Parameters {
				all[name+"."+parameter] = fmt.Sprint(value)
			}
		}
	}
	return all
}

// place is where a number stands; of what is no longer there, the beginning of the file.
func spanOf(r *jme.Regulation, name string) source.Span {
	for _, a := range r.Assumptions {
		if a.Code == name {
			return a.Span
		}
	}
	for _, c := range r.Clauses {
		for _, check := range c.Checks {
			at := c.Number + " " + check.Rule
			if at == name {
				return check.Span
			}
			for parameter, span := range check.Spans {
				if at+"."+parameter == name {
					return span
				}
			}
		}
	}
	return source.Span{}
}

// regulation finds numbers that are not what they were. With them the outcomes of years that
// are over change too: a broken term can become a kept one, and no record was touched. A
// rule more for a clause takes nothing back.
func (j *judge) regulation(was, is *jme.Municipality) (all []finding) {
	if was.Regulation.File == nil || is.Regulation.File == nil {
		return nil
	}
	then, now := regulationValues(&was.Regulation), regulationValues(&is.Regulation)
	for _, name := range slices.Sorted(maps.Keys(then)) {
		if now[name] == then[name] {
			continue
		}
		path := is.Regulation.File.Path
		all = append(all, finding{
			code: diag.RegulationAltered, key: name, old: then[name], new: now[name],
			by: j.author(func(m snapshot) string { return m.regulationValues(path)[name] }),
		})
	}
	return all
}

// numbers are those of a regulation's file; what cannot be read in it has none.
func (m snapshot) regulationValues(path string) map[string]string {
	data := m.file(path)
	var r jme.Regulation
	settings.Decode(&source.File{Path: path, Data: data}, source.Span{End: len(data)}, &r)
	return regulationValues(&r)
}

// said says a finding about a regulation with its place in the file as it is proposed.
func regulationDiagnostic(f *finding, r *jme.Regulation) diag.Diagnostic {
	return diag.Diagnostic{
		Code: f.code, File: r.File, Span: spanOf(r, f.key), Value: f.new,
		Args: diag.Args{"key": f.key, "old": f.old, "new": f.new, "commit": short(f.by.Hash), "subject": f.by.Subject},
	}
}
