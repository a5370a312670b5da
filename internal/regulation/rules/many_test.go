package rules

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"achyk/internal/tools/casetest"
)

// TestManyRecords judges registers in which thousands of records could each be compared with all
// others. It takes about a second, and took minutes when they were.
func TestManyRecords(t *testing.T) {
	const n = 4000
	var b strings.Builder
	register := func(name, columns, row string) {
		fmt.Fprintf(&b, "-- %s --\n%s\n", name, columns)
		for i := range n {
			b.WriteString(strings.ReplaceAll(row, "#", fmt.Sprint(i)) + "\n")
		}
	}
	b.WriteString(`as of 2026-11-20
-- regulation.toml --
[[clause]]
number = "15"
[[clause.check]]
rule = "providers-notified"
[[clause]]
number = "20"
[[clause.check]]
rule = "finding-has-evidence"
-- services --
id
s
-- providers --
id,kind
p,contractor
-- contracts --
id
k0
k1
-- decisions --
id,issuer,number,date
d,council,1,2026-01-10
`)
	register("letters", "id,contract,provider,sent", "l#,k1,p,2026-01-10")
	register("assessments", "id,year,service,provider,contract,fieldwork_from,fieldwork_to", "a#,2026,s,p,k0,2026-02-01,2026-03-01")
	register("requirements", "id,service", "q#,s")
	register("findings", "id,assessment,requirement,verdict", "f#,a0,q#,non-compliant")
	register("reports", "id,assessment,delivered", "r#,a0,2026-03-10")
	register("events", "id,purpose,date", "e#,results,2026-04-10")
	register("exemptions", "id,rule,subject_register,subject,reason_ky,until,decision", "x#,finding-has-evidence,findings,f#,Себеби.,2026-12-31,d")
	start := time.Now()
	c := casetest.Parse(t, txtar.Parse([]byte(b.String())))
	if outcomes := evaluate(c.Town, c.AsOf); len(outcomes) < 2*n {
		t.Errorf("there are %d outcomes, want one for each assessment and each finding", len(outcomes))
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
}
