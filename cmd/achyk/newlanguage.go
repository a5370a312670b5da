package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"achyk/internal/load"
	"achyk/internal/locale"
	"achyk/internal/report"
	"achyk/internal/source"
	"achyk/internal/translation"
)

// newLanguage writes the catalogue of a language to be filled in, or adds new keys to the one there is.
func (a *app) newLanguage(code string) error {
	if !locale.CanRegister(code) {
		return &usageError{a.tell("new.no_language", locale.Args{"Code": code})}
	}
	name := translation.Path(code)
	path := filepath.Join(a.source, filepath.FromSlash(name))
	var earlier *source.File
	switch data, err := os.ReadFile(path); {
	case err == nil:
		earlier = &source.File{Path: name, Data: data}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	text, problems := translation.Draft(code, load.Original(os.DirFS(a.source)), earlier)
	if text == nil {
		a.code = findings
		return report.Text.Write(a.out, problems, a.say)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	if err := os.WriteFile(path, text, 0o666); err != nil {
		return err
	}
	_, missing := translation.Read(code, &source.File{Path: name, Data: text})
	fmt.Fprintln(a.out, a.say.F("new.language", locale.Args{"File": report.Visible(path), "Code": code}))
	return report.Text.Write(a.out, missing, a.say)
}
