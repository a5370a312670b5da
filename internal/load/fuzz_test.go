package load_test

import (
	"bytes"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"achyk/internal/locale"
)

// FuzzLoad puts any bytes into any file of a repository. Nothing panics, findings lie in their files, and say what is
// wrong in every language.
func FuzzLoad(f *testing.F) {
	before := base(f)
	for name, file := range before {
		f.Add(name, file.Data)
	}
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if filepath.Base(name) == "base.txtar" {
			continue
		}
		after := base(f)
		edit(f, after, a)
		for name, file := range after {
			if old := before[name]; old == nil || !bytes.Equal(old.Data, file.Data) {
				f.Add(name, file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if !fs.ValidPath(name) || name == "." || len(data) > 16<<10 || strings.Contains(name+string(data), "⟦") {
			return
		}
		fsys := base(t)
		for there := range fsys {
			if strings.HasPrefix(there, name+"/") || strings.HasPrefix(name, there+"/") {
				return // a file and a folder of one name
			}
		}
		fsys[name] = &fstest.MapFile{Data: data}
		problems := read(t, fsys)
		for _, p := range problems {
			if p.File != nil && (p.Span.Start < 0 || p.Span.End < p.Span.Start || p.Span.End > len(p.File.Data)) {
				t.Errorf("%s at %v in %d bytes", p.Code, p.Span, len(p.File.Data))
			}
		}
		for _, l := range locale.Langs {
			if said := text(t, problems, l); strings.Contains(said, "⟦") {
				t.Errorf("%v: %s", l, said)
			}
		}
	})
}
