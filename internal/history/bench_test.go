package history

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"achyk/internal/gitrepo"
	"achyk/internal/table"
)

// town makes a repository of so many commits. Each commit changes a few cells of one
// register, adds a row to it or removes one. Each register has so many rows of about 120
// bytes.
func town(b *testing.B, commits, registers, rows int) (w *work, schemas map[string]*table.Schema) {
	w = newWork(b)
	random := rand.New(rand.NewPCG(7, 7))
	cmd := exec.Command("git", "fast-import", "--quiet")
	cmd.Dir = w.dir
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	const header = "id,name_ky,name_ru,date,status,amount,note\n"
	row := func(id int) string {
		return fmt.Sprintf("r%06d,Ичүүчү суу %d,\"Вода, %d\",2026-%02d-%02d,%s,%d.50,түшүндүрмө %x\n",
			id, random.IntN(1000), random.IntN(1000), 1+random.IntN(12), 1+random.IntN(28), []string{"proposed", "adopted", "done"}[random.IntN(3)], random.IntN(1e6), random.Uint64())
	}
	sheets, next := make([][]string, registers), rows
	commit := func(message string, changed ...int) {
		fmt.Fprintf(in, "commit refs/heads/main\nauthor Клерк <c@osh.example> %d +0600\ncommitter C <c@osh.example> 1772362800 +0600\ndata %d\n%s\n", 1772362800, len(message), message)
		for _, i := range changed {
			text := header + strings.Join(sheets[i], "")
			fmt.Fprintf(in, "M 100644 inline data/m%d/r%d.csv\ndata %d\n%s\n", i%4, i, len(text), text)
		}
	}
	var all []int
	schemas = map[string]*table.Schema{}
	for i := range sheets {
		for id := range rows {
			sheets[i] = append(sheets[i], row(id))
		}
		all = append(all, i)
		schemas[fmt.Sprintf("m%d/r%d", i%4, i)] = plain(strings.Split(strings.TrimSpace(header), ",")...)
	}
	commit("Башталышы", all...)
	for n := range commits - 1 {
		i := random.IntN(registers)
		s := sheets[i]
		switch at := random.IntN(len(s)); random.IntN(8) {
		case 0:
			sheets[i] = append(s[:at:at], s[at+1:]...)
		case 1, 2:
			next++
			sheets[i] = append(s, row(next))
		default:
			for range 1 + random.IntN(3) {
				at = random.IntN(len(s))
				cells := strings.Split(s[at], ",")
				cells[len(cells)-1] = fmt.Sprintf("оңдоо %x\n", random.Uint64())
				s[at] = strings.Join(cells, ",")
			}
		}
		commit(fmt.Sprint("Оңдоо ", n), i)
	}
	if err := in.Close(); err != nil {
		b.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		b.Fatal(err)
	}
	w.git("repack", "-a", "-d", "-f", "-q", "--window=3") // fast-import makes deltas between unrelated files
	return w, schemas
}

// asProgram collects garbage as cmd/achyk does.
func asProgram(b *testing.B) {
	percent := debug.SetGCPercent(80)
	b.Cleanup(func() { debug.SetGCPercent(percent) })
}

func readOnce(b *testing.B, w *work, schemas map[string]*table.Schema, cache *Cache, tip string) *History {
	r, err := gitrepo.Open(w.dir)
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	c, err := r.Resolve(tip)
	if err != nil {
		b.Fatal(err)
	}
	h, err := Read(r, c, dataset(schemas), nil, cache)
	if err != nil {
		b.Fatal(err)
	}
	return h
}

// BenchmarkRead reads 5,000 commits of 40 registers of 70 KB, 350 MB of versions in all. It
// reports the time as a ratio to the time in which git log prints the changed lines.
func BenchmarkRead(b *testing.B) {
	w, schemas := town(b, 5000, 40, 600)
	asProgram(b)
	var git time.Duration
	b.Run("git", func(b *testing.B) {
		for b.Loop() {
			cmd := exec.Command("git", "log", "-p", "--first-parent", "--", "data")
			cmd.Dir, cmd.Stdout, cmd.Stderr = w.dir, io.Discard, os.Stderr
			if err := cmd.Run(); err != nil {
				b.Fatal(err)
			}
		}
		git = b.Elapsed() / time.Duration(b.N)
	})
	ratio := func(b *testing.B) {
		if git > 0 {
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(git), "of-git")
		}
	}
	b.Run("full", func(b *testing.B) {
		for b.Loop() {
			readOnce(b, w, schemas, nil, "main")
		}
		ratio(b)
	})
	var saved []byte
	readOnce(b, w, schemas, memory("1", &saved), "main~20")
	before := saved
	b.Run("with-20-new-commits", func(b *testing.B) {
		for b.Loop() {
			saved = before
			readOnce(b, w, schemas, memory("1", &saved), "main")
		}
		ratio(b)
		b.ReportMetric(float64(len(before))/1e6, "cache-MB")
	})
	b.Run("one-register", func(b *testing.B) {
		for b.Loop() {
			r, err := gitrepo.Open(w.dir)
			if err != nil {
				b.Fatal(err)
			}
			tip, err := r.Head()
			if err != nil {
				b.Fatal(err)
			}
			if _, err := Read(r, tip, dataset(schemas), nil, nil, "m0/r0"); err != nil {
				b.Fatal(err)
			}
			r.Close()
		}
		ratio(b)
	})
}

// BenchmarkMemory reads 1.5 GB of versions and reports the most memory that the Go runtime
// had from the system.
func BenchmarkMemory(b *testing.B) {
	w, schemas := town(b, 1500, 8, 8000)
	asProgram(b)
	for b.Loop() {
		stop, peak := make(chan bool), make(chan uint64)
		go func() {
			sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
			most := uint64(0)
			for {
				select {
				case <-stop:
					peak <- most
					return
				case <-time.After(2 * time.Millisecond):
					metrics.Read(sample)
					most = max(most, sample[0].Value.Uint64()-sample[1].Value.Uint64())
				}
			}
		}()
		readOnce(b, w, schemas, nil, "main")
		stop <- true
		b.ReportMetric(float64(<-peak)/1e6, "peak-MB")
	}
}
