package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"achyk/internal/fault"
	"achyk/internal/links"
	"achyk/internal/locale"
	"achyk/internal/report"
)

// The exit codes. Scripts rely on them, so they must not change.
const (
	fine     = 0
	findings = 1 // something in the repository must be corrected
	failure  = 2 // wrong usage, or a failure of the program or the system
)

// app is the state that all commands share.
type app struct {
	say         *locale.Printer
	source      string
	asks        bool            // whether there is a person at a terminal
	in          *bufio.Reader   // what that person answers
	interrupted <-chan struct{} // closed when the command is interrupted
	terminal    io.Writer       // where the progress of a build is drawn; nil if that is no terminal
	out, err    *report.Output  // nothing else is written but through these
	code        int             // the exit code of a command that returns no error
}

// run runs the command line and returns the exit code. It reads and writes nothing but in, out and errs; tests give it their own.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	a := &app{say: locale.For(language(args)), asks: isTerminal(in), in: bufio.NewReader(in), interrupted: ctx.Done(), out: report.NewOutput(out), err: report.NewOutput(errs)}
	if isTerminal(errs) {
		a.terminal = errs
	}
	defer a.out.Flush() // an error means that nobody reads any more
	defer a.err.Flush()
	log.SetOutput(a.err)
	root := a.root()
	root.SetArgs(args)
	if err := execute(ctx, root); err != nil {
		if errors.Is(err, errStopped) {
			fmt.Fprintln(a.err, a.say.T("achyk.stopped"))
			return failure
		}
		if ctx.Err() != nil { // whatever else the error says, the interruption made it
			fmt.Fprintln(a.err, a.say.T("achyk.interrupted"))
			return failure
		}
		fmt.Fprintln(a.err, a.sentence(err))
		if usage := (*usageError)(nil); errors.As(err, &usage) {
			fmt.Fprintln(a.err, a.say.T("usage.more"))
		}
		if broken := (links.Broken)(nil); errors.As(err, &broken) {
			return findings
		}
		return failure
	}
	return a.code
}

// isTerminal tells whether what is read or written is a terminal.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// execute runs the command. A panic becomes an error, so that its message is in the reader's language.
func execute(ctx context.Context, root *cobra.Command) (err error) {
	defer fault.Catch(&err)
	return root.ExecuteContext(ctx)
}

// language returns the language of --lang or, without that flag, of the environment. It is
// needed before cobra reads the command line, because cobra's errors are printed in it.
func language(args []string) locale.Lang {
	for i, arg := range args {
		if arg == "--" {
			break
		}
		code, ok := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			code, ok = args[i+1], true
		}
		if l, known := locale.ParseLang(code); ok && known { // the word ru alone is an argument
			return l
		}
	}
	return locale.FromEnvironment(os.Getenv)
}

// root makes the command achyk with its subcommands.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use: "achyk", Long: a.say.T("achyk.long"), Version: version(),
		SuggestionsMinimumDistance: 2,
		SilenceErrors:              true, SilenceUsage: true, CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			near := ""
			if similar := c.SuggestionsFor(args[0]); len(similar) > 0 {
				near = similar[0]
			}
			return &usageError{a.say.F("usage.unknown_command", locale.Args{"Command": args[0], "Near": near})}
		},
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	lang := ""
	root.PersistentFlags().StringVarP(&a.source, "source", "s", ".", a.say.T("flags.source"))
	root.PersistentFlags().StringVar(&lang, "lang", a.say.Lang().String(), a.say.T("flags.lang"))
	root.PersistentFlags().BoolP("help", "h", false, a.say.T("flags.help"))
	root.Flags().Bool("version", false, a.say.T("flags.version"))
	root.SetVersionTemplate("achyk {{.Version}}\n")
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if _, ok := locale.ParseLang(lang); !ok {
			return a.wrongValue("lang", lang, "ky, ru, en")
		}
		return nil
	}
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return a.flagError(err) })
	root.SetHelpFunc(func(c *cobra.Command, _ []string) { fmt.Fprint(a.out, a.help(c)) })
	root.SetHelpCommand(&cobra.Command{
		Use: "help", Short: a.say.T("commands.help"),
		Run: func(c *cobra.Command, args []string) {
			if about, _, err := root.Find(args); err == nil {
				c = about
			}
			fmt.Fprint(a.out, a.help(c))
		},
	})
	root.AddCommand(a.attach(), a.build(), a.check(), a.explain(), a.export(), a.format(), a.history(), a.importSheet(), a.initTown(), a.newRecord(), a.serve(), a.test(), a.verify())
	return root
}

// unknown is the version of a program that was built from a work tree.
const unknown = "devel"

// version returns the version of the module from which the program was built.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return unknown
}

// tell returns a message. Its arguments may come from files, commits and servers, so they are
// made visible: a line break in one would begin a line that nobody wrote.
func (a *app) tell(key string, args locale.Args) string {
	for name, arg := range args {
		if text, ok := arg.(string); ok {
			args[name] = report.Visible(text)
		}
	}
	return a.say.F(key, args)
}

// usageError says what is wrong with a command line, in the reader's language.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

// flagError translates the errors of package pflag.
func (a *app) flagError(err error) error {
	var (
		unknown *pflag.NotExistError
		bare    *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
		syntax  *pflag.InvalidSyntaxError
	)
	switch {
	case errors.As(err, &unknown):
		name := "--" + unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			name = "-" + unknown.GetSpecifiedName()
		}
		return &usageError{a.say.F("usage.unknown_flag", locale.Args{"Flag": name})}
	case errors.As(err, &bare):
		return &usageError{a.say.F("usage.value_missing", locale.Args{"Flag": "--" + bare.GetFlag().Name})}
	case errors.As(err, &invalid):
		return a.wrongValue(invalid.GetFlag().Name, invalid.GetValue(), "")
	case errors.As(err, &syntax):
		return &usageError{a.say.F("usage.unknown_flag", locale.Args{"Flag": syntax.GetSpecifiedFlag()})}
	}
	return &usageError{err.Error()}
}

// wrongValue returns the error for the value of a flag. words are the values it may have.
func (a *app) wrongValue(flag, value, words string) error {
	return &usageError{a.say.F("usage.wrong_value", locale.Args{"Flag": "--" + flag, "Value": value, "Words": words})}
}

// noArguments returns an error if there are arguments other than flags.
func (a *app) noArguments(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return &usageError{a.say.F("usage.argument", locale.Args{"Argument": args[0]})}
	}
	return nil
}

// valueName is the name of a value in a line of usage.
var valueName = regexp.MustCompile(`\b[A-Z]{2,}\b`)

// help returns the text of --help.
func (a *app) help(c *cobra.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n", cmp.Or(c.Long, c.Short), a.say.T("usage.heading"))
	if c.Runnable() && c.HasParent() {
		fmt.Fprintf(&b, "  %s %s\n", c.CommandPath()+valueName.ReplaceAllStringFunc(strings.TrimPrefix(c.Use, c.Name()), func(name string) string { return a.say.T("usage.name_" + strings.ToLower(name)) }), a.say.T("usage.with_flags"))
	}
	if c.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "  %s %s\n\n%s\n", c.CommandPath(), a.say.T("usage.command"), a.say.T("usage.commands"))
		var rows [][2]string
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() || sub.Name() == "help" {
				rows = append(rows, [2]string{sub.Name(), sub.Short})
			}
		}
		columns(&b, rows)
	}
	for _, part := range []struct {
		heading string
		flags   *pflag.FlagSet
	}{{"usage.flags", c.LocalNonPersistentFlags()}, {"usage.common_flags", global(c)}} {
		var rows [][2]string
		part.flags.VisitAll(func(f *pflag.Flag) {
			name, value := "    --"+f.Name, ""
			if f.Shorthand != "" {
				name = "-" + f.Shorthand + ", --" + f.Name
			}
			placeholder, usage := pflag.UnquoteUsage(f)
			if f.Value.Type() != "bool" {
				value = " " + placeholder
			}
			if !slices.Contains([]string{"", "0", "false", "[]"}, f.DefValue) {
				usage += " " + a.say.F("usage.default", locale.Args{"Value": f.DefValue})
			}
			rows = append(rows, [2]string{name + value, usage})
		})
		if len(rows) > 0 {
			fmt.Fprintf(&b, "\n%s\n", a.say.T(part.heading))
			columns(&b, rows)
		}
	}
	return b.String()
}

// global returns the flags that every command has.
func global(c *cobra.Command) *pflag.FlagSet { return c.Root().PersistentFlags() }

// columns writes rows in two columns.
func columns(b *strings.Builder, rows [][2]string) {
	width := 0
	for _, r := range rows {
		width = max(width, runewidth.StringWidth(r[0]))
	}
	for _, r := range rows {
		fmt.Fprintf(b, "  %s  %s\n", runewidth.FillRight(r[0], width), r[1])
	}
}

// words returns names separated by commas.
func words[T any](all []T, name func(T) string) string {
	return strings.Join(slices.Collect(func(yield func(string) bool) {
		for _, x := range all {
			if !yield(name(x)) {
				return
			}
		}
	}), ", ")
}
