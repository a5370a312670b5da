package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"achyk/internal/locale"
	"achyk/internal/output"
)

// counted adds a file that holds a text, and returns a counter of how often it was made.
func counted(t *testing.T, x *Index, path, text string) (*Entry, *atomic.Int64) {
	t.Helper()
	var made atomic.Int64
	e, err := x.Add(File{Path: path, Write: func(w io.Writer) error {
		made.Add(1)
		_, err := io.WriteString(w, text)
		return err
	}})
	if err != nil {
		t.Fatal(err)
	}
	return e, &made
}

// memory is a Keeper that counts how often each path was written.
type memory struct {
	mu      sync.Mutex
	files   map[string]string
	streams map[string]int
	ledger  output.Ledger
}

func newMemory() *memory { return &memory{files: map[string]string{}, streams: map[string]int{}} }

func (m *memory) Stream(path string, write func(io.Writer) error) (output.File, error) {
	var b bytes.Buffer
	f, err := m.ledger.Stream(path, func(w io.Writer) error { return write(io.MultiWriter(w, &b)) })
	m.mu.Lock()
	defer m.mu.Unlock()
	m.files[path] = b.String()
	m.streams[path]++
	return f, err
}

func (m *memory) Open(path string) (io.ReadSeekCloser, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return struct {
		io.ReadSeeker
		io.Closer
	}{strings.NewReader(m.files[path]), io.NopCloser(nil)}, nil
}

// TestMadeOnce makes a catalogue, a ZIP and the CSV that both need from many goroutines. Each
// file must be made once and written once.
func TestMadeOnce(t *testing.T) {
	for range 100 {
		x, sink := New(), newMemory()
		var csv, zip *Entry
		counts := map[string]*atomic.Int64{}
		for _, f := range []File{
			{Path: "catalogue", Write: func(w io.Writer) error {
				a, err := zip.Sum()
				b, err2 := csv.Sum()
				fmt.Fprint(w, a.Size, b.SHA256)
				return errors.Join(err, err2)
			}},
			{Path: "zip", Write: func(w io.Writer) error {
				io.WriteString(w, "PK")
				return csv.CopyTo(w)
			}},
		} {
			n, write := new(atomic.Int64), f.Write
			counts[f.Path] = n
			f.Write = func(w io.Writer) error { n.Add(1); return write(w) }
			e, err := x.Add(f)
			if err != nil {
				t.Fatal(err)
			}
			zip = e // the last of the two
		}
		csv, counts["csv"] = counted(t, x, "csv", "id\n")
		x.Into(sink)
		var group sync.WaitGroup
		for range 4 {
			for _, e := range x.All() {
				group.Go(func() {
					var b bytes.Buffer
					sum, err := e.Sum()
					if err := errors.Join(err, e.CopyTo(&b)); err != nil || sum.Path != e.Path || int64(b.Len()) != sum.Size {
						t.Errorf("%s: %v, %q: %v", e.Path, sum, b.String(), err)
					}
				})
			}
		}
		group.Wait()
		for path, n := range counts {
			if n.Load() != 1 || sink.streams[path] != 1 {
				t.Errorf("%s was made %d times, written %d times", path, n.Load(), sink.streams[path])
			}
		}
		if sink.files["zip"] != "PKid\n" {
			t.Errorf("the ZIP encloses %q", sink.files["zip"])
		}
	}
}

// TestSinkThatKeepsNothing checks that the first CopyTo makes a file once, also for its Sum,
// and that a later one makes it again.
func TestSinkThatKeepsNothing(t *testing.T) {
	x := New()
	e, made := counted(t, x, "csv", "id\n")
	for i := range int64(2) {
		var b bytes.Buffer
		if err := e.CopyTo(&b); err != nil || b.String() != "id\n" {
			t.Fatalf("%q, %v", b.String(), err)
		}
		if sum, err := e.Sum(); err != nil || sum.Size != 3 || made.Load() != i+1 {
			t.Errorf("copy %d: %v, %v, made %d times", i+1, sum, err, made.Load())
		}
	}
}

// TestErrors checks that a file which fails is not made again, that a path is refused if it is
// taken, and that neither a late sink nor a panic leads to an incomplete site.
func TestErrors(t *testing.T) {
	x := New()
	bad := errors.New("no such register")
	n := 0
	e, _ := x.Add(File{Path: "a", Write: func(io.Writer) error { n++; return bad }})
	_, first := e.Sum()
	_, again := e.Sum()
	if !errors.Is(first, bad) || !errors.Is(again, bad) || !errors.Is(e.CopyTo(io.Discard), bad) || n != 1 || !strings.Contains(first.Error(), `"a"`) {
		t.Errorf("%v, %v, made %d times", first, again, n)
	}
	if _, err := x.Add(File{Path: "a"}); err == nil || !strings.Contains(err.Error(), "a") || len(x.All()) != 1 {
		t.Errorf("a path that is taken is not refused: %v", err)
	}
	panics(t, "Into after a file was made", func() { x.Into(newMemory()) })
	broken, _ := x.Add(File{Path: "b", Write: func(io.Writer) error { panic("broken") }})
	panics(t, "a writer that panics", func() { broken.Sum() })
	if _, err := broken.Sum(); err == nil {
		t.Error("Sum has no error although the writer panicked")
	}
}

// TestOpen opens a file for several readers at once. It is made once, also if the reader leaves
// for whom it was begun. When the last one leaves, making it and what it encloses is broken off,
// and the next reader gets it whole.
func TestOpen(t *testing.T) {
	x := New()
	x.Into(&output.Folder{Dir: t.TempDir()})
	inside, _ := x.Add(File{Path: "data/a.csv", Write: func(w io.Writer) error {
		for range 1000 {
			if _, err := io.WriteString(w, strings.Repeat("x", 1000)); err != nil {
				return err
			}
		}
		return nil
	}})
	var begun, ended atomic.Int64
	step := make(chan struct{})
	zip, _ := x.Add(File{Path: "a.zip", Write: func(w io.Writer) error {
		begun.Add(1)
		<-step
		err := inside.CopyTo(w)
		ended.Add(1)
		return err
	}})
	read := func(ctx context.Context) (int, error) {
		f, err := zip.Open(ctx)
		if err != nil {
			return 0, err
		}
		defer f.Close()
		data, err := io.ReadAll(f)
		return len(data), err
	}
	results := make(chan error)
	open := func(ctx context.Context) {
		go func() {
			_, err := read(ctx)
			results <- err
		}()
	}
	waitFor := func(n int64) {
		for zip.waiting.Load() != n || begun.Load() == 0 {
			time.Sleep(time.Millisecond)
		}
	}
	first, leave := context.WithCancel(context.Background())
	open(first)
	waitFor(1)
	second, leaveToo := context.WithCancel(context.Background())
	open(second)
	waitFor(2)
	leave()
	leaveToo()
	waitFor(0)
	step <- struct{}{}
	for range 2 {
		if err := <-results; !errors.Is(err, context.Canceled) {
			t.Errorf("a reader who left gets %v", err)
		}
	}
	if inside.made || zip.made || begun.Load() != 1 || ended.Load() != 1 {
		t.Errorf("made: %v, %v; begun %d times, ended %d times", inside.made, zip.made, begun.Load(), ended.Load())
	}

	begun.Store(0)
	first, leave = context.WithCancel(context.Background())
	open(first)
	waitFor(1)
	open(context.Background())
	waitFor(2)
	leave()
	waitFor(1)
	close(step)
	<-results
	if err := <-results; err != nil {
		t.Error(err)
	}
	n, err := read(context.Background())
	if n != 1_000_000 || err != nil || begun.Load() != 1 {
		t.Errorf("%d bytes, %v, made %d times", n, err, begun.Load())
	}
}

func panics(t *testing.T, what string, do func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s does not panic", what)
		}
	}()
	do()
}

// TestOf checks that lists have the files with a title, by place.
func TestOf(t *testing.T) {
	x := New()
	for _, f := range []File{
		{Path: "d", About: About{Kind: Kind{Place: 2}, Municipality: "osh", Register: "visits", Title: locale.Text{Ky: "D"}}},
		{Path: "c", About: About{Kind: Kind{Place: 1}, Municipality: "osh", Register: "visits", Title: locale.Text{Ky: "C"}}},
		{Path: "b", About: About{Kind: Kind{Place: 2}, Municipality: "osh", Register: "visits", Title: locale.Text{Ky: "B"}}},
		{Path: "untitled", About: About{Kind: Kind{Place: 1}, Municipality: "osh", Register: "visits"}},
		{Path: "whole", About: About{Municipality: "osh", Title: locale.Text{Ky: "W"}}},
		{Path: "site", About: About{Title: locale.Text{Ky: "S"}}},
	} {
		if _, err := x.Add(f); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ municipality, register, want string }{
		{"osh", "visits", "c d b"}, {"osh", "", "whole"}, {"", "", "site"}, {"osh", "findings", ""},
	} {
		var got []string
		for _, e := range x.Of(c.municipality, c.register) {
			got = append(got, e.Path)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q %q: %v, want %s", c.municipality, c.register, got, c.want)
		}
	}
	if x.At("whole").Title.Ky != "W" || x.At("none") != nil {
		t.Error("a file is not found by its path")
	}
}
