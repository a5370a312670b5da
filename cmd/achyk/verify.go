package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/report"
	"achyk/internal/verify"
)

// verify makes the command verify.
func (a *app) verify() *cobra.Command {
	o, asJSON := verify.Options{}, false
	c := &cobra.Command{
		Use: "verify DIR|URL", Short: a.say.T("commands.verify"), Long: a.say.T("verify.long"),
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &usageError{a.say.T("verify.which")}
			}
			return a.noArguments(c, args[1:])
		},
		RunE: func(c *cobra.Command, args []string) error {
			o.Site = args[0]
			o.Build = pipeline.Options{Source: a.source, Version: version(), Progress: a.progress()}
			result, problems, err := verify.Verify(c.Context(), o)
			if o.Build.Progress != nil {
				fmt.Fprint(a.err, "\r\x1b[K")
			}
			if err != nil {
				return errors.Join(err, report.Text.Write(a.err, problems, a.say))
			}
			if !result.Identical {
				a.code = findings
			}
			if asJSON {
				encoder := json.NewEncoder(a.out)
				encoder.SetEscapeHTML(false)
				return encoder.Encode(result)
			}
			fmt.Fprint(a.out, a.verified(result))
			return nil
		},
	}
	c.Flags().BoolVar(&o.Checksums, "checksums", false, a.say.T("flags.checksums"))
	c.Flags().BoolVar(&asJSON, "json", false, a.say.T("flags.json"))
	return c
}

// shown is the most differences that are printed as text. With --json all are printed.
const shown = 20

// verified returns the text of the result.
func (a *app) verified(r verify.Result) string {
	var b strings.Builder
	for _, d := range r.Differences[:min(shown, len(r.Differences))] {
		fmt.Fprintln(&b, a.say.F("verify.what."+string(d.What), locale.Args{
			"Path": printable(d.Path), "Line": strconv.Itoa(d.Line), "Detail": printable(d.Detail),
		}))
	}
	if more := len(r.Differences) - shown; more > 0 {
		fmt.Fprintln(&b, a.say.N("report.more", more))
	}
	about := locale.Args{
		"Files": r.Files, "Megabytes": a.say.Number(fmt.Sprintf("%.1f", float64(r.Bytes)/1e6)),
		"Seconds": a.say.Number(fmt.Sprintf("%.2f", r.Seconds)), "Commit": r.Commit,
	}
	switch {
	case !r.Identical:
		fmt.Fprintln(&b, a.say.NF("verify.different", len(r.Differences), about))
	case r.Method == "checksums":
		fmt.Fprintln(&b, a.say.NF("verify.intact", r.Files, about))
	default:
		about["Day"], _ = time.Parse(time.DateOnly, r.AsOf) // valid, because build.json is identical to the rebuilt one
		fmt.Fprintln(&b, a.say.NF("verify.identical", r.Files, about))
	}
	versions := locale.Args{"Theirs": printable(r.Version), "Ours": r.VerifiedBy}
	switch {
	case r.Version != r.VerifiedBy && r.Identical:
		fmt.Fprintln(&b, a.say.F("verify.version.another", versions))
	case r.Version != r.VerifiedBy:
		fmt.Fprintln(&b, a.say.F("verify.version.cause", versions))
	case r.Version == unknown && !r.Identical:
		fmt.Fprintln(&b, a.say.T("verify.version.unknown"))
	}
	if r.Shallow {
		fmt.Fprintln(&b, a.say.T("verify.shallow"))
	}
	return b.String()
}

// printable quotes a text from a site if it has characters that could control a terminal.
func printable(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(s)
	}
	return s
}

// cannot lists the errors for which a site cannot be verified. Their messages are
// "verify.cannot.<name>".
var cannot = []struct {
	err  error
	name string
}{
	{pipeline.ErrNoCommit, "no_commit"},
	{pipeline.ErrUnclean, "unclean"},
	{pipeline.ErrAbsent, "absent"},
	{pipeline.ErrBuildRecord, "record"},
	{verify.ErrSums, "sums"},
	{verify.ErrSite, "site"},
	{verify.ErrUnreachable, "unreachable"},
	{verify.ErrRefused, "refused"},
}

// unverified returns why a site cannot be verified, and false for any other error.
func (a *app) unverified(err error) (string, bool) {
	for _, c := range cannot {
		if errors.Is(err, c.err) {
			return a.say.F("verify.cannot."+c.name, locale.Args{"Reason": printable(strings.TrimPrefix(err.Error(), c.err.Error()+": "))}), true
		}
	}
	return "", false
}
