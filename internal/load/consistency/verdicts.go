package consistency

import (
	"achyk/internal/diag"
	"achyk/internal/measured"
)

// verdicts reports a finding whose verdict does not fit what was measured, where no note on the measurement says why.
func (c *checker) verdicts() {
	for _, f := range c.m.Findings {
		for _, x := range measured.Against(f) {
			if x.Note.IsZero() {
				i := x.Indicator.Get()
				c.at("findings", f.ID, "verdict", diag.VerdictMeasured, diag.Args{
					"parent": x.ID, "have": x.Value.String(), "target": i.Target.String(),
				})
				break
			}
		}
	}
}
