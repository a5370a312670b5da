package load_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"testing"
	"testing/fstest"

	"achyk/internal/diag"
	"achyk/internal/limits"
)

// TestManyFiles has more files, entries of a folder, and bytes in all, than are read. No file
// alone is beyond its limit.
func TestManyFiles(t *testing.T) {
	for what, add := range map[string]func(fstest.MapFS){
		"entries": func(fsys fstest.MapFS) {
			for i := range limits.Entries + 1 {
				fsys[fmt.Sprintf("content/town/files/%d.pdf", i)] = &fstest.MapFile{}
			}
		},
		"files": func(fsys fstest.MapFS) {
			for i := range limits.Files {
				fsys[fmt.Sprintf("content/town/files/%d/%d.pdf", i%10, i)] = &fstest.MapFile{}
			}
		},
		"configs-size": func(fsys fstest.MapFS) {
			for i := range limits.Configs/limits.Settings + 1 {
				fsys[fmt.Sprintf("data/town/a%d.schema.toml", i)] = &fstest.MapFile{Data: bytes.Repeat([]byte("\n"), limits.Settings)}
			}
		},
		"total-size": func(fsys fstest.MapFS) {
			line := bytes.Repeat([]byte("\n"), limits.Layout)
			for i := range limits.Total / limits.Layout {
				fsys[fmt.Sprintf("layouts/%d.html", i)] = &fstest.MapFile{Data: line}
			}
		},
		"all-pixels": func(fsys fstest.MapFS) {
			const side = 8000
			head := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x1f\x40\x00\x00\x1f\x40\x08\x06\x00\x00\x00"
			head += string(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(head[12:]))))
			for i := range limits.AllPixels/side/side + 3 {
				fsys[fmt.Sprintf("content/town/files/%d.png", i)] = &fstest.MapFile{Data: []byte(head)}
			}
		},
		"all-cells": func(fsys fstest.MapFS) {
			cells := bytes.Repeat([]byte(","), limits.Cells)
			for i := range limits.AllCells/limits.Cells + 2 {
				fsys[fmt.Sprintf("data/town/a%d.csv", i)] = &fstest.MapFile{Data: cells}
			}
		},
		"texts-size": func(fsys fstest.MapFS) {
			line := bytes.Repeat([]byte("\n"), limits.Text)
			for i := range limits.Texts / limits.Text {
				fsys[fmt.Sprintf("content/town/files/%d.md", i)] = &fstest.MapFile{Data: line}
			}
		},
	} {
		fsys := base(t)
		add(fsys)
		found := 0
		for _, d := range read(t, fsys) {
			if d.Code == diag.OverLimit && d.Args["what"] == diag.Phrase("limit."+what) {
				found++
			}
		}
		if found != 1 {
			t.Errorf("%s: %d findings, want 1", what, found)
		}
	}
}
