// Package search makes an index in which a script finds things by their words, from files that lie
// on any server. It knows nothing of what it indexes: an [Entry] has an address, a title and words.
//
//   - Words are folded (ң is н, ө is о, ү is у, ё is е), because many keyboards lack some letters.
//     They are not cut to stems: the script compares the endings of the word that somebody looks for
//     with those of the words that the index has (see rules.toml). So one index serves whole words,
//     words that are being typed, other endings and typing errors.
//   - The index is cut into shards of about the same size. Words that begin with the same three
//     letters are in one shard, so the script needs one shard for a word.
//   - Entries are numbered from the most important to the least, level by level. The script finds an
//     entry of a higher level before those of lower ones in which the same words fit somewhat better.
//     Titles are in blocks of [perBlock], of which the script reads those that it shows.
//   - An address ends with the code of what it shows, such as osh-2025-a1-f02. Codes are in files by a number that the script
//     counts from their letters, so that it reads one of them for a query that may be a code. Only whole codes are found.
//   - What people call by several words is found by each of them (synonyms.toml), and what they write as
//     one word or as two is found either way.
//
// The files of an index are:
//
//	index.json   the rules, the first three letters of each shard, where levels begin, and how many
//	             entries a block has
//	w<n>.txt     a shard: on each line a word, and the entries that have it in their title and
//	             elsewhere, separated by tabs
//	c<n>.txt     on each line a code, and the entries whose address ends with it
//	places.txt   the entries of each place, by its key; first those of none
//	e<n>.json    a block of entries: address, parts of the title, kind, year, status, place, mark
//
// A list of entries has a number for each: the distance to the one before, counted from -1, in base
// 36; "+n" means that the n entries after it are listed as well.
package search

import (
	"encoding/json"
	"iter"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Entry is something that can be found.
type Entry struct {
	Address string   // within the edition
	Title   []string // the parts of its title
	Langs   []string // of each part, "" for the language of the index
	Kind    string   // what it is
	Year    string   // may be empty
	Status  string   // how it stands; may be empty
	Mark    string   // the shape beside Status, for the script; may be empty
	Place   string   // the municipality; may be empty
	Key     string   // a key of Place, by which the script chooses its entries; may be empty
	Level   int      // how important it is: 0 most
	Text    string   // other words by which it is found
}

// How an index is cut into files. The numbers of files follow from the number of entries, so that they
// are known before the index is made.
const (
	perBlock = 25 // entries in a block
	perShard = 50 // entries for each shard
	group    = 3  // letters: words that have them in common are in one shard

	perCodes = 400 // entries for each file of codes
)

// Names returns the names of the files of an index of n entries.
func Names(n int) []string {
	names := []string{"index.json", "places.txt"}
	for i := range shards(n) {
		names = append(names, "w"+strconv.Itoa(i)+".txt")
	}
	for i := range codes(n) {
		names = append(names, "c"+strconv.Itoa(i)+".txt")
	}
	for i := range blocks(n) {
		names = append(names, "e"+strconv.Itoa(i)+".json")
	}
	return names
}

func shards(n int) int { return n/perShard + 1 }
func codes(n int) int  { return n/perCodes + 1 }
func blocks(n int) int { return (n + perBlock - 1) / perBlock }

// head is what the script reads first.
type head struct {
	Rules    Rules    `json:"rules"`
	Shards   []string `json:"shards"` // the first letters of each shard
	PerBlock int      `json:"block"`
	Levels   []int    `json:"levels"` // the first entries of the second level and of those below it
	Entries  int      `json:"entries"`
	Codes    int      `json:"codes"` // how many files have codes
}

// New returns the files of an index by their names. The entries begin with the most important. They are read one
// by one and not kept, because those of 100,000 records are more than the index.
func New(rules Rules, entries iter.Seq[Entry]) map[string][]byte {
	files := map[string][]byte{}
	h := head{Rules: rules, PerBlock: perBlock, Levels: []int{}}
	words, places, coded := newPostings(rules), map[string][]int32{}, map[string][]int32{}
	var part []Entry // of a block
	flush := func() {
		if len(part) > 0 {
			files["e"+strconv.Itoa((h.Entries-1)/perBlock)+".json"] = block(part)
			clear(part)
			part = part[:0]
		}
	}
	for e := range entries {
		for len(h.Levels) < e.Level {
			h.Levels = append(h.Levels, h.Entries)
		}
		words.add(e, int32(h.Entries))
		places[e.Key] = append(places[e.Key], int32(h.Entries))
		code := path.Base(e.Address)
		coded[code] = append(coded[code], int32(h.Entries))
		e.Text = "" // is in no block
		part = append(part, e)
		if h.Entries++; len(part) == perBlock {
			flush()
		}
	}
	flush()
	h.Shards = words.shards(files, shards(h.Entries))
	h.Codes = codes(h.Entries)
	cut := make([]map[string][]int32, h.Codes)
	for i := range cut {
		cut[i] = map[string][]int32{}
	}
	for code, list := range coded {
		cut[fileOf(code, h.Codes)][code] = list
	}
	for i := range cut {
		files["c"+strconv.Itoa(i)+".txt"] = listed(cut[i])
	}
	files["index.json"], files["places.txt"] = marshal(h), listed(places)
	return files
}

// fileOf returns in which of n files a code is. The script counts the same (fileOf in search.js).
func fileOf(code string, n int) int {
	h := uint32(0)
	for _, c := range []byte(code) {
		h = h*31 + uint32(c)
	}
	return int(h % uint32(n))
}

// listed lists the entries of each key.
func listed(lists map[string][]int32) []byte {
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(lists)) {
		b.WriteString(key + "\t" + packed(lists[key]) + "\n")
	}
	return []byte(b.String())
}

// first returns the letters that words of a shard have in common.
func first(word string) string {
	n := 0
	for i := range word {
		if n++; n > group {
			return word[:i]
		}
	}
	return word
}

// postings are the entries that have a word, by word.
type postings struct {
	lists map[string]*lists
	split func(string) []string
}

// lists are the entries that have a word in their title and elsewhere.
type lists struct{ title, text []int32 }

func newPostings(rules Rules) postings {
	return postings{map[string]*lists{}, rules.splitter()}
}

// add adds the words of an entry. A word of the title is not listed again for the text.
func (p postings) add(e Entry, n int32) {
	last := func(list []int32) bool { return len(list) > 0 && list[len(list)-1] == n }
	for _, part := range e.Title {
		for _, w := range p.split(part) {
			if l := p.of(w); !last(l.title) {
				l.title = append(l.title, n)
			}
		}
	}
	for _, part := range []string{e.Kind, e.Year, e.Status, e.Place, e.Text} {
		for _, w := range p.split(part) {
			if l := p.of(w); !last(l.title) && !last(l.text) {
				l.text = append(l.text, n)
			}
		}
	}
}

// of returns the lists of a word.
func (p postings) of(word string) *lists {
	l := p.lists[word]
	if l == nil {
		l = new(lists)
		p.lists[word] = l
	}
	return l
}

// shards adds the shards to files, as many as are wanted, and returns the first letters of each. It lets go of the lists.
func (p postings) shards(files map[string][]byte, wanted int) []string {
	words, lines, size := slices.Sorted(maps.Keys(p.lists)), make(map[string]string, len(p.lists)), 0
	for _, w := range words {
		l := p.lists[w]
		lines[w] = w + "\t" + packed(l.title) + "\t" + packed(l.text) + "\n"
		size += len(lines[w])
		delete(p.lists, w)
	}
	firsts, last, done := []string{""}, "", 0
	var shard []byte
	flush := func() {
		files["w"+strconv.Itoa(len(firsts)-1)+".txt"] = shard
		shard = nil
	}
	for _, word := range words {
		// A new shard begins where the ones before have their part of all bytes.
		if g := first(word); g != last {
			if last = g; len(firsts) < wanted && done >= size*len(firsts)/wanted {
				flush()
				firsts = append(firsts, g)
			}
		}
		shard = append(shard, lines[word]...)
		done += len(lines[word])
	}
	flush()
	for i := len(firsts); i < wanted; i++ { // few words, each with many entries
		files["w"+strconv.Itoa(i)+".txt"] = nil
	}
	return firsts
}

// packed writes a sorted list of entries.
func packed(list []int32) string {
	var b strings.Builder
	before := int32(-1)
	for i := 0; i < len(list); {
		run := 0
		for i+run+1 < len(list) && list[i+run+1] == list[i+run]+1 {
			run++
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.FormatInt(int64(list[i]-before), 36))
		if run > 0 {
			b.WriteString("+" + strconv.FormatInt(int64(run), 36))
		}
		before = list[i+run]
		i += run + 1
	}
	return b.String()
}

// block writes entries as the script shows them.
func block(entries []Entry) []byte {
	lines := make([][]any, len(entries))
	for i, e := range entries {
		parts := make([]any, len(e.Title))
		for j, text := range e.Title {
			if parts[j] = text; j < len(e.Langs) && e.Langs[j] != "" {
				parts[j] = []string{text, e.Langs[j]}
			}
		}
		lines[i] = []any{e.Address, parts, e.Kind, e.Year, e.Status, e.Place, e.Mark}
	}
	return marshal(lines)
}

// marshal writes values that cannot fail as JSON.
func marshal(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return data
}
