package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"achyk/internal/desk"
	"achyk/internal/jme"
	"achyk/internal/load"
	"achyk/internal/source"
	"achyk/internal/table"
)

// FileError says why a file that a command was given cannot be read.
type FileError struct {
	Name string
	Err  error
}

func (e *FileError) Error() string { return fmt.Sprintf("%s: %v", e.Name, e.Err) }

func (e *FileError) Unwrap() error { return e.Err }

// Take takes a spreadsheet for a register of a municipality, which may be empty if there is only one.
// It writes nothing; [Write] does.
func Take(o Options, municipality, file string, options desk.Options) (*desk.Proposal, error) {
	s, err := Open(o)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	loaded, err := s.Load()
	if err != nil {
		return nil, err
	}
	m, err := town(loaded.Data, municipality)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, &FileError{file, err}
	}
	r, err := desk.Open(s.files, loaded.Today)
	if err != nil {
		return nil, err
	}
	return r.Take(r.Data.Municipality(m.ID), &source.File{Path: filepath.Base(file), Data: data}, options)
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
	return nil, &UnknownError{What: "town", Name: id, Candidates: ids}
}

// Formatted is the file of a register in canonical form.
type Formatted struct {
	Path   string
	Before []byte
	After  []byte // nil: it cannot be brought into it, as the problems say
	*desk.Result
}

// Format brings the files of registers into canonical form: those of the given paths in the
// repository, or all. It writes nothing; [Write] does. A path that is no register's gives an UnknownError.
func Format(o Options, paths []string) (all []Formatted, err error) {
	s, err := Open(o)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if len(paths) == 0 {
		if paths, err = registers(s.files); err != nil {
			return nil, err
		}
	}
	var committed fs.FS
	if s.commit.Hash != "" {
		if committed, err = s.git.FS(s.commit); err != nil {
			return nil, err
		}
	}
	zone := load.Zone(s.files)
	for _, name := range paths {
		label, schema := load.SchemaOf(s.files, name)
		if schema == nil {
			return nil, &UnknownError{What: "file", Name: name}
		}
		before, err := fs.ReadFile(s.files, name)
		if err != nil {
			return nil, &FileError{name, err}
		}
		var published *table.Table
		if committed != nil {
			if text, err := fs.ReadFile(committed, name); err == nil && !bytes.Equal(text, before) {
				published, _ = table.Read(&source.File{Path: name, Data: text}, label, schema)
			}
		}
		after, r, err := desk.Format(&source.File{Path: name, Data: before}, label, schema, published, zone)
		if err != nil {
			return nil, err
		}
		all = append(all, Formatted{name, before, after, r})
	}
	return all, nil
}

// registers lists the files of registers that have a schema.
func registers(files fs.FS) (paths []string, err error) {
	for _, pattern := range []string{"data/*.csv", "data/*/*.csv"} {
		found, err := fs.Glob(files, pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range found {
			if _, schema := load.SchemaOf(files, name); schema != nil {
				paths = append(paths, name)
			}
		}
	}
	return paths, nil
}

// Write puts a file of the repository in the place of the one that is there, in one step: whoever
// reads it meanwhile, or stops the program, finds the old one or the new one.
func Write(root, name string, data []byte) (err error) {
	target := filepath.Join(root, filepath.FromSlash(name))
	f, err := os.CreateTemp(filepath.Dir(target), ".achyk-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name()) // the first error is told
		}
	}()
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(target); err == nil {
		mode = info.Mode().Perm()
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), target)
}
