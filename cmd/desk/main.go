//go:build js && wasm

// Command desk is the desk in a browser: the same code that the commands run, compiled to
// WebAssembly. The page /<language>/desk/ loads it. It defines an object achyk with two functions,
// each of which returns a promise:
//
//	achyk.open(bundle, day)    bundle: the repository as a ZIP; day: "2026-11-21". Returns the municipalities
//	                           and their registers as JSON
//	achyk.take(request, data)  request: JSON, see request; data: the spreadsheet. Returns what `achyk import
//	                           --format json` prints
//
// Nothing that it is given leaves the browser: it has no network.
package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"syscall/js"
	"time"
	_ "time/tzdata" // a browser has no files of time zones

	"achyk/internal/desk"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/report"
	"achyk/internal/source"
	"achyk/internal/table"
)

func main() {
	d := &browser{}
	js.Global().Set("achyk", js.ValueOf(map[string]any{"open": promise(d.open), "take": promise(d.take), "mark": promise(d.mark)}))
	select {}
}

// browser is the desk of one page.
type browser struct {
	repository *desk.Repository
	last       *desk.Proposal // what take returned last
}

// promise makes a function of JavaScript that returns a promise. The work is done in a goroutine,
// because a callback that waits stops the whole program.
func promise(do func(args []js.Value) (any, error)) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) any {
		return js.Global().Get("Promise").New(js.FuncOf(func(_ js.Value, settle []js.Value) any {
			go func() {
				defer func() {
					if r := recover(); r != nil {
						settle[1].Invoke(fmt.Sprint(r))
					}
				}()
				value, err := do(args)
				if err != nil {
					settle[1].Invoke(err.Error())
					return
				}
				settle[0].Invoke(value)
			}()
			return nil
		}))
	})
}

// content copies a Uint8Array.
func content(v js.Value) []byte {
	data := make([]byte, v.Get("length").Int())
	js.CopyBytesToGo(data, v)
	return data
}

// town is a municipality in the answer of open.
type town struct {
	ID        string      `json:"id"`
	Name      locale.Text `json:"name"`
	Registers []register  `json:"registers"`
}

type register struct {
	Name  string      `json:"name"`
	Title locale.Text `json:"title"`
}

func (d *browser) open(args []js.Value) (any, error) {
	bundle := content(args[0])
	files, err := zip.NewReader(bytes.NewReader(bundle), int64(len(bundle)))
	if err != nil {
		return nil, err
	}
	day, err := time.Parse(time.DateOnly, args[1].String())
	if err != nil {
		return nil, err
	}
	if d.repository, err = desk.Open(files, day); err != nil {
		return nil, err
	}
	towns := []town{}
	for _, m := range d.repository.Data.Municipalities {
		t := town{m.ID, m.Settings.Name, []register{}}
		for _, x := range m.Tables {
			if taken(x) {
				t.Registers = append(t.Registers, register{x.Schema.Name, x.Schema.Title})
			}
		}
		towns = append(towns, t)
	}
	text, err := json.Marshal(towns)
	return string(text), err
}

// taken tells whether spreadsheets are taken for a register: one that is kept as CSV.
func taken(t *table.Table) bool {
	r, builtIn := jme.Find(t.Schema.Name)
	return !builtIn || r.Origin == jme.FromCSV
}

// request is what take is asked.
type request struct {
	Municipality string `json:"municipality"`
	Register     string `json:"register"` // "": the headings tell
	Name         string `json:"name"`     // of the file
	Language     string `json:"language"`
	Delete       bool   `json:"delete"`
}

func (d *browser) take(args []js.Value) (any, error) {
	var q request
	if err := json.Unmarshal([]byte(args[0].String()), &q); err != nil {
		return nil, err
	}
	m := d.repository.Data.Municipality(q.Municipality)
	l, known := locale.ParseLang(q.Language)
	if m == nil || !known {
		return nil, errors.New("no such municipality or language")
	}
	p, err := d.repository.Take(m, &source.File{Path: q.Name, Data: content(args[1])}, desk.Options{Register: q.Register, Delete: q.Delete})
	if err != nil {
		return nil, err
	}
	d.last = p
	var b bytes.Buffer
	err = report.JSON.Proposal(&b, p, locale.For(l))
	return b.String(), err
}

// mark returns the sheet of the last proposal as a workbook with a note on each cell that is wrong.
func (d *browser) mark(args []js.Value) (any, error) {
	l, known := locale.ParseLang(args[0].String())
	if !known || d.last == nil {
		return nil, errors.New("nothing was taken")
	}
	data, err := report.Marked(d.last, locale.For(l))
	if err != nil {
		return nil, err
	}
	to := js.Global().Get("Uint8Array").New(len(data))
	js.CopyBytesToJS(to, data)
	return to, nil
}
