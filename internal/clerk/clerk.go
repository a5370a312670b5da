// Package clerk does in the folder of a repository what package desk does in memory: it brings spreadsheets
// to registers, makes sheets to fill in, and writes the files of registers. The commands for clerks call it.
package clerk

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"achyk/internal/blank"
	"achyk/internal/desk"
	"achyk/internal/desk/canonical"
	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/opendata"
	"achyk/internal/output"
	"achyk/internal/pipeline"
	"achyk/internal/regular"
	"achyk/internal/source"
	"achyk/internal/table"
)

// FileError says why a file that a command was given cannot be read or, if Writing, be written.
type FileError struct {
	Name    string
	Err     error
	Writing bool
}

func (e *FileError) Error() string { return fmt.Sprintf("%s: %v", e.Name, e.Err) }

func (e *FileError) Unwrap() error { return e.Err }

// Take takes a spreadsheet for a register of a municipality, which may be empty if there is only one.
// It writes nothing; [Write] does.
func Take(o pipeline.Options, municipality, file string, options desk.Options) (p *desk.Proposal, err error) {
	err = atDesk(o, municipality, func(l *pipeline.Loaded, m *jme.Municipality) error {
		data, err := given(file)
		if err != nil {
			return err
		}
		if options.Register != "" {
			if _, err := kept(m, options.Register); err != nil {
				return err
			}
		}
		p, err = take(l, m, &source.File{Path: filepath.Base(file), Data: data}, options)
		return err
	})
	return p, err
}

// given reads a file that a command is given. A pipe or a device would never end.
func given(name string) (data []byte, err error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
	case info.IsDir():
		err = syscall.EISDIR
	case !info.Mode().IsRegular():
		err = regular.ErrRefused
	case info.Size() > limits.Given:
		err = &limits.Exceeded{What: "bytes", Have: info.Size(), Limit: limits.Given}
	default:
		data, err = os.ReadFile(name)
	}
	if err != nil {
		return nil, &FileError{Name: name, Err: err}
	}
	return data, nil
}

// take brings a spreadsheet to the desk.
func take(l *pipeline.Loaded, m *jme.Municipality, f *source.File, options desk.Options) (*desk.Proposal, error) {
	return desk.Of(l.Files(), l.Data, l.Findings, l.Today).Take(m, f, options)
}

// atDesk opens a repository for work on the registers of a municipality.
func atDesk(o pipeline.Options, municipality string, work func(*pipeline.Loaded, *jme.Municipality) error) error {
	s, err := pipeline.Open(o)
	if err != nil {
		return err
	}
	defer s.Close()
	loaded, err := s.Load()
	if err != nil {
		return err
	}
	m, err := town(loaded.Data, municipality)
	if err != nil {
		return err
	}
	return work(loaded, m)
}

// Blank writes the sheet to fill in of a register of a municipality, in the language of a reader. It
// writes nothing if the register has errors, since the desk compares with what it reads.
func Blank(o pipeline.Options, municipality, register string, say *locale.Printer, w io.Writer) (problems diag.List, err error) {
	err = atDesk(o, municipality, func(l *pipeline.Loaded, m *jme.Municipality) error {
		t, err := kept(m, register)
		if err != nil {
			return err
		}
		for _, d := range append(l.Findings, opendata.Check(m)...) {
			if d.Severity() == diag.Error && (d.Register == t.Label || t.File != nil && d.File == t.File) {
				problems.Add(d)
			}
		}
		if problems.HasErrors() {
			return nil
		}
		return blank.New(m, t, l.Data.Site.Langs(), say).Write(w)
	})
	return problems, err
}

// kept finds a register of a municipality that is kept as CSV.
func kept(m *jme.Municipality, name string) (*table.Table, error) {
	var names []string
	for _, t := range m.Tables {
		if r, builtIn := jme.Find(t.Schema.Name); builtIn && r.Origin != jme.FromCSV {
			continue
		}
		if t.Schema.Name == name {
			return t, nil
		}
		names = append(names, t.Schema.Name)
	}
	return nil, pipeline.NotAmong("register", name, names)
}

// town finds the municipality that a command is about.
func town(data *jme.Dataset, id string) (*jme.Municipality, error) {
	if id == "" && len(data.Municipalities) == 1 {
		return data.Municipalities[0], nil
	}
	if m := data.Municipality(id); m != nil {
		return m, nil
	}
	var ids []string
	for _, m := range data.Municipalities {
		ids = append(ids, m.ID)
	}
	return nil, &pipeline.UnknownError{What: "town", Name: id, Candidates: ids}
}

// Format brings the files of registers into canonical form: those of the given paths in the
// repository, or all. It writes nothing; [Write] does. A path that is no register's gives a pipeline.UnknownError.
func Format(o pipeline.Options, paths []string) ([]canonical.Formatted, error) {
	s, err := pipeline.Open(o)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if len(paths) == 0 {
		if paths, err = canonical.Registers(s.Files()); err != nil {
			return nil, err
		}
	}
	committed, err := s.Committed()
	if err != nil {
		return nil, err
	}
	var all []canonical.Formatted
	for _, name := range paths {
		f, err := canonical.Format(s.Files(), committed, name)
		switch {
		case errors.Is(err, canonical.ErrNoRegister):
			return nil, &pipeline.UnknownError{What: "file", Name: name}
		case err != nil:
			return nil, &FileError{Name: name, Err: err}
		}
		all = append(all, f)
	}
	return all, nil
}

// Write puts a file of the repository in the place of the one that is there, in one step; see [output.Replace].
func Write(root, name string, data []byte) error {
	target := filepath.Join(root, filepath.FromSlash(name))
	if err := output.Replace(target, data); err != nil {
		return &FileError{Name: target, Err: err, Writing: true}
	}
	return nil
}
