// Package spoilt tells what spreadsheet programs have made of the cells of a register: lost letters and zeros,
// days for numbers, digits rounded away. What is published tells it; without that nobody can know.
package spoilt

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"achyk/internal/sheet"
	"achyk/internal/table"
)

// Damage says what a spreadsheet program did to a cell.
type Damage string

// The ways in which programs spoil cells.
const (
	LostLetters Damage = "letters" // ? or _ for letters that windows-1251 does not have
	MadeDate    Damage = "date"    // a day for a number such as 4.1
	LostZeros   Damage = "zeros"   // 7 for 007, 12.1 for 12.10
	LostDigits  Damage = "digits"  // 1,23E+13
	Quotes      Damage = "quotes"  // ""Таза"" for "Таза"
	Unseen      Damage = "unseen"  // characters that nobody sees, as Word and web pages have; no program spoilt it
)

// By tells how a program can have made the text of a cell from a published text, or "".
func By(cell sheet.Cell, found, published string, t table.Type) Damage {
	switch {
	case published == "" || found == "" || found == published:
		return ""
	case lost1251(found, published):
		return LostLetters
	case table.Undoubled(found) == published:
		return Quotes
	case t == table.Text:
		return "" // a date or a number in a text was written by somebody
	case madeDate(found, published) || cell.Kind == sheet.Number && madeDate(serial(cell.Text), published):
		return MadeDate
	case lostZeros(found, published):
		return LostZeros
	case lostDigits(found, published):
		return LostDigits
	}
	return ""
}

// lost1251 tells whether a text is the published one, saved in windows-1251.
func lost1251(found, published string) bool {
	if !strings.ContainsAny(found, "?_") {
		return false
	}
	have, lost := []rune(found), false
	want := []rune(strings.ReplaceAll(published, "\r\n", "\n"))
	if len(have) != len(want) {
		return false
	}
	for i, r := range want {
		if have[i] == r {
			continue
		}
		if _, ok := charmap.Windows1251.EncodeRune(r); ok || have[i] != '?' && have[i] != '_' {
			return false
		}
		lost = true
	}
	return lost
}

// plainLetters are the Russian letters that people type for Kyrgyz ones which their keyboard lacks.
var plainLetters = strings.NewReplacer("ң", "н", "ө", "о", "ү", "у", "Ң", "Н", "Ө", "О", "Ү", "У")

// Folded tells whether a text is the published one with Russian letters for Kyrgyz ones.
func Folded(found, published string) bool {
	return found != published && plainLetters.Replace(found) == plainLetters.Replace(published) && kyrgyz(found) < kyrgyz(published)
}

// kyrgyz counts the letters that Russian does not have.
func kyrgyz(text string) (n int) {
	for _, r := range strings.ToLower(text) {
		if strings.ContainsRune("ңөү", r) {
			n++
		}
	}
	return n
}

var (
	pair     = regexp.MustCompile(`^([0-9]{1,2})[.\-/]([0-9]{1,4})$`)
	fullDay  = regexp.MustCompile(`^([0-9]{1,2})[./]([0-9]{1,2})[./](?:[0-9]{2}|[0-9]{4})$`)
	isoDay   = regexp.MustCompile(`^([0-9]{4})-([0-9]{2})-([0-9]{2})$`)
	dayMonth = regexp.MustCompile(`^([0-9]{1,2})[.-](\p{L}{3,8})\.?$`)
	monthOf  = regexp.MustCompile(`^(\p{L}{3,8})\.?[. -]([0-9]{2}|[0-9]{4})$`)
)

// months are the beginnings of the names of months in Russian, whose names Kyrgyz has too, and in English.
var months = strings.Fields("янв фев мар апр май июн июл авг сен окт ноя дек jan feb mar apr may jun jul aug sep oct nov dec")

// Month returns the number of a month by its name, or 0.
func Month(name string) int {
	i := slices.IndexFunc(months, func(m string) bool { return strings.HasPrefix(strings.ToLower(name), m) })
	if i < 0 {
		return 0
	}
	return i%12 + 1
}

// madeDate tells whether a day is what a program makes of two numbers with a sign between them: the
// day and the month of the year in hand, in either order, or the month and the year.
func madeDate(found, published string) bool {
	p := pair.FindStringSubmatch(published)
	if p == nil {
		return false
	}
	a, _ := strconv.Atoi(p[1])
	b, _ := strconv.Atoi(p[2])
	day, mon, year := 0, 0, -1
	if m := fullDay.FindStringSubmatch(found); m != nil {
		day, _ = strconv.Atoi(m[1])
		mon, _ = strconv.Atoi(m[2])
		year, _ = strconv.Atoi(found[strings.LastIndexAny(found, "./")+1:])
	} else if m := isoDay.FindStringSubmatch(found); m != nil {
		year, _ = strconv.Atoi(m[1])
		mon, _ = strconv.Atoi(m[2])
		day, _ = strconv.Atoi(m[3])
	} else if m := dayMonth.FindStringSubmatch(found); m != nil {
		day, _ = strconv.Atoi(m[1])
		mon = Month(m[2])
	} else if m := monthOf.FindStringSubmatch(found); m != nil {
		mon = Month(m[1])
		year, _ = strconv.Atoi(m[2])
		day = 1
	} else {
		return false
	}
	return day == a && mon == b || day == b && mon == a || mon == a && day == 1 && year >= 0 && year%100 == b%100
}

// serial writes the number of a day in a spreadsheet as a day.
func serial(number string) string {
	day, ok := sheet.Moment(number)
	if !ok {
		return ""
	}
	return day
}

// lostZeros tells whether a text of digits has lost the zeros at its beginning, or the text of a
// fraction those at its end: clause 12.10 is not clause 12.1.
func lostZeros(found, published string) bool {
	if strings.Trim(published, "0123456789.") != "" || len(found) >= len(published) {
		return false
	}
	if strings.Count(published, ".") == 1 {
		return strings.Replace(found, ",", ".", 1) == Plain(published)
	}
	return strings.TrimLeft(published, "0") == found
}

var powers = regexp.MustCompile(`^([0-9])(?:[.,]([0-9]+))?[Ee]\+([0-9]{1,3})$`)

// lostDigits tells whether a text of digits was written with a power of ten.
func lostDigits(found, published string) bool {
	m := powers.FindStringSubmatch(found)
	if m == nil || strings.Trim(published, "0123456789") != "" {
		return false
	}
	power, _ := strconv.Atoi(m[3])
	shown := m[1] + m[2]
	if power != len(published)-1 || len(shown) > len(published) {
		return false
	}
	// The last digit that is shown is rounded.
	whole, err1 := strconv.ParseFloat(published, 64)
	short, err2 := strconv.ParseFloat(m[1]+"."+m[2]+"0e"+m[3], 64)
	unit, err3 := strconv.ParseFloat("1e"+strconv.Itoa(power-len(m[2])), 64)
	return err1 == nil && err2 == nil && err3 == nil && whole-short <= unit && short-whole <= unit
}

// Same tells whether two texts of a column say the same: 7.0 and 7 are one number.
func Same(a, b string, t table.Type) bool {
	return a == b || t.Numeric() && Plain(a) == Plain(b) && a != "" && b != ""
}

// Shows tells whether a cell holds what is published and only shows it in another way.
func Shows(cell sheet.Cell, published string, t table.Type) bool {
	switch cell.Kind {
	case sheet.Number:
		return t == table.String && Plain(cell.Text) == published
	case sheet.Percent:
		return Same(cell.Text, published, t)
	case sheet.Clock:
		return plainClock(cell.Text) == plainClock(published)
	}
	return false
}

// plainClock writes a time without zeros that a program may add or leave out: 9:30 for 09:30:00, 3:1 for 3:01.
func plainClock(text string) string {
	parts := strings.Split(text, ":")
	for i, p := range parts {
		parts[i] = cmp.Or(strings.TrimLeft(p, "0"), "0")
	}
	if len(parts) == 3 && parts[2] == "0" {
		parts = parts[:2]
	}
	return strings.Join(parts, ":")
}

// Plain writes a number without zeros at its end.
func Plain(number string) string {
	if strings.Contains(number, ".") {
		number = strings.TrimRight(strings.TrimRight(number, "0"), ".")
	}
	return strings.TrimPrefix(number, "+")
}
