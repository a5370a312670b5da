//go:build js && wasm

// Command desk is the desk in a browser: the same code that the commands run, compiled to
// WebAssembly. The page /<language>/desk/ loads it. It defines an object achyk of functions, each of which
// returns a promise. Requests and answers are JSON.
//
//	open(bundle, day)      bundle: the repository as a ZIP; day: "2026-11-21". Returns the municipalities
//	                       and their registers
//	take(request, data)    returns what `achyk import --format json` prints of a spreadsheet
//	begin(town, language)  begins a proposal for a municipality; all that follow are about it
//	bring(request, data)   adds a file to it, or puts it in the place of another; see request. Like
//	                       drop, correct and record it returns what report.Draft writes
//	drop(n)                takes the n-th file out
//	correct(n, cell, text) reads a cell of the n-th file as if it had that text
//	form(register, key)    returns the fields of a form for a record; see entry.Form
//	next(request)          proposes the id of a record that is typed into a form
//	record(request)        adds the record that was typed into a form
//	article(text)          returns a published letter or news as it is typed into the form; see published
//	letter(request)        adds a letter or news; see article. Returns it as the site shows it, and the proposal
//	reason(text)           returns what must not stand in the reason of the proposal, as findings
//	mark(n)                returns the n-th sheet as a workbook with a note on each cell that is wrong
//	file(path)             returns a file to be proposed
//	pack()                 returns all of them in a ZIP
//
// Nothing that it is given leaves the browser: it has no network.
package main

import (
	"fmt"
	"syscall/js"
	_ "time/tzdata" // a browser has no files of time zones
)

func main() {
	d := &browser{}
	functions := map[string]any{}
	for name, do := range map[string]func(args []js.Value) (any, error){
		"open": d.open, "take": d.take, "begin": d.begin, "bring": d.bring, "drop": d.drop, "correct": d.correct,
		"form": d.form, "next": d.next, "record": d.record, "article": d.article, "letter": d.letter,
		"reason": d.reason, "mark": d.mark, "file": d.file, "pack": d.pack,
	} {
		functions[name] = promise(do)
	}
	js.Global().Set("achyk", js.ValueOf(functions))
	select {}
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

// array makes a Uint8Array.
func array(data []byte) js.Value {
	to := js.Global().Get("Uint8Array").New(len(data))
	js.CopyBytesToJS(to, data)
	return to
}
