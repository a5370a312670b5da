package status

import "achyk/internal/jme"

// Verdicts are the marks of verdicts, in the order in which counts are shown.
var Verdicts = [4]string{"met", "partly", "not-met", "not-checked"}

// CountVerdicts counts findings by verdict, in the order of Verdicts.
func CountVerdicts(findings []*jme.Finding) (n [4]int) {
	for _, f := range findings {
		switch f.Verdict {
		case jme.Compliant:
			n[0]++
		case jme.Partly:
			n[1]++
		case jme.NonCompliant:
			n[2]++
		default:
			n[3]++
		}
	}
	return n
}
