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

// regulationValues returns the values that the outcomes of a regulation depend on: the rules
// of its clauses, the parameters of the rules, and the assumptions for what the text leaves
// open. Their names are of the form "14 application-window.days" and "deadline-on-day-off".
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

// spanOf returns the place of a value in the file, or the beginning of the file if the value
// was removed.
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

// regulation finds values of a regulation that were changed or removed. Such a change can
// alter the outcomes of past years without touching a record: a missed deadline can become
// one that was met. Adding a rule to a clause alters no published outcome.
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

// regulationValues reads the values from a file. Parts of the file that cannot be read have
// no values.
func (m snapshot) regulationValues(path string) map[string]string {
	data := m.file(path)
	var r jme.Regulation
	settings.Decode(&source.File{Path: path, Data: data}, source.Span{End: len(data)}, &r)
	return regulationValues(&r)
}

// regulationDiagnostic makes a diagnostic of a finding about a regulation. Its place is in
// the proposed file.
func regulationDiagnostic(f *finding, r *jme.Regulation) diag.Diagnostic {
	return diag.Diagnostic{
		Code: f.code, File: r.File, Span: spanOf(r, f.key), Value: f.new,
		Args: diag.Args{"key": f.key, "old": f.old, "new": f.new, "commit": short(f.by.Hash), "subject": f.by.Subject},
	}
}
