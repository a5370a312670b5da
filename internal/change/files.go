package change

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sort"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/gitrepo"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// A commit that takes away so many records of a register, and such a part of them, is
// no correction of one or the other, but a page torn out: it is said once, not a hundred
// times. Fewer are shown one by one, which people can still read.
const (
	massNumber = 10
	massPart   = 5 // one in five
)

// shown is how many of many are named.
const shown = 5

// massDeletion finds commits that took away much of a register, and returns the keys of
// what they took.
func (j *judge) massDeletion(r *register) (gone map[string]bool, all []finding) {
	var removed []*edit
	for i := range r.edits {
		if e := &r.edits[i]; e.new == nil {
			removed = append(removed, e)
		}
	}
	much := func(n int) bool { return n >= massNumber && n*massPart >= len(r.was.Rows) }
	if !much(len(removed)) {
		return nil, nil
	}
	keys, commits := map[string][]string{}, map[string]gitrepo.Commit{}
	for _, e := range removed {
		by := j.author(e.state(""))
		keys[by.Hash], commits[by.Hash] = append(keys[by.Hash], e.key), by
	}
	gone = map[string]bool{}
	for hash, list := range keys {
		if !much(len(list)) {
			continue
		}
		for _, key := range list {
			gone[key] = true
		}
		all = append(all, finding{
			code: diag.MassDeletion, old: strings.Join(list[:min(len(list), shown)], ", "), by: commits[hash],
			args: diag.Args{"have": len(list), "want": len(r.was.Rows)},
		})
	}
	return gone, all
}

// replacedDocuments finds documents whose content is another than what was published under
// their name, and letters whose text is: whoever quoted one would find something else. One
// that is gone is missed by those who read the files, and one that no record published was
// never promised.
func (j *judge) replacedDocuments(r *register) (all []finding) {
	then, now := j.at(j.Ahead.Base), moment{j, j.Files}
	for i := range r.was.Rows {
		old := &r.was.Rows[i]
		new := r.is.Lookup(old.Key)
		if new == nil {
			continue
		}
		for _, d := range r.documents(old, new) {
			content := func(m moment) []byte { return d.content(m.file(d.path)) }
			was, is := content(then), content(now)
			if j.compared[d.path] || was == nil || is == nil || bytes.Equal(was, is) {
				continue
			}
			j.compared[d.path] = true // several records may have it
			all = append(all, finding{
				code: diag.DocumentReplaced, key: old.Key, field: d.field, old: fingerprint(then.file(d.path)), new: fingerprint(now.file(d.path)),
				args: diag.Args{"file": d.path}, by: j.author(func(m moment) string { return string(content(m)) }),
			})
		}
	}
	return all
}

// document is a file that a record publishes; nil content where there is none.
type document struct {
	field, path string
	content     func([]byte) []byte // what of it is published
}

// documents are the files that a record names before and after; of a letter, its texts.
func (r *register) documents(old, new *table.Row) (all []document) {
	if r.name == jme.AnalyticLetters {
		for _, l := range locale.Langs {
			all = append(all, document{path: "content/" + r.town.ID + "/letters/" + old.Key + "." + l.String() + ".md", content: words})
		}
		return all
	}
	for i, f := range r.was.Schema.Fields {
		name := old.Values[i]
		if r.was.Schema.Columns[f.Column].Type == table.Path && name != "" && r.is.Value(new, f.Name) == name {
			all = append(all, document{f.Name, "content/" + r.town.ID + "/files/" + name, whole})
		}
	}
	return all
}

func whole(data []byte) []byte { return data }

// words are those of a text below its front matter, whose cells are judged as a record's;
// how its lines are broken says nothing.
func words(text []byte) []byte {
	if text == nil {
		return nil
	}
	const fence = "+++"
	if _, below, ok := bytes.Cut(bytes.TrimPrefix(bytes.TrimSpace(text), []byte(fence)), []byte("\n"+fence)); ok {
		text = below
	}
	return bytes.Join(bytes.Fields(text), []byte(" "))
}

// fingerprint is how a reader finds the beginning of a checksum again.
func fingerprint(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

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
	if cells := r.hidden(tip, moment{j, j.Files}); cells != nil {
		return []finding{r.hiding(cells, gitrepo.Commit{})}
	}
	for _, c := range j.Ahead.Commits {
		var cells []passing
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
type passing struct {
	key string
	cell
}

func (r *register) hiding(cells []passing, by gitrepo.Commit) finding {
	f := finding{code: diag.HiddenEdit, key: cells[0].key, field: cells[0].field, old: cells[0].old, new: cells[0].new, by: by}
	var words []string
	for _, c := range cells[:min(len(cells), shown)] {
		words = append(words, fmt.Sprintf("%s %s: %s → %s", c.key, c.field, c.old, c.new))
	}
	f.args = diag.Args{"have": len(cells), "words": words}
	return f
}

// hidden returns the cells that were altered from one moment to another while the file
// was written anew.
func (r *register) hidden(from, to moment) (cells []passing) {
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
				cells = append(cells, passing{old.Key, c})
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
