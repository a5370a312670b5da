package opendata

import (
	"runtime"
	"testing"
)

// TestStreams checks that the memory a form takes while it is written, besides the records, is
// small and does not grow with the number of records.
func TestStreams(t *testing.T) {
	for _, n := range []int{20_000, 40_000} { // more than a group of Parquet, 15 and 30 MB
		r := large(t, n) // only one is kept at a time: what is kept is looked at by each collection of garbage below
		for _, f := range registerForms {
			most := 0.5 // MB
			switch f.file {
			case xlsxForm.file:
				most = 5 // the parts that the library makes, and messages that are loaded when first used
			case parquetForm.file:
				most = 4 // one group, by columns
			}
			before := live()
			m := meter{peak: before}
			if err := f.write(r, &m); err != nil {
				t.Fatal(err)
			}
			held := float64(m.peak-before) / (1 << 20)
			t.Logf("%s of %d records: %.2f MB", f.file, len(r.Rows), held)
			if held > most {
				t.Errorf("%s holds %.1f MB beside %d records, want at most %.1f", f.file, held, len(r.Rows), most)
			}
		}
		runtime.KeepAlive(r) // so that no form is measured while the records go
	}
}

// meter measures the live heap while it is written to.
type meter struct {
	written int
	peak    uint64
}

func (m *meter) Write(p []byte) (int, error) {
	if m.written += len(p); m.written > 512<<10 {
		m.written = 0
		if collected() > m.peak { // what is left after one collection is never less than after two
			m.peak = max(m.peak, live())
		}
	}
	return len(p), nil
}

// live returns how many bytes of the heap are in use.
func live() uint64 {
	collected()
	return collected() // the second frees what a sync.Pool holds
}

// collected collects garbage, and returns how many bytes of the heap are left.
func collected() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
