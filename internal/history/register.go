package history

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"achyk/internal/jme"
	"achyk/internal/table"
)

//go:embed changes.schema.toml
var changesTOML []byte

var changesSchema = sync.OnceValue(func() *table.Schema { return jme.DerivedSchema(jme.Changes, changesTOML) })

// Table makes the register of what became of a municipality's records, and of those that
// belong to all: a row for each record that was added, and for each cell that was changed
// or removed. Times are told by the clock of zone.
//
// Versions that cannot be read have no rows; what they changed is told by the next one.
func (h *History) Table(municipality string, zone *time.Location) *table.Table {
	s := changesSchema()
	var rows []table.Row
	for _, c := range h.Commits {
		when := c.Time.In(zone)
		n := 0
		add := func(register string, r *Record, cell Cell) {
			n++
			rows = append(rows, s.Row(map[string]string{
				"id":      fmt.Sprintf("%s-%s-%05d", when.Format(time.DateOnly), c.Hash[:10], n),
				"changed": when.Format("2006-01-02T15:04Z07:00"), "kind": string(r.Shown()), "register": register, "record": sound(r.Key),
				"column": sound(cell.Column), "before": sound(cell.Old), "after": sound(cell.New),
				"reason": sound(c.Correction()), "subject": sound(c.Subject), "author": sound(c.Author), "commit": c.Hash,
			}))
		}
		for i := range c.Touches {
			t := &c.Touches[i]
			register, own := strings.CutPrefix(t.Register, municipality+"/")
			if !own && strings.Contains(register, "/") {
				continue
			}
			for j := range t.Records {
				r := &t.Records[j]
				if r.Kind == Created || len(r.Cells) == 0 {
					add(register, r, Cell{})
					continue
				}
				for _, cell := range r.Cells {
					add(register, r, cell)
				}
			}
		}
	}
	return table.Made(s, municipality+"/"+jme.Changes, rows)
}

// longest is how many bytes of a value are told; no form of a register refuses so many.
const longest = 32_000

// sound makes a value of the past fit for every form of a register: what was never
// published can be anything, and must not keep the present from being published.
func sound(s string) string {
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(s, string(utf8.RuneError))))
	if len(s) <= longest {
		return s
	}
	end := longest
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}
