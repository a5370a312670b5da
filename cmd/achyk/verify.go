package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"achyk/internal/limits"
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
			a.erase(o.Build)
			if err != nil {
				return errors.Join(err, report.Text.Write(a.err, problems, a.say))
			}
			if !result.Identical {
				a.code = findings
			}
			if asJSON {
				return report.NewEncoder(a.out).Encode(result)
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
		about := locale.Args{"Path": d.Path, "Line": strconv.Itoa(d.Line), "Detail": ""}
		if d.Err != nil {
			about["Detail"] = a.unread(d.Err)
		}
		fmt.Fprintln(&b, a.tell("verify.what."+string(d.What), about))
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
	versions := locale.Args{"Theirs": r.Version, "Ours": r.VerifiedBy}
	switch {
	case r.Version != r.VerifiedBy && r.Identical:
		fmt.Fprintln(&b, a.tell("verify.version.another", versions))
	case r.Version != r.VerifiedBy:
		fmt.Fprintln(&b, a.tell("verify.version.cause", versions))
	case r.Version == unknown && !r.Identical:
		fmt.Fprintln(&b, a.say.T("verify.version.unknown"))
	}
	if r.Shallow {
		fmt.Fprintln(&b, a.say.T("verify.shallow"))
	}
	return b.String()
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
	{verify.ErrUnread, "unread"},
	{verify.ErrSite, "site"},
	{verify.ErrUnreachable, "unreachable"},
	{verify.ErrRefused, "refused"},
}

// unverified returns why a site cannot be verified, and false for any other error.
func (a *app) unverified(err error) (string, bool) {
	if over := (*limits.Exceeded)(nil); errors.Is(err, verify.ErrLimit) && errors.As(err, &over) {
		return a.tell("verify.limit."+over.What, locale.Args{
			"Limit": a.say.Number(strconv.FormatInt(over.Limit, 10)), "Kilobytes": over.Limit >> 10, "Megabytes": over.Limit >> 20, "Gigabytes": over.Limit >> 30,
			"Hours": over.Limit / 3600, "Piece": limits.Piece,
		}), true
	}
	if redirect := (*verify.RedirectError)(nil); errors.As(err, &redirect) {
		return a.tell("verify.redirect."+redirect.Why, locale.Args{"To": redirect.To}), true
	}
	for _, c := range cannot {
		if errors.Is(err, c.err) {
			reason, known := a.unreadable(err)
			if !known {
				reason = quoted(strings.TrimPrefix(err.Error(), c.err.Error()+": "))
			}
			return a.tell("verify.cannot."+c.name, locale.Args{"Reason": reason}), true
		}
	}
	return "", false
}

// unread returns why a site or a file of it cannot be read.
func (a *app) unread(err error) string {
	if text, ok := a.unreadable(err); ok {
		return text
	}
	return quoted(err.Error())
}

// unreadable returns why a site or a file of it cannot be read, and false if this program has no words for it.
func (a *app) unreadable(err error) (string, bool) {
	var redirect *verify.RedirectError
	var status verify.StatusError
	var over *limits.Exceeded
	switch {
	case errors.As(err, &redirect):
		return a.tell("verify.unread.redirect_"+redirect.Why, locale.Args{"To": redirect.To}), true
	case errors.As(err, &status):
		return a.tell("verify.unread.status", locale.Args{"Status": strconv.Itoa(int(status))}), true
	case errors.As(err, &over):
		return a.tell("verify.unread.long", locale.Args{"Gigabytes": over.Limit >> 30}), true
	case errors.Is(err, verify.ErrLink):
		return a.say.T("verify.unread.link"), true
	case errors.Is(err, verify.ErrNoFile):
		return a.say.T("verify.unread.no_file"), true
	}
	return a.known(err)
}
