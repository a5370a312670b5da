package main

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"achyk/internal/address"
	"achyk/internal/clerk"
	"achyk/internal/limits"
	"achyk/internal/links"
	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/report"
	"achyk/internal/serve"
)

// build makes the command build.
func (a *app) build() *cobra.Command {
	o := pipeline.Options{Version: version()}
	asOf, asJSON := "", false
	c := &cobra.Command{
		Use: "build", Short: a.say.T("commands.build"), Long: a.say.T("build.long"), Args: a.noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			var err error
			if o.AsOf, err = a.day(asOf); err != nil {
				return err
			}
			if o.BaseURL != "" && !address.ValidBase(o.BaseURL) {
				return a.wrongValue("base-url", o.BaseURL, "https://…/")
			}
			if o.Jobs < 0 {
				return a.wrongValue("jobs", strconv.Itoa(o.Jobs), "1, 2, 4, …")
			}
			o.Source = a.source
			o.Progress = a.progress()
			result, problems, err := pipeline.Build(c.Context(), o)
			a.erase(o)
			if err != nil {
				return err
			}
			if err := report.Text.Write(a.err, problems, a.say); err != nil {
				return err
			}
			if problems.HasErrors() {
				a.code = findings
				fmt.Fprintln(a.err, a.tell("build.failed", locale.Args{"Reason": report.Summary(problems, a.say)}))
				return nil
			}
			a.limit(result.Limit)
			if asJSON {
				return report.NewEncoder(a.out).Encode(result)
			}
			fmt.Fprintln(a.out, a.built(result))
			return nil
		},
	}
	c.Flags().StringVarP(&o.Dest, "dest", "d", "public", a.say.T("flags.dest"))
	c.Flags().StringVar(&o.Ref, "ref", "", a.say.T("flags.ref"))
	c.Flags().StringVar(&asOf, "as-of", "", a.say.T("flags.as_of"))
	c.Flags().StringVar(&o.BaseURL, "base-url", "", a.say.T("flags.base_url"))
	c.Flags().BoolVar(&o.Offline, "offline", false, a.say.T("flags.offline"))
	c.Flags().IntVar(&o.Jobs, "jobs", 0, a.say.T("flags.jobs"))
	c.Flags().BoolVar(&asJSON, "json", false, a.say.T("flags.json"))
	return c
}

// day reads the value of --as-of. Without a value it returns the zero time.
func (a *app) day(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		if office, wrong := time.Parse("2.1.2006", s); wrong == nil || strings.Contains(s, ".") {
			t, err = office, wrong
		}
	}
	var form *time.ParseError
	switch {
	case errors.As(err, &form) && strings.Contains(form.Message, "out of range"):
		return t, &usageError{a.say.F("usage.no_day", locale.Args{"Flag": "--as-of", "Value": s})}
	case err != nil || t.Year() < limits.FirstYear || t.Year() > limits.LastYear: // as in a cell; see table.Date
		return t, a.wrongValue("as-of", s, "2026-03-01")
	}
	return t, nil
}

// limit prints what part of the history cannot be shown, and what the reader can do about it.
// It is not a finding, because nothing is wrong with the registers.
func (a *app) limit(l pipeline.HistoryLimit) {
	if l.What != "" {
		fmt.Fprintln(a.err, a.tell("history.gap."+l.What, locale.Args{"Setting": l.Setting}))
	}
}

// built returns the line that is printed after a build: pages, files, bytes, seconds.
func (a *app) built(r pipeline.Result) string {
	return a.say.NF("build.pages", r.Pages, locale.Args{
		"Files": r.Files, "Megabytes": a.say.Number(fmt.Sprintf("%.1f", float64(r.Bytes)/1e6)),
		"Seconds": a.say.Number(fmt.Sprintf("%.2f", r.Seconds)), "Dest": r.Dest,
	})
}

// progress returns a function that prints the progress of a build, or nil if the output is
// not a terminal.
func (a *app) progress() func(pipeline.Stage, int, int) {
	if a.terminal == nil {
		return nil
	}
	var mu sync.Mutex
	return func(stage pipeline.Stage, done, total int) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprint(a.terminal, "\r\x1b[K", a.say.T("build.stage."+string(stage)))
		if total > 0 {
			fmt.Fprint(a.terminal, " ", a.say.Percent(done, total))
		}
	}
}

// erase removes the line that progress has drawn.
func (a *app) erase(o pipeline.Options) {
	if o.Progress != nil {
		fmt.Fprint(a.terminal, "\r\x1b[K")
	}
}

// sentence returns an error in the reader's language; see cause.
func (a *app) sentence(err error) string {
	var usage *usageError
	var broken links.Broken
	var since *pipeline.SinceError
	var revision *pipeline.RevisionError
	var listen *serve.ListenError
	var assume *pipeline.AssumeError
	var refused *pipeline.RefusedError
	var dest *pipeline.DestinationError
	var remains *pipeline.RemainsError
	var file *clerk.FileError
	switch {
	case errors.As(err, &file):
		key := "achyk.no_file"
		if file.Writing {
			key = "achyk.no_write"
		}
		return a.tell(key, locale.Args{"Name": file.Name, "Reason": a.cause(err)})
	case errors.As(err, &since):
		return a.tell("change.since."+since.Why, locale.Args{"Rev": since.Rev})
	case errors.As(err, &revision) && !errors.Is(err, pipeline.ErrAbsent):
		return a.tell("change.since."+revision.Why, locale.Args{"Rev": revision.Rev})
	case errors.As(err, &listen):
		return a.tell("serve.cannot", locale.Args{"Address": listen.Address, "Reason": a.cause(err)})
	case errors.As(err, &assume):
		return a.tell("check.assume."+assume.Why, locale.Args{"Code": assume.Reading.Assumption, "Value": assume.Reading.Value, "Words": strings.Join(assume.Words, "`, `")})
	case errors.As(err, &usage):
		return usage.text
	case errors.As(err, &broken):
		return a.broken(broken)
	case errors.As(err, &refused):
		return a.tell("build.refused."+refused.Why, locale.Args{"Dest": refused.Dest, "Name": refused.Name})
	case errors.As(err, &dest):
		return a.tell("build.destination", locale.Args{"Dest": dest.Dest, "Reason": a.cause(err)})
	case errors.As(err, &remains):
		return a.tell("build.remains", locale.Args{"Old": remains.Old, "Reason": a.cause(err)})
	case errors.Is(err, pipeline.ErrNoHistory):
		return a.say.T("history.none")
	case errors.Is(err, pipeline.ErrFormat):
		return a.tell("history.gap.format", locale.Args{"Setting": pipeline.Setting(err)})
	case errors.Is(err, pipeline.ErrHead):
		return a.tell("history.head", locale.Args{"Reason": err.Error()})
	case errors.Is(err, pipeline.ErrMissing):
		return a.tell("history.missing", locale.Args{"Reason": err.Error()})
	case errors.Is(err, pipeline.ErrDamaged):
		return a.tell("history.damaged", locale.Args{"Reason": err.Error()})
	case errors.Is(err, pipeline.ErrChanged):
		return a.say.T("build.changed")
	case errors.Is(err, pipeline.ErrSource):
		return a.tell("achyk.no_source", locale.Args{"Source": a.source, "Reason": a.cause(err)})
	}
	if text, ok := a.unverified(err); ok {
		return text
	}
	reason, known := "", false
	path := (*fs.PathError)(nil)
	if errors.As(err, &path) {
		reason, known = a.known(path)
	}
	if known {
		key := "achyk.no_write"
		if reading := []string{"open", "read", "readdirent", "stat", "lstat"}; slices.Contains(reading, path.Op) && !errors.Is(err, syscall.EROFS) && !errors.Is(err, syscall.ENOSPC) {
			key = "achyk.no_file"
		}
		return a.tell(key, locale.Args{"Name": path.Path, "Reason": reason})
	}
	if exceeded := (*limits.Exceeded)(nil); errors.As(err, &exceeded) {
		return a.tell("achyk.over_limit", locale.Args{"Reason": quoted(err.Error())})
	}
	return a.tell("achyk.failed", locale.Args{"Reason": a.cause(err)})
}

// broken returns the message that links lead nowhere, with the list of them.
func (a *app) broken(broken links.Broken) string {
	return a.links(broken) + a.tell("build.failed", locale.Args{"Reason": a.say.N("build.broken", len(broken))})
}

// links lists broken links, one a line.
func (a *app) links(broken links.Broken) string {
	var b strings.Builder
	for _, l := range broken {
		fmt.Fprintln(&b, a.tell("build.link."+string(l.Fault), locale.Args{"Page": l.Page, "Link": l.Link}))
	}
	return b.String()
}
