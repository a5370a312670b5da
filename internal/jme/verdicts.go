package jme

// Verdicts counts findings by verdict.
type Verdicts struct{ Compliant, Partly, NonCompliant, NotChecked int }

// Count counts the verdicts of findings.
func Count(findings []*Finding) (v Verdicts) {
	for _, f := range findings {
		switch f.Verdict {
		case Compliant:
			v.Compliant++
		case Partly:
			v.Partly++
		case NonCompliant:
			v.NonCompliant++
		default:
			v.NotChecked++
		}
	}
	return v
}

// Total is the number of all findings.
func (v Verdicts) Total() int { return v.Checked() + v.NotChecked }

// Checked is the number of findings on requirements that could be checked.
func (v Verdicts) Checked() int { return v.Compliant + v.Partly + v.NonCompliant }
