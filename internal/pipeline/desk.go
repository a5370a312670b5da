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

// ErrWhichTown says that a repository has several municipalities, and none was named.
var ErrWhichTown = errors.New("no municipality is named")

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
		return nil, fmt.Errorf("%w: %w", ErrSource, err)
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
	if id == "" {
		return nil, &UnknownError{What: "municipality", Candidates: ids}
	}
	return nil, &UnknownError{What: "municipality", Name: id, Candidates: ids}
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
