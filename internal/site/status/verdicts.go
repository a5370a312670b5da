package status

import "achyk/internal/jme"

// verdicts counts findings by verdict.
type verdicts struct{ Compliant, Partly, NonCompliant, NotChecked int }

// count counts the verdicts of findings.
func count(findings []*jme.Finding) (v verdicts) {
	for _, f := range findings {
		switch f.Verdict {
		case jme.Compliant:
			v.Compliant++
		case jme.Partly:
			v.Partly++
		case jme.NonCompliant:
			v.NonCompliant++
		default:
			v.NotChecked++
		}
	}
	return v
}

// Total is the number of all findings.
func (v verdicts) Total() int { return v.Checked() + v.NotChecked }

// Checked is the number of findings on requirements that could be checked.
func (v verdicts) Checked() int { return v.Compliant + v.Partly + v.NonCompliant }
