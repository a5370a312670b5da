// Package measured compares what was measured with the verdicts of findings.
package measured

import "achyk/internal/jme"

// Against returns the measurements that a reader of the verdict of a finding would not expect: of a requirement that
// counts as kept, those that miss their target; of one that counts as not checked, all. Of what was measured several
// times in a place, the newest value counts; of what was measured in places and as a whole, the whole.
func Against(f *jme.Finding) (all []*jme.Measurement) {
	a := f.Assessment.Get()
	if a == nil || f.Verdict != jme.Compliant && f.Verdict != jme.NotChecked {
		return nil
	}
	type thing struct{ indicator, territory string }
	newest := map[thing]*jme.Measurement{}
	for _, x := range a.Measurements {
		of := thing{x.Indicator.ID, x.Territory.ID}
		if y := newest[of]; x.Value.Valid && (y == nil || !x.Date.Before(y.Date.Time)) {
			newest[of] = x
		}
	}
	for _, x := range a.Measurements {
		i := x.Indicator.Get()
		if i == nil || i.Requirement.ID != f.Requirement.ID || newest[thing{x.Indicator.ID, x.Territory.ID}] != x {
			continue
		}
		if x.Territory.ID != "" && newest[thing{x.Indicator.ID, ""}] != nil {
			continue
		}
		if f.Verdict == jme.NotChecked || i.Target.Valid && !i.Reached(x.Value.Decimal) {
			all = append(all, x)
		}
	}
	return all
}
