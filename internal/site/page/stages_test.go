package page

import (
	"fmt"
	"strings"
	"testing"

	"achyk/internal/jme"
	"achyk/internal/table"
	"achyk/internal/tools/jmetest"
)

// Registers are grouped in the order of the process. A municipality's own are the last,
// whatever stage their schemas name.
func TestByStage(t *testing.T) {
	own := func(name, stage string) *table.Table {
		schema := table.PlainSchema(name, []string{"id"})
		schema.Own, schema.Stage = true, stage
		return &table.Table{Schema: schema}
	}
	derived := table.PlainSchema("derived", []string{"id"})
	m := &Town{Municipality: &jme.Municipality{Tables: []*table.Table{
		jmetest.BuiltIn("measures"), jmetest.BuiltIn("providers"), jmetest.BuiltIn("appeals"), jmetest.BuiltIn("events"), own("wells", "choice"), own("trees", ""), {Schema: derived},
	}}}
	var got []string
	for _, group := range m.ByStage() {
		for _, t := range group.Tables {
			got = append(got, fmt.Sprint(group.Stage, "/", t.Schema.Name))
		}
	}
	want := "choice/appeals choice/events response/measures reference/providers reference/derived own/wells own/trees"
	if strings.Join(got, " ") != want {
		t.Errorf("the registers are grouped as %s, want %s", got, want)
	}
}
