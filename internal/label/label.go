// Package label writes the values of registers as people read them, in lists of changes and in findings: the label
// of a word in the place of its code, and before the id of a record what it is called. Other values are as they
// stand in the register.
package label

import (
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// longest is how many letters of a record's name are shown. The id tells it from others.
const longest = 60

// Of returns a value of a field as people read it. The municipality names records; it may be nil.
func Of(m *jme.Municipality, s *table.Schema, field, value string) locale.Text {
	i := s.Field(field)
	if i < 0 || value == "" {
		return locale.Same(value)
	}
	switch c := &s.Columns[s.Fields[i].Column]; {
	case c.Type == table.Enum:
		return c.Label(value)
	case c.Type == table.Ref && c.RegisterColumn == "" && m != nil:
		return Record(m, c.Register, value)
	}
	return locale.Same(value)
}

// Record returns what a record is called, with its id; of a record that is not there, the id.
func Record(m *jme.Municipality, register, id string) locale.Text {
	r, ok := m.Record(register, id)
	if !ok {
		return locale.Same(id)
	}
	called := m.Called(r)
	return locale.PerLanguage(m.Langs, func(l locale.Lang) string { return short(called.In(l)) + " [" + id + "]" })
}

// short cuts a name that would fill a list.
func short(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	if letters := []rune(name); len(letters) > longest {
		return strings.TrimSpace(string(letters[:longest-1])) + "…"
	}
	return name
}
