package sheet

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"achyk/internal/diag"
	"achyk/internal/source"
	"achyk/internal/table"
)

// commas are the separators that spreadsheet programs write. The first is that of a register and
// wins where no heading is known.
var commas = []byte{',', ';', '\t'}

// headed is how many rows are searched for headings.
const headed = 30

// readCSV reads a CSV. Its text is decoded before it is split, so the spans of findings lie in the
// decoded text.
func readCSV(f *source.File, known func(string) bool) (*Book, diag.List) {
	text, encoding := decode(f.Data)
	ending := strings.ToLower(path.Ext(f.Path))
	if bytes.IndexByte(text, 0) >= 0 || encoding == "" && (ending == ".xlsx" || ending == ".xlsm" || ending == ".ods") {
		return nil, refuse(f, diag.SheetDamaged, diag.Args{"why": ""}) // no text, and not the archive that its name promises
	}
	if encoding == "" {
		return nil, refuse(f, diag.SheetEncoding, diag.Args{})
	}
	decoded := &source.File{Path: f.Path, Data: text}
	book, most := &Book{Form: CSV, Encoding: encoding, Comma: commas[0]}, 0
	for _, comma := range commas {
		rows, best := 0, 0
		table.Records(decoded, comma, func(_ int, cells []string) bool {
			n := 0
			for _, c := range cells {
				if known(c) {
					n++
				}
			}
			best, rows = max(best, n), rows+1
			return rows < headed
		})
		if best > most {
			book.Comma, most = comma, best
		}
	}
	b := builder{tally: newTally()}
	problems := table.Records(decoded, book.Comma, func(row int, cells []string) bool {
		made := make([]Cell, len(cells))
		for i, c := range cells {
			made[i].Text = c
		}
		b.add(row, made, false)
		return b.tally.fault == nil
	})
	if b.tally.fault != nil {
		return nil, b.tally.refused(f)
	}
	book.Sheets = []Sheet{b.sheet}
	return book, withoutMark(problems)
}

// withoutMark leaves out the finding on a byte order mark, which is no mistake in a spreadsheet.
func withoutMark(problems diag.List) (rest diag.List) {
	for _, p := range problems {
		if p.Code != diag.ByteOrder {
			rest = append(rest, p)
		}
	}
	return rest
}

// decode returns text as UTF-8 and the name of the encoding that it was in, or "" if that is none of
// those that spreadsheet programs write here. A mark at the beginning decides, then whether the text
// is valid UTF-8, which text in another encoding never is by chance. What is left is windows-1251.
func decode(data []byte) ([]byte, string) {
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		text, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
			return nil, ""
		}
		return text, "utf-16"
	}
	if utf8.Valid(data) {
		return data, "utf-8"
	}
	text, err := charmap.Windows1251.NewDecoder().Bytes(data)
	if err != nil || !plausible(string(text)) {
		return nil, ""
	}
	return text, "windows-1251"
}

// plausible tells whether text that was read as windows-1251 can have been written in it.
//
// CP866 and a damaged UTF-8 become letters of Serbian and Macedonian, which no text here has. KOI8-R has small
// letters where windows-1251 has capital ones ("Ош шаары" is read as "пЫ ЫББТЩ"), and it and ISO-8859-5 make
// letters that are rare of those that are frequent: they are 11 to 14 of a hundred in Russian and Kyrgyz, and 40
// to 50 of what is read wrongly. Where capitals begin words, as they should, a few rare letters are no sign.
// MacCyrillic differs in capital letters, which become signs and letters that are strange here, and in я, which
// becomes a capital one within a word.
func plausible(text string) bool {
	letters, capitals, strange, rare, inner, first := 0, 0, 0, 0, 0, 0
	var before rune
	for _, r := range text {
		small, capital := 'а' <= r && r <= 'я' || r == 'ё', 'А' <= r && r <= 'Я' || r == 'Ё'
		afterSmall := 'а' <= before && before <= 'я'
		switch {
		case r == utf8.RuneError:
			return false
		case small || capital:
			letters++
			if strings.ContainsRune("БПФЩЪЦЧХЙЖЭЮбпфщъцчхйжэю", r) {
				rare++
			} else if r == 'Я' && afterSmall {
				strange++
			}
		case r >= utf8.RuneSelf && strings.ContainsRune("ЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЄЇІіґєјЅѕї", r):
			strange++
		}
		if capital {
			capitals++
		}
		if capital && afterSmall {
			inner++
		} else if small && 'А' <= before && before <= 'Я' {
			first++
		}
		before = r
	}
	switch {
	case strange*20 > letters, strange > 0 && inner >= first && 2*capitals < letters:
		return false
	case rare*10 > letters*3:
		return inner <= first && (letters < 30 || 2*inner < first)
	}
	return true
}
