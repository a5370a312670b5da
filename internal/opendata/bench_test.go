package opendata

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
)

// large is a register of 12 columns in the file, with texts as long as findings.
func large(b *testing.B, rows int) register {
	b.Helper()
	schema := &table.Schema{Name: "large", Columns: []table.Column{
		{Name: "id", Type: table.ID}, {Name: "number", Type: table.String}, {Name: "note", Type: table.Text},
		{Name: "count", Type: table.Integer}, {Name: "area", Type: table.Number}, {Name: "cost", Type: table.Money},
		{Name: "open", Type: table.Boolean}, {Name: "day", Type: table.Date}, {Name: "at", Type: table.DateTime},
		{Name: "site", Type: table.URL},
	}}
	schema.Complete()
	list := make([]table.Row, rows)
	for i := range list {
		n, id := strconv.Itoa(i), fmt.Sprintf("osh-2025-a1-f%06d", i)
		list[i] = table.Row{Key: id, Values: []string{
			id, fmt.Sprintf("%014d", i), n + "-үйдө суунун басымы жетишпейт, түнкүсүн гана келет.",
			"В доме " + n + " не хватает давления воды, она идёт только ночью.", "House " + n + " lacks water pressure.",
			n, n + ".25", n + ".50", "true", fmt.Sprintf("2026-%02d-%02d", i%12+1, i%28+1),
			fmt.Sprintf("2026-03-01T%02d:%02d+06:00", i%24, i%60), "https://osh.example/" + n,
		}}
	}
	t := &table.Table{Schema: schema, Label: "town/large", Whole: true, Rows: list}
	m := &jme.Municipality{ID: "town", Tables: []*table.Table{t}}
	m.Settings.Name = locale.Text{Ky: "Шаар", Ru: "Город", En: "Town"}
	if err := m.Link(); err != nil {
		b.Fatal(err)
	}
	data := &jme.Dataset{Municipalities: []*jme.Municipality{m}}
	data.Site.Demonstration = true
	return register{t, m, Options{Data: data, AsOf: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)}}
}

// BenchmarkForms writes each form of 100,000 records of 12 columns, then all forms with
// as many workers as there are processors, as a build does. Beside time it tells the
// bytes of the file, and how many megabytes the heap held at most while it was made, the
// records themselves not counted. What SQLite holds is not on the heap: its cache, of 16.
func BenchmarkForms(b *testing.B) {
	r := large(b, 100_000)
	measure := func(name string, write func(io.Writer) error) {
		b.Run(name, func(b *testing.B) {
			var size *Summer
			peak := peakHeap(func() {
				for b.Loop() {
					size = NewSummer()
					if err := write(size); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.ReportMetric(float64(size.Sum().Bytes), "bytes")
			b.ReportMetric(peak, "MB")
		})
	}
	for _, f := range forms {
		measure(f.suffix, func(w io.Writer) error { return f.write(r, w) })
	}
	measure(".sqlite", func(w io.Writer) error { return r.o.database(w, r.m) })
	measure("all", func(w io.Writer) error {
		jobs := []func(io.Writer) error{func(w io.Writer) error { return r.o.database(w, r.m) }}
		for _, f := range forms {
			jobs = append(jobs, func(w io.Writer) error { return f.write(r, w) })
		}
		var next atomic.Int64
		var group sync.WaitGroup
		ctx, stop := context.WithCancelCause(context.Background())
		defer stop(nil)
		for range runtime.GOMAXPROCS(0) {
			group.Go(func() {
				for i := int(next.Add(1)) - 1; i < len(jobs); i = int(next.Add(1)) - 1 {
					if err := jobs[i](io.Discard); err != nil {
						stop(err)
					}
				}
			})
		}
		group.Wait()
		return context.Cause(ctx)
	})
}

// peakHeap returns by how many megabytes the heap grew at most while work was done.
func peakHeap(work func()) float64 {
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
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
	return float64(max(<-watched, before.HeapAlloc)-before.HeapAlloc) / (1 << 20)
}
