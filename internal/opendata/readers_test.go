package opendata

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"achyk/internal/tools/outside"
)

// cell is a cell as another program reads it.
type cell struct {
	kind string // "string", "float", "date", "boolean"; "" for an empty cell
	text string
}

// spreadsheet has LibreOffice open a file, and returns its sheets in order.
func spreadsheet(t *testing.T, name string, data []byte, options ...string) (sheets [][][]cell) {
	t.Helper()
	office := outside.Program(t, "soffice", "libreoffice")
	dir := t.TempDir()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
	outside.Run(t, nil, office, append([]string{"--headless", "-env:UserInstallation=file://" + filepath.ToSlash(dir) + "/profile",
		"--convert-to", "fods", "--outdir", filepath.Join(dir, "out")}, append(options, file)...)...)
	flat, err := os.ReadFile(filepath.Join(dir, "out", strings.TrimSuffix(name, filepath.Ext(name))+".fods"))
	if err != nil {
		t.Fatal(err)
	}
	return flatODS(t, flat)
}

// flatODS reads the tables of a flat OpenDocument spreadsheet. Repeated empty cells are left out.
func flatODS(t *testing.T, data []byte) (sheets [][][]cell) {
	t.Helper()
	attribute := func(e xml.StartElement, name string) string {
		for _, a := range e.Attr {
			if a.Name.Local == name {
				return a.Value
			}
		}
		return ""
	}
	count := func(e xml.StartElement, name string) int {
		n, _ := strconv.Atoi(attribute(e, name))
		return max(n, 1)
	}
	var rows [][]cell
	var row []cell
	var now cell
	var paragraphs int
	inText, repeated := 0, 1
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return sheets
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "table":
				rows = nil
			case "table-row":
				row = nil
			case "table-cell":
				now, paragraphs = cell{kind: attribute(e, "value-type")}, 0
				switch now.kind {
				case "float":
					now.text = attribute(e, "value")
				case "date":
					now.text = attribute(e, "date-value")
				case "boolean":
					now.text = attribute(e, "boolean-value")
				}
				repeated = min(count(e, "number-columns-repeated"), 100) // a row ends with thousands of empty cells
			case "p":
				if paragraphs++; paragraphs > 1 && now.kind == "string" {
					now.text += "\n"
				}
				inText++
			case "s":
				now.text += strings.Repeat(" ", count(e, "c"))
			case "tab":
				now.text += "\t"
			case "line-break":
				now.text += "\n"
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "table":
				sheets = append(sheets, rows)
			case "table-row":
				for len(row) > 0 && row[len(row)-1] == (cell{}) {
					row = row[:len(row)-1]
				}
				if len(row) > 0 {
					rows = append(rows, row)
				}
			case "table-cell":
				row = append(row, slices.Repeat([]cell{now}, repeated)...)
			case "p":
				inText--
			}
		case xml.CharData:
			if inText > 0 && now.kind == "string" {
				now.text += string(e)
			}
		}
	}
}

// sqlite has the command sqlite3 run a query on a database, and returns what it prints.
func sqlite(t *testing.T, data []byte, query string, options ...string) []byte {
	t.Helper()
	command := outside.Program(t, "sqlite3")
	file := filepath.Join(t.TempDir(), "x.sqlite")
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return outside.Run(t, nil, command, append(options, "-readonly", "-batch", file, query)...)
}

// duckDB has DuckDB run a query, and returns the names of the columns, their types, and the
// rows. @ in the query stands for a file with the data.
func duckDB(t *testing.T, data []byte, query string) (result struct {
	Names, Types []string
	Rows         [][]any
}) {
	t.Helper()
	node, module := outside.Program(t, "node"), outside.NPM(t, "ACHYK_DUCKDB", "@duckdb/node-api")
	file := filepath.Join(t.TempDir(), "x.parquet")
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
	const script = `
		const {DuckDBInstance} = require(process.argv[1]);
		(async () => {
			const connection = await (await DuckDBInstance.create(":memory:")).connect();
			const r = await connection.runAndReadAll(process.argv[2]);
			console.log(JSON.stringify({Names: r.columnNames(), Types: r.columnTypes().map(String), Rows: r.getRowsJson()}));
		})().catch(e => { console.error(e); process.exit(1) })`
	out := outside.Run(t, []string{"TZ=UTC"}, node, "-e", script, module, strings.ReplaceAll(query, "@", "'"+filepath.ToSlash(file)+"'"))
	d := json.NewDecoder(bytes.NewReader(out))
	d.UseNumber()
	if err := d.Decode(&result); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	return result
}
