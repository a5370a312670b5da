//go:build !linux && !darwin

package output

import (
	"errors"
	"os"
)

// flock would lock a folder.
func flock(string) (*os.File, error) { return nil, errors.ErrUnsupported }
