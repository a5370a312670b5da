package history

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"achyk/internal/jme"
	"achyk/internal/table"
)

// Table makes the register "changes" of a municipality: what became of its own records and
// of those that all municipalities share. It has one row for each record that was created,
// and one for each cell that was filled, corrected or removed. Times are those of the zone.
//
// A version that cannot be read has no rows; its changes are among those of the next
// version. Of more than maxChanges changes the register has the newest. The register is made once.
func (h *History) Table(municipality string, zone *time.Location) *table.Table {
	h.mu.Lock()
	defer h.mu.Unlock()
	key := [2]string{municipality, zone.String()}
	if h.tables == nil {
		h.tables = map[[2]string]*table.Table{}
	}
	if h.tables[key] == nil {
		h.tables[key] = h.makeTable(municipality, zone)
	}
	return h.tables[key]
}

func (h *History) makeTable(municipality string, zone *time.Location) *table.Table {
	s := jme.DerivedSchema(jme.Changes)
	var rows []table.Row
	ids := map[string]bool{}
	for _, c := range h.Commits {
		before := len(rows)
		cells := commitCells(c, zone)
		id := rowID(c, zone, ids)
		add := func(r *Record, kind Kind, cell Cell) {
			cells["id"] = fmt.Sprintf("%s-%05d", id, len(rows)-before+1)
			cells["kind"], cells["record"] = string(kind), publishable(r.Key)
			cells["column"], cells["before"], cells["after"] = publishable(cell.Column), publishable(cell.Old), publishable(cell.New)
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
		if len(rows) >= maxChanges {
			clear(rows[maxChanges:])
			rows = rows[:maxChanges]
			break
		}
	}
	return table.Made(s, municipality+"/"+jme.Changes, rows)
}

// commitCells returns the cells that all rows of a commit share.
func commitCells(c *Commit, zone *time.Location) map[string]string {
	return map[string]string{
		"changed": c.Time.In(zone).Format("2006-01-02T15:04Z07:00"), "commit": c.Hash,
		"reason": publishable(c.Correction()), "subject": publishable(c.Subject), "author": publishable(c.Author),
	}
}

// rowID returns the part of the id that all rows of a commit share, and adds it to those
// that are taken. Ten digits of the hash are enough unless somebody made two commits of the
// same second that begin with the same ten digits.
func rowID(c *Commit, zone *time.Location, taken map[string]bool) string {
	when := c.Time.In(zone).Format("2006-01-02-150405-")
	id := when + c.Hash[:10]
	if taken[id] {
		id = when + c.Hash
	}
	taken[id] = true
	return id
}

// maxChanges is the most rows that the register of changes has. A sheet of Excel has
// 1,048,576; a history with more could not be published at all without this limit. A
// million rows took 260 MB of memory. It is a variable so that tests can lower it.
var maxChanges = 250_000

// maxValueBytes is the longest value that the register of changes shows. Excel refuses
// cells of more than 32,767 characters, and no other form has a smaller limit.
const maxValueBytes = 32_000

// publishable returns a value of the past in a form that every download can hold. Values
// that were never published may be of any length and hold any bytes, and must not keep the
// present registers from being published.
func publishable(s string) string {
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(s, string(utf8.RuneError))))
	if len(s) <= maxValueBytes {
		return s
	}
	end := maxValueBytes
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}
