package site

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/site/page"
	"achyk/internal/source"
	"achyk/internal/stencil"
)

// Faults returns as findings what an error of Parse, or of making a page, tells of the layouts, and what else it
// tells of. The findings name files below folder.
func Faults(err error, layouts fs.FS, folder string) (findings diag.List, rest error) {
	if all, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range all.Unwrap() {
			found, other := Faults(one, layouts, folder)
			findings, rest = append(findings, found...), errors.Join(rest, other)
		}
		return findings, rest
	}
	var fault *stencil.Fault
	if errors.As(err, &fault) {
		d, err := finding(fault, layouts, folder)
		return diag.List{d}, err
	}
	if missing := (*fs.PathError)(nil); errors.As(err, &missing) && errors.Is(err, fs.ErrNotExist) {
		name := path.Join(folder, missing.Path)
		return diag.List{{Code: diag.FileMissing, Path: name, Value: name, Args: diag.Args{"value": name}}}, nil
	}
	return nil, err
}

// finding returns a fault of a layout as a finding.
func finding(f *stencil.Fault, layouts fs.FS, folder string) (d diag.Diagnostic, err error) {
	d = diag.Diagnostic{Code: diag.LayoutSyntax, Value: f.Value, Args: diag.Args{"kind": string(f.Kind), "value": f.Value}}
	switch f.Kind {
	case stencil.NoFunction, stencil.NoVariable, stencil.NoField, stencil.NoTemplate:
		d.Code = diag.LayoutUnknown
	case stencil.NoValue:
		d.Code = diag.LayoutNoValue
	case stencil.Unknown, stencil.Within:
		d.Code = diag.LayoutNotExecuted
	case stencil.Exceeded:
		d.Code, d.Value = diag.OverLimit, ""
		d.Args = diag.Args{"what": diag.Phrase("limit.layout-" + f.Value), "limit": f.Limit, "key": "", "kind": "layout"}
	}
	file := &source.File{Path: path.Join(folder, f.File)}
	if file.Data, err = fs.ReadFile(layouts, f.File); err != nil {
		return d, err
	}
	start := min(file.Offset(f.Line)+f.Column, len(file.Data))
	d.File, d.Span = file, source.Span{Start: start, End: start}
	if strings.HasPrefix(file.Text()[start:], f.Value) {
		d.Span.End += len(f.Value)
	}
	return d, nil
}

// Try makes a page of each template. The error joins those of all.
func Try(pages []page.Page) (wrong error) {
	var b bytes.Buffer
	tried := map[string]bool{"": true}
	for _, p := range pages {
		if !tried[p.Template] {
			tried[p.Template] = true
			b.Reset()
			wrong = errors.Join(wrong, p.Render(&b))
		}
	}
	return wrong
}
