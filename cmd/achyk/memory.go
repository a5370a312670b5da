package main

import (
	"os"
	"runtime/debug"
)

// gcPercent is how much the heap may grow between two garbage collections, in percent of
// what is in use. With Go's default of 100 all forms of a register of 100,000 records took
// up to 203 MB; with 80 they take up to 195 MB, for 3 % more processor time. A memory limit
// is not set: the sample with 43,000 more records took more than twice the time under one.
// The measurements are in docs/decisions/2026-11-28-memory.md.
const gcPercent = 80

// ballast is how many bytes count as memory in use that is never touched, so that the system gives none for it. Without
// them garbage is collected at 3, 6 and 10 MB, and a fifth of what a short command costs is spent on that: `check` of a
// new municipality takes 93 ms instead of 117 ms of processor time (means of 20 runs, in turn, 2026-12-01). A large site
// may take 13 MB more.
const ballast = 16 << 20

// setGC sets how often garbage is collected, unless the environment says it. What it returns has to be kept.
func setGC() (kept []byte) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return nil
	}
	debug.SetGCPercent(gcPercent)
	return make([]byte, ballast)
}
