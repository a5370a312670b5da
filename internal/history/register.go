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
// or removed, which says of that cell whether it was filled in or corrected. Times are told
// by the clock of zone.
//
// Versions that cannot be read have no rows; what they changed is told by the next one. Of
// more changes than a register can have the newest are told.
func (h *History) Table(municipality string, zone *time.Location) *table.Table {
	s := changesSchema()
	var rows []table.Row
	ids := map[string]bool{}
	for _, c := range h.Commits {
		when, told := c.Time.In(zone), len(rows)
		cells := map[string]string{
			"changed": when.Format("2006-01-02T15:04Z07:00"), "commit": c.Hash,
			"reason": sound(c.Correction()), "subject": sound(c.Subject), "author": sound(c.Author),
		}
		id := when.Format("2006-01-02-150405-") + c.Hash[:10]
		if ids[id] { // somebody has looked for a commit that begins alike
			id = when.Format("2006-01-02-150405-") + c.Hash
		}
		ids[id] = true
		add := func(r *Record, kind Kind, cell Cell) {
			cells["id"] = fmt.Sprintf("%s-%05d", id, len(rows)-told+1)
			cells["kind"], cells["record"] = string(kind), sound(r.Key)
			cells["column"], cells["before"], cells["after"] = sound(cell.Column), sound(cell.Old), sound(cell.New)
			rows = append(rows, s.Row(cells))
		}
		for i := range c.Touches {
			t := &c.Touches[i]
			register, own := strings.CutPrefix(t.Register, municipality+"/")
			if !own && strings.Contains(register, "/") {
				continue
			}
			cells["register"] = register
			for j := range t.Records {
				r := &t.Records[j]
				if r.Kind == Created || len(r.Cells) == 0 {
					add(r, r.Shown(), Cell{})
					continue
				}
				for k, cell := range r.Cells {
					one := Record{Kind: r.Kind, Cells: r.Cells[k : k+1]}
					add(r, one.Shown(), cell)
				}
			}
		}
		if len(rows) >= most {
			clear(rows[most:])
			rows = rows[:most]
			break
		}
	}
	return table.Made(s, municipality+"/"+jme.Changes, rows)
}

// most is how many changes are told. A sheet of Excel has room for 1,048,575; without a
// bound a history that has more could never be published again. A million took 260 MB.
var most = 250_000

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
