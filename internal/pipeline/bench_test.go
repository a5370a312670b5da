package pipeline

import (
	"context"
	"path/filepath"
	"testing"

	"achyk/internal/tools/towntest"
)

// BenchmarkBuild measures a build of the project's own repository without a Cache.
func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		result, problems, err := Build(context.Background(), Options{Source: towntest.Sample(b), Dest: filepath.Join(b.TempDir(), "public")})
		if err != nil || problems.HasErrors() {
			b.Fatal(err, problems)
		}
		b.ReportMetric(float64(result.Pages)/result.Seconds, "pages/s")
	}
}

// BenchmarkReadAgain measures the stages that the preview repeats after a change, up to the
// plan.
func BenchmarkReadAgain(b *testing.B) {
	o := Options{Source: towntest.Sample(b), Cache: &Cache{}}
	for b.Loop() {
		source, err := Open(o)
		if err != nil {
			b.Fatal(err)
		}
		loaded, err := source.Load()
		if err != nil {
			b.Fatal(err)
		}
		judged := loaded.Judge()
		history, err := loaded.History()
		if err != nil || judged.Problems.HasErrors() {
			b.Fatal(err, judged.Problems)
		}
		if _, err := judged.Plan(history, judged.Extend(history)); err != nil {
			b.Fatal(err)
		}
		source.Close()
	}
}
