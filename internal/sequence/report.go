package sequence

import (
	"cmp"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/table"
)

// Report reports the cells of all days and words that contradict each other. A word without its day is reported at
// the empty day if both are of one record, else at the word; not if reported tells that the cell of the day was
// reported: it could not be read, or is known to be empty.
func Report(m *jme.Municipality, report func(*table.Table, diag.Code, *table.Row, int, func() diag.Args), reported func(*table.Table, *table.Row, int) bool) {
	Each(m, func(p *Pair, later, earlier Event) {
		report(later.Table, cmp.Or(p.Code, diag.OutOfSequence), later.Row, later.Column.Field(), func() diag.Args {
			return diag.Args{
				"record": later.Row.Key, "parent": earlier.Row.Key, "register": earlier.Table.Schema.Name,
				"to": earlier.Value(), "first_column": earlier.Column.Name, "first_title": earlier.Column.Title,
			}
		})
	})
	EachTold(m, func(word, day Event) {
		at, other := word, day.Row.Key
		if word.Row == day.Row {
			other = ""
		}
		if day.Value() == "" {
			if reported(day.Table, day.Row, day.Column.Field()) {
				return
			}
			if other == "" {
				at = day
			}
		}
		report(at.Table, diag.StatusAgainstDay, at.Row, at.Column.Field(), func() diag.Args {
			return diag.Args{
				"record": word.Row.Key, "first_column": word.Column.Name, "first_title": word.Column.Title,
				"have":   table.Named{Code: word.Value(), Name: word.Column.Label(word.Value())},
				"parent": other, "register": day.Table.Schema.Name, "key": day.Column.Name, "title": day.Column.Title, "to": day.Value(),
			}
		})
	})
}
