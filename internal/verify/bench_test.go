package verify

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"achyk/internal/pipeline"
	"achyk/internal/tools/towntest"
)

// BenchmarkVerify verifies the site of the project's own repository. It reports the time for
// rebuilding, and for comparing by checksums, as a ratio to the time of a build.
func BenchmarkVerify(b *testing.B) {
	o := Options{Site: filepath.Join(b.TempDir(), "site"), Build: pipeline.Options{Source: towntest.Sample(b), Ref: "HEAD"}}
	of := func(do func() error) float64 {
		start := time.Now()
		if err := do(); err != nil {
			b.Fatal(err)
		}
		return time.Since(start).Seconds()
	}
	verify := func(checksums bool) func() error {
		return func() error {
			o.Checksums = checksums
			r, _, err := Verify(context.Background(), o)
			if err == nil && !r.Identical {
				b.Fatal(r.Differences)
			}
			return err
		}
	}
	var built, again, sums float64
	for b.Loop() {
		built += of(func() error {
			first := o.Build
			first.Dest = o.Site
			_, _, err := pipeline.Build(context.Background(), first)
			return err
		})
		again += of(verify(false))
		sums += of(verify(true))
	}
	b.ReportMetric(again/built, "verify/build")
	b.ReportMetric(sums/built, "checksums/build")
}
