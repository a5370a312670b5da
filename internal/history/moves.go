package history

import (
	"strings"

	"achyk/internal/gitrepo"
)

// findMoves finds the registers that a commit moved: a removed file and a new file with
// the same bytes, or with at least half of their lines in common.
func findMoves(files []changedFile, blobs *gitrepo.Blobs) error {
	for i := range files {
		added := &files[i]
		if _, ok := label(added.Path, csvEnding); !ok || !added.Old.IsZero() {
			continue
		}
		best, most := -1, 0.5
		for j := range files {
			removed := &files[j]
			if _, ok := label(removed.Path, csvEnding); !ok || !removed.New.IsZero() || removed.movedTo != "" {
				continue
			}
			if removed.Old == added.New {
				best = j
				break
			}
			a, err := blobs.Read(removed.Old)
			if err != nil {
				return err
			}
			b, err := blobs.Read(added.New)
			if err != nil {
				return err
			}
			if s := similarity(a, b); s >= most {
				best, most = j, s
			}
		}
		if best >= 0 {
			added.movedFrom, added.Old, files[best].movedTo = files[best].Path, files[best].Old, added.Path
		}
	}
	return nil
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
