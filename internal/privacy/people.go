package privacy

import (
	"slices"
	"strings"
)

// people finds homes, births and illnesses.
func (s *scan) people() {
	for i := range s.tokens {
		if s.tokens[i].capital {
			s.name(i)
		}
	}
	next := 0 // the first name that is not far before the token
	for i := range s.tokens {
		for next < len(s.names) && s.names[next][1] < i-nearby {
			next++
		}
		if s.tokens[i].kind != word {
			continue
		}
		s.flat(i)
		s.home(i, next)
		s.birth(i, next)
		s.illness(i, next)
	}
}

// nearby is the number of tokens within which a name belongs to a fact.
const nearby = 12

// named returns the name nearest to a token in its sentence. next is the first that may be.
func (s *scan) named(i, next int) (name [2]int, ok bool) {
	best := nearby + 1
	for ; next < len(s.names) && s.names[next][0] <= i+nearby; next++ {
		n := s.names[next]
		far := max(i-n[1], n[0]-i)
		if far >= best || far <= 0 {
			continue
		}
		apart := false
		for j := min(i, n[1]+1); j < max(i, n[0]); j++ {
			apart = apart || s.ends(j)
		}
		if !apart {
			name, ok, best = n, true, far
		}
	}
	return name, ok
}

// between adds what stands from one token to another, whichever comes first.
func (s *scan) between(k Kind, tokens ...int) {
	s.add(k, s.tokens[slices.Min(tokens)].start, s.tokens[slices.Max(tokens)].end)
}

// name notes a person's name that begins with a capital: a surname with a first name, initials or a
// patronymic. Streets, schools and places that are named after somebody are none.
func (s *scan) name(i int) {
	if len(s.names) > 0 && i <= s.names[len(s.names)-1][1] {
		return
	}
	end := -1
	switch a, b := s.at(i), s.at(i+1); {
	case s.initial(i):
		j := i + 2
		two := s.initial(j)
		if two {
			j += 2
		}
		if s.proper(j) && (two || surname(s.at(j).low)) {
			end = j
		}
	case !s.proper(i):
	case s.word(i+1, "уулу", "кызы", "uulu", "kyzy"):
		end = i + 1
	case surname(a.low) && s.initial(i+1):
		if end = i + 2; s.initial(i + 3) {
			end = i + 4
		}
	case s.proper(i+1) && (surname(a.low) || surname(b.low) || given(a.low) || given(b.low) || patronymic(b.low)):
		if end = i + 1; s.proper(i+2) && (patronymic(s.at(i+2).low) || surname(s.at(i+2).low)) {
			end = i + 2
		}
	}
	if end < 0 || s.street(i-1) || s.is(i-1, ".") && (s.street(i-2) || s.word(i-2, "им", "ул", "пр", "пер")) || s.word(i-1, "имени", "улица", "named") ||
		s.street(end+1) || s.stem(end+1, []string{"атынд", "айыл", "аймак", "район"}) {
		return
	}
	s.names = append(s.names, [2]int{i, end})
}

// initial tells whether a token is a capital with a full stop.
func (s *scan) initial(i int) bool {
	t := s.at(i)
	return t.kind == word && t.letters == 1 && t.capital && s.is(i+1, ".") && s.joined(i)
}

// proper tells whether a word may be a first name or a surname.
func (s *scan) proper(i int) bool {
	t := s.at(i)
	return t.capital && t.letters > 2 && !starts(t.low, offices) && !starts(t.low, streets)
}

// surname tells whether a word ends as Kyrgyz and Russian surnames do, in any case.
func surname(low string) bool {
	for _, end := range []string{"ов", "ев", "ёв", "ov", "ev"} {
		if i := strings.LastIndex(low, end); i > 3 && slices.Contains(cases, low[i+len(end):]) {
			return true
		}
	}
	return false
}

// cases are the endings that surnames take.
var cases = strings.Split(" а у ым ом е ой дун дын го га ге ко ка до да ду дон дан тун то ту тон аны анын ага ада адан ны a aga", " ")

// given tells whether a word ends as many Kyrgyz first names do.
func given(low string) bool {
	for _, end := range []string{"бек", "гүл", "гуль", "гул", "мира", "нара", "bek", "gul", "gül"} {
		if strings.HasSuffix(low, end) && len(low) > len(end)+2 {
			return true
		}
	}
	return false
}

func patronymic(low string) bool {
	for _, end := range []string{"ович", "евич", "овна", "евна", "овича", "евича", "овны", "евны", "ovich", "evich", "ovna", "evna"} {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	return false
}

// street tells whether a token says that a street, lane or quarter is named beside it.
func (s *scan) street(i int) bool {
	return s.stem(i, streets) || s.word(i, "ул", "көч", "пр", "пер", "мкр", "str", "st") && s.is(i+1, ".-") || s.word(i, "мкр")
}

// called returns the token with which the name of a street begins, if it stands before the word.
func (s *scan) called(street int) int {
	if s.at(street - 1).capital {
		return street - 1
	}
	return street
}

// house tells whether a token is the number of a house: behind the street or "дом", and it counts
// nothing.
func (s *scan) house(i int) bool {
	d := s.digits(i)
	if d == "" || len(d) > 4 || year(d) {
		return false
	}
	next := i + 1
	if s.is(next, "-") {
		next++
	}
	t := s.at(next)
	return t.kind != word || t.capital || t.letters == 1 || s.stem(next, houses) || s.stem(next, flats) || s.stem(next, living)
}

// flat finds a home by the number of its flat, with the house or street before or behind it.
func (s *scan) flat(i int) {
	last := i
	switch {
	case s.stem(i, flats) || s.word(i, "кв"):
		if s.stem(i, []string{"батирле", "квартирн"}) || s.word(i, "квартир") {
			return
		}
		j := i + 1
		for j <= i+2 && s.is(j, ".№#") {
			j++
		}
		switch d := s.digits(j); {
		case d != "" && len(d) <= 3:
			last = j
		case s.is(i-1, "-") && s.joined(i-1) && s.joined(i-2) && s.digits(i-2) != "" && len(s.digits(i-2)) <= 3: // 5-батир
		default:
			return
		}
	default:
		return
	}
	first := s.near(i, 10, 0, s.street)
	if first < 0 {
		first = s.near(i, 6, 0, func(j int) bool { return s.stem(j, houses) && (s.is(j-1, "-") || s.digits(j+1) != "") })
	}
	if first < 0 && s.digits(last) != "" {
		first = s.near(last, 0, 10, s.street)
	}
	if first >= 0 {
		s.between(Address, s.called(first), first, i, last)
	}
}

// home finds a home by a house in a street and somebody who lives there.
func (s *scan) home(i, next int) {
	if !s.street(i) {
		return
	}
	house := s.near(i, 4, 6, s.house)
	if house < 0 {
		return
	}
	if lives := s.near(i, 8, 10, func(j int) bool { return s.stem(j, living) }); lives >= 0 {
		s.between(Address, s.called(i), i, house, lives)
	} else if name, ok := s.named(i, next); ok && !s.stemNear(i, nearby, publics) {
		s.between(Address, s.called(i), i, house, name[0], name[1])
	}
}

// birth finds a day of birth, and a year of birth beside a name or as lists of people have it.
func (s *scan) birth(i, next int) {
	last, listed := i, false
	switch {
	case s.stem(i, births):
		listed = s.word(i, "туулган") || s.word(i, "рождения") && s.stem(i-1, []string{"год"})
	case s.word(i, "ж") && s.is(i+1, ".") && s.word(i+2, "т") && s.is(i+3, "."),
		s.word(i, "г") && s.is(i+1, ".") && s.word(i+2, "р") && s.is(i+3, "."):
		last, listed = i+2, true
		if !year(s.digits(i-1)) && !(s.is(i-1, "-") && year(s.digits(i-2))) {
			return
		}
	case s.word(i, "гр") && s.is(i+1, ".") && !s.at(i+2).capital && year(s.digits(i-1)): // "гр. Асанов" is a citizen
		listed = true
	default:
		return
	}
	if s.stemNear(i, 8, feasts) || s.word(i-1, "дня") && s.word(i-2, "со") {
		return
	}
	if at := s.near(i, 8, 7, func(j int) bool { return s.date(j) > 0 }); at >= 0 {
		s.between(Birth, i, last, at, s.date(at))
		return
	}
	at := s.near(i, 4, 5, func(j int) bool { return year(s.digits(j)) })
	if at < 0 {
		return
	}
	if name, ok := s.named(i, next); ok {
		s.between(Birth, i, last, at, name[0], name[1])
	} else if listed && !s.stemNear(i, 8, groupsOfPeople) {
		s.between(Birth, i, last, at)
	}
}

// date returns the last token of a date that begins with a token, or 0.
func (s *scan) date(i int) int {
	a, b, c := s.digits(i), s.digits(i+2), s.digits(i+4)
	switch {
	case a == "":
	case len(a) <= 2 && s.is(i+1, "./-") && s.is(i+3, "./-") && (day(a, b, c) || len(c) == 2 && day(a, b, "19"+c)):
		return i + 4
	case s.is(i+1, "-") && s.is(i+3, "-") && day(c, b, a):
		return i + 4
	case year(a) && s.is(i+1, "-"): // 1985-жылдын 12-майы
		for j := i + 2; j < i+6; j++ {
			if d := s.digits(j); d != "" && len(d) <= 2 {
				return max(0, s.near(j, 0, 2, func(k int) bool { return s.stem(k, months) }))
			}
		}
	case len(a) <= 2:
		if m := s.near(i, 0, 2, func(j int) bool { return s.stem(j, months) }); m > 0 && year(s.digits(m+1)) {
			return m + 1
		}
	}
	return 0
}

// illness finds an illness or a disability beside a name. Groups of people, and who treats them,
// are no secret.
func (s *scan) illness(i, next int) {
	if !s.stem(i, illnesses) || s.stem(i, manyIll) || s.word(i, manyIllWords...) || s.word(i+1, "people", "persons", "residents", "children") {
		return
	}
	name, ok := s.named(i, next)
	if ok && !s.stemNear(i, 3, healers) && !s.stem(name[0], healers) && !s.stem(name[0]-1, healers) {
		s.between(Health, i, name[0], name[1])
	}
}
