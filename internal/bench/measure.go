package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// cost is what a process used.
type cost struct {
	Wall, CPU time.Duration
	Memory    int64 // the most that was resident, in bytes
}

// run runs a command in a folder and measures it.
func run(dir string, command ...string) (cost, error) {
	c := exec.Command(command[0], command[1:]...)
	c.Dir = dir
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	start := time.Now()
	err := c.Run()
	if err != nil {
		return cost{}, fmt.Errorf("%v: %w\n%s", command, err, out.Bytes())
	}
	used := c.ProcessState
	return cost{time.Since(start), used.UserTime() + used.SystemTime(), used.SysUsage().(*syscall.Rusage).Maxrss << 10}, nil
}

// median returns the median of each figure by itself.
func median(all []cost) cost {
	of := func(get func(cost) int64) int64 {
		figures := make([]int64, len(all))
		for i, c := range all {
			figures[i] = get(c)
		}
		slices.Sort(figures)
		return figures[len(figures)/2]
	}
	return cost{
		Wall:   time.Duration(of(func(c cost) int64 { return int64(c.Wall) })),
		CPU:    time.Duration(of(func(c cost) int64 { return int64(c.CPU) })),
		Memory: of(func(c cost) int64 { return c.Memory }),
	}
}

// tree is what a folder has.
type tree struct {
	Names []string
	Sizes []int64
	Bytes int64
}

// size lists the files below a folder.
func size(dir string) (t tree, err error) {
	err = filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		name, err = filepath.Rel(dir, name)
		t.Names, t.Sizes, t.Bytes = append(t.Names, name), append(t.Sizes, info.Size()), t.Bytes+info.Size()
		return err
	})
	return t, err
}

// floor writes files of the given sizes with two workers: the least that a program can do that
// writes the same site.
func floor(dir string, t tree) error {
	const workers = 2
	var most int64
	for _, n := range t.Sizes {
		most = max(most, n)
	}
	content := bytes.Repeat([]byte("ачык "), int(most)/len("ачык ")+1)
	errs := make(chan error, workers)
	for worker := range workers {
		go func() {
			var err error
			for i := worker; i < len(t.Names) && err == nil; i += workers {
				name := filepath.Join(dir, t.Names[i])
				if err = os.WriteFile(name, content[:t.Sizes[i]], 0o666); os.IsNotExist(err) {
					if err = os.MkdirAll(filepath.Dir(name), 0o777); err == nil {
						err = os.WriteFile(name, content[:t.Sizes[i]], 0o666)
					}
				}
			}
			errs <- err
		}()
	}
	var first error
	for range workers {
		if err := <-errs; err != nil {
			first = err
		}
	}
	return first
}
