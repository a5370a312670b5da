//go:build js && wasm

package main

import (
	"encoding/json"
	"path"
	"strings"
	"syscall/js"

	"achyk/internal/desk"
	"achyk/internal/entry"
	"achyk/internal/jme"
	"achyk/internal/table"
)

// blank is the answer of form.
type blank struct {
	Fields []entry.Field `json:"fields"`
	Keys   []string      `json:"keys"` // of the records that are there
}

// proposed is a register with what is proposed already.
func (d *browser) proposed(register string) (*jme.Municipality, *table.Table, error) {
	m := d.draft.Data.Municipality(d.town.ID)
	if m == nil {
		m = d.town
	}
	t := m.Table(register)
	if t == nil || !entry.Taken(t) {
		return nil, nil, errUnknown
	}
	return m, t, nil
}

func (d *browser) next(args []js.Value) (any, error) {
	var q typed
	if err := json.Unmarshal([]byte(args[0].String()), &q); err != nil {
		return nil, err
	}
	m, t, err := d.proposed(q.Register)
	if err != nil {
		return nil, err
	}
	return entry.New(m, t, d.repository.Data.Site.Langs(), d.say).Next(func(field int) string { return q.Values[t.Schema.Fields[field].Name] }), nil
}

func (d *browser) form(args []js.Value) (any, error) {
	m, t, err := d.proposed(args[0].String())
	if err != nil {
		return nil, err
	}
	var documents []string
	for _, in := range d.inputs {
		if strings.Contains(in.Put, "/files/") {
			documents = append(documents, path.Base(in.Put))
		}
	}
	made := blank{Fields: entry.New(m, t, d.repository.Data.Site.Langs(), d.say).Form(args[1].String(), documents), Keys: []string{}}
	for i := range t.Rows {
		made.Keys = append(made.Keys, t.Rows[i].Key)
	}
	text, err := json.Marshal(made)
	return string(text), err
}

// typed is what record and next are asked.
type typed struct {
	Register string            `json:"register"`
	Values   map[string]string `json:"values"`
	Instead  *int              `json:"instead"` // the number of the file whose place it takes
}

func (d *browser) record(args []js.Value) (any, error) {
	var q typed
	if err := json.Unmarshal([]byte(args[0].String()), &q); err != nil {
		return nil, err
	}
	t := d.town.Table(q.Register)
	if t == nil {
		return nil, errUnknown
	}
	return d.put(desk.Input{File: entry.Sheet(t.Schema, q.Values), Options: desk.Options{Register: q.Register, Form: true, Clear: true}}, q.Instead)
}
