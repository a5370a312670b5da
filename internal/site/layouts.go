package site

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/site/page"
	"achyk/internal/source"
	"achyk/internal/stencil"
	"achyk/layouts"
)

// Faults returns as findings what an error of Parse, or of making a page, tells of the layouts, and what else it
// tells of. The findings name files below folder.
func Faults(err error, from fs.FS, folder string) (diag.List, error) {
	f := &faults{layouts: from, folder: folder, files: map[string]*source.File{}}
	rest := f.add(err)
	return f.findings.List, rest
}

// faults gathers findings of layouts.
type faults struct {
	layouts  fs.FS
	folder   string
	files    map[string]*source.File // those that have faults, by their names: each is read once
	findings diag.Collector
}

// add adds what an error tells of the layouts, and returns what else it tells of.
func (f *faults) add(err error) (rest error) {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		var others []error
		for _, one := range several.Unwrap() {
			others = append(others, f.add(one))
		}
		return errors.Join(others...)
	}
	var fault *stencil.Fault
	if errors.As(err, &fault) {
		d, err := f.finding(fault)
		f.findings.Add(d)
		return err
	}
	if missing := (*fs.PathError)(nil); errors.As(err, &missing) && errors.Is(err, fs.ErrNotExist) {
		name := path.Join(f.folder, missing.Path)
		f.findings.Add(diag.Diagnostic{Code: diag.FileMissing, Path: name, Value: name, Args: diag.Args{"value": name, "kind": "layout"}})
		return nil
	}
	return err
}

// file returns the file of that name.
func (f *faults) file(name string) (*source.File, error) {
	if f.files[name] == nil {
		data, err := fs.ReadFile(f.layouts, name)
		if err != nil {
			return nil, err
		}
		f.files[name] = &source.File{Path: path.Join(f.folder, name), Data: data}
	}
	return f.files[name], nil
}

// finding returns a fault of a layout as a finding.
func (all *faults) finding(f *stencil.Fault) (d diag.Diagnostic, err error) {
	d = diag.Diagnostic{Code: diag.LayoutSyntax, Value: f.Value, Args: diag.Args{"kind": string(f.Kind), "value": f.Value}}
	switch f.Kind {
	case stencil.NoTemplate:
		d.Code = diag.LayoutUnknown
		if in := definedIn(f.Value); in != "" { // the name is right
			d.Args["kind"], d.Args["file"] = "whole", in
		}
	case stencil.NoFunction, stencil.NoVariable, stencil.NoField, stencil.NoWord:
		d.Code = diag.LayoutUnknown
	case stencil.NoValue:
		d.Code = diag.LayoutNoValue
	case stencil.Unknown, stencil.Within:
		d.Code = diag.LayoutNotExecuted
	case stencil.Exceeded:
		d.Code, d.Value = diag.OverLimit, ""
		d.Args = diag.Args{"what": diag.Phrase("limit.layout-" + f.Value), "limit": f.Limit, "key": "", "kind": "layout"}
	}
	file, err := all.file(f.File)
	if err != nil {
		return d, err
	}
	start := min(file.Offset(f.Line)+f.Column, len(file.Data))
	d.File, d.Span = file, source.Span{Start: start, End: start}
	if strings.HasPrefix(file.Text()[start:], f.Value) {
		d.Span.End += len(f.Value)
	}
	return d, nil
}

// definedIn returns the file of the program's own layouts that defines the layout of a name, or "". A repository that
// has a folder of layouts is built with that folder alone, so whoever copies one file misses what it calls.
func definedIn(name string) string {
	files, err := fs.Glob(layouts.Files, "*.html")
	if err != nil {
		return ""
	}
	for _, file := range files {
		text, err := fs.ReadFile(layouts.Files, file)
		if err == nil && (file == name || bytes.Contains(text, fmt.Appendf(nil, "{{define %q}}", name))) {
			return file
		}
	}
	return ""
}

// Try makes a page of each template. The error joins those of all.
func Try(pages page.Pages) (wrong error) {
	var b bytes.Buffer
	tried := map[string]bool{"": true}
	for _, p := range pages.All() {
		if !tried[p.Template] {
			tried[p.Template] = true
			b.Reset()
			wrong = errors.Join(wrong, p.Render(&b))
		}
	}
	return wrong
}
