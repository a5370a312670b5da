package report

import (
	"fmt"
	"io"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/locale"
)

func correctionsText(w io.Writer, list diag.List, p *locale.Printer) error {
	if len(list) == 0 {
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s\n", p.T("change.corrections"))
	for i := range list {
		d := &list[i]
		reason, _ := d.Args["reason"].(string)
		fmt.Fprintf(&b, "%s [%s]\n  %s\n  %s %s\n", visible(Where(d)), d.Code, visible(What(d, p)), p.T("change.reason"), visible(clip(reason)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// correctionsJSON writes a correction as a diagnostic of another kind, without a severity:
// nothing is to be mended. Its reason is among the arguments.
func correctionsJSON(w io.Writer, list diag.List, p *locale.Printer) error {
	return writeLines(w, correction, list, p)
}
