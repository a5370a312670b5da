package opendata

import (
	"io"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/plainjson"
	"achyk/internal/table"
)

// record returns a function that writes one record as a file of its own, for programs that
// cite it or follow its links. The file depends on the record, its neighbours and the
// settings of the site, and not on the day or the commit, so it changes only when they change.
//
//	municipality, register, id   which record it is
//	schema                       the Table Schema of its cells, relative to the file
//	licence                      SPDX id
//	demonstration                true: the data is invented
//	kind                         what a record of the register is, in three languages
//	label                        what the record is called, references followed
//	pages                        the addresses of its pages
//	cells                        the record as it stands in the JSON of the register
//	words                        the labels of codes, by column
//	up                           the records it refers to, by column
//	down                         the ids of those that refer to it, by register and column
//
// Labels are as on the page, except that dates and numbers are written as in the register. As all
// texts of the file, a label is in the languages to which the whole of it is translated. The file of a neighbour is
// ../<register>/<id>.json (see [jme.Municipality.Address]).
func (r *register) record() func(io.Writer, *table.Row) error {
	object, site := r.object(), r.Data.Site
	editions := site.Langs()
	var head []byte // the members that are the same in all records
	head = member(head, "municipality", r.m.ID)
	head = member(head, "register", r.Schema.Name)
	head = member(head, "schema", "../"+r.Schema.Name+".schema.json")
	if site.Licence != "" {
		head = member(head, "licence", site.Licence)
	}
	if r.invented() {
		head = append(head, `"`+table.Demonstration+`":true,`+"\n"...)
	}
	head = append(textsOf(append(head, `"kind":`...), r.Schema.Singular), ",\n"...)
	return func(w io.Writer, row *table.Row) error {
		record := jme.Record{Table: r.Table, Row: row}
		b := append(make([]byte, 0, 2<<10), "{\n"...)
		b = member(b, "id", row.Key)
		b = append(b, head...)
		b = append(textsOf(append(b, `"label":`...), r.m.CalledIn(record)), ",\n"...)
		if site.BaseURL != "" {
			var pages locale.Text
			for _, l := range editions {
				pages.Set(l, site.BaseURL+l.String()+"/"+r.m.Address(record)+"/")
			}
			b = append(textsOf(append(b, `"pages":`...), pages), ",\n"...)
		}
		b = append(object(append(b, `"cells":`...), row), ",\n"...)
		b = append(r.words(append(b, `"words":{`...), row), "},\n"...)
		b = append(r.up(append(b, `"up":[`...), record), "],\n"...)
		b = append(r.down(append(b, `"down":[`...), record), "]\n}\n"...)
		_, err := w.Write(b)
		return err
	}
}

// words appends the labels of the codes in a record.
func (r *register) words(b []byte, row *table.Row) []byte {
	start := len(b)
	for i, f := range r.Schema.Fields {
		if c := &r.Schema.Columns[f.Column]; c.Type == table.Enum && row.Values[i] != "" {
			b = textsOf(append(plainjson.Quoted(separated(b, start), f.Name), ':'), c.Label(row.Values[i]))
		}
	}
	return b
}

// up appends the records that a record refers to.
func (r *register) up(b []byte, record jme.Record) []byte {
	start := len(b)
	for _, l := range r.m.Up(record) {
		b = plainjson.Quoted(append(separated(b, start), "\n"+`{"column":`...), l.Column.Name)
		b = plainjson.Quoted(append(b, `,"register":`...), l.Record.Table.Schema.Name)
		b = plainjson.Quoted(append(b, `,"id":`...), l.Record.Row.Key)
		b = append(textsOf(append(b, `,"label":`...), r.m.CalledIn(l.Record)), '}')
	}
	return b
}

// down appends the records that refer to a record, grouped by register and column.
func (r *register) down(b []byte, record jme.Record) []byte {
	start := len(b)
	var before jme.Link
	for _, l := range r.m.Down(record) {
		if l.Column == before.Column {
			b = plainjson.Quoted(append(b, ','), l.Record.Row.Key)
			continue
		}
		if before.Column != nil {
			b = append(b, "]}"...)
		}
		before = l
		b = plainjson.Quoted(append(separated(b, start), "\n"+`{"register":`...), l.Record.Table.Schema.Name)
		b = plainjson.Quoted(append(b, `,"column":`...), l.Column.Name)
		b = plainjson.Quoted(append(b, `,"ids":[`...), l.Record.Row.Key)
	}
	if before.Column != nil {
		b = append(b, "]}"...)
	}
	return b
}

// member appends a name with a text and ends the line.
func member(b []byte, name, value string) []byte {
	return append(plainjson.Quoted(append(plainjson.Quoted(b, name), ':'), value), ",\n"...)
}

// textsOf appends a text as an object with a member for each language it is in.
func textsOf(b []byte, t locale.Text) []byte {
	b = append(b, '{')
	start := len(b)
	for code, s := range t.Translations() {
		b = plainjson.Quoted(append(plainjson.Quoted(separated(b, start), code), ':'), s)
	}
	return append(b, '}')
}

// separated appends a comma if b has something after start.
func separated(b []byte, start int) []byte {
	if len(b) > start {
		return append(b, ',')
	}
	return b
}
