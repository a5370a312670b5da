package load_test

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"
)

// edit applies an archive to a repository. Files of the archive other than reports are put
// into the repository. The comment of the archive may have these instructions, which are
// followed in their order:
//
//	replace FILE "old" "new"   FILE must have the old text once
//	remove FILE                FILE may be a folder
//	link FILE                  FILE becomes a symbolic link
//	pipe FILE                  FILE becomes a named pipe
//	folder FILE                FILE becomes a folder
//	grow FILE BYTES            FILE gets that many line ends at its end
//	pack FILE                  FILE becomes an office document of the files below it
//	findings N                 the number of findings that are expected, if it is not 1
func edit(t testing.TB, fsys fstest.MapFS, a *txtar.Archive) (findings int) {
	t.Helper()
	for _, f := range a.Files {
		if !strings.HasPrefix(f.Name, "want.") {
			fsys[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	findings = 1
	for line := range strings.Lines(string(a.Comment)) {
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		name, rest, _ := strings.Cut(rest, " ")
		switch verb {
		case "replace":
			before, after := quoted(t, &rest), quoted(t, &rest)
			if n := bytes.Count(fsys[name].Data, []byte(before)); n != 1 {
				t.Fatalf("%q is %d times in %s", before, n, name)
			}
			fsys[name] = &fstest.MapFile{Data: bytes.Replace(fsys[name].Data, []byte(before), []byte(after), 1)}
		case "remove":
			for there := range fsys {
				if there == name || strings.HasPrefix(there, name+"/") {
					delete(fsys, there)
				}
			}
		case "link":
			fsys[name] = &fstest.MapFile{Data: []byte("/etc/passwd"), Mode: fs.ModeSymlink}
		case "pipe":
			fsys[name] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
		case "folder":
			fsys[name] = &fstest.MapFile{Mode: fs.ModeDir}
		case "grow":
			size, err := strconv.Atoi(rest)
			if err != nil {
				t.Fatal(err)
			}
			begin, _ := fs.ReadFile(fsys, name) // there need not be one
			fsys[name] = &fstest.MapFile{Data: append(begin, bytes.Repeat([]byte("\n"), size)...)}
		case "pack":
			var b bytes.Buffer
			z := zip.NewWriter(&b)
			for _, part := range slices.Sorted(maps.Keys(fsys)) {
				if within, is := strings.CutPrefix(part, name+"/"); is {
					w, _ := z.Create(within) // a buffer takes all
					w.Write(fsys[part].Data)
					delete(fsys, part)
				}
			}
			z.Close()
			fsys[name] = &fstest.MapFile{Data: b.Bytes()}
		case "findings":
			findings, _ = strconv.Atoi(name)
		}
	}
	return findings
}

func quoted(t testing.TB, rest *string) string {
	t.Helper()
	q, err := strconv.QuotedPrefix(strings.TrimSpace(*rest))
	if err != nil {
		t.Fatalf("%s: %v", *rest, err)
	}
	*rest = strings.TrimSpace(*rest)[len(q):]
	s, err := strconv.Unquote(q)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
