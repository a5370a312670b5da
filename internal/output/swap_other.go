//go:build !linux && !darwin

package output

import "errors"

// swap would exchange two folders in one step.
func swap(_, _ string) error { return errors.ErrUnsupported }
