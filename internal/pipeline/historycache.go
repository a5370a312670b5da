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

// cacheFolder holds what can be made again, beside the registers; git is told to pass
// over it by a file of its own, whatever the repository's says.
const cacheFolder = ".achyk-cache"

// historyCache keeps the changes between versions in the source folder. Where that cannot be
// written, reading takes longer.
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

// cacheKey tells programs apart that may read the same history differently. Released
// programs share a cache while history.Version stays the same. A program that has no
// version, or was built from changed files, is told by its bytes: whoever works on it must
// not see what an earlier build found.
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
