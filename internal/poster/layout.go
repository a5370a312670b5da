package poster

import (
	"unicode/utf8"

	"codeberg.org/go-pdf/fpdf"
)

// mostPoints is how many points a sheet has at most: more are not read from a board.
const mostPoints = 3

// setting is a sheet with the decisions on how it is set.
type setting struct {
	*Sheet
	form
	pdf    *fpdf.Fpdf
	points int     // how many are shown
	size   float64 // of the type of texts; other sizes are parts of it
	foot   float64 // where the foot begins
}

// fit decides how many points are shown, at most a number of them, and how large the type is, so that the sheet ends
// above its foot. Large type and all points come first.
func fit(pdf *fpdf.Fpdf, f form, sheet *Sheet, most int) *setting {
	s := &setting{Sheet: sheet, form: f, pdf: pdf}
	c := s.column(0, false)
	s.bottom(c)
	s.foot = f.height - margin - (c.y - margin)
	fits := func() bool {
		c := s.column(0, false)
		s.top(c)
		return c.y <= s.foot
	}
	for s.points = min(most, len(s.Points)); s.points >= 0; s.points-- {
		for part := 1.25; part >= f.least; part *= .97 {
			if s.size = f.body * part; fits() {
				return s
			}
		}
	}
	for s.points = 0; !fits() && s.size > 1; {
		s.size *= .97
	}
	return s
}

// column returns the column of the sheet whose left edge is at x.
func (s *setting) column(x float64, draw bool) *column {
	return &column{pdf: s.pdf, x: x + margin, y: margin, width: s.width - 2*margin, draw: draw}
}

// draw draws the sheet with its left edge at x.
func (s *setting) draw(x float64) {
	c := s.column(x, true)
	s.top(c)
	c.y = s.foot
	s.bottom(c)
}

// top sets what stands above the foot.
func (s *setting) top(c *column) {
	size := s.size
	gap := size * .3 // in mm; type of 15 points is 5.3 mm high
	if s.Notice != "" {
		c.framed(.2, gap*.4, func() { c.text(s.Notice, regular, size*.72) })
		c.y += gap * .6
	}
	c.text(s.Head, regular, size*.9)
	c.heading(s.Title, bold, size*titleSize(s.Title))
	c.y += gap
	c.framed(1.6, gap, func() {
		c.heading(s.Verdict, bold, max(size*2, s.body*1.75)) // read from two metres, whatever stands below
		if len(s.Counts) > 0 {
			c.y += gap * .5
			c.counts(s.Counts, size*.95)
		}
	})
	c.y += gap * 1.2
	if len(s.Facts) > 0 {
		c.text(s.Known, bold, size*1.15)
		c.y += gap * .3
	}
	for _, p := range s.Facts {
		c.point(p, size)
		c.y += gap * .4
	}
	if len(s.Facts) > 0 {
		c.y += gap * .6
	}
	if len(s.Points) > 0 {
		c.text(s.Said, bold, size*1.15)
		c.y += gap * .3
	}
	for _, p := range s.Points[:s.points] {
		c.point(p, size)
		c.y += gap * .7
	}
	if rest := len(s.Points) - s.points; rest > 0 {
		c.text(s.Rest(rest), regular, size)
		c.y += gap
	}
	if s.Note != "" {
		c.text(s.Note, regular, size*.85)
		c.y += gap * .7
	}
	c.rule(.3)
	c.y += gap * .7
	if s.After != "" {
		c.text(s.Since, bold, size*1.15)
		c.text(s.After, regular, size)
		c.y += gap * .7
	}
	if s.What != "" {
		c.text(s.Next, bold, size*1.15)
	}
	if s.Date != "" {
		c.text(s.Date, bold, size*1.6)
	}
	c.text(s.What, regular, size)
	c.text(s.Place, bold, size)
	if s.Late != "" {
		c.y += gap * .4
		c.text(s.Late, bold, size)
	}
	c.y += gap
}

// titleSize is the size of a title as a part of that of texts. Titles of letters are sentences.
func titleSize(title string) float64 {
	if utf8.RuneCountInString(title) > 40 {
		return 1.3
	}
	return 1.75
}

// quiet is the white on the right of the QR code. The standard asks for four modules; a code of an
// address of this site has 25 to 33 of them.
const quiet = 8.0

// bottom sets the foot: the QR code, its address in words, and what is small.
func (s *setting) bottom(c *column) {
	c.rule(1.6)
	top := c.y + quiet/2
	if c.draw {
		qrCode(c.pdf, s.URL, c.x, top)
	}
	beside := *c
	beside.x, beside.width = c.x+QRWidth+quiet, c.width-QRWidth-quiet
	beside.y = top
	beside.text(s.Invite, regular, s.body)
	beside.y += 2
	beside.fitted(s.Short, bold, s.body*1.7)
	beside.y += 3
	for _, line := range s.Small {
		beside.text(line, regular, max(8, s.body*.62))
	}
	c.y = max(top+QRWidth, beside.y)
}
