// Achyk turns a git repository of registers into a public website and open data about
// joint monitoring and evaluation of local services. See achyk --help.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // Bishkek's clock, also where the system has no time zones
)

func main() {
	collect()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}
