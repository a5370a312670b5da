package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"achyk/internal/limits"
)

func TestChecksums(t *testing.T) {
	dest := filepath.Join(t.TempDir(), "public")
	s := mustStage(t, dest, map[string]string{"build.json": buildJSON, "ky/index.html": "", "a.csv": "id\n"})
	files := fmt.Sprint(s.Files())
	if err := s.Publish(); err != nil {
		t.Fatal(err)
	}
	const want = "" + // computed with sha256sum(1)
		"984a644ec3b56d32b0404777e1eb73390c4b0742a6a0e183f07861056b6746de  a.csv\n" +
		"39564bfc7109577f3a4043da2934fcbcf58ee0200e7cc0bf9d4992fb6b781300  build.json\n" +
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  ky/index.html\n"
	got, err := os.ReadFile(filepath.Join(dest, SumsName))
	if string(got) != want || err != nil {
		t.Errorf("SHA256SUMS is\n%s%v, want\n%s", got, err, want)
	}
	if want := "[{a.csv 3 984a"; !strings.HasPrefix(files, want) {
		t.Errorf("Files() = %s, want %s…", files, want)
	}
}

func TestReadSums(t *testing.T) {
	zeros, ones := strings.Repeat("0", 64), strings.Repeat("1", 64)
	list := strings.Join([]string{
		zeros + "  ky/index.html",
		ones + "  a.csv",
		ones + "  ky/index.html", // named before
		"",
		zeros[1:] + "  short",
		zeros + " *binary",
		strings.ToUpper(strings.Repeat("a", 64)) + "  upper",
		zeros + "  ../secret",
		zeros + "  /etc/passwd",
		zeros + "  ky/../../secret",
		zeros + `  C:\secret`,
		zeros + "  SHA256SUMS", // no list holds itself
		zeros + "  crlf\r",
		zeros + "  nul\x00",
		zeros + "  not \xff UTF-8",
		zeros + "  " + strings.Repeat("long/", 5000),
		zeros + "  last",
	}, "\n")
	files, bad, err := ReadSums(strings.NewReader(list), 17)
	if err != nil {
		t.Fatal(err)
	}
	want := []File{{"a.csv", 0, Digest(bytes.Repeat([]byte{0x11}, 32))}, {"ky/index.html", 0, Digest{}}, {"last", 0, Digest{}}}
	if !slices.Equal(files, want) || !slices.Equal(bad, []int{3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}) {
		t.Errorf("%v, bad lines %v", files, bad)
	}
	var exceeded *limits.Exceeded
	if _, _, err := ReadSums(strings.NewReader(list), 16); !errors.As(err, &exceeded) || exceeded.Limit != 16 {
		t.Errorf("one line too many gives %v", err)
	}
	cut := errors.New("cut off")
	if _, _, err := ReadSums(io.MultiReader(strings.NewReader(list), iotest.ErrReader(cut)), 17); !errors.Is(err, cut) {
		t.Errorf("a list that breaks off gives %v", err)
	}
}

// FuzzReadSums checks that what is read of any list is in order, can be written again as it
// was, and that each line is either read or bad.
func FuzzReadSums(f *testing.F) {
	zeros := strings.Repeat("0", 64)
	for _, list := range []string{
		"", "\n", zeros + "  a", zeros + "  a\n" + zeros + "  a\n", zeros + "  b\n" + zeros + "  a\r\n\n" + zeros + " *c",
		zeros + "  ../a\n" + zeros + "  /a\n" + zeros + "  a/\xff\n" + zeros + "  a//b\n" + zeros + "  SHA256SUMS\n",
		zeros + "  ky/и\u0306.html\n" + zeros + "  CON\n" + zeros + "  a.\n", zeros + "  " + strings.Repeat("x", longestLine-67) + "\n" + zeros + "  " + strings.Repeat("x", longestLine-66),
	} {
		f.Add([]byte(list), 10)
	}
	f.Fuzz(func(t *testing.T, list []byte, most int) {
		files, bad, err := ReadSums(bytes.NewReader(list), most)
		lines := bytes.Count(list, []byte("\n"))
		if len(list) > 0 && !bytes.HasSuffix(list, []byte("\n")) {
			lines++
		}
		if (err != nil) != (lines > max(most, 0)) {
			t.Fatalf("%d lines, at most %d: %v", lines, most, err)
		}
		if err != nil {
			return
		}
		if len(files)+len(bad) != lines {
			t.Errorf("%d lines became %d files and %d bad lines", lines, len(files), len(bad))
		}
		for i, file := range files {
			if Portable(file.Path) != nil || i > 0 && files[i-1].Path >= file.Path {
				t.Errorf("%q is not portable, or not in order", file.Path)
			}
			if line := sumsOf(files[i : i+1]); !bytes.Contains(append(list, '\n'), line) {
				t.Errorf("%q is not in the list", line)
			}
		}
		again, bad, err := ReadSums(bytes.NewReader(sumsOf(files)), len(files))
		if !slices.Equal(again, files) || bad != nil || err != nil {
			t.Errorf("%v became %v, %v, %v", files, again, bad, err)
		}
	})
}

// sumsOf returns the content of SHA256SUMS for files.
func sumsOf(files []File) []byte {
	var b bytes.Buffer
	WriteSums(&b, files)
	return b.Bytes()
}

// A ledger returns the same sizes and checksums as a staging folder.
func TestLedger(t *testing.T) {
	s := mustStage(t, filepath.Join(t.TempDir(), "public"), nil)
	defer s.Discard()
	var l Ledger
	for _, to := range []interface {
		Write(string, []byte) error
		Stream(string, func(io.Writer) error) (File, error)
	}{s, &l} {
		if err := to.Write("b", []byte("b")); err != nil {
			t.Fatal(err)
		}
		f, err := to.Stream("a", func(w io.Writer) error { _, err := io.WriteString(w, "aa"); return err })
		if err != nil || f.Path != "a" || f.Size != 2 {
			t.Fatal(f, err)
		}
	}
	if got := l.Files(); !slices.Equal(got, s.Files()) || len(got) != 2 || got[0].Size != 2 {
		t.Errorf("%v, the folder has %v", got, s.Files())
	}
}
