package pipeline

import (
	"io/fs"
	"path"
	"slices"

	"golang.org/x/tools/txtar"

	"achyk/internal/cases"
	"achyk/internal/jme"
	"achyk/internal/limits"
	"achyk/internal/regulation/rules"
)

// Tested is the result of a case of a municipality.
type Tested struct {
	File    string   // its path in the repository
	Mistake error    // why it is no case, of type *cases.Mistake
	Differs []string // lines that are not as expected; see cases.Case.Differs
}

// Passed reports whether the outcomes are as expected.
func (t *Tested) Passed() bool { return t.Mistake == nil && len(t.Differs) == 0 }

// Test judges the cases beside the data, data/<municipality>/cases/*.txtar, of one municipality or,
// if id is empty, of all.
func Test(o Options, id string) (tested []Tested, err error) {
	source, err := Open(o)
	if err != nil {
		return nil, err
	}
	defer source.Close()
	loaded, err := source.Load()
	if err != nil {
		return nil, err
	}
	if id != "" && loaded.Data.Municipality(id) == nil {
		var ids []string
		for _, m := range loaded.Data.Municipalities {
			ids = append(ids, m.ID)
		}
		return nil, &UnknownError{What: "municipality", Name: id, Candidates: ids}
	}
	for _, m := range loaded.Data.Municipalities {
		if id != "" && m.ID != id {
			continue
		}
		names, err := fs.Glob(source.files, "data/"+m.ID+"/cases/*.txtar")
		if err != nil {
			return nil, err
		}
		slices.Sort(names)
		for _, name := range names {
			t, err := source.test(m, name)
			if err != nil {
				return nil, err
			}
			tested = append(tested, t)
		}
	}
	return tested, nil
}

// test judges one case by the regulation, the settings and the calendar of a municipality.
func (s *Source) test(m *jme.Municipality, name string) (Tested, error) {
	t := Tested{File: name}
	info, err := fs.Stat(s.files, name)
	if err != nil {
		return t, err
	}
	if info.Size() > limits.Case {
		t.Mistake = &cases.Mistake{What: "large", Name: path.Base(name)}
		return t, nil
	}
	data, err := fs.ReadFile(s.files, name)
	if err != nil {
		return t, err
	}
	c, err := cases.Parse(txtar.Parse(data), cases.Base{ID: m.ID, Settings: m.Settings, Regulation: m.Regulation, Calendar: m.Table(jme.Calendar)})
	if err != nil {
		t.Mistake = err
		return t, nil
	}
	if c.Want == "" {
		t.Mistake = &cases.Mistake{What: "want", Name: path.Base(name)}
		return t, nil
	}
	var lines []string
	for _, o := range rules.All.Evaluate(c.Town, c.AsOf) {
		lines = append(lines, o.Clause+": "+o.Line())
	}
	t.Differs = c.Differs(lines)
	return t, nil
}
