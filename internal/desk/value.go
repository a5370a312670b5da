package desk

import (
	"regexp"
	"slices"
	"strings"

	"achyk/internal/characters"
	"achyk/internal/desk/reading"
	"achyk/internal/diag"
	"achyk/internal/sheet"
	"achyk/internal/table"
)

// lineEnds writes the ends of lines as registers have them.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// spaces writes the ends of lines, and spaces that do not break or are narrow, as the one that is typed.
var spaces = strings.NewReplacer("\n", " ", "\t", " ", "\u00a0", " ", "\u202f", " ", "\u2007", " ", "\u2009", " ")

// translate returns the text of a cell in the form that registers have. A code says that the cell is
// refused, because it can be read in two ways or has lost something. What is wrong in another way is
// left as it is: package table reports it.
func (c *clerk) translate(cell sheet.Cell, field int) (string, diag.Code) {
	text, col := cell.Text, &c.schema.Columns[c.schema.Fields[field].Column]
	if cell.Kind == sheet.Text {
		text = clean(text, col.Type)
	}
	if text == "" {
		return "", ""
	}
	switch col.Type {
	case table.Integer, table.Number, table.Money:
		switch cell.Kind {
		case sheet.Time:
			return reading.Dotted(text), ""
		case sheet.Percent:
			return reading.Hundredfold(text), diag.PercentCell
		case sheet.Clock:
			return text, diag.ClockCell
		case sheet.Number:
			return text, ""
		}
		if col.Type == table.Money && reading.MaybeThousand(text) { // a sum has two digits after the sign, if any
			return text, diag.AmbiguousNumber
		}
		return reading.Number(text, c.commas(), c.result.Book.Form != sheet.CSV, col.Type == table.Integer)
	case table.Year:
		if cell.Kind == sheet.Time && strings.HasSuffix(text, "-01-01") {
			return text[:4], ""
		}
		return text, ""
	case table.Boolean:
		return reading.Truth(text), ""
	case table.Date, table.DateTime, table.YearMonth:
		return reading.Date(text, cell.Kind, col.Type, c.desk.Zone)
	case table.Enum:
		return word(text, col), ""
	case table.Ref:
		return c.desk.reference(text, col.Register)
	case table.Path:
		if name := c.desk.renamed[text]; name != "" {
			return name, ""
		}
	}
	switch cell.Kind {
	case sheet.Time:
		return reading.Dotted(text), ""
	case sheet.Percent:
		return reading.Hundredfold(text) + "%", ""
	case sheet.Number:
		if cell.Shown != "" {
			return cell.Shown, ""
		} else if col.Type == table.String && c.lacksZeros(text, field) {
			return text, diag.ZerosUnknown
		}
	}
	if c.result.Book.Form == sheet.CSV && c.commas() {
		text = table.Unguarded(text) // as our CSV for Excel has it
	}
	return text, ""
}

// lacksZeros tells whether somebody may have typed a number with zeros that no spreadsheet keeps: clause 4.10
// becomes 4.1, and number 00712 becomes 712 where the register has such numbers.
func (c *clerk) lacksZeros(number string, field int) bool {
	if _, decimals, fraction := strings.Cut(number, "."); fraction {
		return len(decimals) == 1
	}
	zeros, known := c.zeros[field]
	if !known {
		zeros = slices.ContainsFunc(c.base.Rows, func(r table.Row) bool { return leadingZero.MatchString(r.Values[field]) })
		c.zeros[field] = zeros
	}
	return zeros
}

var leadingZero = regexp.MustCompile(`^0[0-9]+$`)

// clean takes out of a text what nobody sees and, except in prose, what parts its lines.
func clean(text string, t table.Type) string {
	if text = characters.Clean(text); t != table.Text {
		text = spaces.Replace(text)
	}
	return strings.TrimSpace(text)
}

// Value returns the value of a field for which a sheet shows a text to people.
func (d *Desk) Value(s *table.Schema, field int, shown string) string {
	c := &clerk{desk: d, schema: s, zeros: map[int]bool{}, result: &Result{Book: &sheet.Book{Form: sheet.XLSX}}}
	value, _ := c.translate(sheet.Cell{Text: shown}, field)
	return value
}

// commas tells whether numbers have a decimal comma for certain: programs write semicolons between
// cells just where the comma is the decimal sign.
func (c *clerk) commas() bool {
	return c.result.Book.Form == sheet.CSV && c.result.Book.Comma == ';'
}

// word reads a word of an enum, or its label in one of the languages.
func word(text string, col *table.Column) string {
	found, wanted := "", key(text)
	for i := range col.Values {
		v := &col.Values[i]
		if v.Code == text {
			return text
		}
		for _, label := range v.Label.All() {
			if key(label) == wanted && found != v.Code {
				if found != "" {
					return text
				}
				found = v.Code
			}
		}
	}
	if found == "" {
		return text
	}
	return found
}
