package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"achyk/internal/clerk"
	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/report"
)

// newRecord makes the command new.
func (a *app) newRecord() *cobra.Command {
	municipality, folder, asOf, yes := "", "", "", false
	c := &cobra.Command{
		Use: "new REGISTER [COLUMN=VALUE…] | new cycle YEAR | new language CODE", Short: a.say.T("commands.new"), Long: a.say.T("new.long"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &usageError{a.say.T("new.arguments")}
			}
			if len(args) == 1 && args[0] == "cycle" {
				return &usageError{a.say.T("new.year")}
			}
			if len(args) == 1 && args[0] == "language" {
				return &usageError{a.tell("new.no_language", locale.Args{"Code": ""})}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 2 && args[0] == "language" && !strings.Contains(args[1], "=") {
				return a.newLanguage(args[1])
			}
			if len(args) == 2 && args[0] == "cycle" && !strings.Contains(args[1], "=") {
				today, err := a.day(asOf)
				if err != nil {
					return err
				}
				return a.newCycle(args[1], municipality, folder, today, yes)
			}
			register := a.of(args[0], &municipality)
			p, err := clerk.New(pipeline.Options{Source: a.source}, municipality, register, a.say, func(r *clerk.Record) error { return a.fill(r, args[1:]) })
			var exists *clerk.ExistsError
			switch {
			case errors.As(err, &exists):
				return &usageError{a.tell("new.exists", locale.Args{"ID": exists.Key})}
			case err != nil:
				return a.meant(err)
			}
			if err := report.Text.Proposal(a.out, p, a.say); err != nil {
				return err
			}
			return a.write(p, yes, true)
		},
	}
	c.Flags().StringVarP(&municipality, "municipality", "m", "", a.say.T("flags.municipality"))
	c.Flags().BoolVarP(&yes, "yes", "y", false, a.say.T("flags.yes"))
	c.Flags().StringVar(&folder, "drafts", "", a.say.T("flags.drafts"))
	c.Flags().StringVar(&asOf, "as-of", "", a.say.T("flags.as_of"))
	return c
}

// fill fills in a record from the command line, and asks at a terminal for what else must be there and for what
// does not fit.
func (a *app) fill(r *clerk.Record, pairs []string) error {
	var given []int
	for _, pair := range pairs {
		column, value, ok := strings.Cut(pair, "=")
		if !ok {
			return &usageError{a.tell("new.pair", locale.Args{"Value": pair})}
		}
		field, err := r.Set(column, value)
		if err != nil {
			return err
		}
		given = append(given, field)
	}
	missing := r.Missing()
	if !a.asks {
		if len(missing) == 1 && r.Proposed(missing[0]) != "" {
			_, err := r.Set(r.Table.Schema.Fields[missing[0]].Name, r.Proposed(missing[0]))
			return err
		}
		missing = slices.DeleteFunc(missing, func(field int) bool { return r.Numbered(field) && len(missing) > 1 }) // it is proposed when the rest is there
	}
	if len(missing) == 0 {
		return nil
	}
	unfit, err := a.unfit(r, given, pairs)
	switch {
	case err != nil:
		return err
	case !a.asks:
		return a.lacks(r, missing)
	}
	for _, field := range append(unfit, missing...) {
		if err := a.askFor(r, field); err != nil {
			return err
		}
	}
	return nil
}

// lacks returns the error for a record that lacks fields, and lists what they offer.
func (a *app) lacks(r *clerk.Record, missing []int) error {
	var words []string
	for _, field := range missing {
		word := report.Heading(r.Table.Schema, r.Table.Schema.Fields[field].Name, a.say)
		words = append(words, word)
		if offered := r.Fitting(field); len(offered) > 0 && len(offered) <= offers {
			fmt.Fprintln(a.err, word+":")
			a.offer(offered)
		}
	}
	return &usageError{a.tell("new.missing", locale.Args{"Words": strings.Join(words, ", ")})}
}

// unfit says which of the values that were given do not fit, so that they need not be mended one by one, and takes
// them away.
func (a *app) unfit(r *clerk.Record, given []int, pairs []string) (unfit []int, err error) {
	for _, field := range given {
		r.Clear(field)
	}
	for i, field := range given {
		_, value, _ := strings.Cut(pairs[i], "=")
		fits, err := a.take(r, field, value, report.Visible(pairs[i])+": ", 3)
		if err != nil {
			return nil, err
		}
		if !fits && !slices.Contains(unfit, field) {
			unfit = append(unfit, field)
		}
	}
	return unfit, nil
}

// take gives a field a value, or says after a lead why it does not fit. It shows at most so many values that are like it.
func (a *app) take(r *clerk.Record, field int, value, lead string, most int) (fits bool, err error) {
	if value != "" && !r.Known(field, value) {
		near := r.Near(field, value)
		fmt.Fprintln(a.err, lead+a.say.F("new.unknown", locale.Args{"Near": len(near) > 0, "Asked": lead == ""}))
		a.offer(near[:min(len(near), most)])
		return false, nil
	}
	problems, err := r.Answer(field, value)
	if exists := (*clerk.ExistsError)(nil); errors.As(err, &exists) {
		fmt.Fprintln(a.err, lead+a.tell("new.exists", locale.Args{"ID": exists.Key}))
		return false, nil
	}
	if err != nil || len(problems) == 0 {
		return err == nil, err
	}
	return !problems.HasErrors(), report.Text.Write(a.err, problems, a.say)
}

// offers is how many of the values that a field may have are shown at once.
const offers = 15

// askFor asks for the value of a field until it fits.
func (a *app) askFor(r *clerk.Record, field int) error {
	proposed, offered := r.Proposed(field), r.Fitting(field)
	fmt.Fprintf(a.err, "\n%s\n", report.Heading(r.Table.Schema, r.Table.Schema.Fields[field].Name, a.say))
	for line := range strings.Lines(r.Note(field)) {
		fmt.Fprintln(a.err, "  "+strings.TrimSpace(line))
	}
	if len(offered) <= offers {
		a.offer(offered)
	} else {
		fmt.Fprintln(a.err, a.say.F("new.choose", locale.Args{"Count": len(offered)}))
	}
	for {
		prompt := "> "
		if proposed != "" {
			prompt = "[" + proposed + "] > "
		}
		answer, err := a.ask(prompt)
		if err != nil {
			return err
		}
		switch answer = cmp.Or(answer, proposed); answer {
		case "":
			fmt.Fprintln(a.err, a.say.T("init.empty"))
			continue
		case "?":
			a.offer(offered)
			continue
		}
		if fits, err := a.take(r, field, answer, "", offers); fits || err != nil {
			return err
		}
	}
}

// offer lists values.
func (a *app) offer(values []string) {
	for _, v := range values {
		fmt.Fprintln(a.err, "  – "+report.Visible(v))
	}
}

// errStopped says that the person at the terminal stopped the command at a question. All questions come before the
// command writes.
var errStopped = errors.New("stopped at a question")

// ask asks for a line at a terminal. If the terminal is closed or the command interrupted instead, the error is errStopped.
func (a *app) ask(prompt string) (string, error) {
	a.out.Flush()
	fmt.Fprint(a.err, prompt)
	a.err.Flush()
	answer, failed := make(chan string, 1), make(chan bool, 1)
	go func() { // nothing else ends the wait for a line when the command is interrupted
		line, err := a.in.ReadString('\n')
		if err != nil {
			failed <- true
			return
		}
		answer <- strings.TrimSpace(line)
	}()
	select {
	case line := <-answer:
		return line, nil
	case <-failed:
	case <-a.interrupted:
	}
	fmt.Fprintln(a.err)
	return "", errStopped
}
