package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"achyk/internal/history"
	"achyk/internal/output"
)

// historyCache stores what was read of commits in the git directory. If the folder cannot be
// written, each build reads all commits again.
//
// The cache is not in the work tree. A cache from a pull request could tell any past: other
// authors, other reasons, other old values. For the same reason verify reads none, not even this
// one, which everybody who can write to the folder could have changed.
func (s *Source) historyCache() *history.Cache {
	if s.options.distrust {
		return nil
	}
	folder := s.git.PrivateFolder()
	name := filepath.Join(folder, "history")
	return &history.Cache{
		Key: cacheKey(s.options.Version),
		Load: func() []byte {
			data, err := os.ReadFile(name)
			if err != nil {
				return nil
			}
			return data
		},
		Save: func(data []byte) {
			if os.MkdirAll(folder, 0o777) == nil {
				output.Replace(name, data) // without it, the next run takes longer
			}
		},
	}
}

// cacheKey returns a key that differs between programs that may read the same history
// differently. Released programs share a cache while history.Version stays the same. For a
// program without a version, or built from changed files, the key tells the program itself,
// so that a developer never sees the results of an earlier build.
func cacheKey(version string) string {
	if version != "" && version != "devel" && !strings.HasSuffix(version, "+dirty") {
		return fmt.Sprintf("version %d", history.Version)
	}
	if id := programID(); id != "" {
		return id
	}
	return version
}

// buildID matches what Go's linker writes near the beginning of a program: hashes of all that it
// was made from and of the program. In ELF files it is a note, elsewhere a text.
var buildID = regexp.MustCompile(`Go(?:\x00\x00| build ID: ")([\w/-]{40,})`)

// programID returns what tells the running program from any other: its build ID or, if it was linked
// without one, its hash, which takes longer than to read a hundred commits. It is "" if the program
// cannot be read.
var programID = sync.OnceValue(func() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	file, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer file.Close()
	head, err := io.ReadAll(io.LimitReader(file, 64<<10))
	if err != nil {
		return ""
	}
	if id := buildID.FindSubmatch(head); id != nil {
		return string(id[1])
	}
	sum := sha256.New()
	sum.Write(head)
	if _, err := io.Copy(sum, file); err != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
})
