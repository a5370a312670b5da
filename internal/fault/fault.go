// Package fault turns a panic into an error, where one record or page must not end the whole
// program: the preview shows the fault and goes on, and a build says which page it was.
package fault

import (
	"fmt"
	"runtime/debug"
)

// Catch is deferred by a function that returns an error. If the function panics, that becomes
// its error:
//
//	defer fault.Catch(&err)
func Catch(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("a fault of the program: %v\n%s", p, debug.Stack())
	}
}
