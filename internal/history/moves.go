package history

import (
	"errors"
	"strings"

	"achyk/internal/gitrepo"
	"achyk/internal/limits"
)

// findMoves finds the registers that a commit moved: a removed file and a new file with
// the same bytes, or with at least half of their lines in common. It returns how many bytes it
// compared, which are at most limits.Moves; without that limit a commit that moves many files
// would take as long as their number squared.
func findMoves(files []changedFile, blobs *gitrepo.Blobs) (compared int, err error) {
	removed := map[gitrepo.Blob][]int{} // indices of the files, by their content
	for i := range files {
		if _, ok := label(files[i].Path, csvEnding); ok && files[i].New.IsZero() {
			removed[files[i].Old] = append(removed[files[i].Old], i)
		}
	}
	var added []*changedFile
	for i := range files {
		f := &files[i]
		if _, ok := label(f.Path, csvEnding); !ok || !f.Old.IsZero() {
			continue
		}
		if same := removed[f.New]; len(same) > 0 {
			f.moved(&files[same[0]])
			removed[f.New] = same[1:]
		} else {
			added = append(added, f)
		}
	}
	for _, f := range added {
		best, most := -1, 0.5
		for j := range files {
			old := &files[j]
			if _, ok := label(old.Path, csvEnding); !ok || !old.New.IsZero() || old.movedTo != "" {
				continue
			}
			s, bytes, err := alike(blobs, old.Old, f.New, limits.Moves-compared)
			if err != nil || compared >= limits.Moves {
				return compared, err
			}
			if compared += bytes; s >= most {
				best, most = j, s
			}
		}
		if best >= 0 {
			f.moved(&files[best])
		}
	}
	return compared, nil
}

// alike returns the similarity of two registers, and how many bytes were read to tell it. It is 0
// if they have more than so many bytes.
func alike(blobs *gitrepo.Blobs, a, b gitrepo.Blob, most int) (similar float64, read int, err error) {
	const pair = 1 << 10 // what it takes to find two files
	x, err := blobs.Read(a, most)
	if err == nil {
		var y []byte
		if y, err = blobs.Read(b, most-len(x)); err == nil {
			return similarity(x, y), pair + len(x) + len(y), nil
		}
	}
	if over := (*limits.Exceeded)(nil); errors.As(err, &over) {
		err = nil
	}
	return 0, pair + len(x), err
}

// moved notes that a file is one that was removed elsewhere.
func (f *changedFile) moved(from *changedFile) {
	f.movedFrom, f.Old, from.movedTo = from.Path, from.Old, f.Path
}

// similarity returns the number of lines that two texts have in common, as a part of the
// lines of the longer text: from 0 to 1. Spaces around a line do not count.
func similarity(a, b []byte) float64 {
	lines, all, same := map[string]int{}, [2]int{}, 0
	for l := range strings.Lines(string(a)) {
		lines[strings.TrimSpace(l)]++
		all[0]++
	}
	for l := range strings.Lines(string(b)) {
		if l = strings.TrimSpace(l); lines[l] > 0 {
			lines[l]--
			same++
		}
		all[1]++
	}
	return float64(same) / float64(max(all[0], all[1], 1))
}
