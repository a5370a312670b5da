//go:build js && wasm

package main

import (
	"encoding/json"
	"path"
	"strings"
	"syscall/js"

	"achyk/internal/desk"
	"achyk/internal/entry"
)

// blank is the answer of form.
type blank struct {
	Fields []entry.Field `json:"fields"`
	Keys   []string      `json:"keys"` // of the records that are there
}

func (d *browser) form(args []js.Value) (any, error) {
	m := d.draft.Data.Municipality(d.town.ID) // with what is proposed already
	if m == nil {
		m = d.town
	}
	t := m.Table(args[0].String())
	if t == nil || !taken(t) {
		return nil, errUnknown
	}
	var documents []string
	for _, in := range d.inputs {
		if strings.Contains(in.Put, "/files/") {
			documents = append(documents, path.Base(in.Put))
		}
	}
	made := blank{Fields: entry.New(m, t, d.say).Form(args[1].String(), documents), Keys: []string{}}
	for i := range t.Rows {
		made.Keys = append(made.Keys, t.Rows[i].Key)
	}
	text, err := json.Marshal(made)
	return string(text), err
}

// typed is what record is asked.
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
	return d.put(desk.Input{File: entry.Sheet(t.Schema, q.Values), Form: true, Options: desk.Options{Register: q.Register}}, q.Instead)
}
