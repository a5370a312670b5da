package newcycle

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// Write writes the plan as Markdown, which reads as a text too.
func (p *Plan) Write(w io.Writer, say *locale.Printer) error {
	var b strings.Builder
	l, m := say.Lang(), p.Municipality
	fmt.Fprintf(&b, "# %s\n\n%s\n\n", say.F("cycle.title", locale.Args{"Town": m.Settings.Name, "Year": fmt.Sprint(p.Year)}), say.T("cycle.lead"))
	switch {
	case p.Days == 0:
		fmt.Fprintln(&b, say.F("cycle.no_days", locale.Args{"Year": fmt.Sprint(p.Year)}))
	case len(p.Tentative) > 0:
		var days []string
		for _, day := range p.Tentative {
			days = append(days, say.Date(day))
		}
		fmt.Fprintln(&b, say.F("cycle.tentative", locale.Args{"Days": strings.Join(days, ", ")}))
	default:
		fmt.Fprintln(&b, say.N("cycle.days", p.Days))
	}
	if len(p.Deadlines) > 0 {
		fmt.Fprintf(&b, "\n## %s\n\n", say.T("cycle.due"))
	}
	for i := range p.Deadlines {
		d := &p.Deadlines[i]
		parts := []string{fmt.Sprintf("**%s** %s", say.Date(d.Last()), d.What(say)), "", d.Who(m).In(l), d.Counted(say)}
		if r, ok := m.Record(d.Register, d.ID); ok {
			parts[1] = m.Called(r).In(l) + " (`" + d.ID + "`)"
		}
		for k := range parts {
			parts[k] = strings.TrimSuffix(parts[k], ".")
		}
		parts = slices.DeleteFunc(parts, func(part string) bool { return part == "" })
		fmt.Fprintf(&b, "- %s.\n", strings.Join(parts, ". "))
	}
	for _, step := range append(jme.StepNames[:len(jme.StepNames):len(jme.StepNames)], "") {
		of := slices.DeleteFunc(slices.Clone(p.Clauses), func(c Clause) bool { return c.Step != step || len(c.Duties) == 0 })
		if len(of) == 0 {
			continue
		}
		title := say.T("cycle.others")
		if step != "" {
			title = say.T("site.step." + string(step))
		}
		fmt.Fprintf(&b, "\n## %s\n", title)
		for i := range of {
			of[i].write(&b, m, say)
		}
	}
	unchecked := slices.DeleteFunc(slices.Clone(p.Clauses), func(c Clause) bool { return len(c.Duties) > 0 || c.Duty.In(l) == "" })
	if len(unchecked) > 0 {
		fmt.Fprintf(&b, "\n## %s\n\n", say.T("cycle.unchecked"))
		for i := range unchecked {
			c := &unchecked[i]
			fmt.Fprintf(&b, "- %s. %s (%s)\n", locale.Clause(c.Number).In(l), c.Title.In(l), c.Duty.In(l))
		}
	}
	p.writeDrafts(&b, say)
	_, err := io.WriteString(w, b.String())
	return err
}

// write writes what a clause asks for.
func (c *Clause) write(b *strings.Builder, m *jme.Municipality, say *locale.Printer) {
	l := say.Lang()
	fmt.Fprintf(b, "\n### %s. %s\n\n", locale.Clause(c.Number).In(l), c.Title.In(l))
	if who := c.Duty.In(l); who != "" {
		fmt.Fprintf(b, "%s\n", say.F("cycle.who", locale.Args{"Who": strings.TrimSuffix(who, ".")}))
	}
	if len(c.Registers) > 0 {
		var titles []string
		for _, name := range c.Registers {
			if t := m.Table(name); t != nil {
				titles = append(titles, t.Schema.Title.In(l)+" (`"+name+"`)")
			}
		}
		fmt.Fprintf(b, "%s\n", say.F("cycle.where", locale.Args{"Registers": strings.Join(titles, ", ")}))
	}
	for _, d := range c.Duties {
		fmt.Fprintf(b, "\n- %s. %s\n", d.Rule.Title(say), d.Rule.Help(say))
		for i := range d.Rule.Parameters {
			x := &d.Rule.Parameters[i]
			if value, told := d.Check.Parameters[x.Name]; told {
				fmt.Fprintf(b, "  %s: %s.\n", d.Rule.Name(x.Name, say), x.Say(value, say))
			}
		}
		for i := range d.Outcomes {
			o := d.Outcomes[i]
			fmt.Fprintf(b, "  **%s:** %s\n", o.Kind.Word(say), o.Sentence(say))
		}
		if !d.Begun && d.Rule.Obliges() {
			fmt.Fprintf(b, "  %s\n", say.T("cycle.later"))
		}
	}
}

// writeDrafts writes what is known of the rows that will be needed.
func (p *Plan) writeDrafts(b *strings.Builder, say *locale.Printer) {
	if len(p.Drafts) == 0 && p.Letter == "" {
		return
	}
	l := say.Lang()
	fmt.Fprintf(b, "\n## %s\n\n%s\n", say.T("cycle.drafts"), say.T("cycle.drafts_lead"))
	for _, name := range p.Registers() {
		t := p.Municipality.Table(name)
		fmt.Fprintf(b, "\n%s (`%s`):\n", t.Schema.Title.In(l), name)
		for _, row := range p.Rows(t) {
			var known, open []string
			for i, f := range t.Schema.Fields {
				title := t.Schema.Columns[f.Column].Title.In(l)
				switch {
				case row.Values[i] != "":
					known = append(known, f.Name+"="+row.Values[i])
				case t.Schema.Required(i):
					open = append(open, title)
				}
			}
			fmt.Fprintf(b, "- %s. %s\n", strings.Join(known, " "), say.F("cycle.unfilled", locale.Args{"Columns": strings.Join(open, ", ")}))
		}
	}
	if p.Letter != "" {
		fmt.Fprintf(b, "\n%s\n", say.F("cycle.letter", locale.Args{"Path": "content/" + p.Municipality.ID + "/letters/" + p.Letter + ".ky.md"}))
	}
}

// LetterText is the beginning of the analytic letter, to be filled in: its title, its day and its text are not known.
func (p *Plan) LetterText() string {
	return fmt.Sprintf("+++\nid    = %q\nyear  = %d\ndate  =\ntitle = \"\"\n+++\n", p.Letter, p.Year)
}
