package desk_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"achyk/internal/desk"
	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/report"
)

// TestNames brings names of records, among them two people of one name.
func TestNames(t *testing.T) {
	files, _ := published(t)
	files["data/town/panels.csv"] = &fstest.MapFile{Data: []byte("id,kind,name_ky\np-1,commission,Биринчи\np-2,commission,Экинчи\n")}
	files["data/town/panel_members.csv"] = &fstest.MapFile{Data: []byte("id,panel,name,side\nm-1,p-1,Айгүл Үлгүева,deputy\nm-2,p-2,Айгүл Үлгүева,deputy\nm-3,p-2,Бакыт Үлгүев (sample),deputy\n")}
	files["data/town/people.schema.toml"] = &fstest.MapFile{Data: []byte(`primary_key = ["id"]
title = { ky = "Тизме", ru = "Список", en = "List" }
[[column]]
name = "id"
type = "id"
[[column]]
name = "member"
type = "ref"
register = "panel_members"
title = { ky = "Мүчө", ru = "Член", en = "Member" }
`)}
	files["data/town/people.csv"] = &fstest.MapFile{Data: []byte("id,member\n")}
	r, err := desk.Open(files, time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text, want string
		code       diag.Code
	}{
		{"m-2", "m-2", ""},
		{"Айгүл Үлгүева [m-2]", "m-2", ""},
		{"Айгүл Үлгүева (m-2)", "m-2", ""},
		{"«Айгүл Үлгүева» (`m-2`)", "m-2", ""}, // as our messages have it
		{"(m-2)", "m-2", ""},
		{"бакыт  үлгүев (sample)", "m-3", ""},
		{"Башкача аталган [m-3]", "m-3", ""}, // a sheet may have an older name
		{"Айгүл Үлгүева", "", diag.AmbiguousName},
		{"айгүл  үлгүева", "", diag.AmbiguousName},
		{"Айгүл Үлгүева [m-3]", "", diag.AmbiguousName}, // the name or the id was changed, and the other forgotten
		{"Айгүл Үлгүева [m-9]", "", diag.AmbiguousName},
		{"Үлгүева А. [m-2]", "m-2", ""},
		{"А.Үлгүева [m-3]", "", diag.AmbiguousName},
		{"Үлгүев Б. [m-3]", "m-3", ""},
		{"Үлгүев Б. [m-1]", "", diag.AmbiguousName},
		{"Башка [m-9]", "", diag.UnknownID},
		{"Башка (m-9)", "", diag.UnknownID},
	} {
		p := take(t, r, "people.csv", []byte("id,member\na-1,\""+c.text+"\"\n"), desk.Options{})
		var code diag.Code
		for _, d := range p.Problems {
			code = d.Code
		}
		if code != c.code || code == "" && !strings.Contains(string(p.CSV), "a-1,"+c.want+"\n") {
			t.Errorf("%s: %s, %s, %v", c.text, code, p.CSV, p.Problems)
		}
	}
	var b bytes.Buffer
	for _, text := range []string{"Айгүл Үлгүева", "Үлгүев Б. [m-1]"} {
		p := take(t, r, "people.csv", []byte("id,member\na-1,"+text+"\n"), desk.Options{})
		if err := report.Text.Proposal(&b, p, locale.For(locale.En)); err != nil {
			t.Fatal(err)
		}
	}
	for _, said := range []string{"The name and the code `m-1` in brackets do not belong together", "(`m-3`)", "“Айгүл Үлгүева, commission or group: p-1” (`m-1`), “Айгүл Үлгүева, commission or group: p-2” (`m-2`)", "`[m-1]`"} {
		if !strings.Contains(b.String(), said) {
			t.Errorf("%s is not in\n%s", said, b.String())
		}
	}
}
