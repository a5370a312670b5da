package report

import (
	"fmt"
	"io"
	"slices"

	"achyk/internal/desk"
	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/regulation"
)

// Check is what the command check has found.
type Check struct {
	Registers, Rows int       // that were checked
	Judged          Day       // for which outcomes are judged
	Problems        diag.List // sorted
	Links           bool      // the links of texts were checked
	Outcomes        []*regulation.Outcome
	ByAssumption    bool // assumptions were read otherwise
	Assumed         []regulation.Turn
	Since           bool      // a proposal was compared with what is published; what follows is about it
	Corrections     diag.List // with a reason
	Proposed        []regulation.Turn
	Edits           []desk.Edits
	Files           []desk.FileEdit // below content and layouts, and settings
}

// Forms are the forms that check --format knows. They are written so that the compiler makes the list: else
// the desk in a browser, which has no use for them, would carry them.
var Forms = []Form{{"text", checkText}, {"json", checkJSON}, {"github", checkGitHub}, {"sarif", checkSARIF}, {"markdown", checkMarkdown}}

// Form writes what a check has found. Errors are those of the writer.
type Form struct {
	Name  string // as in check --format
	Write func(w io.Writer, c *Check, p *locale.Printer) error
}

// FindForm returns the form of a name, and whether there is one.
func FindForm(name string) (Form, bool) {
	i := slices.IndexFunc(Forms, func(f Form) bool { return f.Name == name })
	if i < 0 {
		return Form{}, false
	}
	return Forms[i], true
}

func checkText(w io.Writer, c *Check, p *locale.Printer) error { return checkParts(w, Text, c, p) }

func checkJSON(w io.Writer, c *Check, p *locale.Printer) error { return checkParts(w, JSON, c, p) }

// checkParts writes a check part by part.
func checkParts(w io.Writer, f Format, c *Check, p *locale.Printer) error {
	if err := f.Write(w, c.Problems, p); err != nil {
		return err
	}
	if f.Name == Text.Name {
		fmt.Fprintln(w, verdict(c, p))
		fmt.Fprintln(w, c.Judged.sentence(p))
		if len(c.Problems) > 0 && !c.Links {
			fmt.Fprintln(w, p.T("check.links"))
		}
	}
	if err := f.Corrections(w, c.Corrections, p); err != nil {
		return err
	}
	if c.Since {
		if err := f.Turns(w, Proposed, c.Proposed, c.Judged, p); err != nil {
			return err
		}
	}
	if c.ByAssumption {
		if err := f.Turns(w, Assumed, c.Assumed, c.Judged, p); err != nil {
			return err
		}
	}
	return f.Outcomes(w, c.Outcomes, c.Judged, p)
}

// verdict says in a line how many findings there are, or that there are none.
func verdict(c *Check, p *locale.Printer) string {
	if len(c.Problems) > 0 {
		return Summary(c.Problems, p)
	}
	return p.F("report.clean", locale.Args{"registers": c.Registers, "rows": c.Rows})
}
