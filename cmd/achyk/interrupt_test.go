package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"achyk/internal/report"
	"achyk/internal/tools/towntest"
)

// site is a small repository, and the folder that the program publishes it to.
type site struct {
	towntest.Repository
	dest string
}

func newSite(t *testing.T) site {
	t.Helper()
	return site{towntest.New(t), filepath.Join(t.TempDir(), "out", "public")}
}

// edit makes the next site differ from those before.
func (s site) edit(n int) {
	s.Write("data/town/territories.csv", towntest.Files["data/town/territories.csv"]+fmt.Sprintf("e%d,Айыл,Село,Village,district,,,,\n", n))
}

// build returns the command that builds the site.
func (s site) build() *exec.Cmd {
	c := exec.Command("achyk", "build", "--source", s.Dir, "--dest", s.dest, "--as-of", "2026-03-01", "--lang", "en")
	c.Env = append(os.Environ(), "GOMAXPROCS=1")
	return c
}

// whole checks that the published site is whole, and returns its checksums.
func (s site) whole() string {
	s.Helper()
	list, err := os.ReadFile(filepath.Join(s.dest, "SHA256SUMS"))
	if err != nil {
		s.Fatal(err)
	}
	listed := map[string]string{}
	for line := range strings.Lines(string(list)) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		listed[name] = sum
	}
	err = fs.WalkDir(os.DirFS(s.dest), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || name == "SHA256SUMS" {
			return err
		}
		data, err := os.ReadFile(filepath.Join(s.dest, filepath.FromSlash(name)))
		if sum := fmt.Sprintf("%x", sha256.Sum256(data)); sum != listed[name] {
			s.Errorf("%s has the sum %s, the list says %q", name, sum, listed[name])
		}
		delete(listed, name)
		return err
	})
	if err != nil || len(listed) > 0 {
		s.Fatalf("%d files are missing, %v", len(listed), err)
	}
	return string(list)
}

// alone checks that nothing lies beside the published site.
func (s site) alone() {
	s.Helper()
	entries, err := os.ReadDir(filepath.Dir(s.dest))
	if err != nil || len(entries) != 1 {
		s.Errorf("beside the site: %v, %v", entries, err)
	}
}

func (s site) mustBuild() {
	s.Helper()
	if out, err := s.build().CombinedOutput(); err != nil {
		s.Fatalf("%v\n%s", err, out)
	}
}

// TestKilledBuilds kills builds at random moments, fewer of them on a slow machine. The site is always a whole one, and what a
// killed build leaves behind is gone after the next.
func TestKilledBuilds(t *testing.T) {
	s := newSite(t)
	start := time.Now()
	s.mustBuild()
	took := time.Since(start)
	known := map[string]bool{s.whole(): true}
	for n := 0; n < 25 && (n < 5 || time.Since(start) < 5*time.Second); n++ {
		s.edit(n)
		build := s.build()
		if err := build.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.Int64N(int64(took) + 1)))
		build.Process.Kill()
		build.Wait()
		known[s.whole()] = true
		remains, err := filepath.Glob(filepath.Join(filepath.Dir(s.dest), ".public.achyk-*"))
		if err != nil || len(remains) > 1 && runtime.GOOS != "windows" {
			t.Errorf("killed builds left %v, %v", remains, err)
		}
	}
	s.mustBuild()
	s.whole()
	if runtime.GOOS != "windows" {
		s.alone()
	}
	t.Logf("%d different sites were seen", len(known))
}

// TestInterruptedVerify interrupts verify while it waits for a site. What it says is not that the
// site is at fault.
func TestInterruptedVerify(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot be interrupted")
	}
	for _, flag := range []string{"--checksums=true", "--checksums=false"} {
		asked := make(chan bool, 1)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			select {
			case asked <- true:
			default: // asked again
			}
			<-r.Context().Done()
		}))
		defer server.Close()
		verify := exec.Command("achyk", "verify", server.URL, flag, "--lang", "en")
		var said strings.Builder
		verify.Stderr = &said
		if err := verify.Start(); err != nil {
			t.Fatal(err)
		}
		select {
		case <-asked:
		case <-time.After(time.Minute):
			t.Errorf("%s: nothing was asked for", flag)
		}
		verify.Process.Signal(os.Interrupt)
		verify.Wait()
		if code := verify.ProcessState.ExitCode(); code != failure || said.String() != "The command was interrupted before it was done.\n" {
			t.Errorf("%s: exit code %d, %q", flag, code, said.String())
		}
	}
}

// TestInterruptedQuestion interrupts a command that waits for an answer: it does not wait for the line.
func TestInterruptedQuestion(t *testing.T) {
	in, never := io.Pipe()
	defer never.Close()
	var said strings.Builder
	ctx, interrupt := context.WithCancel(context.Background())
	a := &app{in: bufio.NewReader(in), interrupted: ctx.Done(), out: report.NewOutput(&said), err: report.NewOutput(&said)}
	interrupt()
	answer, err := a.ask("> ")
	a.err.Flush()
	if answer != "" || err != errStopped || said.String() != "> \n" {
		t.Errorf("%q, %v, said %q", answer, err, said.String())
	}
}

// TestBuildsAtOnce builds three times at once into a folder that does not exist yet.
func TestBuildsAtOnce(t *testing.T) {
	s := newSite(t)
	var builds []*exec.Cmd
	for range 3 {
		build := s.build()
		build.Stderr = os.Stderr
		if err := build.Start(); err != nil {
			t.Fatal(err)
		}
		builds = append(builds, build)
	}
	for _, build := range builds {
		if err := build.Wait(); err != nil {
			t.Error(err)
		}
	}
	s.whole()
	s.alone()
}

// TestFewDescriptors builds with too few open files allowed, and just enough. The site is whole,
// and if the new one is not in place, a message says why.
func TestFewDescriptors(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil || runtime.GOOS == "windows" {
		t.Skip("there is no ulimit")
	}
	s := newSite(t)
	s.mustBuild()
	for _, most := range []int{12, 20, 64} {
		before := s.whole()
		s.edit(most)
		build := s.build()
		build.Path, build.Args = "/bin/sh", append([]string{"sh", "-c", fmt.Sprintf(`ulimit -n %d && exec "$@"`, most), "sh"}, build.Args...)
		out, err := build.CombinedOutput()
		published := s.whole() != before
		switch {
		case most == 64 && err != nil, err == nil && !published, err != nil && build.ProcessState.ExitCode() != failure,
			err != nil && published != strings.Contains(string(out), "could not be removed"):
			t.Errorf("with %d descriptors: %v, published: %v\n%s", most, err, published, out)
		}
	}
	s.alone()
}

// TestFullDisk builds to a file system that is too small for the new site beside the old one,
// by less and less.
func TestFullDisk(t *testing.T) {
	s := newSite(t)
	s.mustBuild()
	old := s.whole()
	var size int64
	filepath.WalkDir(s.dest, func(_ string, e fs.DirEntry, err error) error {
		if info, err := e.Info(); err == nil {
			size += (info.Size()/4096 + 1) * 4096
		}
		return nil
	})
	disk := t.TempDir()
	published := s.dest
	s.dest = filepath.Join(disk, "public")
	for _, part := range []int64{110, 160, 250} {
		if !mountSmall(t, disk, size*part/100) {
			t.Skip("a small file system can only be made by root")
		}
		if err := os.CopyFS(s.dest, os.DirFS(published)); err != nil {
			t.Fatal(err)
		}
		s.edit(int(part))
		out, err := s.build().CombinedOutput()
		now := s.whole()
		if (err != nil) != (now == old) || err != nil && !strings.Contains(string(out), "the disk is full") || err != nil && part == 250 {
			t.Errorf("%d%%: %v, the site is the old one: %v\n%s", part, err, now == old, out)
		}
		s.alone()
		unmount(t, disk)
	}
}
