package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"achyk/internal/tools/towntest"
)

var update = flag.Bool("update", false, "write what the commands print into the scripts that compare it")

// TestScripts runs the scripts of testdata/script, which call achyk as people do. They may
// use the commands of package testscript and these:
//
//	run ARG...           runs achyk as exec achyk does, but in the process of the tests
//	repository [DIR]     writes the smallest repository that builds
//	commit DATE MESSAGE  commits everything, by a fixed author at that moment
//	sums DIR             checks SHA256SUMS against the files of a folder
//	list DIR             writes SHA256SUMS for the files of a folder
//	change FILE          changes one byte of a file
//	replace FILE OLD NEW replaces a text in a file
//	photograph FILE      writes a photo as a camera makes it: large, on its side, with the place
//	pause DURATION       waits
//	serve ARG...         starts achyk serve and sets $SITE to its address
//	harmless             checks that a runner of CI would obey no line that was printed last
//	host DIR             publishes a folder and sets $SITE to its address; a file "down" in it makes the server fail
//	get PATH             prints the status, type and body that $SITE answers with
//
// Starting the program takes most of the time of a command, so scripts use exec only where they show something of the
// process: its exit code, its variables, its terminal, and that two processes write the same.
//
// With -update, the files that a script compares with cmp get what was printed instead.
func TestScripts(t *testing.T) {
	folder, err := os.Getwd() // runHere changes it
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join(folder, "testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("LANG", "en_GB.UTF-8")
			e.Setenv("HOME", e.WorkDir)
			for name := range lateGC {
				e.Setenv(name, os.Getenv(name))
			}
			e.Setenv("LAYOUTS", filepath.Join(folder, "..", "..", "layouts")) // those of the program
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"run": runHere, "repository": repository, "commit": commit, "sums": sums, "list": list, "change": change, "replace": replace, "serve": serveSite, "host": host, "get": get, "pause": pause, "harmless": harmless, "photograph": photograph,
		},
		Condition: func(cond string) (bool, error) {
			if cond == "git" {
				_, err := exec.LookPath("git")
				return err == nil, nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
	})
}

// lateGC has the variables by which the programs that tests start collect no garbage below 64 MB. Most need less, and
// spent a third of their processor time on it. TestSetGC is about how the program itself sets it.
var lateGC = map[string]string{"GOGC": "1600", "GOMEMLIMIT": "512MiB"}

func TestMain(m *testing.M) {
	for name, value := range lateGC {
		if os.Getenv(name) == "" {
			os.Setenv(name, value)
		}
	}
	testscript.Main(m, map[string]func(){"achyk": main})
}

// here is held by the command that runs in the process of the tests, because there is one working folder and one log.
var here sync.Mutex

// runHere runs achyk in the folder of the script, with its language and home.
func runHere(ts *testscript.TestScript, neg bool, args []string) {
	here.Lock()
	defer here.Unlock()
	back, err := os.Getwd()
	ts.Check(err)
	ts.Check(os.Chdir(ts.MkAbs(".")))
	defer os.Chdir(back)
	defer log.SetOutput(log.Writer())
	for _, name := range []string{"LANG", "LC_ALL", "LC_MESSAGES", "HOME"} {
		before := os.Getenv(name)
		defer os.Setenv(name, before)
		os.Setenv(name, ts.Getenv(name))
	}
	if code := run(context.Background(), args, strings.NewReader(""), ts.Stdout(), ts.Stderr()); (code != fine) != neg {
		ts.Fatalf("the exit code is %d", code)
	}
}

func repository(ts *testscript.TestScript, neg bool, args []string) {
	dir := "."
	if len(args) > 0 {
		dir = args[0]
	}
	for name, text := range towntest.Files {
		ts.Check(towntest.Write(ts.MkAbs(dir), name, text))
	}
}

func commit(ts *testscript.TestScript, neg bool, args []string) {
	date, message := args[0], args[1]
	ts.Setenv("GIT_AUTHOR_DATE", date)
	ts.Setenv("GIT_COMMITTER_DATE", date)
	if _, err := os.Stat(ts.MkAbs(".git")); err != nil {
		ts.Check(ts.Exec("git", "init", "-q", "-b", "main", "."))
	}
	ts.Check(ts.Exec("git", "add", "-A"))
	ts.Check(ts.Exec("git", "-c", "user.name=Clerk", "-c", "user.email=clerk@sample.example", "-c", "commit.gpgsign=false", "commit", "-q", "-m", message))
}

func sums(ts *testscript.TestScript, neg bool, args []string) {
	dir := ts.MkAbs(args[0])
	list, err := os.ReadFile(filepath.Join(dir, "SHA256SUMS"))
	ts.Check(err)
	for line := range strings.Lines(string(list)) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		ts.Check(err)
		if got := fmt.Sprintf("%x", sha256.Sum256(data)); got != sum {
			ts.Fatalf("%s has the sum %s, the list says %s", name, got, sum)
		}
	}
}

func list(ts *testscript.TestScript, neg bool, args []string) {
	dir := ts.MkAbs(args[0])
	var b strings.Builder
	ts.Check(fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || name == "SHA256SUMS" {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(data), name)
		return err
	}))
	ts.Check(os.WriteFile(filepath.Join(dir, "SHA256SUMS"), []byte(b.String()), 0o666))
}

// obeyed matches a line that a runner of CI obeys, or that drives a terminal.
var obeyed = regexp.MustCompile(`(?m)^[\s\p{Z}]*::.*|##\w*\[.*|.*[\x00-\x09\x0b-\x1f\x7f].*`)

func harmless(ts *testscript.TestScript, neg bool, args []string) {
	for _, stream := range []string{"stdout", "stderr"} {
		if line := obeyed.FindString(ts.ReadFile(stream)); line != "" {
			ts.Fatalf("%s: %q", stream, line)
		}
	}
}

func change(ts *testscript.TestScript, neg bool, args []string) {
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	data[len(data)/2] ^= 1
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o666))
}

func replace(ts *testscript.TestScript, neg bool, args []string) {
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s does not hold %s", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, args[1], args[2], 1)), 0o666))
}

func serveSite(ts *testscript.TestScript, neg bool, args []string) {
	ctx, stop := context.WithCancel(context.Background())
	c := exec.CommandContext(ctx, "achyk", append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	c.Dir, c.Env = ts.MkAbs("."), append(os.Environ(), "LANG=en_GB.UTF-8")
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
	out, err := c.StdoutPipe()
	ts.Check(err)
	c.Stderr = os.Stderr
	ts.Check(c.Start())
	ts.Defer(func() {
		stop()
		if err := c.Wait(); c.ProcessState.ExitCode() != 0 {
			ts.Logf("serve did not end cleanly: %v", err)
		}
	})
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		ts.Check(err)
		if address := regexp.MustCompile(`http://[0-9.:]+`).FindString(line); address != "" {
			ts.Setenv("SITE", address)
			go io.Copy(io.Discard, lines)
			return
		}
	}
}

func host(ts *testscript.TestScript, neg bool, args []string) {
	dir := ts.MkAbs(args[0])
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := os.Stat(filepath.Join(dir, "down")); err == nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		http.FileServer(http.Dir(dir)).ServeHTTP(w, r)
	}))
	ts.Defer(server.Close)
	ts.Setenv("SITE", server.URL)
}

// pause waits, for example "pause 2s". Not every system has a program sleep.
func pause(ts *testscript.TestScript, neg bool, args []string) {
	d, err := time.ParseDuration(args[0])
	ts.Check(err)
	time.Sleep(d)
}

func get(ts *testscript.TestScript, neg bool, args []string) {
	r, err := http.Get(ts.Getenv("SITE") + args[0])
	ts.Check(err)
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	ts.Check(err)
	fmt.Fprintf(ts.Stdout(), "%d %s\n%s", r.StatusCode, r.Header.Get("Content-Type"), body)
}
