package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"achyk/internal/history"
)

// cacheFolder is a folder beside the registers for files that can be made again. A .gitignore
// of its own keeps it out of commits, so the repository needs no line about it.
const cacheFolder = ".achyk-cache"

// historyCache stores what was read of commits in the source folder. If the folder cannot be
// written, each build reads all commits again.
func (s *Source) historyCache() *history.Cache {
	folder := filepath.Join(s.options.Source, cacheFolder)
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
			ignore := filepath.Join(folder, ".gitignore")
			if err := os.MkdirAll(folder, 0o777); err != nil {
				return
			}
			if have, err := os.ReadFile(ignore); err != nil || !bytes.Equal(have, ignoreAll) {
				if os.WriteFile(ignore, ignoreAll, 0o666) != nil {
					return
				}
			}
			f, err := os.CreateTemp(folder, "history-*")
			if err != nil {
				return
			}
			_, err = f.Write(data)
			if errors.Join(err, f.Close()) == nil {
				err = os.Rename(f.Name(), name)
			}
			if err != nil {
				os.Remove(f.Name())
			}
		},
	}
}

var ignoreAll = []byte("*\n")

// cacheKey returns a key that differs between programs that may read the same history
// differently. Released programs share a cache while history.Version stays the same. For a
// program without a version, or built from changed files, the key is the hash of the program,
// so that a developer never sees the results of an earlier build.
func cacheKey(version string) string {
	if version != "" && version != "devel" && !strings.HasSuffix(version, "+dirty") {
		return fmt.Sprintf("version %d", history.Version)
	}
	name, err := os.Executable()
	if err != nil {
		return version
	}
	file, err := os.Open(name)
	if err != nil {
		return version
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return version
	}
	return hex.EncodeToString(sum.Sum(nil))
}
