// Command wasm makes the desk for browsers: it compiles cmd/desk to WebAssembly, compresses it, and
// copies the script that starts Go programs in browsers. `go generate ./internal/site/desk` calls it
// in the folder of that package. The same sources and version of Go give the same bytes.
package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	if err := build("built"); err != nil {
		fmt.Fprintln(os.Stderr, "wasm:", err)
		os.Exit(1)
	}
}

// build writes desk.wasm.gz and wasm_exec.js to a folder.
func build(dir string) (err error) {
	temp, err := os.MkdirTemp("", "desk-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	program := filepath.Join(temp, "desk.wasm")
	// Without inlining the packed program has 3.6 MB and not 4.3, and takes as long for a sheet.
	c := exec.Command("go", "build", "-gcflags=all=-l", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-o", program, "achyk/cmd/desk")
	c.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	c.Stderr = os.Stderr
	if err := c.Run(); err != nil {
		return err
	}
	code, err := os.ReadFile(program)
	if err != nil {
		return err
	}
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	_, err = z.Write(code)
	if err := errors.Join(err, z.Close()); err != nil {
		return err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return err
	}
	starter, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(filepath.Join(dir, "desk.wasm.gz"), packed.Bytes(), 0o644),
		os.WriteFile(filepath.Join(dir, "wasm_exec.js"), starter, 0o644),
	)
}
