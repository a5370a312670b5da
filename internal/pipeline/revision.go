package pipeline

import (
	"errors"
	"fmt"

	"achyk/internal/gitrepo"
)

// ErrNone says that a folder is in no git repository.
var ErrNone = gitrepo.ErrNone

// RevisionError says that a name is of no commit.
type RevisionError struct {
	Rev string
	Why string // "unknown" or "ambiguous": several commits begin so
	Err error
}

func (e *RevisionError) Error() string { return e.Err.Error() }

func (e *RevisionError) Unwrap() error { return e.Err }

// resolve returns the commit that a revision names.
func (s *Source) resolve(rev string) (gitrepo.Commit, error) {
	c, err := s.git.Resolve(rev)
	switch {
	case errors.Is(err, gitrepo.ErrAmbiguous):
		err = &RevisionError{rev, "ambiguous", err}
	case errors.Is(err, gitrepo.ErrRevision):
		err = &RevisionError{rev, "unknown", err}
	}
	return c, err
}

// FieldError says that a field of build.json has a value that no site of this program has.
type FieldError struct{ Field, Value string }

func (e *FieldError) Error() string {
	return fmt.Sprintf("%v: %s is %q", ErrBuildRecord, e.Field, e.Value)
}

func (e *FieldError) Unwrap() error { return ErrBuildRecord }
