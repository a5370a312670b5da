package desk_test

import (
	"slices"
	"testing"

	"achyk/internal/desk"
	"achyk/internal/diag"
	"achyk/internal/source"
)

// TestDraft brings several files together. What refers to what may come in any order, and of two sheets of a
// register the second goes on from the first.
func TestDraft(t *testing.T) {
	_, r := published(t)
	m := r.Data.Municipalities[0]
	sheet := func(name, text string) desk.Input {
		return desk.Input{File: &source.File{Path: name, Data: []byte(text)}}
	}
	territories := sheet("territories.csv", "id,name_ky,kind\nwest,Батыш,district\n")
	things := sheet("things.csv", "id,name_ky,place\nt-9,Жаңы,west\n")
	one, other := sheet("a.csv", "id,name_ky\nt-1,Биринчи\n"), sheet("b.csv", "id,name_ky\nt-1,Экинчи\n")
	one.Register, other.Register = "things", "things"
	photo := func(put string) desk.Input {
		return desk.Input{File: &source.File{Path: "image.jpg", Data: []byte(put)}, Put: "content/town/files/" + put}
	}
	again := sheet("things.csv", "id,name_ky\nt-9,Эң жаңы\n")
	for name, c := range map[string]struct {
		inputs []desk.Input
		files  []string
		code   diag.Code
	}{
		"one refers to the other":     {[]desk.Input{territories, things}, []string{"data/town/territories.csv", "data/town/things.csv"}, ""},
		"in the other order":          {[]desk.Input{things, territories}, []string{"data/town/territories.csv", "data/town/things.csv"}, ""},
		"what it refers to is absent": {[]desk.Input{things}, nil, diag.UnknownID},
		"twice the same register":     {[]desk.Input{territories, things, again}, []string{"data/town/territories.csv", "data/town/things.csv"}, ""},
		"two sheets differ on a cell": {[]desk.Input{one, other}, nil, diag.Contradicts},
		"two documents of one name":   {[]desk.Input{photo("a.txt"), photo("b.txt")}, nil, diag.SameName},
		"refused":                     {[]desk.Input{territories, {File: &source.File{Path: "a.heic"}, Refused: &diag.Diagnostic{Code: diag.DocumentKind, Path: "a.heic"}}}, nil, diag.DocumentKind},
	} {
		d, err := r.Draft(m, c.inputs)
		if err != nil {
			t.Fatal(err)
		}
		var files []string
		for _, f := range d.Files {
			files = append(files, f.Path)
		}
		problems := slices.Clone(d.Problems)
		for _, p := range d.Sheets {
			if p != nil {
				problems = append(problems, p.Problems...)
			}
		}
		said := slices.ContainsFunc(problems, func(p diag.Diagnostic) bool { return p.Code == c.code })
		if !slices.Equal(files, c.files) || said != (c.code != "") {
			t.Errorf("%s: %v, %v", name, files, problems)
		}
		if name == "twice the same register" && (len(d.Edits) != 2 || len(d.Sheets[2].Changes) != 1 || d.Sheets[2].Changes[0].Kind != desk.Changed) {
			t.Errorf("%s: %+v", name, d.Edits)
		}
	}
}

// TestCorrected reads a cell as if it had another text.
func TestCorrected(t *testing.T) {
	_, r := published(t)
	p := take(t, r, "things.csv", []byte("id,name_ky,kind\nt-9,Жаңы,ким\n"), desk.Options{})
	if !p.Problems.HasErrors() {
		t.Fatal("the word is taken")
	}
	p = take(t, r, "things.csv", []byte("id,name_ky,kind\nt-9,Жаңы,ким\n"), desk.Options{Corrected: map[source.Cell]string{{Row: 2, Column: 3}: ""}})
	if p.Problems.HasErrors() || p.CSV == nil {
		t.Error(p.Problems)
	}
}
