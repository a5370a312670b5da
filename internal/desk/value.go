package desk

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"achyk/internal/characters"
	"achyk/internal/desk/spoilt"
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
			return dotted(text), ""
		case sheet.Percent:
			return hundredfold(text), diag.PercentCell
		case sheet.Clock:
			return text, diag.ClockCell
		case sheet.Number:
			return text, ""
		}
		if col.Type == table.Money && threeLast.MatchString(text) { // a sum has two digits after the sign, if any
			return text, diag.AmbiguousNumber
		}
		return number(text, c.commas(), c.result.Book.Form != sheet.CSV, col.Type == table.Integer)
	case table.Year:
		if cell.Kind == sheet.Time && strings.HasSuffix(text, "-01-01") {
			return text[:4], ""
		}
		return text, ""
	case table.Boolean:
		return truth(text), ""
	case table.Date, table.DateTime, table.YearMonth:
		return c.date(text, cell.Kind, col.Type)
	case table.Enum:
		return word(text, col), ""
	case table.Ref:
		return c.reference(text, col), ""
	case table.Path:
		if name := c.desk.renamed[text]; name != "" {
			return name, ""
		}
	}
	switch cell.Kind {
	case sheet.Time:
		return dotted(text), ""
	case sheet.Percent:
		return hundredfold(text) + "%", ""
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

var (
	grouped   = regexp.MustCompile(`^([+-]?[0-9]{1,3})((?:[ \x{00a0}\x{202f}][0-9]{3})+)([.,][0-9]+)?$`)
	twoSigns  = regexp.MustCompile(`^[+-]?[0-9]{1,3}(?:(?:,[0-9]{3})+\.[0-9]+|(?:\.[0-9]{3})+,[0-9]+)$`)
	threeLast = regexp.MustCompile(`^[+-]?[1-9][0-9]{0,2}([,.])[0-9]{3}$`)
	manyThree = regexp.MustCompile(`^[+-]?[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,}|(?:\.[0-9]{3}){2,})$`)
	fraction  = regexp.MustCompile(`^[+-]?[0-9]+,[0-9]+$`)
	wholeForm = regexp.MustCompile(`^([+-]?[0-9]+)[.,]0+$`)
)

// number reads a number as people and programs write it. 1,234 and 1.234 may be a thousand or a little
// more than one. What the sign is may follow from the file: commas says that the comma is the decimal
// sign, typed that the text was typed into a cell of a workbook, where either may be. A number that must be
// whole is a thousand, unless its three last digits are zeros, which programs also show of a whole number.
func number(text string, commas, typed, whole bool) (string, diag.Code) {
	text = strings.Replace(text, "\u2212", "-", 1) // the minus sign of typographers
	if p := grouped.FindStringSubmatch(text); p != nil {
		text = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "").Replace(text)
		if p[3] == "" {
			return text, ""
		}
		text = strings.Replace(text, ",", ".", 1)
	}
	if p := wholeForm.FindStringSubmatch(text); whole && p != nil && len(text)-len(p[1]) != len(",000") {
		return p[1], ""
	}
	switch p := threeLast.FindStringSubmatch(text); {
	case twoSigns.MatchString(text):
		last := strings.LastIndexAny(text, ",.")
		return strings.NewReplacer(",", "", ".", "").Replace(text[:last]) + "." + text[last+1:], ""
	case manyThree.MatchString(text):
		return strings.NewReplacer(",", "", ".", "").Replace(text), ""
	case p != nil && whole && !commas && !strings.HasSuffix(text, "000"):
		return strings.NewReplacer(",", "", ".", "").Replace(text), ""
	case p != nil && whole, p != nil && p[1] == "," && !commas, p != nil && p[1] == "." && (commas || typed):
		return text, diag.AmbiguousNumber
	case fraction.MatchString(text):
		return strings.Replace(text, ",", ".", 1), ""
	}
	return text, ""
}

// hundredfold moves the point of a number two places to the right.
func hundredfold(text string) string {
	d, err := decimal.NewFromString(text)
	if err != nil {
		return text
	}
	return d.Shift(2).String()
}

// truths are the words that spreadsheet programs and people write for true and false.
var truths = map[string]string{
	"истина": "true", "чын": "true", "ооба": "true", "да": "true", "yes": "true", "true": "true",
	"ложь": "false", "жалган": "false", "жок": "false", "нет": "false", "no": "false", "false": "false",
}

// truth reads a boolean.
func truth(text string) string {
	if word, ok := truths[strings.ToLower(text)]; ok {
		return word
	}
	return text
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

// bracketed is how the sheets to fill in show a record: its name, and its id in brackets.
var bracketed = regexp.MustCompile(`\[([a-z0-9][a-z0-9_-]*)\]$`)

// reference reads the id of a record, also behind its name in brackets, or the name alone if only one
// record has it.
func (c *clerk) reference(text string, col *table.Column) string {
	if m := bracketed.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	if id := c.desk.named(col.Register)[key(text)]; id != "" && id != "?" {
		return id
	}
	return text
}

// named returns the ids of the records of a register by their names in each language. A name of two
// records has "?".
func (d *Desk) named(register string) map[string]string {
	if ids, ok := d.names[register]; ok {
		return ids
	}
	ids := map[string]string{}
	for _, t := range d.Tables {
		if t.Schema.Name != register {
			continue
		}
		for i := range t.Rows {
			r := &t.Rows[i]
			for _, column := range t.Schema.LabelColumns() {
				name := t.Text(r, column)
				for _, called := range name.All() {
					if k := key(called); ids[k] != "" && ids[k] != r.Key {
						ids[k] = "?"
					} else if k != "" {
						ids[k] = r.Key
					}
				}
			}
		}
		for i := range t.Rows { // an id is itself
			ids[t.Rows[i].Key] = t.Rows[i].Key
		}
	}
	if d.names == nil {
		d.names = map[string]map[string]string{}
	}
	d.names[register] = ids
	return ids
}

var (
	dayFirst  = regexp.MustCompile(`^([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?:[ ,]+([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?))?$`)
	strokes   = regexp.MustCompile(`^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?:[ ,]+([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?))?$`)
	yearFirst = regexp.MustCompile(`^([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[ T]([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?))?$`)
	monthYear = regexp.MustCompile(`^([0-9]{1,2})\.([0-9]{4})$`)
	shortYear = regexp.MustCompile(`^[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2}(?:[ ,]+[0-9:]+)?$|^\p{L}{3,8}[.-][0-9]{2}$`)
)

// date reads a day, a time or a month. Days with strokes have the month or the day first, by the
// country of the program; they are read only where just one of the two is possible.
func (c *clerk) date(text string, kind sheet.Kind, t table.Type) (string, diag.Code) {
	if kind == sheet.Number {
		return text, diag.DateNumber
	}
	if strings.Contains(text, ".") { // 01.03.2026 г.
		text = yearEnd.ReplaceAllString(text, "")
	}
	var y, m, d, clock string
	if p := yearFirst.FindStringSubmatch(text); p != nil {
		y, m, d, clock = p[1], p[2], p[3], p[4]
	} else if p := dayFirst.FindStringSubmatch(text); p != nil {
		y, m, d, clock = p[3], p[2], p[1], p[4]
	} else if p := monthYear.FindStringSubmatch(text); p != nil && t == table.YearMonth {
		y, m, d = p[2], p[1], "1"
	} else if p := strokes.FindStringSubmatch(text); p != nil {
		first, second := pad(p[1]), pad(p[2])
		switch {
		case first > "12" || first == second:
			y, m, d, clock = p[3], p[2], p[1], p[4]
		case second > "12":
			y, m, d, clock = p[3], p[1], p[2], p[4]
		default:
			return text, diag.AmbiguousDate
		}
	} else if p := worded(text); p != nil && (p[0] != "" || t == table.YearMonth) {
		y, m, d = p[2], p[1], cmp.Or(p[0], "1")
	} else if shortYear.MatchString(text) {
		return text, diag.ShortYear
	} else {
		return text, ""
	}
	day := y + "-" + pad(m) + "-" + pad(d)
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return text, ""
	}
	switch {
	case t == table.YearMonth && pad(d) == "01" && clock == "":
		return day[:len("2026-03")], ""
	case t == table.DateTime && clock != "": // a day without a time is not midnight
		return c.moment(day, clock), ""
	case t == table.Date && strings.Trim(clock, "0:") == "":
		return day, ""
	}
	return text, ""
}

var (
	yearEnd   = regexp.MustCompile(`[ -]*(?:г|ж|год|года|жыл|жылы|жылдын)\.?$`)
	dayWord   = regexp.MustCompile(`^(?:([0-9]{1,2})[ .-]*)?(\p{L}{3,8})[ .,-]+([0-9]{4})$`)
	yearWords = regexp.MustCompile(`^([0-9]{4})[ -]*(?:ж|жыл|жылдын|жылы)?\.?[ ,]+(?:([0-9]{1,2})[ .-]*)?(\p{L}{3,8})$`)
)

// worded reads a day or a month with the name of its month: 1 марта 2026 г., 2026-ж. 1-март, март 2026. It
// returns the day, which may be empty, the month and the year.
func worded(text string) []string {
	text = yearEnd.ReplaceAllString(strings.ToLower(text), "")
	day, name, year := "", "", ""
	if p := dayWord.FindStringSubmatch(text); p != nil {
		day, name, year = p[1], p[2], p[3]
	} else if p := yearWords.FindStringSubmatch(text); p != nil {
		day, name, year = p[2], p[3], p[1]
	}
	m := spoilt.Month(strings.Replace(name, "мая", "май", 1))
	if m == 0 {
		return nil
	}
	return []string{day, strconv.Itoa(m), year}
}

// moment gives a time the zone of the municipality's clocks.
func (c *clerk) moment(day, clock string) string {
	layout, shown := "15:04", "2006-01-02T15:04-07:00"
	if clock == "" {
		clock = "00:00"
	}
	if strings.Count(clock, ":") == 2 {
		layout = "15:04:05"
		if !strings.HasSuffix(clock, ":00") {
			shown = "2006-01-02T15:04:05-07:00"
		}
	}
	t, err := time.ParseInLocation("2006-01-02 "+layout, day+" "+clock, c.desk.Zone)
	if err != nil {
		return day + " " + clock
	}
	return t.Format(shown)
}

// pad writes a day or a month with two digits.
func pad(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// dotted writes a time of a spreadsheet as the spreadsheet shows it, 31.12.2026.
func dotted(text string) string {
	if len(text) < len("2026-12-31") {
		return text
	}
	return text[8:10] + "." + text[5:7] + "." + text[:4] + strings.Replace(text[10:], "T", " ", 1)
}
