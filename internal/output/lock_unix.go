//go:build linux || darwin

package output

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// flock locks a folder until the file that it returns is closed or the program ends, however it
// ends. The error is errHeld if somebody else has locked it, and errors.ErrUnsupported if the
// file system has no locks.
func flock(dir string) (*os.File, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if err == nil {
		return f, nil
	}
	f.Close()
	if errors.Is(err, unix.EWOULDBLOCK) {
		return nil, errHeld
	}
	return nil, fmt.Errorf("%w: %w", errors.ErrUnsupported, err)
}
