package opendata

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"achyk/internal/dataset"
	"achyk/internal/jme"
	"achyk/internal/locale"
	src "achyk/internal/source"
	"achyk/internal/table"
)

// large returns a register whose CSV has 12 columns, with texts as long as those of findings,
// read as the program reads it.
func large(b testing.TB, rows int) *register {
	b.Helper()
	schema := &table.Schema{Name: "large", Columns: []table.Column{
		{Name: "id", Type: table.ID}, {Name: "number", Type: table.String}, {Name: "note", Type: table.Text},
		{Name: "count", Type: table.Integer}, {Name: "area", Type: table.Number}, {Name: "cost", Type: table.Money},
		{Name: "open", Type: table.Boolean}, {Name: "day", Type: table.Date}, {Name: "at", Type: table.DateTime},
		{Name: "site", Type: table.URL},
	}}
	schema.Complete()
	var csv bytes.Buffer
	csv.Grow(400 * rows)
	csv.WriteString("id,number,note_ky,note_ru,note_en,count,area,cost,open,day,at,site\n")
	for n := range rows {
		fmt.Fprintf(&csv, `osh-2025-a1-f%06d,%014[1]d,"%[1]d-үйдө суунун басымы жетишпейт, түнкүсүн гана келет.",`+
			`"В доме %[1]d не хватает давления воды, она идёт только ночью.",House %[1]d lacks water pressure.,`+
			"%[1]d,%[1]d.25,%[1]d.50,true,2026-%02[2]d-%02[3]d,2026-03-01T%02[4]d:%02[5]d+06:00,https://osh.example/%[1]d\n",
			n, n%12+1, n%28+1, n%24, n%60)
	}
	t, problems := table.Read(&src.File{Path: "data/town/large.csv", Data: csv.Bytes()}, "town/large", schema)
	if len(problems) > 0 || len(t.Rows) != rows {
		b.Fatal(len(t.Rows), problems)
	}
	m := &jme.Municipality{ID: "town", Tables: []*table.Table{t}}
	m.Settings.TimeZone = "Asia/Bishkek"
	m.Settings.Name = locale.Text{Ky: "Шаар", Ru: "Город", En: "Town"}
	if err := m.Link(); err != nil {
		b.Fatal(err)
	}
	data := &jme.Dataset{Municipalities: []*jme.Municipality{m}}
	data.Site.Demonstration = true
	return planned(b, dataset.Snapshot{Data: data, AsOf: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)}, m, "large")
}

// BenchmarkForms writes each form of 100,000 records of 12 columns, then all forms with
// as many workers as there are processors, as a build does. Besides time it reports the bytes
// of the file and two peaks in megabytes: by how much the heap grew, without the records, and
// what the whole process held, with records and program.
func BenchmarkForms(b *testing.B) {
	percent := debug.SetGCPercent(80) // as cmd/achyk does
	b.Cleanup(func() { debug.SetGCPercent(percent) })
	r := large(b, 100_000)
	measure := func(name string, write func(io.Writer) error) {
		b.Run(name, func(b *testing.B) {
			var size countingWriter
			heap, resident := peaks(func() {
				for b.Loop() {
					size = 0
					if err := write(&size); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.ReportMetric(float64(size), "bytes")
			b.ReportMetric(heap, "heap-MB")
			b.ReportMetric(resident, "resident-MB")
		})
	}
	for _, f := range registerForms {
		measure(f.file, func(w io.Writer) error { return f.write(r, w) })
	}
	all := newWhole(r.Snapshot, r.m)
	measure(databaseForm.file, all.database)
	measure("all", func(w io.Writer) error {
		jobs := []func(io.Writer) error{all.database}
		for _, f := range registerForms {
			jobs = append(jobs, func(w io.Writer) error { return f.write(r, w) })
		}
		var group errgroup.Group
		group.SetLimit(runtime.GOMAXPROCS(0))
		for _, job := range jobs {
			group.Go(func() error { return job(io.Discard) })
		}
		return group.Wait()
	})
}

// countingWriter counts the bytes written to it.
type countingWriter int64

func (n *countingWriter) Write(p []byte) (int, error) {
	*n += countingWriter(len(p))
	return len(p), nil
}

// peaks runs work. It returns by how many megabytes the heap grew at most meanwhile, and how
// many the process held at most, which is known on Linux only.
func peaks(work func()) (heap, resident float64) {
	var before, now runtime.MemStats
	debug.FreeOSMemory()
	runtime.ReadMemStats(&before)
	os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // resets the peak: proc_pid_clear_refs(5)
	done, watched := make(chan struct{}), make(chan uint64)
	go func() {
		var peak uint64
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				watched <- peak
				return
			case <-tick.C:
				runtime.ReadMemStats(&now)
				peak = max(peak, now.HeapAlloc)
			}
		}
	}()
	work()
	close(done)
	heap = float64(max(<-watched, before.HeapAlloc)-before.HeapAlloc) / (1 << 20)
	status, _ := os.ReadFile("/proc/self/status")
	_, peak, _ := strings.Cut(string(status), "VmHWM:")
	fmt.Sscan(peak, &resident) // in kB
	return heap, resident / (1 << 10)
}
