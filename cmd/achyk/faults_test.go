package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"achyk/internal/tools/towntest"
)

// writers are the commands that write a register, with the text that it has before. Formatting, merging and adding take
// a tenth of a second, of which the writing is the last.
func writers(t *testing.T) (before string, commands map[string][]string) {
	var b, s strings.Builder
	b.WriteString(towntest.Files["data/town/territories.csv"])
	s.WriteString("id;name_ky;kind\n")
	for i := range 1000 {
		fmt.Fprintf(&b, "\"t%d\",Айыл,Село,Village,district,,,,\n", i) // not as fmt writes it
		fmt.Fprintf(&s, "t%d;Шаар;city\n", i)
	}
	sheet := filepath.Join(t.TempDir(), "territories.csv")
	if err := os.WriteFile(sheet, []byte(s.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	return b.String(), map[string][]string{
		"fmt":    {"fmt"},
		"import": {"import", "territories", sheet, "--yes"},
		"new":    {"new", "territories", "id=x", "name_ky=а", "name_ru=а", "name_en=a", "kind=city", "--yes"},
	}
}

// TestKilledWriters kills commands that write a register at random moments, while somebody else reads it. It is always
// the old register or the new one, and what a killed command leaves behind disturbs nobody.
func TestKilledWriters(t *testing.T) {
	before, commands := writers(t)
	for name, args := range commands {
		r := towntest.New(t)
		register := filepath.Join(r.Dir, "data", "town", "territories.csv")
		run := func() *exec.Cmd {
			r.Write("data/town/territories.csv", before)
			return exec.Command("achyk", append(args, "--source", r.Dir, "--lang", "en")...)
		}
		start := time.Now()
		if out, err := run().CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		took := time.Since(start)
		after, err := os.ReadFile(register)
		if err != nil || string(after) == before {
			t.Fatalf("%s changes nothing, %v", name, err)
		}
		known := map[string]int{before: 0, string(after): 0}
		for n := range 10 {
			c := run()
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			deadline, writing := time.Now().Add(time.Duration(rand.Int64N(2*int64(took)+1))), false
			for time.Now().Before(deadline) && !(n%2 > 0 && writing) { // every second time just when it begins to write
				begun, _ := filepath.Glob(filepath.Join(filepath.Dir(register), ".achyk-*"))
				writing = len(begun) > 0
				text, err := os.ReadFile(register)
				if _, whole := known[string(text)]; err != nil || !whole {
					t.Fatalf("%s: the register has %d bytes, %v", name, len(text), err)
				}
			}
			c.Process.Kill()
			c.Wait()
			text, err := os.ReadFile(register)
			if _, whole := known[string(text)]; err != nil || !whole {
				t.Fatalf("%s was killed: the register has %d bytes, %v", name, len(text), err)
			}
			known[string(text)]++
		}
		if out, err := exec.Command("achyk", "check", "--source", r.Dir).CombinedOutput(); err != nil {
			t.Errorf("after %s was killed: %v\n%s", name, err, out)
		}
		t.Logf("%s was killed %d times before it had written and %d times after", name, known[before], known[string(after)])
	}
}

// TestWritersOnFullDisk writes a register to a disk that is full, and to one that can only be read. The old register
// stays, and nothing beside it.
func TestWritersOnFullDisk(t *testing.T) {
	before, commands := writers(t)
	for name, args := range commands {
		for state, why := range map[string]string{"full": "the disk is full", "read only": "the disk can only be read"} {
			disk := t.TempDir()
			if !mountSmall(t, disk, int64(len(before))+64<<10) {
				t.Skip("a small file system can only be made by root")
			}
			for file, text := range towntest.Files {
				if err := towntest.Write(disk, file, text); err != nil {
					t.Fatal(err)
				}
			}
			folder := filepath.Join(disk, "data", "town")
			err := os.WriteFile(filepath.Join(folder, "territories.csv"), []byte(before), 0o666)
			if state == "full" {
				for block := 4096; block > 0; block-- { // fill up the rest
					f, _ := os.OpenFile(filepath.Join(disk, "rest"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
					_, full := f.Write(make([]byte, 4096))
					f.Close()
					if full != nil {
						break
					}
				}
			} else {
				err = errors.Join(err, readOnly(disk))
			}
			if err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command("achyk", append(args, "--source", disk, "--lang", "en")...).CombinedOutput()
			if err == nil || !strings.Contains(string(out), why) {
				t.Errorf("%s, %s: %v\n%s", name, state, err, out)
			}
			text, err := os.ReadFile(filepath.Join(folder, "territories.csv"))
			entries, _ := fs.Glob(os.DirFS(folder), ".*")
			if err != nil || string(text) != before || len(entries) > 0 {
				t.Errorf("%s, %s: %d of %d bytes, %v, beside it %v", name, state, len(text), len(before), err, entries)
			}
			unmount(t, disk)
		}
	}
}

// TestUnreadable checks a repository of which a file, and then a folder, may not be read. The user root may read all.
func TestUnreadable(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no such permissions")
	}
	r := towntest.New(t)
	for _, name := range []string{"data/town/territories.csv", "data/town"} {
		path := filepath.Join(r.Dir, filepath.FromSlash(name))
		info, err := os.Stat(path)
		if err == nil {
			err = os.Chmod(path, 0)
		}
		if err != nil {
			t.Fatal(err)
		}
		for lang, want := range map[string]string{"ky": "ага уруксат жок", "ru": "нет доступа", "en": "access is denied"} {
			c := exec.Command("achyk", "check", "--source", r.Dir, "--lang", lang)
			if !asNobody(c, r.Dir) {
				t.Skip("the user root may read all, and cannot become another one")
			}
			out, err := c.CombinedOutput()
			if c.ProcessState.ExitCode() != failure || !strings.Contains(string(out), want) || !strings.Contains(string(out), name) {
				t.Errorf("%s: %v\n%s", name, err, out)
			}
		}
		os.Chmod(path, info.Mode())
	}
}

// TestGiven gives commands files that never end, or are none.
func TestGiven(t *testing.T) {
	r := towntest.New(t)
	large := filepath.Join(t.TempDir(), "large.csv")
	if err := errors.Join(os.WriteFile(large, nil, 0o666), os.Truncate(large, 2<<30)); err != nil {
		t.Fatal(err)
	}
	given := map[string]string{large: "larger than 128 megabytes", r.Dir: "is a folder"}
	if runtime.GOOS != "windows" {
		given["/dev/zero"] = "a device or pipe"
	}
	for file, want := range given {
		for _, args := range [][]string{{"import", "territories", file}, {"attach", file, "--to", "territories", "north"}} {
			out, err := exec.Command("achyk", append(args, "--source", r.Dir, "--lang", "en")...).CombinedOutput()
			if err == nil || !strings.Contains(string(out), want) {
				t.Errorf("%v: %v\n%s", args, err, out)
			}
		}
	}
}
