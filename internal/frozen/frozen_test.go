package frozen

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"achyk/internal/gitrepo"
)

const site = `
title    = { ky = "Ачык", ru = "Ачык", en = "Achyk" }
base_url = "https://achyk.example/"
`

var when = time.Date(2026, 3, 2, 20, 0, 0, 0, time.UTC) // the third in Bishkek

const schema = `
primary_key = ["id"]
title       = { ky = "Көпүрөлөр", ru = "Мосты", en = "Bridges" }
description = { ky = "Шаардын көпүрөлөрү.", ru = "Мосты города.", en = "The bridges of the city." }

[[column]]
name        = "id"
type        = "id"
required    = true
title       = { ky = "Коду", ru = "Код", en = "Code" }
description = { ky = "Көпүрөнүн коду.", ru = "Код моста.", en = "The code of the bridge." }
`

// commit makes the files of a commit with two registers.
func commit(bridges string) fstest.MapFS {
	tree := fstest.MapFS{
		"data/site.toml":           {Data: []byte(site)},
		"data/t/municipality.toml": {Data: []byte("name = { ky = \"Т\", ru = \"Т\", en = \"T\" }\n")},
	}
	for name, rows := range map[string]string{"bridges": bridges, "fords": "id\nsalkyn\n"} {
		tree["data/t/"+name+".csv"] = &fstest.MapFile{Data: []byte(rows)}
		tree["data/t/"+name+".schema.toml"] = &fstest.MapFile{Data: []byte(schema)}
	}
	return tree
}

func tag() gitrepo.Tag {
	return gitrepo.Tag{Name: "v1", Commit: gitrepo.Commit{Hash: strings.Repeat("a", 40), Time: when.AddDate(-1, 0, 0), Made: when}}
}

// made makes the version and returns its files.
func made(t *testing.T, bridges string) (v *Version, files map[string]string) {
	t.Helper()
	v, err := Make(commit(bridges), tag())
	if err != nil {
		t.Fatal(err)
	}
	files = map[string]string{}
	for _, f := range v.Files() {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		files[f.Path] = b.String()
	}
	return v, files
}

// A register is published and described. One with errors is published as it was committed and not described, since the
// description might be wrong about it.
func TestMake(t *testing.T) {
	for name, test := range map[string]struct {
		bridges   string
		described bool
	}{
		"sound":   {"id\nak-buura\n", true},
		"unsound": {"id\nAk Buura\n", false},
	} {
		_, files := made(t, test.bridges)
		if files["data/v/v1/t/bridges.csv"] != test.bridges || files["data/v/v1/t/fords.schema.json"] == "" {
			t.Errorf("%s: %q", name, files)
		}
		if described := files["data/v/v1/t/bridges.schema.json"] != ""; described != test.described {
			t.Errorf("%s: described: %v", name, described)
		}
	}
}

// The day of a version is the one on which its commit was made: the author's clock is whatever its owner sets.
func TestDay(t *testing.T) {
	v, _ := made(t, "id\n")
	if day := v.AsOf.Format(time.DateOnly); day != "2026-03-03" {
		t.Errorf("the version is of %s", day)
	}
}

// A commit without a register makes no version.
func TestNothing(t *testing.T) {
	if v, err := Make(fstest.MapFS{"data/site.toml": {Data: []byte(site)}}, tag()); err != nil || v != nil {
		t.Errorf("%v, %v", v, err)
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]bool{"v2026.1": true, "v1-rc_2": true, "v": false, "v/1": false, "2026": false, "v1 ": false, "v" + strings.Repeat("1", 300): false} {
		if Names(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}
