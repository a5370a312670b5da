package change

import (
	"bytes"
	"fmt"
	"sort"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/gitrepo"
	"achyk/internal/locale"
)

// If a commit changes most lines of a file but alters few records, a reader of the diff does
// not see the alterations. These limits say from when on that is reported.
const (
	rewriteLines  = 20 // in a shorter file everything can be seen
	rewriteHidden = 5  // at least so many changed lines for each altered record
)

// hiddenEdit finds a commit that rewrote a file and altered cells at the same time. Done in
// two commits, the alteration can be seen, so that is not reported.
func (j *judge) hiddenEdit(r *register) []finding {
	if r.was.File == nil || r.is.File == nil || rewritten(r.was.File.Data, r.is.File.Data) == 0 {
		return nil
	}
	tip := j.at(j.Tip)
	if cells := r.hidden(tip, j.proposal()); cells != nil {
		return []finding{r.hiding(cells, gitrepo.Commit{})}
	}
	for _, c := range j.Ahead.Commits {
		var cells []alteredCell
		for _, p := range j.Ahead.Parents[c.Hash] {
			if cells = r.hidden(j.at(p), j.at(c)); cells == nil {
				break // a reader who compares with this parent sees the alterations
			}
		}
		if cells != nil {
			return []finding{r.hiding(cells, c)}
		}
	}
	return nil
}

// alteredCell is a cell of a record that was altered.
type alteredCell struct {
	key string
	cell
}

// hiding makes the finding; cells is not empty.
func (r *register) hiding(cells []alteredCell, by gitrepo.Commit) finding {
	f := finding{code: diag.HiddenEdit, key: cells[0].key, field: cells[0].field, old: cells[0].old, new: cells[0].new, by: by}
	words := inEach(func(l locale.Lang) string {
		var words []string
		for _, c := range cells[:min(len(cells), shown)] {
			title := r.was.Schema.Columns[r.was.Schema.Fields[r.was.Schema.Field(c.field)].Column].Title
			words = append(words, fmt.Sprintf("%s, %s (%s): %s → %s", c.key, title.In(l), c.field, c.old, c.new))
		}
		return strings.Join(words, "; ")
	})
	f.args = diag.Args{"have": len(cells), "words": words}
	return f
}

// hidden returns the cells that were altered from one snapshot to another, if most lines of
// the file changed as well and far fewer records were altered; else nil.
func (r *register) hidden(from, to snapshot) (cells []alteredCell) {
	lines := rewritten(from.file(r.path()), to.file(r.path()))
	if lines == 0 {
		return nil
	}
	was, is := from.table(r), to.table(r)
	records := 0
	for i := range was.Rows {
		old := &was.Rows[i]
		if new := is.Lookup(old.Key); new != nil {
			list := altered(was, is, old, new)
			for _, c := range list {
				cells = append(cells, alteredCell{old.Key, c})
			}
			if len(list) > 0 {
				records++
			}
		}
	}
	if records*rewriteHidden > lines {
		return nil
	}
	return cells
}

// rewritten returns the number of lines of a text that the other text does not have in the
// same order, if that is more than half of the lines of the shorter text; else 0.
func rewritten(old, new []byte) int {
	a, b := bytes.Split(old, []byte("\n")), bytes.Split(new, []byte("\n"))
	least := min(len(a), len(b))
	if least < rewriteLines {
		return 0
	}
	if n := least - common(a, b); 2*n > least {
		return n
	}
	return 0
}

// common returns how many of the pieces of a text another text has in the same order. It pairs
// equal pieces from the beginning, so it may return fewer than there are.
func common(a, b [][]byte) int {
	at := map[string][]int{}
	for i, piece := range a {
		at[string(piece)] = append(at[string(piece)], i)
	}
	var kept []int // kept[n] is the least last piece of n+1 pieces that both have in the same order
	for _, piece := range b {
		places := at[string(piece)]
		if len(places) == 0 {
			continue
		}
		at[string(piece)] = places[1:]
		if i := sort.SearchInts(kept, places[0]); i < len(kept) {
			kept[i] = places[0]
		} else {
			kept = append(kept, places[0])
		}
	}
	return len(kept)
}
