// Achyk builds a public website and open data about the joint monitoring and evaluation of
// local services from a git repository of registers. See achyk --help.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"
	_ "time/tzdata" // the time zones, for systems that have none
)

func main() {
	kept := setGC()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, func() {
		stop() // a second signal ends the program at once
		time.AfterFunc(grace, func() { os.Exit(failure) })
	})
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	runtime.KeepAlive(kept)
	os.Exit(code)
}

// grace is how long a command may take to tidy up after an interruption. Not every stage looks
// at the context, and the program may end at any moment without harm to a site.
const grace = 3 * time.Second
