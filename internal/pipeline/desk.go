package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"achyk/internal/desk"
	"achyk/internal/jme"
	"achyk/internal/source"
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

// Format brings the files of registers into canonical form: those of the given paths in the
// repository, or all. It writes nothing; [Write] does. A path that is no register's gives an UnknownError.
func Format(o Options, paths []string) ([]desk.Formatted, error) {
	s, err := Open(o)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if len(paths) == 0 {
		if paths, err = desk.Registers(s.files); err != nil {
			return nil, err
		}
	}
	var committed fs.FS
	if s.commit.Hash != "" {
		if committed, err = s.git.FS(s.commit); err != nil {
			return nil, err
		}
	}
	var all []desk.Formatted
	for _, name := range paths {
		f, err := desk.Format(s.files, committed, name)
		switch {
		case errors.Is(err, desk.ErrNoRegister):
			return nil, &UnknownError{What: "file", Name: name}
		case err != nil:
			return nil, &FileError{name, err}
		}
		all = append(all, f)
	}
	return all, nil
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
