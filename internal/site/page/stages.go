package page

import (
	"achyk/internal/jme"
	"achyk/internal/table"
)

// stageOf returns the stage a register belongs to.
func stageOf(s *table.Schema) jme.Stage {
	switch {
	case s.Own:
		return jme.StageOwn
	case s.Stage == "":
		return jme.StageReference
	}
	return jme.Stage(s.Stage)
}

// StageTables is a stage with its registers.
type StageTables struct {
	Stage  jme.Stage
	Tables []*table.Table
}

// ByStage returns the municipality's registers by stage, in the order of the process; its
// own registers are the last. Stages without registers are left out.
func (t *Town) ByStage() []StageTables {
	var all []StageTables
	for _, stage := range append(jme.Stages[:len(jme.Stages):len(jme.Stages)], jme.StageOwn) {
		group := StageTables{Stage: stage}
		for _, table := range t.Tables {
			if stageOf(table.Schema) == stage {
				group.Tables = append(group.Tables, table)
			}
		}
		if len(group.Tables) > 0 {
			all = append(all, group)
		}
	}
	return all
}
