// Bench measures what a build costs, and compares it in the same run with the least that a program
// could do and with Hugo. It invents records in twelve registers that refer to each other, in three
// languages, with a Markdown text for every twenty records and a short history in git:
//
//	cd internal/bench && go run . -n 1000,10000
//
// For each size it prints as Markdown the medians of several runs: CPU time (user and system), wall
// time, the most memory that was resident, and the CPU time as a multiple of the floor. The floor
// writes files of the same names and sizes as Achyk's site with two workers, and nothing else.
// Hugo builds poorer pages of the same records; see hugoFiles.
//
// It needs Linux and git. It builds Achyk from the folder two above, and Hugo from the module proxy,
// without cgo. Everything it writes is below -dir, which should be a memory file system, because
// a disk's times differ from run to run.
package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// bench is one run of the benchmark.
type bench struct {
	dir         string // for everything that is written
	achyk, hugo string // the programs; hugo is empty if it is not measured
	runs        int
	again       bool // measure builds into a site that is there
}

func main() {
	sizes := flag.String("n", "1000,10000", "numbers of records")
	dir := flag.String("dir", "/dev/shm", "folder below which everything is written")
	runs := flag.Int("runs", 3, "runs of each command; their median is printed")
	hugo := flag.Bool("hugo", true, "measure Hugo as well")
	again := flag.Bool("again", true, "measure builds into a site that is there as well")
	flag.Parse()
	if flag.Arg(0) == "floor" { // the benchmark calls itself, so that the floor is a process as the others are
		exit(runFloor(flag.Arg(1), flag.Arg(2)))
		return
	}
	exit(measure(*dir, *sizes, *runs, *hugo, *again))
}

// exit ends the program if there was an error.
func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// runFloor writes the files that a list names to a folder.
func runFloor(list, dir string) error {
	data, err := os.ReadFile(list)
	if err != nil {
		return err
	}
	var t tree
	if err := json.Unmarshal(data, &t); err != nil {
		return err
	}
	return floor(dir, t)
}

// measure builds the programs and measures each size.
func measure(dir, sizes string, runs int, withHugo, again bool) error {
	dir, err := os.MkdirTemp(dir, "achyk-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{dir: dir, runs: runs, again: again, achyk: filepath.Join(dir, "achyk")}
	if err := goBuild(filepath.Join("..", ".."), b.achyk, "./cmd/achyk"); err != nil {
		return err
	}
	hugoVersion := ""
	if withHugo {
		b.hugo = filepath.Join(dir, "hugo")
		if err := goBuild(".", b.hugo, "github.com/gohugoio/hugo"); err != nil {
			return err
		}
		hugoVersion = " " + output(b.hugo, "version") + "."
	}
	fmt.Printf("%s, commit %s, %s, %d processors.%s Medians of %d runs.\n",
		time.Now().UTC().Format(time.DateOnly), output("git", "rev-parse", "--short", "HEAD"), runtime.Version(), runtime.NumCPU(), hugoVersion, runs)
	start, err := b.median(func() (cost, error) { return run(dir, b.achyk, "--version") })
	if err != nil {
		return err
	}
	fmt.Printf("\n`achyk --version` takes %s of CPU time.\n", seconds(start.CPU))
	for _, size := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			return err
		}
		if err := b.size(n); err != nil {
			return err
		}
	}
	return nil
}

// goBuild builds a program of the module in a folder.
func goBuild(dir, to, pkg string) error {
	c := exec.Command("go", "build", "-o", to, pkg)
	c.Dir, c.Stderr, c.Env = dir, os.Stderr, append(os.Environ(), "CGO_ENABLED=0")
	return c.Run()
}

// output returns what a command prints, on one line.
func output(command ...string) string {
	out, err := exec.Command(command[0], command[1:]...).Output()
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(out))
}

// size measures n records.
func (b *bench) size(n int) error {
	w := newWorld(n, 1)
	source, dest, list := filepath.Join(b.dir, "source"), filepath.Join(b.dir, "public"), filepath.Join(b.dir, "list")
	defer func() {
		os.RemoveAll(source)
		os.RemoveAll(dest)
	}()
	if err := w.writeRepository(source); err != nil {
		return err
	}
	build := func(more ...string) (cost, error) {
		return run(source, append([]string{b.achyk, "build", "--dest", dest}, more...)...)
	}
	fmt.Printf("\n## %d records\n\n| | CPU | wall | memory | × floor |\n|---|---|---|---|---|\n", n)
	if _, err := build(); err != nil { // fills the cache of the history
		return err
	}
	made, err := size(dest)
	if err != nil {
		return err
	}
	if err := writeList(list, made); err != nil {
		return err
	}
	// Memory that a virtual machine has not used yet costs the first who writes to it: without this the floor took
	// 3.1 to 3.5 s at 10,000 records and the same again 1.6 s, while the build used the memory of the site before it.
	if _, err := b.floor(list); err != nil {
		return err
	}
	floor, err := b.median(func() (cost, error) { return b.floor(list) })
	if err != nil {
		return err
	}
	row("floor: the same files, two workers", floor, floor)
	changed := 0
	measures := []struct {
		name string
		do   func() (cost, error)
	}{
		{"`achyk check`", func() (cost, error) { return run(source, b.achyk, "check") }},
		{"`achyk build`, all anew", func() (cost, error) {
			if err := os.RemoveAll(dest); err != nil {
				return cost{}, err
			}
			return build()
		}},
		{"… again, nothing changed", func() (cost, error) { return build() }},
		{"… again, one cell changed", func() (cost, error) {
			changed++
			if err := w.changeCell(source, changed); err != nil {
				return cost{}, err
			}
			return build()
		}},
		{"… again, another day", func() (cost, error) {
			changed++
			return build("--as-of", time.Date(2026, 4, changed, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
		}},
	}
	if !b.again {
		measures = measures[:2]
	}
	for _, m := range measures {
		c, err := b.median(m.do)
		if err != nil {
			return err
		}
		row(m.name, c, floor)
	}
	fmt.Printf("\nAchyk's site: %d files, %.0f MB.\n", len(made.Names), float64(made.Bytes)/1e6)
	if b.hugo == "" {
		return nil
	}
	return b.measureHugo(w, floor)
}

// measureHugo measures Hugo on the same records.
func (b *bench) measureHugo(w *world, floor cost) error {
	source, dest := filepath.Join(b.dir, "hugo-source"), filepath.Join(b.dir, "hugo-public")
	defer os.RemoveAll(source)
	defer os.RemoveAll(dest)
	if err := w.writeHugo(source); err != nil {
		return err
	}
	c, err := b.median(func() (cost, error) {
		if err := os.RemoveAll(dest); err != nil {
			return cost{}, err
		}
		return run(source, b.hugo, "--quiet", "--noBuildLock", "--cacheDir", filepath.Join(b.dir, "hugo-cache"), "--destination", dest)
	})
	if err != nil {
		return err
	}
	made, err := size(dest)
	if err != nil {
		return err
	}
	fmt.Printf("\n| | CPU | wall | memory | × floor |\n|---|---|---|---|---|\n")
	row("Hugo, poorer pages", c, floor)
	fmt.Printf("\nHugo's site: %d files, %.0f MB.\n", len(made.Names), float64(made.Bytes)/1e6)
	return nil
}

// floor runs the floor as a process of its own.
func (b *bench) floor(list string) (cost, error) {
	self, err := os.Executable()
	if err != nil {
		return cost{}, err
	}
	dest := filepath.Join(b.dir, "floor")
	defer os.RemoveAll(dest)
	return run(b.dir, self, "floor", list, dest)
}

// writeList writes the list of files that runFloor reads.
func writeList(name string, t tree) error {
	return create(name, func(f *os.File) error { return json.NewEncoder(f).Encode(t) })
}

// changeCell changes a cell of the last register, as a clerk would who corrects a number.
func (w *world) changeCell(dir string, to int) error {
	rows := append([]record(nil), w.Registers[registers-1]...)
	rows[len(rows)/2].Amount = strconv.Itoa(to)
	return writeRegister(dir, registers-1, rows, -1)
}

// median runs a measurement several times.
func (b *bench) median(measure func() (cost, error)) (cost, error) {
	var all []cost
	for range b.runs {
		c, err := measure()
		if err != nil {
			return cost{}, err
		}
		all = append(all, c)
	}
	return median(all), nil
}

// row prints a line of the table.
func row(name string, c, floor cost) {
	fmt.Printf("| %s | %s | %s | %d MB | %.2f |\n", name, seconds(c.CPU), seconds(c.Wall), c.Memory>>20, float64(c.CPU)/float64(cmp.Or(floor.CPU, 1)))
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }
