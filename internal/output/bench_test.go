package output

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// BenchmarkWrite compares Write with os.WriteFile: two goroutines write 10,000 files of
// 10 KB. Use a file system in memory (TMPDIR=/dev/shm) and -benchtime 10x: on a disk the
// result depends on what the disk still has to do for files removed by earlier runs.
func BenchmarkWrite(b *testing.B) {
	page := bytes.Repeat([]byte("ачык "), 10_000/9)
	for name, format := range map[string]string{"flat": "ky/%d/%d", "folders": "ky/%d/%d/index.html"} {
		bench := func(b *testing.B, writer func(dir string) func(string, []byte) error) {
			for range b.N {
				b.StopTimer()
				dir := b.TempDir()
				write := writer(dir)
				b.StartTimer()
				var wg sync.WaitGroup
				for half := range 2 {
					wg.Go(func() {
						for i := range 5_000 {
							if err := write(fmt.Sprintf(format, half, i), page); err != nil {
								b.Error(err)
							}
						}
					})
				}
				wg.Wait()
				b.StopTimer()
				os.RemoveAll(dir)
			}
		}
		b.Run("plain/"+name, func(b *testing.B) {
			bench(b, func(dir string) func(string, []byte) error {
				return func(path string, data []byte) error {
					path = filepath.Join(dir, filepath.FromSlash(path))
					return errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, data, 0o666))
				}
			})
		})
		b.Run("staged/"+name, func(b *testing.B) {
			bench(b, func(dir string) func(string, []byte) error {
				s, err := Stage(filepath.Join(dir, "public"))
				if err != nil {
					b.Fatal(err)
				}
				return s.Write
			})
		})
	}
}
