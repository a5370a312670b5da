package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/rules"
	"achyk/internal/spelling"
)

// Explain writes what the code of a rule or of a diagnostic means, and tells whether there is
// such a code. For a rule it adds the clauses of the dataset that apply it, with their numbers;
// set may be nil.
func Explain(w io.Writer, code string, set *jme.Dataset, p *locale.Printer) (known bool, err error) {
	var b strings.Builder
	if r := rules.All.Find(code); r != nil {
		explainRule(&b, r, set, p)
	} else if c := diag.Code(code); slices.Contains(diag.Codes, c) {
		explainCode(&b, c, p)
	} else {
		return false, nil
	}
	_, err = io.WriteString(w, b.String())
	return true, err
}

// Codes writes a list of all codes with a sentence for each, rules first.
func Codes(w io.Writer, p *locale.Printer) error {
	var b strings.Builder
	width := 0
	for _, code := range codes() {
		width = max(width, len(code))
	}
	line := func(code, text string) {
		fmt.Fprintf(&b, "  %-*s  %s\n", width, code, text)
	}
	fmt.Fprintln(&b, p.T("explain.rules"))
	for _, r := range rules.All {
		line(r.Code, r.Title(p))
	}
	fmt.Fprintf(&b, "\n%s\n", p.T("explain.diagnostics"))
	for _, c := range diag.Codes {
		line(string(c), firstSentence(General(c, "what", p)))
	}
	fmt.Fprintf(&b, "\n%s\n", p.T("explain.more"))
	_, err := io.WriteString(w, b.String())
	return err
}

// firstSentence returns a text up to the first end of a sentence. After that of an abbreviation, as in "ж. б.", stands a
// small letter.
func firstSentence(text string) string {
	for at, r := range text {
		if before, ended := strings.CutSuffix(text[:at], ". "); ended && !unicode.IsLower(r) {
			return before + "."
		}
	}
	return text
}

// Near returns the codes most like an unknown one: at most one of a rule, then one of a
// diagnostic.
func Near(code string) []string {
	all := codes()
	var near []string
	for _, candidates := range [][]string{all[:len(rules.All)], all[len(rules.All):]} {
		if c := spelling.Nearest(code, candidates); c != "" {
			near = append(near, c)
		}
	}
	return near
}

func codes() []string {
	var all []string
	for _, r := range rules.All {
		all = append(all, r.Code)
	}
	for _, c := range diag.Codes {
		all = append(all, string(c))
	}
	return all
}

func explainRule(b *strings.Builder, r *regulation.Rule, set *jme.Dataset, p *locale.Printer) {
	fmt.Fprintf(b, "%s [%s]\n  %s\n\n", r.Title(p), r.Code, r.Help(p))
	var kinds []string
	for _, kind := range r.Can() {
		kinds = append(kinds, kind.Word(p))
	}
	registers := make([]string, len(r.Needs))
	for i, name := range r.Needs {
		registers[i] = fmt.Sprintf("%s (%s)", jme.Schema(name).Title.In(p.Lang()), name)
	}
	fmt.Fprintf(b, "%s %s\n", p.T("explain.can"), strings.Join(kinds, ", "))
	fmt.Fprintf(b, "%s %s\n", p.T("explain.reads"), strings.Join(registers, ", "))

	if len(r.Parameters) > 0 {
		fmt.Fprintf(b, "\n%s\n", p.T("explain.parameters"))
	}
	for i := range r.Parameters {
		x := &r.Parameters[i]
		about := x.Type.Word(p)
		if x.Required {
			about += ", " + p.T("explain.required")
		}
		fmt.Fprintf(b, "  %s: %s (%s)\n", x.Name, r.Name(x.Name, p), about)
		if fitting := x.Fitting(); len(fitting) > 0 {
			words := make([]string, len(fitting))
			for i, w := range fitting {
				words[i] = fmt.Sprintf("%s (%s)", w.Code, x.Say(w.Code, p))
			}
			fmt.Fprintf(b, "    %s %s\n", p.T("explain.words"), strings.Join(words, ", "))
		}
	}
	if len(r.Assumes) > 0 {
		fmt.Fprintf(b, "\n%s\n", p.T("explain.assumptions"))
	}
	for _, c := range r.Assumes {
		fmt.Fprintf(b, "  %s: %s\n", c.Code, c.Title(p))
		for _, v := range c.Values {
			fmt.Fprintf(b, "    %s: %s\n", v, c.Reading(v, p))
		}
	}
	if len(r.Order) > 0 {
		fmt.Fprintf(b, "\n%s\n", p.T("explain.order"))
	}
	for i := range r.Order {
		fmt.Fprintf(b, "  %s\n", r.Order[i].Say(p))
	}
	explainUses(b, r, set, p)
	fmt.Fprintf(b, "\n%s\n\n", p.T("explain.example"))
	for line := range strings.Lines(r.Example()) {
		b.WriteString(strings.TrimRight("    "+line, " \n") + "\n")
	}
}

// explainUses writes the clauses that apply a rule, each with the values of its parameters and
// of its assumptions.
func explainUses(b *strings.Builder, r *regulation.Rule, set *jme.Dataset, p *locale.Printer) {
	if set == nil || len(set.Municipalities) == 0 {
		return
	}
	var uses []regulation.Use
	for _, m := range set.Municipalities {
		uses = append(uses, r.Uses(m)...)
	}
	if len(uses) == 0 {
		fmt.Fprintf(b, "\n%s\n", p.T("explain.no_clauses"))
		return
	}
	fmt.Fprintf(b, "\n%s\n", p.T("explain.clauses"))
	for _, u := range uses {
		fmt.Fprintf(b, "  %s\n", Visible(p.F("explain.clause", locale.Args{"Town": u.Municipality.Settings.Name, "Number": locale.Clause(u.Clause.Number), "Title": u.Clause.Title})))
		for i := range r.Parameters {
			x := &r.Parameters[i]
			if value, told := u.Check.Parameters[x.Name]; told {
				fmt.Fprintf(b, "    %s: %s\n", r.Name(x.Name, p), Visible(x.Say(value, p)))
			}
		}
		for _, c := range r.Assumes {
			if a := u.Assumption(c); a != nil {
				title, reading := a.Title.In(p.Lang()), c.Reading(a.Value, p)
				if title == "" {
					title = c.Title(p)
				}
				if reading != "" {
					reading = ": " + reading
				}
				fmt.Fprintf(b, "    %s%s (%s)\n", Visible(title), reading, Visible(a.Code+" = "+a.Value))
			}
		}
	}
}

func explainCode(b *strings.Builder, c diag.Code, p *locale.Printer) {
	severity := c.Severity().String()
	switch {
	case strings.HasPrefix(string(c), "change-"):
		severity = "change"
	case strings.HasPrefix(string(c), "sheet-"): // of a sheet that is brought: no site is built of it
		severity = "sheet-" + severity
	}
	fmt.Fprintf(b, "%s\n%s\n\n", c, p.T("explain."+severity))
	fmt.Fprintf(b, "  %s\n  %s %s\n", General(c, "what", p), p.T("report.mend"), General(c, "mend", p))
	if x, ok := examples[c]; ok {
		fmt.Fprintf(b, "\n%s  %s  →  %s\n", p.T("explain.instead"), x.wrong, x.mended)
	}
}

// General returns a sentence of a code without a finding: what is wrong (part "what") or how
// to mend it ("mend"). In the place of each argument stands its kind, as in ‹column›.
func General(c diag.Code, part string, p *locale.Printer) string {
	args := locale.Args{}
	for _, name := range arguments() {
		key := "explain.argument." + string(c) + "." + name
		if !p.Has(key) {
			key = "explain.argument." + name
		}
		args[name] = "‹" + p.T(key) + "›"
	}
	args["given"] = "" // as in a register of the repository
	return say(c, part, args, p)
}

// examples are cells as people write them and as they must be written.
var examples = map[diag.Code]struct{ wrong, mended string }{
	diag.BadID:        {"Waste 01", "waste-01"},
	diag.BadInteger:   {"1 250", "1250"},
	diag.BadNumber:    {"74957,7", "74957.7"},
	diag.BadBoolean:   {"ИСТИНА", "true"},
	diag.BadDate:      {"01.03.2026", "2026-03-01"},
	diag.BadDateTime:  {"01.03.2026 17:00", "2026-03-01T17:00+06:00"},
	diag.BadYearMonth: {"03.2026", "2026-03"},
	diag.BadYear:      {"26", "2026"},
	diag.BadURL:       {"osh.example", "https://osh.example/"},
	diag.BadPath:      {`C:\2026\report.pdf`, "2026/report.pdf"},
}
