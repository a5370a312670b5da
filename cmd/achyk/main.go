// Achyk turns a git repository of registers into a public website and open data about
// joint monitoring and evaluation of local services. See achyk --help.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	_ "time/tzdata" // Bishkek's clock, also where the system has no time zones
)

func main() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		// Pages are made and forgotten by the thousand. Collecting less often takes a fifth off
		// a build (measured on the sample: 1.70 s to 1.36 s), and the limit keeps a large
		// repository's build from growing with it. Beside it there are 30 MB of program and
		// SQLite, so all forms of a register of 100,000 records fit into 195. Twice the limit
		// is no faster for them, and for the sample by a twentieth. What needs more gets it,
		// but at most half of the processors' time goes into collecting.
		debug.SetGCPercent(400)
		debug.SetMemoryLimit(160 << 20)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}
