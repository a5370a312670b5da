// Package fault turns a panic into an error, where one record or page must not end the whole
// program: the preview shows the fault and goes on, and a build says which page it was.
package fault

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"golang.org/x/sync/errgroup"
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

// InParallel calls do(0) to do(n-1) from as many goroutines as there are processors. It returns the first
// panic as an error: one in a goroutine would end the program, whoever called.
func InParallel(n int, do func(i int)) error {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range n {
		group.Go(func() (err error) {
			defer Catch(&err)
			do(i)
			return nil
		})
	}
	return group.Wait()
}
