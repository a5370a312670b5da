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

// PartLinks returns links to all parts of the list that x is a part of. href returns the link
// to the part with a number.
func (p *Place) PartLinks(x Part, href func(number int) string) []Link {
	var links []Link
	for n := 1; n <= x.Of; n++ {
		links = append(links, Link{Text: Own(p.Int(n)), Href: href(n), Current: n == x.Number})
	}
	return links
}
