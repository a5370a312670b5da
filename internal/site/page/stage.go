package page

import (
	"achyk/internal/jme"
	"achyk/internal/table"
)

// Stage is a step of the process with its registers. Its name is "own" of those that stand
// outside: a municipality's own.
type Stage struct {
	Name      string
	Registers []*table.Table
}

// Stages are those of a municipality that have registers, in order.
func Stages(m *jme.Municipality) (all []Stage) {
	for _, name := range append(table.Stages[:len(table.Stages):len(table.Stages)], "own") {
		s := Stage{Name: name}
		for _, reg := range m.Tables {
			if reg.Schema.Own && name == "own" || !reg.Schema.Own && reg.Schema.Stage == name {
				s.Registers = append(s.Registers, reg)
			}
		}
		if len(s.Registers) > 0 {
			all = append(all, s)
		}
	}
	return all
}
