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

// Table makes the register of a municipality's outcomes. It is published like the others,
// so that a journalist can count what the pages say; nobody fills it in.
func Table(municipality string, outcomes []Outcome) *table.Table {
	s := complianceSchema()
	var rows []table.Row
	for i := range outcomes {
		o := &outcomes[i]
		if o.Municipality != municipality {
			continue
		}
		rule := Find(o.Rule)
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
		for _, l := range locale.Langs {
			p := locale.For(l)
			cells["rule_title_"+l.String()], cells["sentence_"+l.String()] = rule.Title(p), o.Sentence(p)
			cells["counted_"+l.String()] = o.Counted(p)
		}
		rows = append(rows, s.Row(cells))
	}
	t, _ := table.New(s, municipality+"/"+jme.Compliance, rows)
	return t
}

func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02")
}
