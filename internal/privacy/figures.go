package privacy

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// figures finds personal numbers, passports and telephones.
func (s *scan) figures() {
	for i := 0; i < len(s.tokens); i++ {
		if s.tokens[i].kind != digits {
			continue
		}
		if end, ok := s.number(i); ok {
			s.add(Number, s.tokens[i].start, s.tokens[end].end)
			i = end
		} else if first, ok := s.passport(i); ok {
			s.add(Passport, s.tokens[first].start, s.tokens[i].end)
		} else if first, end, ok := s.phone(i); ok {
			s.add(Phone, s.tokens[first].start, s.tokens[end].end)
			i = end
		}
	}
}

// fresh tells whether a number begins with a token: it is no part of a word and no digits behind a
// decimal point or in the middle of a longer number.
func (s *scan) fresh(i int) bool {
	if !s.joined(i - 1) {
		return true
	}
	if s.at(i-1).kind == word {
		return false
	}
	return !s.is(i-1, ".,-–/:") || s.at(i-2).kind != digits || !s.joined(i-2)
}

// closed tells whether a number ends with a token. A Kyrgyz ending may follow: 0555123456га.
func (s *scan) closed(i int) bool {
	if !s.joined(i) {
		return true
	}
	next := s.at(i + 1)
	if next.kind == word {
		return next.low[0] >= 0x80
	}
	return !s.is(i+1, ".,-–/") || s.at(i+2).kind != digits || !s.joined(i+1)
}

// groups returns the tokens of digits that may be one number with the first: spaces, hyphens and
// brackets stand between them, and no line end.
func (s *scan) groups(i, most int) (all []int) {
	total := len(s.digits(i))
	for total <= most {
		all = append(all, i)
		next := i + 1
		for next <= i+3 && s.is(next, "()-–‑.") {
			next++
		}
		if s.digits(next) == "" {
			break
		}
		between := s.text[s.tokens[i].end:s.tokens[next].start]
		if len(between) > 5 || strings.ContainsAny(between, "\r\n\t") {
			break
		}
		i = next
		total += len(s.digits(i))
	}
	return all
}

// join returns the digits of tokens, and how many each has.
func (s *scan) join(groups []int) (all string, sizes []int) {
	for _, g := range groups {
		all += s.digits(g)
		sizes = append(sizes, len(s.digits(g)))
	}
	return all, sizes
}

// number finds a citizen's personal number: 1 for a woman or 2 for a man, the day, month and year of
// birth, five more digits. The tax number of an organisation has 14 digits too; it begins with 0.
func (s *scan) number(i int) (end int, ok bool) {
	if d := s.digits(i); len(d) == 14 {
		return i, personal(d) && s.fresh(i) && s.closed(i)
	} else if next := max(len(s.digits(i+1)), len(s.digits(i+2))); d != "1" && d != "2" || next < 2 {
		return 0, false
	}
	groups := s.groups(i, 14)
	all, sizes := s.join(groups)
	written := slices.Equal(sizes, []int{1, 8, 5}) || slices.Equal(sizes, []int{1, 2, 2, 4, 5})
	end = groups[len(groups)-1]
	return end, written && personal(all) && s.fresh(i) && s.closed(end)
}

func personal(d string) bool {
	return (d[0] == '1' || d[0] == '2') && day(d[1:3], d[3:5], d[5:9])
}

// day tells whether somebody now alive may have been born on a day.
func day(d, m, y string) bool {
	dd, _ := strconv.Atoi(d)
	mm, _ := strconv.Atoi(m)
	return dd >= 1 && dd <= 31 && mm >= 1 && mm <= 12 && year(y)
}

func year(y string) bool {
	n, _ := strconv.Atoi(y)
	return len(y) == 4 && n >= 1900 && n < 2050
}

// series are those of passports and identity cards, in Latin letters.
var series = []string{"ID", "AN", "AC", "AA", "PE", "PD", "PS"}

// latin writes the Cyrillic letters that look or sound like those of series in Latin.
var latin = strings.NewReplacer("А", "A", "С", "C", "Н", "N", "Е", "E", "Р", "P", "И", "I", "І", "I", "Д", "D")

// passport finds a passport by its series and seven digits, or by the word and the digits.
func (s *scan) passport(i int) (first int, ok bool) {
	if len(s.digits(i)) != 7 || !s.closed(i) {
		return 0, false
	}
	first = i - 1
	if s.is(first, "№-") {
		first--
	} else if s.word(first, "no", "n") && s.word(first-1, "id", "an", "ac") {
		first--
	}
	if t := s.at(first); t.kind == word && t.letters == 2 {
		if letters := latin.Replace(s.text[t.start:t.end]); slices.Contains(series, letters) && strings.ToUpper(letters) == letters {
			return first, true
		}
	}
	first = s.near(i, 4, 0, func(j int) bool { return s.stem(j, []string{"паспорт", "passport"}) })
	return first, first >= 0 && s.fresh(i) && !s.stem(first-1, []string{"техни", "энерг", "санит", "экол", "technic"})
}

// phoneWords stand before a telephone.
var phoneWords = []string{"тел", "номер", "моб", "сот", "ватсап", "whatsapp", "вотсап", "phone", "tel", "mobile", "call", "чалы", "звон"}

// phone finds a telephone that reaches somebody from anywhere. The short numbers of emergency
// services and of offices within a town are none.
func (s *scan) phone(i int) (first, end int, ok bool) {
	lone := s.digits(i) == "0" // 0 (555) …, 0 555 …
	if !s.fresh(i) || len(s.digits(i)) < 3 && !s.is(i-1, "+") && !(lone && (s.is(i+1, "(") && len(s.digits(i+2)) > 2 || len(s.digits(i+1)) == 3)) {
		return 0, 0, false
	}
	first = i
	plus := s.is(i-1, "+") && s.joined(i-1)
	if plus || s.is(i-1, "(") && s.joined(i-1) {
		first--
	}
	if !plus && first < i && s.is(first-1, "+") {
		plus, first = true, first-1
	}
	groups := s.groups(i, 15)
	all, sizes := s.join(groups)
	if len(all) < 9 {
		return 0, 0, false
	}
	said := s.near(first, 3, 0, func(j int) bool { return s.stem(j, phoneWords) }) >= 0
	listed := s.is(first-1, "№") && !said
	for n := len(groups); n > 0 && len(all) >= 9; n-- {
		end = groups[n-1]
		if reaches(all, sizes[:n], plus, said, listed, s.text[s.tokens[i].end:s.tokens[end].end]) && s.closed(end) {
			return first, end, true
		}
		all = all[:len(all)-sizes[n-1]]
	}
	return 0, 0, false
}

// reaches tells whether digits in groups are a telephone. rest is the text behind the first group.
func reaches(all string, sizes []int, plus, said, listed bool, rest string) bool {
	switch {
	case plus && strings.HasPrefix(all, "996"):
		return len(all) == 12
	case plus:
		return len(all) >= 11 && len(all) <= 14 && all[0] != '0'
	case strings.HasPrefix(all, "996") && len(all) == 12:
		return !listed && strings.ContainsRune("23579", rune(all[3])) && (said || sizes[0] == 3 || len(sizes) == 1) && spoken(all[sizes[0]:], sizes[1:])
	case all[0] == '0' && len(all) == 10 && strings.ContainsRune("23579", rune(all[1])):
		switch {
		case sizes[0] == 10:
			return !listed
		case sizes[0] == 1:
			return (said || strings.HasPrefix(strings.TrimSpace(rest), "(") || slices.Equal(sizes, []int{1, 3, 2, 2, 2})) && spoken(all[1:], sizes[1:])
		}
		return sizes[0] <= 5 && sizes[0] >= 4 && spoken(all[sizes[0]:], sizes[1:])
	case len(all) == 9 && strings.ContainsRune("579", rune(all[0])):
		return said || slices.Equal(sizes, []int{3, 2, 2, 2}) && strings.Count(rest, "-") == 3
	}
	return false
}

// spoken tells whether digits are grouped as people write telephones, and hold no year.
func spoken(all string, sizes []int) bool {
	for _, n := range sizes {
		if n == 4 && year(all[:n]) || n > 6 {
			return false
		}
		all = all[n:]
	}
	return true
}

// emails finds addresses of e-mail.
func (s *scan) emails() {
	for at := 0; ; at++ {
		i := strings.IndexByte(s.text[at:], '@')
		if i < 0 {
			return
		}
		at += i
		start := at
		for start > 0 && at-start < 64 {
			r, size := utf8.DecodeLastRuneInString(s.text[:start])
			if !mailbox(r) {
				break
			}
			start -= size
		}
		end := at + 1
		for end < len(s.text) && end-at < 255 {
			r, size := utf8.DecodeRuneInString(s.text[end:])
			if r != '.' && r != '-' && !letterOrDigit(r) {
				break
			}
			end += size
		}
		host := strings.Trim(s.text[at+1:end], ".-")
		dot := strings.LastIndexByte(host, '.')
		box := strings.TrimLeft(s.text[start:at], ".-+")
		if dot < 1 || box == "" || box == "git" || slices.Contains(notHosts, strings.ToLower(host[dot+1:])) {
			continue
		}
		if last := host[dot+1:]; utf8.RuneCountInString(last) < 2 || strings.IndexFunc(last, func(r rune) bool { return !unicode.IsLetter(r) }) >= 0 {
			continue
		}
		s.add(Email, at-len(box), at+1+len(host))
	}
}

// notHosts end names of files such as logo@2x.png, and the names that RFC 2606 keeps for examples.
var notHosts = []string{"png", "jpg", "jpeg", "svg", "webp", "gif", "pdf", "example", "invalid", "test"}

func letterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func mailbox(r rune) bool {
	return letterOrDigit(r) || strings.ContainsRune("._%+-", r) && r != utf8.RuneError
}
