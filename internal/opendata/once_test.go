package opendata

import (
	"bytes"
	"io"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"achyk/internal/files"
	"achyk/internal/output"
)

// TestMadeOnce makes all files as a build does, into a folder, from several goroutines. Every
// file must be made once and written once, also a register's CSV, which four descriptions and
// a ZIP need. The index must tell the same checksums as SHA256SUMS.
func TestMadeOnce(t *testing.T) {
	r, s := nasty(t)
	staging, err := output.Stage(filepath.Join(t.TempDir(), "public"))
	if err != nil {
		t.Fatal(err)
	}
	defer staging.Discard()
	index := files.New()
	if err := Add(index, s, nil); err != nil {
		t.Fatal(err)
	}
	all := index.All()
	counts := make([]atomic.Int64, len(all))
	for i, e := range all {
		write := e.Write
		e.Write = func(w io.Writer) error { counts[i].Add(1); return write(w) }
	}
	index.Into(staging)
	var group sync.WaitGroup
	for worker := range 4 {
		group.Go(func() {
			for i := range all {
				if _, err := all[(i+worker*len(all)/4)%len(all)].Sum(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	for i, e := range all {
		if n := counts[i].Load(); n != 1 {
			t.Errorf("%s was made %d times", e.Path, n)
		}
	}
	written := staging.Files() // Stream fails if a path is written twice
	if len(written) != len(all) {
		t.Errorf("%d files of %d are in the folder", len(written), len(all))
	}
	for _, f := range written {
		if sum, err := index.At(f.Path).Sum(); sum != f || err != nil {
			t.Errorf("the index tells %v, SHA256SUMS %v: %v", sum, f, err)
		}
	}
	inside := unzip(t, made(t, index.At("data/town/town.zip").CopyTo))["data/nasty.csv"]
	if want := made(t, index.At("data/town/nasty.csv").CopyTo); !bytes.Equal(inside, want) || !bytes.Equal(want, made(t, r.csv)) {
		t.Error("the CSV in the ZIP is not the one that is published")
	}
}
