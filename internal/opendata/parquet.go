package opendata

import (
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/gzip"

	"achyk/internal/files"
	"achyk/internal/table"
)

// parquetForm is Apache Parquet (https://parquet.apache.org), for DuckDB, R, pandas and others.
var parquetForm = form[*register]{
	Kind: files.Kind{Key: "parquet", Media: "application/vnd.apache.parquet", IANA: true, Code: "PARQUET", Place: 6},
	file: "*.parquet", title: titled("Parquet"), dataset: true, limits: parquetLimits, write: (*register).parquet,
}

var parquetLimits = limits{digits: doubleDigits}

// groupRows is the number of records that are held in memory, by columns, until they are
// written together. For the register of findings that is 3 MB.
const groupRows = 16 << 10

// parquet writes the register by columns, in the order of the schema. Amounts are decimals and
// so exact. Other numbers are doubles, which keep the digits that Check allows. Times are
// moments in UTC, without the offset of the register. The last columns are the same in every row, see
// [register.ends]. Pages are compressed with gzip and not
// with Snappy, because the library's Snappy has assembly for some processors, which gave
// other bytes.
func (r *register) parquet(w io.Writer) error {
	if err := parquetLimits.refuse(r.Table); err != nil {
		return err
	}
	s := r.Schema
	group := columns{Group: parquet.Group{}}
	convert := make([]func(string) (parquet.Value, error), len(s.Fields))
	for i, f := range s.Fields {
		node, to := r.column(i)
		if !s.Required(i) {
			node = parquet.Optional(node)
		}
		group.add(f.Name, node)
		convert[i] = to
	}
	end := r.ends(&group)
	out := parquet.NewWriter(w, parquet.NewSchema(s.Name, group), parquet.CreatedBy("achyk", "", ""),
		parquet.Compression(&gzip.Codec{Level: gzip.BestSpeed}), parquet.MaxRowsPerRowGroup(groupRows),
		parquet.KeyValueMetadata("version", r.Version()), parquet.KeyValueMetadata("licence", r.Data.Site.Licence))
	row := make(parquet.Row, 0, len(group.order))
	for i := range r.Rows {
		row = row[:0]
		for j, v := range r.Rows[i].Values {
			defined := 1
			if s.Required(j) {
				defined = 0
			}
			if v == "" && defined > 0 {
				row = append(row, parquet.NullValue().Level(0, 0, j))
				continue
			}
			value, err := convert[j](v)
			if err != nil {
				return fmt.Errorf("record %q, column %s: %w", r.Rows[i].Key, s.Fields[j].Name, err)
			}
			row = append(row, value.Level(0, defined, j))
		}
		if _, err := out.WriteRows([]parquet.Row{append(row, end...)}); err != nil {
			return err
		}
	}
	return out.Close()
}

// ends adds the columns in which files of several municipalities that are read together differ, and
// returns what each row has in them: the code of the municipality, the code of its region, and
// whether the data is invented. A register with a column of one of these names keeps its own.
func (r *register) ends(group *columns) (end parquet.Row) {
	add := func(name string, node parquet.Node, v parquet.Value, defined int) {
		if group.Group[name] == nil {
			end = append(end, v.Level(0, defined, len(group.order)))
			group.add(name, node)
		}
	}
	text := parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
	add("municipality", text, parquet.ByteArrayValue([]byte(r.m.ID)), 0)
	if region := r.m.Settings.Region; region != "" {
		add("region", parquet.Optional(text), parquet.ByteArrayValue([]byte(region)), 1)
	} else {
		add("region", parquet.Optional(text), parquet.NullValue(), 0)
	}
	if r.invented() {
		add(table.Demonstration, parquet.Leaf(parquet.BooleanType), parquet.BooleanValue(true), 0)
	}
	return end
}

// column returns the type of a field, and a function that converts its cells.
func (r *register) column(field int) (parquet.Node, func(string) (parquet.Value, error)) {
	switch c := r.Schema.Columns[r.Schema.Fields[field].Column]; c.Type {
	case table.Integer, table.Year:
		return parquet.Int(64), func(v string) (parquet.Value, error) {
			n, err := strconv.ParseInt(v, 10, 64)
			return parquet.Int64Value(n), err
		}
	case table.Number:
		return parquet.Leaf(parquet.DoubleType), func(v string) (parquet.Value, error) {
			n, err := strconv.ParseFloat(v, 64)
			return parquet.DoubleValue(n), err
		}
	case table.Money:
		scale, digits := r.decimals(field)
		if digits > 18 {
			return parquet.Decimal(scale, 38, parquet.FixedLenByteArrayType(16)), func(v string) (parquet.Value, error) {
				whole, fraction, _ := strings.Cut(v, ".")
				n, ok := new(big.Int).SetString(whole+fraction+strings.Repeat("0", scale-len(fraction)), 10)
				if !ok {
					return parquet.Value{}, fmt.Errorf("no amount: %s", v)
				}
				if n.Sign() < 0 { // two's complement
					n.Add(n, new(big.Int).Lsh(big.NewInt(1), 128))
				}
				return parquet.FixedLenByteArrayValue(n.FillBytes(make([]byte, 16))), nil
			}
		}
		return parquet.Decimal(scale, 18, parquet.Int64Type), func(v string) (parquet.Value, error) {
			whole, fraction, _ := strings.Cut(v, ".")
			n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", scale-len(fraction)), 10, 64)
			return parquet.Int64Value(n), err
		}
	case table.Boolean:
		return parquet.Leaf(parquet.BooleanType), func(v string) (parquet.Value, error) {
			return parquet.BooleanValue(v == "true"), nil
		}
	case table.Date:
		return parquet.Date(), func(v string) (parquet.Value, error) {
			t, err := time.Parse(time.DateOnly, v)
			return parquet.Int32Value(int32(t.Unix() / (24 * 60 * 60))), err
		}
	case table.DateTime:
		return parquet.Timestamp(parquet.Microsecond), func(v string) (parquet.Value, error) {
			t, ok := table.ParseTime(v)
			if !ok {
				return parquet.Value{}, fmt.Errorf("no time: %s", v)
			}
			return parquet.Int64Value(t.UnixMicro()), nil
		}
	default:
		var bytes []byte // reused: the writer copies each text before it takes the next
		return parquet.String(), func(v string) (parquet.Value, error) {
			bytes = append(bytes[:0], v...)
			return parquet.ByteArrayValue(bytes), nil
		}
	}
}

// decimals returns how many decimals a column of amounts needs: two, as the som has, or more
// if a cell has more. digits is the most digits that a cell has when written with that many
// decimals. Since no cell has more than 15 digits (see Check), it is at most 30.
func (r *register) decimals(field int) (scale, digits int) {
	scale = 2
	whole := 0
	for i := range r.Rows {
		before, fraction, _ := strings.Cut(strings.TrimPrefix(r.Rows[i].Values[field], "-"), ".")
		scale, whole = max(scale, len(fraction)), max(whole, len(before))
	}
	return scale, whole + scale
}

// columns is a group whose fields keep their order. The library's own group sorts them by name.
type columns struct {
	parquet.Group
	order []string
}

func (c *columns) add(name string, node parquet.Node) {
	c.Group[name] = node
	c.order = append(c.order, name)
}

// Fields returns the columns in the order in which they were added.
func (c columns) Fields() []parquet.Field {
	byName := map[string]parquet.Field{}
	for _, f := range c.Group.Fields() {
		byName[f.Name()] = f
	}
	fields := make([]parquet.Field, len(c.order))
	for i, name := range c.order {
		fields[i] = byName[name]
	}
	return fields
}
