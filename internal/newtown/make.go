package newtown

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"achyk/internal/load"
	"achyk/internal/output"
	"achyk/internal/privacy"
)

// NotEmptyError is the error of Make for a folder that has something in it.
type NotEmptyError struct{ Dir, Name string }

func (e *NotEmptyError) Error() string { return e.Dir + " is not empty: " + e.Name }

// ErrID is the error of Make for an id that no municipality may have.
var ErrID = errors.New("no municipality may have this id")

// CanBeTown tells whether a municipality may have an id.
func CanBeTown(id string) bool { return load.CanBeTown(id) }

// CanBeName tells whether a name can be published: it has nothing of a person's, such as a telephone number, and
// no characters that nobody sees.
func CanBeName(name string) bool {
	return len(privacy.Find(name)) == 0 && !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) })
}

// Make makes the repository in a folder that has nothing in it, but may be a git repository. Before
// that, check looks at the same files elsewhere. If it says no, as for a name with a telephone
// number, nothing is made and no name returned. Otherwise the names are the paths of the files.
func (t Town) Make(dir string, check func(draft string) (bool, error)) (names []string, err error) {
	if !CanBeTown(t.ID) {
		return nil, ErrID
	}
	if err := Empty(dir); err != nil {
		return nil, err
	}
	texts, err := t.Files()
	if err != nil {
		return nil, err
	}
	draft, err := output.NewTemporary("", "achyk-draft")
	if err != nil {
		return nil, err
	}
	defer draft.Remove()
	if err := write(draft.Dir, texts); err != nil {
		return nil, err
	}
	if ok, err := check(draft.Dir); !ok || err != nil {
		return nil, err
	}
	return slices.Sorted(maps.Keys(texts)), write(dir, texts)
}

// Empty returns an error for a folder that has something in it beside git's own folder.
func Empty(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if e.Name() != ".git" {
			return &NotEmptyError{dir, e.Name()}
		}
	}
	return err
}

// write writes files below a folder. It replaces none.
func write(dir string, texts map[string][]byte) error {
	for name, text := range texts {
		target := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(target), 0o777); err != nil {
			return err
		}
		f, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if err != nil {
			return err
		}
		_, err = f.Write(text)
		if err := errors.Join(err, f.Close()); err != nil {
			return err
		}
	}
	return nil
}
