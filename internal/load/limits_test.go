package load_test

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"hash/crc32"
	"strings"
	"testing"
	"testing/fstest"

	"achyk/internal/diag"
	"achyk/internal/jme"
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

// TestManyPoints has a contest of few records whose sheets have more points than are read: one for each
// application, criterion and member, whether it is recorded or not.
func TestManyPoints(t *testing.T) {
	fsys := base(t)
	register := func(name string, rows int, cells map[string]string) {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		schema := jme.Schema(name)
		header, row := make([]string, len(schema.Fields)), make([]string, len(schema.Fields))
		for i, f := range schema.Fields {
			header[i] = f.Name
		}
		w.Write(header)
		for n := range rows {
			for i, field := range header {
				row[i] = strings.ReplaceAll(cells[field], "#", fmt.Sprint(n))
			}
			w.Write(row)
		}
		w.Flush()
		fsys["data/town/"+name+".csv"] = &fstest.MapFile{Data: b.Bytes()}
	}
	register("panels", 1, map[string]string{"id": "p"})
	register("contests", 1, map[string]string{"id": "c", "panel": "p"})
	register("applications", 70, map[string]string{"id": "a#", "contest": "c"})
	register("criteria", 70, map[string]string{"id": "k#", "contest": "c"})
	register("panel_members", 70, map[string]string{"id": "m#", "panel": "p"})
	for _, d := range read(t, fsys) {
		if d.Code == diag.OverLimit && d.Args["what"] == diag.Phrase("limit.points") && d.Args["have"] == 343_000 && d.ID == "c" {
			return
		}
	}
	t.Error("343,000 points are read")
}

// TestLongTitle has a name that would be on every page of the municipality, and is as long as a book.
func TestLongTitle(t *testing.T) {
	fsys := base(t)
	const name = "data/town/municipality.toml"
	settings := string(fsys[name].Data)
	at := strings.Index(settings, "name")
	fsys[name] = &fstest.MapFile{Data: []byte(settings[:at] + `name = { ky = "` + strings.Repeat("Ш", limits.Title+1) + `", ru = "Город", en = "Town" }` + "\n#" + settings[at:])}
	if got := read(t, fsys); len(got) != 1 || got[0].Code != diag.OverLimit || got[0].Args["key"] != "name.ky" || got[0].Position().Line == 0 {
		t.Error(got)
	}
}
