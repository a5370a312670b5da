package sequence

import (
	"slices"
	"strings"

	"achyk/internal/jme"
)

// Told are a word that says that something happened, and the day on which it did.
type Told struct {
	Word, Day string   // columns, written "measures.status"
	Says      []string // the words that say it; none: any
	Along     string   // from the record of the word to that of the day, as of a Pair
}

// Tells are all of them. Of one record, the day says that it happened as well. Of two, the word may say less:
// a check that finds that nothing changed is no contradiction.
var Tells = []Told{
	{Word: "measures.status", Day: "measures.done", Says: []string{"done"}, Along: "measures"},
	{Word: "contests.result", Day: "contests.decided", Along: "contests"},
	{Word: "verifications.result", Day: "measures.done", Says: []string{"eliminated"}, Along: "verifications.measure"}, // what was not done did not put anything right
	{Word: "applications.status", Day: "contests.decided", Says: []string{"winner", "not-selected"}, Along: "applications.contest"},
}

// EachTold calls take with each word that says that something happened although its day is empty, and
// each that says that it has not, although the day is there. An empty word says nothing.
func EachTold(m *jme.Municipality, take func(word, day Event)) {
	for i := range Tells {
		told := &Tells[i]
		path := strings.Split(told.Along, ".")
		t := m.Table(path[0])
		if t == nil {
			continue
		}
		for j := range t.Rows {
			from := jme.Record{Table: t, Row: &t.Rows[j]}
			for _, to := range follow(m, from, path[1:]) {
				word, written := event(told.Word, from)
				day, dated := event(told.Day, to)
				says := len(told.Says) == 0 || slices.Contains(told.Says, word.Value())
				if written && (says && !dated || dated && !says && len(path) == 1) {
					take(word, day)
				}
			}
		}
	}
}
