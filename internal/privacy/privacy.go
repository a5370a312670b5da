// Package privacy finds what should not be published about people in a text: personal numbers and
// passports, telephones and e-mail addresses, homes, dates of birth, illnesses. It judges the form
// of what is written, in Kyrgyz, Russian and English. It knows no names and no files.
//
// A wrong alarm costs a clerk a minute, a silent one a person's peace, but a gate that cries at
// every decision number is soon taken down. So a kind that figures or words alone do not tell needs
// two signs: a home its flat, or its house and a name; an illness a name beside it. The testdata
// lists what must be found and what must not.
package privacy

import (
	"cmp"
	"slices"
	"strings"
)

// Kind is a kind of personal data. The code of its finding is "personal-" and the kind.
type Kind string

// The kinds of personal data.
const (
	Number   Kind = "number"   // the personal number of a citizen, 14 digits
	Passport Kind = "passport" // series and number
	Phone    Kind = "phone"
	Email    Kind = "email"
	Address  Kind = "address" // of a home
	Birth    Kind = "birth"   // a day of birth, or a year beside a name
	Health   Kind = "health"  // an illness or disability beside a name
)

// Contact tells whether an office may have it too, so that a list may allow it.
func (k Kind) Contact() bool { return k == Phone || k == Email || k == Address }

// Finding is personal data in a text.
type Finding struct {
	Kind       Kind
	Start, End int // bytes of the text
}

// longest is the number of bytes of a paragraph that are looked at together. What stands across the
// place at which a longer one is cut is missed.
const longest = 64 << 10

// Find returns the personal data of a text in the order in which it stands. The time that it takes
// grows with the length of the text and no faster.
func Find(text string) (all []Finding) {
	for at := 0; at < len(text); {
		end := at + paragraph(text[at:])
		if part := text[at:end]; suspicious(part) {
			for _, f := range find(part) {
				all = append(all, Finding{f.Kind, at + f.Start, at + f.End})
			}
		}
		at = end
	}
	return all
}

// paragraph returns the length of the first paragraph of a text, with the empty line behind it.
func paragraph(text string) int {
	most := min(len(text), longest)
	if i := strings.Index(text[:most], "\n\n"); i >= 0 {
		return i + 2
	}
	if i := strings.LastIndexAny(text[:most], "\n "); most < len(text) && i >= 0 {
		return i + 1
	}
	return most
}

// find judges a part of a text.
func find(text string) []Finding {
	s := &scan{text: text, tokens: split(text)}
	s.figures()
	s.emails()
	s.people()
	slices.SortStableFunc(s.found, func(a, b Finding) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	last := map[Kind]int{}
	return slices.DeleteFunc(s.found, func(f Finding) bool { // within another of its kind
		within := f.End <= last[f.Kind]
		last[f.Kind] = max(last[f.Kind], f.End)
		return within
	})
}

// scan is a text that is being judged.
type scan struct {
	text   string
	tokens []token
	names  [][2]int // the first and last tokens of each person's name
	found  []Finding
}

func (s *scan) add(k Kind, start, end int) { s.found = append(s.found, Finding{k, start, end}) }

// Refused returns what Find does, without the contacts that are allowed. allowed is asked by their keys.
func Refused(text string, allowed func(key string) bool) (all []Finding) {
	for _, f := range Find(text) {
		if !f.Kind.Contact() || !allowed(Key(text[f.Start:f.End])) {
			all = append(all, f)
		}
	}
	return all
}

// Key returns a contact in the form in which contacts are compared: an e-mail address in small
// letters, a telephone by its last nine digits, anything else without regard to spaces and capitals.
func Key(contact string) string {
	contact = strings.ToLower(strings.Join(strings.Fields(contact), " "))
	if strings.ContainsRune(contact, '@') {
		return contact
	}
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case strings.ContainsRune("+-–‑(). \u00a0", r):
			return -1
		}
		return 'x'
	}, contact)
	if len(digits) >= 9 && !strings.Contains(digits, "x") {
		return digits[len(digits)-9:]
	}
	return contact
}

// Mask returns what a report may say of personal data, which is public itself: its beginning and
// its end.
func Mask(found string) string {
	all := []rune(found)
	n := min(2, len(all)/6)
	return string(all[:n]) + "…" + string(all[len(all)-n:])
}

// Person tells whether the author whom a program notes in a document or picture is a person, by
// name or by an account, rather than an office or the program itself.
func Person(author string) bool {
	if len(Find(author)) > 0 {
		return true
	}
	named := false
	for _, t := range split(author) {
		switch {
		case t.kind == digits, t.kind == word && (starts(t.low, offices) || slices.Contains(programs, t.low)):
			return false
		case t.kind == word && t.letters > 2:
			named = true
		}
	}
	return named
}
