package opendata

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"achyk/internal/files"
	"achyk/internal/locale"
	"achyk/internal/table"
	"achyk/internal/tableschema"
)

// databaseForm is an SQLite database (https://sqlite.org/fileformat.html).
var databaseForm = form[*whole]{
	Kind: files.Kind{Key: "sqlite", Media: "application/vnd.sqlite3", IANA: true, Place: 3},
	file: "*.sqlite", title: locale.Same, dataset: true, limits: databaseLimits, write: (*whole).database,
}

var databaseLimits = limits{digits: doubleDigits}

//go:embed chain.sql
var chainText string

// chain makes the view _chain of a database.
var chain = template.Must(template.New("chain.sql").Parse(chainText))

// database writes a municipality's registers as an SQLite database, for Datasette and SQL. Each
// register is a strict table with its types, keys and foreign keys, and an index for each
// foreign key. Days and times are text in the format that SQLite's functions read. Names
// that begin with an underscore are not registers:
//
//	_meta              what the data is, its day and its licence
//	_columns           the dictionary
//	_<register>_named  a register with the names of what it refers to
//	_chain             from each finding up to the service and down to what came of it
//	_search            full-text search over the texts of all registers
//
// SQLite goes back to pages it wrote, so it makes the database in a temporary file, which has
// no name and which it removes; then the pages are written one by one. At most 500 pages
// (2 MB) are in memory: with 4,000 it took 55 MB more, since VACUUM has a second cache, and
// was not faster. The limit is in pages and not in bytes, so that the file does not depend on
// the processor: the memory of a cached page does, and the change counter in the file's
// header depends on when the cache is full.
func (s *whole) database(w io.Writer) error {
	db, err := sql.Open("sqlite", "")
	if err != nil {
		return err
	}
	defer db.Close()
	ctx := context.Background()
	conn, err := db.Conn(ctx) // one for all steps: each connection has a temporary file of its own
	if err != nil {
		return err
	}
	defer conn.Close()
	b := &database{whole: s, run: func(query string, args ...any) error {
		if _, err := conn.ExecContext(ctx, query, args...); err != nil {
			return fmt.Errorf("%w in %s", err, query)
		}
		return nil
	}, prepare: func(query string) (*sql.Stmt, error) { return conn.PrepareContext(ctx, query) }}
	for _, step := range []func() error{
		b.begin, b.tables, b.named, b.search, b.columns, b.meta, b.finish,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	pages, err := conn.QueryContext(ctx, "select data from sqlite_dbpage order by pgno")
	if err != nil {
		return err
	}
	defer pages.Close()
	var page sql.RawBytes
	for pages.Next() {
		if err := pages.Scan(&page); err != nil {
			return err
		}
		if _, err := w.Write(page); err != nil {
			return err
		}
	}
	return pages.Err()
}

// database is a database that is being written.
type database struct {
	*whole
	run     func(query string, args ...any) error
	prepare func(query string) (*sql.Stmt, error)
}

// begin sets up the connection.
func (b *database) begin() error {
	return b.each("pragma journal_mode = off", "pragma synchronous = off", "pragma cache_size = 500", "begin")
}

// finish removes empty pages and stores the statistics by which SQLite plans queries. It
// analyzes one table after another: SQLite would analyze all together in the order of a hash
// table, which depends on the processor.
func (b *database) finish() error {
	steps := []string{`insert into _search (_search) values ('optimize')`, "commit"}
	for _, t := range b.m.Tables {
		steps = append(steps, "analyze "+name(t.Schema.Name))
	}
	return b.each(append(steps, "vacuum")...)
}

// each runs statements.
func (b *database) each(queries ...string) error {
	for _, q := range queries {
		if err := b.run(q); err != nil {
			return err
		}
	}
	return nil
}

// tables makes a table of each register.
func (b *database) tables() error {
	for _, r := range b.whole.registers {
		t := r.Table
		if err := databaseLimits.refuse(t); err != nil {
			return err
		}
		if err := b.run(r.create()); err != nil {
			return err
		}
		if err := b.fill(r); err != nil {
			return err
		}
		for _, f := range t.Schema.Fields {
			if c := t.Schema.Columns[f.Column]; c.Type == table.Ref {
				if err := b.run("create index " + name(t.Schema.Name+" by "+f.Name) + " on " + name(t.Schema.Name) + " (" + name(f.Name) + ")"); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// create returns the statement that makes a register's table.
func (r *register) create() string {
	s := r.Schema
	var lines []string
	for i, f := range s.Fields {
		c := &s.Columns[f.Column]
		line := name(f.Name) + " " + sqlType(c.Type)
		if s.Required(i) {
			line += " not null"
		}
		if c.Unique {
			line += " unique"
		}
		switch c.Type {
		case table.Boolean:
			line += " check (" + name(f.Name) + " in (0, 1))"
		case table.Enum:
			var words []string
			for _, v := range c.Values {
				words = append(words, literal(v.Code))
			}
			line += " check (" + name(f.Name) + " in (" + strings.Join(words, ", ") + "))"
		}
		if key, ok := tableschema.RefersTo(r.m, s, i); ok {
			line += " references " + name(c.Register) + " (" + name(key.Reference.Fields[0]) + ")"
		}
		lines = append(lines, line)
	}
	if r.invented() {
		lines = append(lines, table.Demonstration+" integer not null check ("+table.Demonstration+" = 1)")
	}
	var key []string
	for _, k := range s.PrimaryKey {
		key = append(key, name(k))
	}
	lines = append(lines, "primary key ("+strings.Join(key, ", ")+")")
	return "create table " + name(s.Name) + " (\n  " + strings.Join(lines, ",\n  ") + "\n) strict"
}

// sqlType returns the type of a column in SQLite.
func sqlType(t table.Type) string {
	switch t {
	case table.Integer, table.Year, table.Boolean:
		return "integer"
	case table.Number, table.Money:
		return "real"
	}
	return "text"
}

// fill inserts the records of a register.
func (b *database) fill(r *register) error {
	s := r.Schema
	width := len(s.Fields)
	if r.invented() {
		width++
	}
	insert, err := b.prepare("insert into " + name(s.Name) + " values (" + strings.Repeat("?, ", width-1) + "?)")
	if err != nil {
		return err
	}
	defer insert.Close()
	cells := make([]any, width)
	cells[width-1] = 1 // the column demonstration; overwritten if there is none
	for i := range r.Rows {
		for j, v := range r.Rows[i].Values {
			if cells[j], err = sqlValue(s.Columns[s.Fields[j].Column].Type, v); err != nil {
				return fmt.Errorf("record %q, column %s: %w", r.Rows[i].Key, s.Fields[j].Name, err)
			}
		}
		if _, err := insert.Exec(cells...); err != nil {
			return fmt.Errorf("record %q: %w", r.Rows[i].Key, err)
		}
	}
	return nil
}

// sqlValue returns the value of a cell in SQLite.
func sqlValue(t table.Type, v string) (any, error) {
	switch {
	case v == "":
		return nil, nil
	case t == table.Boolean:
		return v == "true", nil
	case sqlType(t) == "integer":
		return strconv.ParseInt(v, 10, 64)
	case sqlType(t) == "real":
		return strconv.ParseFloat(v, 64)
	}
	return v, nil
}

// mostJoined is how many tables a view of SQLite can join (https://www.sqlite.org/limits.html). A register that refers to more
// has no view: one with a part of the names would be taken for one with all of them.
const mostJoined = 64

// named makes the views _<register>_named and _chain, which join registers.
func (b *database) named() error {
	for _, t := range b.m.Tables {
		s := t.Schema
		columns, from, joined := []string{"r.*"}, "from "+name(s.Name)+" r", 1
		for i, f := range s.Fields {
			key, ok := tableschema.RefersTo(b.m, s, i)
			if !ok {
				continue
			}
			joined++
			target := b.m.Table(s.Columns[f.Column].Register).Schema
			of := name("of " + f.Name)
			from += "\nleft join " + name(target.Name) + " " + of + " on " + of + "." + name(key.Reference.Fields[0]) + " = r." + name(f.Name)
			for _, label := range target.Fields {
				if slices.Contains(target.LabelColumns(), label.Column) && !slices.Contains(target.PrimaryKey, label.Name) {
					columns = append(columns, of+"."+name(label.Name)+" as "+name(f.Name+"_"+label.Name))
				}
			}
		}
		if len(columns) == 1 || joined > mostJoined {
			continue
		}
		if err := b.run("create view " + name("_"+s.Name+"_named") + " as\nselect " + strings.Join(columns, ", ") + "\n" + from); err != nil {
			return err
		}
	}
	if !b.Keeps("findings") { // a finding refers to an assessment and a requirement, these to a service and a provider
		return nil
	}
	var view strings.Builder
	if err := chain.Execute(&view, b); err != nil {
		return err
	}
	return b.run(view.String())
}

// Keeps tells whether a register is published. The template of the view _chain asks it.
func (b *database) Keeps(register string) bool { return b.m.Table(register) != nil }

// Text lists the columns of a text, in each language under another name. The template of the view
// _chain asks it.
func (b *database) Text(column, as string) string {
	var columns []string
	for _, l := range b.Data.Site.Written() {
		columns = append(columns, column+"_"+l.String()+" as "+as+"_"+l.String())
	}
	return strings.Join(columns, ", ")
}

// search makes the index of texts, with a row for each record that has one. Diacritics count:
// й is not и, and ң is not н.
func (b *database) search() error {
	var languages strings.Builder
	written := b.Data.Site.Written()
	for _, l := range written {
		languages.WriteString(l.String() + ", ")
	}
	err := b.run("create virtual table _search using fts5 (register unindexed, record unindexed, " + languages.String() + `tokenize = "unicode61 remove_diacritics 0")`)
	if err != nil {
		return err
	}
	insert, err := b.prepare("insert into _search values (?, ?" + strings.Repeat(", ?", len(written)) + ")")
	if err != nil {
		return err
	}
	defer insert.Close()
	for _, t := range b.m.Tables {
		for i := range t.Rows {
			texts := map[locale.Lang][]string{}
			for j, f := range t.Schema.Fields {
				if v := t.Rows[i].Values[j]; v != "" && t.Schema.Columns[f.Column].Type == table.Text {
					texts[f.Lang] = append(texts[f.Lang], v)
				}
			}
			if len(texts) == 0 {
				continue
			}
			row := []any{t.Schema.Name, t.Rows[i].Key}
			for _, l := range written {
				row = append(row, strings.Join(texts[l], "\n"))
			}
			if _, err := insert.Exec(row...); err != nil {
				return err
			}
		}
	}
	return nil
}

// columns makes the table _columns, the dictionary.
func (b *database) columns() error {
	rows := dictionaryRows(b.m, b.Data.Site.Demonstration)
	var heads []string
	for _, h := range rows[0] {
		heads = append(heads, name(h)+" text not null")
	}
	if err := b.run("create table _columns (" + strings.Join(heads, ", ") + ", primary key (register, \"column\")) strict"); err != nil {
		return err
	}
	for _, row := range rows[1:] {
		cells := make([]any, len(row))
		for i, c := range row {
			cells[i] = c
		}
		if err := b.run("insert into _columns values ("+strings.Repeat("?, ", len(row)-1)+"?)", cells...); err != nil {
			return err
		}
	}
	return nil
}

// meta makes the table _meta.
func (b *database) meta() error {
	if err := b.run("create table _meta (key text not null primary key, value text not null) strict"); err != nil {
		return err
	}
	s := b.Data.Site
	pairs := [][2]string{{"municipality", b.m.ID}}
	for _, l := range b.Data.Site.Written() {
		pairs = append(pairs, [2]string{"name_" + l.String(), b.m.Settings.Name.Get(l)})
	}
	pairs = append(pairs, [][2]string{
		{"as_of", b.AsOf.Format(time.DateOnly)}, {"version", b.Version()}, {"commit", b.Commit},
		{"licence", s.Licence}, {"repository", s.Repository}, {"site", s.BaseURL},
		{"demonstration", strconv.FormatBool(s.Demonstration)},
	}...)
	for _, pair := range pairs {
		if err := b.run("insert into _meta values (?, ?)", pair[0], pair[1]); err != nil {
			return err
		}
	}
	return nil
}

// name quotes a name for SQL.
func name(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// literal quotes a text for SQL.
func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
