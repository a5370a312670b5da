package history

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Whoever changes how commits, versions or cells are read makes what was kept worthless,
// and must say so by the new hash.
func TestSources(t *testing.T) {
	var files []string
	for _, room := range []string{".", "../gitrepo", "../signature", "../table", "../settings", "../source", "../jme/schema"} {
		names, err := filepath.Glob(room + "/*")
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, names...)
	}
	sum := sha256.New()
	for _, name := range files {
		goFile := strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && filepath.Base(name) != "sources.go"
		if !goFile && !strings.HasSuffix(name, ".toml") {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(sum, filepath.Base(name)+"\x00")
		sum.Write(slices.DeleteFunc(data, func(b byte) bool { return b == '\r' })) // as git may check it out elsewhere
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != Sources {
		t.Errorf("the code that reads histories has changed: Sources is now %q", got)
	}
}
