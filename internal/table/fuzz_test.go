package table

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"achyk/internal/diag"
	"achyk/internal/source"
)

// FuzzSchema reads any schema, and any register by it, without a panic and in little time. All
// findings lie within their file, a register that is kept has the cells that its schema says,
// and its canonical form is read as the same.
func FuzzSchema(f *testing.F) {
	const head = "primary_key = [\"id\"]\n[[column]]\nname = \"id\"\ntype = \"id\"\n[[column]]\nname = \"a\"\n"
	for _, schema := range []string{
		"", "\ufeff", "\r", "\xff\xfe", "\x7f", "[[Column]]\n", "[[column]]\n", "column=[{}]", "column = []", "[[column]]\nname = \"id\"\n", "[[column]]\ntype = \"id\"\n",
		"[[column]]\nname = \"id\"\ntype = \"ref\"\n", "[[column]]\nname = \"id\"\ntype = \"text\"\n", "primary_key = [\"\"]\n[[column]]\nname = \"id\"\ntype = \"id\"\n",
		head + "type = \"text\"\nrequired = true\n", head + "type = \"enum\"\nunique = true\n[[column.value]]\ncode = \"x\"\n[[column.value]]\ncode = \"x\"\n", head + "type = \"date\"\n", head + "type = \"url\"\n",
		head + "type = \"string\"\npattern = \"(a?){99}\"\nmin_length = 2\nmax_length = 1\n", head + "type = \"number\"\nminimum = 1\nmaximum = nan\n", "order = [[\"a\"]]\nlabel = [\"b\"]\nperiod = [\"id\", \"id\"]\n" + head + "type = \"path\"\n",
		"primary_key = [\"id\", \"id\", \"a\"]\n[[column]]\nname = \"id\"\ntype = \"ref\"\nregister_column = \"none\"\n[[column]]\nname = \"a\"\ntype = \"boolean\"\n",
	} {
		for _, text := range []string{"", "\ufeff", "\r", "id,a\n1,x\n2,x\n", "id,a_ky,a_ru,a_en\n1,ӊ,\u202e,\n", "a,id\n2026-03-01,x\n9999-01-01,x,y\n", "id;a\n", "id,a\n\"\n", "id,a\n,\n_,\n", "ID,a,a,b\n1\n"} {
			f.Add(schema, text)
		}
	}
	f.Fuzz(func(t *testing.T, described, text string) {
		begin := time.Now()
		inside := func(d diag.Diagnostic, size int) {
			if d.Span.Start < 0 || d.Span.Start > d.Span.End || d.Span.End > size {
				t.Errorf("%s at %v", d.Code, d.Span)
			}
		}
		schema, problems := ParseSchema("x", &source.File{Path: "x.schema.toml", Data: []byte(described)}, Allowed{})
		for _, d := range problems {
			inside(d, len(described))
		}
		if (schema == nil) != problems.HasErrors() {
			t.Errorf("a schema %t with %v", schema != nil, problems)
		}
		table, problems := Read(&source.File{Path: "x.csv", Data: []byte(text)}, "x", schema)
		for _, d := range problems {
			inside(d, len(text))
		}
		for i := range table.Rows {
			if len(table.Rows[i].Values) != len(table.Schema.Fields) {
				t.Fatalf("%d cells of %d fields", len(table.Rows[i].Values), len(table.Schema.Fields))
			}
			for j := range table.Schema.Fields {
				inside(table.Problem(diag.BadID, &table.Rows[i], j, nil), len(text))
			}
		}
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("%d and %d bytes take %v", len(described), len(text), took)
		}
		if problems.HasErrors() || schema == nil {
			return
		}
		canonical := written(t, table)
		again, problems := Read(&source.File{Path: "x.csv", Data: []byte(canonical)}, "x", schema)
		if problems.HasErrors() || written(t, again) != canonical {
			t.Errorf("%q is written as %q and read with %v", text, canonical, problems)
		}
	})
}

// A file that is as large as the limits allow is read in seconds, and one that is larger is
// refused at the place where it exceeds them.
func TestBombs(t *testing.T) {
	const head = "primary_key = [\"id\"]\n[[column]]\nname = \"id\"\ntype = \"id\"\n[[column]]\nname = \"a\"\n"
	fill := func(line string, size int) string { return strings.Repeat(line, size/len(line)) }
	const size = 4 << 20 // the whole 32 MB take eight times as long
	for name, test := range map[string]struct {
		schema, text, what string
	}{
		"commas":         {"", "id\n" + strings.Repeat(",", size), "columns"},
		"header":         {"", "id" + fill(",a", size) + "\n", "columns"},
		"blank lines":    {"", "id\n" + fill("\n", size), ""},
		"rows":           {"", "id\n" + fill("a\n", size), "rows"},
		"cells":          {"", "id" + strings.Repeat(",", 499) + "\n" + fill("a"+strings.Repeat(",", 499)+"\n", 2*size), "cells"},
		"cell":           {"", "id\na" + strings.Repeat("a", size), "row"},
		"quotes":         {"", "id\n\"" + fill("\"\"", size) + "\"", "row"},
		"open quote":     {"", "id\n\"" + fill("\"\"", size), ""},
		"marks":          {"", "id\n" + fill("\u0301", size), "row"},
		"stray quotes":   {"", "id\n" + fill("a\"\n", size/8), ""},
		"spaces":         {"", "id,a\n" + fill("a, b\n", size/8), ""},
		"short rows":     {"", "id,a\n" + fill("a\n", size/16), ""},
		"bad cells":      {head + "type = \"date\"\n", "id,a\n" + numbered("%d,x\n", 100_000), ""},
		"unknown words":  {head + "type = \"enum\"\n" + numbered("[[column.value]]\ncode = \"wwwwwwwwwwwwwwwwwwwwwwwwwwwww%d\"\n", 1000), "id,a\n" + numbered("%d,vvvvvvvvvvvvvvvvvvvvvvvvvvvvv%d\n", 100_000), ""},
		"known words":    {head + "type = \"enum\"\n" + numbered("[[column.value]]\ncode = \"w%d\"\n", 1000), "id,a\n" + numbered("%d,w999\n", 100_000), ""},
		"words":          {head + "type = \"enum\"\n" + numbered("[[column.value]]\ncode = \"w%d\"\n", 1001), "", "words"},
		"columns":        {head + "type = \"id\"\n" + numbered("[[column]]\nname = \"c%d\"\ntype = \"text\"\n", 200), "", "columns"},
		"keys":           {"primary_key = [" + fill("\"id\",", 1000) + "]\n" + head[21:] + "type = \"id\"\n", "", "named"},
		"steps":          {head + "type = \"string\"\npattern = \"(a?){999}\"\n", "", "pattern"},
		"costly pattern": {head + "type = \"string\"\npattern = \"((a?){50})([ab]{60})$\"\n", "id,a\n" + numbered("%d,"+strings.Repeat("a", 100)+"c\n", 20_000), "matched"},
	} {
		begin := time.Now()
		var schema *Schema
		var problems, more diag.List
		if test.schema != "" {
			schema, problems = ParseSchema("x", &source.File{Path: "x.schema.toml", Data: []byte(test.schema)}, Allowed{})
		}
		if test.text != "" {
			_, more = Read(&source.File{Path: "x.csv", Data: []byte(test.text)}, "x", schema)
		}
		what, last := "", -1
		for _, d := range append(problems, more...) {
			if d.Code == diag.OverLimit {
				what, last = string(d.Args["what"].(diag.Phrase)), d.Position().Line
			}
		}
		if took := time.Since(begin); took > 10*time.Second || strings.TrimPrefix(what, "limit.") != test.what || last == 0 || len(more) > 2100 {
			t.Errorf("%s: %v, %d findings, beyond %q in line %d", name, took, len(more), what, last)
		}
	}
}

// numbered repeats a line. %d is its number.
func numbered(line string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(line, "%d", strconv.Itoa(i)))
	}
	return b.String()
}
