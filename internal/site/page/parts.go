package page

import "achyk/internal/locale"

// Part is one page of a list that is cut into pages.
type Part struct {
	Number   int // counted from 1
	Of       int // number of parts that the list has
	From, To int // the part holds list[From:To]
	All      int // length of the list
}

// Cut cuts a list of n things into parts of at most perPart. An empty list has one part.
func Cut(n, perPart int) []Part {
	parts := make([]Part, max(1, (n+perPart-1)/perPart))
	for i := range parts {
		parts[i] = Part{Number: i + 1, Of: len(parts), From: i * perPart, To: min((i+1)*perPart, n), All: n}
	}
	return parts
}

// Only returns the first part alone, for a list whose later parts have no page.
func Only(parts []Part) []Part {
	first := parts[0]
	first.Of = 1
	return []Part{first}
}

// Range says which things of its list a part holds: "101–200 of 2,434".
func (p *Place) Range(x Part) string {
	return p.F("site.list.range", locale.Args{"from": p.Int(x.From + 1), "to": p.Int(x.To), "all": p.Int(x.All)})
}

// PartLinks returns links to parts of the list that x is a part of, for its pages. href returns the link to the part
// with a number. A list of many parts has the first, the last, those near x, and farther away only the tens, the
// hundreds and so on; a link without Href stands for those between. With links to all parts, pages would grow
// with the list: 1,060 links on each of the 1,060 pages of 100,000 names.
func (p *Place) PartLinks(x Part, href func(number int) string) []Link {
	var links []Link
	before := 0
	for n := 1; n <= x.Of; n++ {
		if !x.reaches(n) {
			continue
		}
		if n > before+1 {
			links = append(links, Link{Text: Own("…")})
		}
		links = append(links, Link{Text: Own(p.Int(n)), Href: href(n), Current: n == x.Number})
		before = n
	}
	return links
}

// allParts is how many parts a list may have whose pages lead to all of them.
const allParts = 30

// reaches tells whether the page of a part leads to the part n. From the nearest ten every part is one step away, from the
// nearest hundred every ten.
func (x Part) reaches(n int) bool {
	if x.Of <= allParts || n == 1 || n == x.Of {
		return true
	}
	for step := 1; step < x.Of; step *= 10 {
		if n%step == 0 && max(n-x.Number, x.Number-n) <= 5*step {
			return true
		}
	}
	return false
}
