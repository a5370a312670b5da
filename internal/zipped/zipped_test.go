package zipped

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
)

// TestSameBytes writes archives one after another, so that their compressors are used again. Each has the bytes of
// the first, and the standard library reads what was written.
func TestSameBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var texts [][]byte
	for _, size := range []int{0, 1, 1000, 70_000, 3 << 20} {
		var text bytes.Buffer
		for text.Len() < size {
			fmt.Fprintf(&text, "Ош шаары,%d,суу\n", r.IntN(1000))
		}
		texts = append(texts, text.Bytes()[:size])
	}
	var first []byte
	for range 5 {
		var made bytes.Buffer
		z := NewWriter(&made)
		for i, text := range texts {
			w, err := z.Create(fmt.Sprint(i))
			if err == nil {
				_, err = w.Write(text)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = made.Bytes()
		}
		if !bytes.Equal(made.Bytes(), first) {
			t.Error("the same files gave other bytes")
		}
	}
	read, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range read.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if text, err := io.ReadAll(in); err != nil || !bytes.Equal(text, texts[i]) {
			t.Errorf("file %d reads as %d bytes, %v", i, len(text), err)
		}
	}
}
