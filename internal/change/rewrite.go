package change

import (
	"bytes"
	"fmt"
	"sort"

	"achyk/internal/diag"
	"achyk/internal/gitrepo"
)

// A file most of whose lines are other ones although little was altered hides what was:
// nobody finds it in the difference. In fewer lines everything is seen.
const (
	rewriteLines  = 20
	rewriteHidden = 5 // altered records among five changed lines and more
)

// hiddenEdit finds a commit that wrote a file anew and altered cells in passing. The two
// in two commits hide nothing.
func (j *judge) hiddenEdit(r *register) []finding {
	if r.was.File == nil || r.is.File == nil || rewritten(r.was.File.Data, r.is.File.Data) == 0 {
		return nil
	}
	tip := j.at(j.Tip)
	if cells := r.hidden(tip, snapshot{j, j.Files}); cells != nil {
		return []finding{r.hiding(cells, gitrepo.Commit{})}
	}
	for _, c := range j.Ahead.Commits {
		var cells []alteredCell
		for _, p := range j.Ahead.Parents[c.Hash] {
			if cells = r.hidden(j.at(p), j.at(c)); cells == nil {
				break // not hidden from who looks from this side
			}
		}
		if cells != nil {
			return []finding{r.hiding(cells, c)}
		}
	}
	return nil
}

// passing is a cell altered in passing.
type alteredCell struct {
	key string
	cell
}

func (r *register) hiding(cells []alteredCell, by gitrepo.Commit) finding {
	f := finding{code: diag.HiddenEdit, key: cells[0].key, field: cells[0].field, old: cells[0].old, new: cells[0].new, by: by}
	var words []string
	for _, c := range cells[:min(len(cells), shown)] {
		words = append(words, fmt.Sprintf("%s %s: %s → %s", c.key, c.field, c.old, c.new))
	}
	f.args = diag.Args{"have": len(cells), "words": words}
	return f
}

// hidden returns the cells that were altered from one snapshot to another while the file
// was written anew.
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

// rewritten returns how many lines of a text are not those of another, in their order, if
// that is most of them; else 0.
func rewritten(old, new []byte) int {
	a, b := bytes.Split(old, []byte("\n")), bytes.Split(new, []byte("\n"))
	least := min(len(a), len(b))
	if least < rewriteLines {
		return 0
	}
	at := map[string][]int{}
	for i, line := range a {
		at[string(line)] = append(at[string(line)], i)
	}
	var kept []int // the least end of a run of lines kept in order, by its length
	for _, line := range b {
		places := at[string(line)]
		if len(places) == 0 {
			continue
		}
		at[string(line)] = places[1:]
		i := sort.SearchInts(kept, places[0])
		kept = append(kept[:i], append([]int{places[0]}, kept[min(i+1, len(kept)):]...)...)
	}
	if n := least - len(kept); 2*n > least {
		return n
	}
	return 0
}
