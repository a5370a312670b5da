//go:build js && wasm

package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"syscall/js"
	"time"

	"achyk/internal/desk"
	"achyk/internal/desk/bundle"
	"achyk/internal/entry"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/report"
	"achyk/internal/sheet"
	"achyk/internal/source"
)

// browser is the desk of one page.
type browser struct {
	files      fs.FS
	repository *desk.Repository
	town       *jme.Municipality
	say        *locale.Printer
	inputs     []desk.Input // the files of the proposal
	draft      *desk.Draft  // what they make
}

// town is a municipality in the answer of open.
type town struct {
	ID        string      `json:"id"`
	Name      locale.Text `json:"name"`
	Registers []register  `json:"registers"`
	Texts     []published `json:"texts"`
}

type register struct {
	Name     string      `json:"name"`
	Title    locale.Text `json:"title"`
	Singular locale.Text `json:"singular"`
}

func (d *browser) open(args []js.Value) (any, error) {
	var err error
	if d.files, err = bundle.Open(content(args[0])); err != nil {
		return nil, err
	}
	day, err := time.Parse(time.DateOnly, args[1].String())
	if err != nil {
		return nil, err
	}
	if d.repository, err = desk.Open(d.files, day); err != nil {
		return nil, err
	}
	towns := []town{}
	for _, m := range d.repository.Data.Municipalities {
		t := town{m.ID, m.Settings.Name, []register{}, texts(m, d.repository.Data.Site.Langs())}
		for _, x := range m.Tables {
			if entry.Taken(x) {
				t.Registers = append(t.Registers, register{x.Schema.Name, x.Schema.Title, x.Schema.Singular})
			}
		}
		towns = append(towns, t)
	}
	text, err := json.Marshal(towns)
	return string(text), err
}

var errUnknown = errors.New("no such municipality, language, register or file")

// request is what take and bring are asked.
type request struct {
	Municipality string `json:"municipality"` // of take
	Language     string `json:"language"`     // of take
	Name         string `json:"name"`         // of the file
	Register     string `json:"register"`     // "": the headings tell
	Delete       bool   `json:"delete"`
	Clear        bool   `json:"clear"`
	Document     bool   `json:"document"` // the file is no spreadsheet: it is proposed as it is
	Instead      *int   `json:"instead"`  // the number of the file whose place it takes
}

func (d *browser) take(args []js.Value) (any, error) {
	var q request
	if err := json.Unmarshal([]byte(args[0].String()), &q); err != nil {
		return nil, err
	}
	m := d.repository.Data.Municipality(q.Municipality)
	l, known := locale.Find(q.Language, d.repository.Data.Site.Langs())
	if m == nil || !known {
		return nil, errUnknown
	}
	p, err := d.repository.Take(m, &source.File{Path: q.Name, Data: content(args[1])}, desk.Options{Register: q.Register, Delete: q.Delete, Clear: q.Clear})
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = report.JSON.Proposal(&b, p, locale.For(l))
	return b.String(), err
}

func (d *browser) begin(args []js.Value) (any, error) {
	l, known := locale.Find(args[1].String(), d.repository.Data.Site.Langs())
	if d.town = d.repository.Data.Municipality(args[0].String()); d.town == nil || !known {
		return nil, errUnknown
	}
	d.say, d.inputs = locale.For(l), nil
	return d.answer()
}

// answer judges the proposal and tells what it is.
func (d *browser) answer() (any, error) {
	var err error
	if d.draft, err = d.repository.Draft(d.town, d.inputs); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = report.Draft(&b, d.draft, d.inputs, d.say)
	return b.String(), err
}

// put adds a file to the proposal, or puts it in the place of another.
func (d *browser) put(in desk.Input, instead *int) (any, error) {
	if instead != nil && *instead < len(d.inputs) {
		d.inputs[*instead] = in
	} else {
		d.inputs = append(d.inputs, in)
	}
	return d.answer()
}

func (d *browser) bring(args []js.Value) (any, error) {
	var q request
	if err := json.Unmarshal([]byte(args[0].String()), &q); err != nil {
		return nil, err
	}
	in := desk.Input{
		File:    &source.File{Path: q.Name, Data: content(args[1])},
		Options: desk.Options{Register: q.Register, Delete: q.Delete, Clear: q.Clear},
	}
	if q.Document {
		in = d.document(q.Name, in.Data)
	}
	return d.put(in, q.Instead)
}

func (d *browser) drop(args []js.Value) (any, error) {
	d.inputs = slices.Delete(d.inputs, args[0].Int(), args[0].Int()+1)
	return d.answer()
}

func (d *browser) correct(args []js.Value) (any, error) {
	in, at := &d.inputs[args[0].Int()], sheet.CellAt(args[1].String())
	if in.Corrected == nil {
		in.Corrected = map[source.Cell]string{}
	}
	in.Corrected[at] = args[2].String()
	return d.answer()
}

// reason tells what must not stand in the reason of the proposal.
func (d *browser) reason(args []js.Value) (any, error) {
	var b bytes.Buffer
	err := report.Findings(&b, d.repository.Reason(args[0].String()), d.say)
	return b.String(), err
}

// mark returns a sheet as a workbook with a note on each cell that is wrong.
func (d *browser) mark(args []js.Value) (any, error) {
	data, err := report.Marked(d.draft.Sheets[args[0].Int()], d.say)
	return array(data), err
}

func (d *browser) file(args []js.Value) (any, error) {
	for _, f := range d.draft.Files {
		if f.Path == args[0].String() {
			return array(f.Data), nil
		}
	}
	return nil, errUnknown
}

func (d *browser) pack([]js.Value) (any, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range d.draft.Files {
		w, err := z.Create(f.Path)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f.Data); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return array(b.Bytes()), err
}
