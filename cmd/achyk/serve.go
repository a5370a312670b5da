package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"achyk/internal/links"
	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/report"
	"achyk/internal/serve"
)

// serve makes the command serve.
func (a *app) serve() *cobra.Command {
	addr, asOf := "", ""
	c := &cobra.Command{
		Use: "serve", Short: a.say.T("commands.serve"), Long: a.say.T("serve.long"), Args: a.noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			day, err := a.day(asOf)
			if err != nil {
				return err
			}
			if addr == "" { // --addr "$ADDR" with an empty variable
				return a.wrongValue("addr", addr, "127.0.0.1:8080")
			}
			listener, err := serve.Listen(addr, !c.Flags().Changed("addr"))
			if err != nil {
				return err
			}
			here := listener.Addr().String()
			if here != addr && !c.Flags().Changed("addr") {
				fmt.Fprintln(a.out, a.tell("serve.taken", locale.Args{"Wanted": addr}))
			}
			address := "http://" + here + "/"
			server, err := serve.New(pipeline.Options{Source: a.source, AsOf: day, BaseURL: address, Version: version()}, a.event)
			if err != nil {
				listener.Close()
				return err
			}
			fmt.Fprintln(a.out, a.tell("serve.address", locale.Args{"Address": address}))
			return server.Run(c.Context(), listener, addr)
		},
	}
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", a.say.T("flags.addr"))
	c.Flags().StringVar(&asOf, "as-of", "", a.say.T("flags.as_of"))
	return c
}

// event prints what happened in the preview.
func (a *app) event(e serve.Event) {
	seconds := a.say.Number(fmt.Sprintf("%.2f", e.Seconds))
	var broken links.Broken
	a.limit(e.Limit)
	switch {
	case errors.As(e.Err, &broken):
		fmt.Fprintln(a.out, a.links(broken)+a.say.N("build.broken", len(broken)))
	case e.Err != nil:
		fmt.Fprintln(a.out, a.sentence(e.Err))
	case e.Verified && len(e.Problems) == 0:
		fmt.Fprintln(a.out, a.tell("serve.verified", locale.Args{"Seconds": seconds}))
	case len(e.Problems) > 0:
		report.Text.Write(a.out, e.Problems, a.say) // an error means that the terminal was closed
		fmt.Fprintln(a.out, report.Summary(e.Problems, a.say))
	}
	if e.Pages > 0 && !e.Verified {
		fmt.Fprintln(a.out, a.say.NF("serve.built", e.Pages, locale.Args{"Seconds": seconds}))
	}
}
