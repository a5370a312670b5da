// Achyk builds a public website and open data about the joint monitoring and evaluation of
// local services from a git repository of registers. See achyk --help.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // the time zones, for systems that have none
)

func main() {
	setGC()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}
