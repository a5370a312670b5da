package jme_test

import (
	"testing"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/table"
	"achyk/internal/tools/jmetest"
)

// shops is a municipality with a column of each type for which a cell has a field.
func shops(t *testing.T) *jme.Municipality {
	t.Helper()
	m := &jme.Municipality{ID: "town", Tables: []*table.Table{
		jmetest.BuiltIn("indicators", cells{"id": "i-1", "name_ky": "Күтүү", "unit": "min", "target": "15"}),
		jmetest.BuiltIn("measurements", cells{"id": "m-1", "indicator": "i-1", "value": "20", "sample": "7"}),
		jmetest.BuiltIn("publications", cells{"id": "p-1", "subject_register": "shops", "subject": "s-1", "url": "https://a.example/"},
			cells{"id": "p-2", "subject_register": "none", "subject": "s-1"}),
		register(t, "shops", `
  { name = "id", type = "id" },
  { name = "name", type = "text" },
  { name = "kind", type = "enum", value = [ { code = "small", label = { ky = "чакан", ru = "малый", en = "small" } } ] },
  { name = "area", type = "number", unit = "m²" },
  { name = "rent", type = "money", currency_column = "currency" },
  { name = "currency", type = "string" },
  { name = "next", type = "ref", register = "shops" },
  { name = "plan", type = "path" },
`, "id,name_ky,name_ru,name_en,kind,area,rent,currency,next,plan\ns-1,Дүкөн,Магазин,,small,12.50,300,KGS,s-2,кат 1.pdf\ns-2,,Лавка,,,,,,s-9,\ns-3,,,,,,,,,\n"),
	}}
	if err := m.Link(); err != nil {
		t.Fatal(err)
	}
	return m
}

// at returns a cell by register, key and column.
func at(t *testing.T, m *jme.Municipality, register, key, column string) jme.Cell {
	t.Helper()
	r, ok := m.Record(register, key)
	if !ok {
		t.Fatalf("there is no %s in %s", key, register)
	}
	return m.Cell(r, r.Table.Schema.Column(column))
}

// A cell has all that a page shows of it.
func TestCell(t *testing.T) {
	m := shops(t)
	for _, test := range []struct {
		register, key, column string
		want                  jme.Cell // without Target
		target                string   // the key of Target
	}{
		{"shops", "s-1", "id", jme.Cell{Value: "s-1"}, ""},
		{"shops", "s-1", "name", jme.Cell{Value: "Дүкөн", Text: locale.Text{Ky: "Дүкөн", Ru: "Магазин"}}, ""},
		{"shops", "s-2", "name", jme.Cell{Text: locale.Text{Ru: "Лавка"}}, ""},
		{"shops", "s-1", "kind", jme.Cell{Value: "small", Text: locale.Text{Ky: "чакан", Ru: "малый", En: "small"}}, ""},
		{"shops", "s-2", "kind", jme.Cell{}, ""},
		{"shops", "s-1", "area", jme.Cell{Value: "12.50", Unit: "m²"}, ""},
		{"shops", "s-1", "rent", jme.Cell{Value: "300", Currency: "KGS"}, ""},
		{"shops", "s-1", "next", jme.Cell{Value: "s-2", Register: "shops"}, "s-2"},
		{"shops", "s-2", "next", jme.Cell{Value: "s-9", Register: "shops"}, ""},
		{"shops", "s-3", "next", jme.Cell{Register: "shops"}, ""},
		{"indicators", "i-1", "target", jme.Cell{Value: "15", Unit: "min"}, ""},
		{"indicators", "i-1", "unit", jme.Cell{Value: "min", Unit: "min"}, ""},
		{"measurements", "m-1", "value", jme.Cell{Value: "20", Unit: "min"}, ""},
		{"measurements", "m-1", "sample", jme.Cell{Value: "7"}, ""},
		{"publications", "p-1", "subject_register", jme.Cell{Value: "shops", Text: m.Table("shops").Schema.Title}, ""},
		{"publications", "p-1", "subject", jme.Cell{Value: "s-1", Register: "shops"}, "s-1"},
		{"publications", "p-2", "subject_register", jme.Cell{Value: "none"}, ""},
		{"publications", "p-2", "subject", jme.Cell{Value: "s-1", Register: "none"}, ""},
		{"publications", "p-1", "url", jme.Cell{Value: "https://a.example/"}, ""},
	} {
		c := at(t, m, test.register, test.key, test.column)
		target := ""
		if c.Target.Row != nil {
			target = c.Target.Row.Key
		}
		got := jme.Cell{Value: c.Value, Text: c.Text, Unit: c.Unit, Currency: c.Currency, Register: c.Register}
		if got != test.want || target != test.target {
			t.Errorf("%s/%s.%s is %+v and leads to %q, want %+v and %q", test.register, test.key, test.column, got, target, test.want, test.target)
		}
		if c.Row.Key != test.key || c.Column.Name != test.column {
			t.Errorf("%s/%s.%s says it is %s.%s", test.register, test.key, test.column, c.Row.Key, c.Column.Name)
		}
	}
}

// The cell of a document has its path in the repository and its address on the site.
func TestCellOfDocument(t *testing.T) {
	c := at(t, shops(t), "shops", "s-1", "plan")
	if got, want := c.File(), "content/town/files/кат 1.pdf"; got != want {
		t.Errorf("the document lies at %s, want %s", got, want)
	}
	if got, want := c.FileAddress(), "files/town/%D0%BA%D0%B0%D1%82%201.pdf"; got != want {
		t.Errorf("the document is published at %s, want %s", got, want)
	}
}

// A record is called by its label columns, or by its key if they are empty.
func TestLabel(t *testing.T) {
	m := shops(t)
	for _, test := range []struct {
		register, key string
		want, in      locale.Text
	}{
		{"shops", "s-1", locale.Text{Ky: "Дүкөн", Ru: "Магазин", En: "Дүкөн"}, locale.Text{Ky: "Дүкөн", Ru: "Магазин"}},
		{"shops", "s-2", locale.Text{Ky: "Лавка", Ru: "Лавка", En: "Лавка"}, locale.Text{Ru: "Лавка"}},
		{"shops", "s-3", locale.Text{Ky: "s-3", Ru: "s-3", En: "s-3"}, locale.Text{Ky: "s-3", Ru: "s-3", En: "s-3"}},
		{"measurements", "m-1", locale.Text{Ky: "Күтүү", Ru: "Күтүү", En: "Күтүү"}, locale.Text{Ky: "Күтүү"}}, // by its indicator; its date is empty
	} {
		r, _ := m.Record(test.register, test.key)
		if got := m.Called(r); got != test.want {
			t.Errorf("%s/%s is called %v, want %v", test.register, test.key, got, test.want)
		}
		if got := m.CalledIn(r); got != test.in {
			t.Errorf("%s/%s is called %v where all of it is translated, want %v", test.register, test.key, got, test.in)
		}
	}
	if label := at(t, m, "shops", "s-1", "next").Label(); len(label) != 1 || label[0].Text.Ru != "Лавка" || label[0].Row.Key != "s-2" {
		t.Errorf("the target of a reference is called %+v", label)
	}
	if label := at(t, m, "shops", "s-2", "next").Label(); label != nil {
		t.Errorf("a reference that leads nowhere has the label %+v", label)
	}
	r, _ := m.Record("shops", "s-3")
	if label := m.Label(r); len(label) != 1 || label[0].Column.Name != "" || label[0].Value != "s-3" {
		t.Errorf("a record without a name has the label %+v", label)
	}
}
