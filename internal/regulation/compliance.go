package regulation

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

//go:embed compliance.schema.toml
var complianceTOML []byte

var complianceSchema = sync.OnceValue(func() *table.Schema { return jme.DerivedSchema(jme.Compliance, complianceTOML) })

// Table makes the register of outcomes, which is published like the others. Nobody fills it in.
func (j *Judgement) Table() *table.Table {
	s := complianceSchema()
	var rows []table.Row
	for i := range j.Outcomes {
		rows = append(rows, s.Row(outcomeCells(&j.Outcomes[i])))
	}
	t, _ := table.New(s, j.Municipality.ID+"/"+jme.Compliance, rows)
	return t
}

func outcomeCells(o *Outcome) map[string]string {
	cells := map[string]string{
		"id": o.ID(), "year": yearText(o.Year), "clause": o.Clause, "rule": o.Rule, "outcome": string(o.Kind),
		"subject_register": o.Subject.Register, "subject": o.Subject.ID,
		"due": isoDay(o.Due), "latest": isoDay(o.Latest), "done": isoDay(o.Done),
		"assumptions": strings.Join(o.Assumptions, " "), "exemption": o.Exemption,
	}
	if o.DaysLate > 0 {
		cells["days_late"] = strconv.Itoa(o.DaysLate)
	}
	var evidence []string
	for _, r := range o.Evidence {
		evidence = append(evidence, strings.TrimSuffix(r.Register+"/"+r.ID, "/"))
	}
	cells["evidence"] = strings.Join(evidence, " ")
	rule := Find(o.Rule)
	for _, l := range locale.Langs {
		p := locale.For(l)
		cells["rule_title_"+l.String()], cells["sentence_"+l.String()] = rule.Title(p), o.Sentence(p)
		cells["counted_"+l.String()] = o.Counted(p)
	}
	return cells
}

func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
