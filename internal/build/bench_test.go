package build

import (
	"context"
	"path/filepath"
	"testing"
)

// BenchmarkBuild is a first build of the project's own repository.
func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		result, problems, err := Build(context.Background(), Options{Source: "../..", Dest: filepath.Join(b.TempDir(), "public")})
		if err != nil || problems.HasErrors() {
			b.Fatal(err, problems)
		}
		b.ReportMetric(float64(result.Pages)/result.Seconds, "pages/s")
	}
}

// BenchmarkReadAgain is what the preview does after a change, until a page can be asked for.
func BenchmarkReadAgain(b *testing.B) {
	o := Options{Source: "../..", Layouts: &Layouts{}}
	for b.Loop() {
		repository, err := Open(o)
		if err != nil {
			b.Fatal(err)
		}
		snapshot, err := repository.Load()
		if err != nil || snapshot.Problems.HasErrors() {
			b.Fatal(err, snapshot.problems())
		}
		if _, err := snapshot.Plan(); err != nil {
			b.Fatal(err)
		}
		repository.Close()
	}
}
