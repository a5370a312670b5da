package chart

import (
	"cmp"
	"math"
	"slices"
	"strconv"
)

// Picture is a chart as areas, lines, signs and texts, in the order in which they are painted.
type Picture struct {
	Width, Height Unit
	Lines         []Line
	Areas         []Area
	Marks         []Mark
	Texts         []Text
}

// Unit is a length in a picture.
type Unit float64

// String writes the length with at most one decimal.
func (u Unit) String() string {
	return strconv.FormatFloat(float64(int64(float64(float64(u)*10)+.5))/10, 'f', -1, 64)
}

// Line is an upright line.
type Line struct{ X, Top, Bottom Unit }

// Area is an area of a bar, or of a key or the foot of columns if its value is empty.
type Area struct {
	X, Y, Width, Height Unit
	Fill                Fill
	Value               string // how long or high the bar is, in what it measures
}

// Mark is a sign; X and Y are its middle. Half is half the height of a post.
type Mark struct {
	X, Y, Half Unit
	Shape      Shape
	Value      string // at which the sign stands; empty for one of a key
}

// Text is a line of text. Y is where the letters stand.
type Text struct {
	X, Y  Unit
	Role  Role
	Words Words
}

// Role says how a text is set.
type Role string

// The roles, and their sizes in units.
const (
	Title Role = "title"
	Head  Role = "head"  // of the rows below it
	Label Role = "label" // of a row
	Said  Role = "said"  // a number with what it is
	Foot  Role = "foot"
	From  Role = "from" // a tick, which begins at X
	Until Role = "until"
	Over  Role = "over" // of a column, whose middle is at X
)

var sizes = map[Role]float64{Title: 17, Head: 15, Label: 14, Said: 13, Foot: 12, From: 12, Until: 12, Over: 11}

// Lengths of a picture.
const (
	margin  = 8.0
	inner   = Width - 2*margin
	band    = 16.0 // how high a band is
	tall    = 72.0 // how high the highest column is
	unknown = 9.0  // how high the outline of a column is of which nothing is known
	sample  = 14.0 // how wide the sample of a key is
	gap     = 6.0
)

// drawing is a picture while it is drawn, from the top down.
type drawing struct {
	Picture
	y float64
}

// Draw lays a chart out.
func Draw(c Chart) Picture {
	d := &drawing{y: margin}
	d.words(Title, Words{Text: c.Title}, margin, inner)
	for _, w := range c.About {
		d.words(Said, w, margin, inner)
	}
	if len(c.Keys) > 0 {
		d.y += gap
		d.keys(c.Keys)
	}
	width := inner
	for _, r := range c.Rows {
		if r.Value != "" {
			width = min(width, inner-gap-measure(r.Value, sizes[Said]))
		}
	}
	if len(c.Ticks) > 0 {
		d.y += gap
		d.ticks(c, width)
	}
	for _, r := range c.Rows {
		d.row(r, &c, width)
	}
	d.y += 2 * gap
	for _, line := range c.Foot {
		d.words(Foot, Words{Text: line}, margin, inner)
	}
	d.Picture.Width, d.Picture.Height = Width, Unit(math.Ceil(d.y+margin)) // an attribute of an image takes whole numbers only
	return d.Picture
}

// value writes a value that the numbers of a row were added up from.
func value(x float64) string {
	rounded := math.Round(x*1e6) / 1e6
	if rounded == 0 {
		return "0" // and not "-0"
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// scale is from which value to which the bands of a width go.
type scale struct{ least, most, width float64 }

// place is where a value stands on a band.
func (s scale) place(value float64) Unit {
	if s.most <= s.least {
		return margin
	}
	return Unit(margin + float64(min(max((value-s.least)/(s.most-s.least), 0), 1)*s.width))
}

// row draws a row.
func (d *drawing) row(r Row, c *Chart, width float64) {
	if len(r.Bars)+len(r.Signs)+len(r.Columns)+len(r.Says) == 0 && r.Value == "" {
		d.y += 2.5 * gap
		d.words(Head, r.Label, margin, inner)
		return
	}
	if d.y += 1.5 * gap; r.Label.Text != "" {
		d.words(Label, r.Label, margin, inner)
		d.y += gap / 2
	}
	on := scale{min(r.Least, 0), r.Most, width}
	if on.least == 0 {
		on.most = cmp.Or(r.Most, c.Most)
	}
	d.columns(r.Columns, on.most)
	if len(r.Bars)+len(r.Signs) > 0 || r.Value != "" {
		if on.least < 0 {
			d.Texts = append(d.Texts, Text{on.place(0), Unit(d.y + sizes[Over]), Over, Words{Text: "0"}})
			d.y += line(sizes[Over])
		}
		end := Unit(margin)
		for _, b := range r.Bars {
			x := on.place(b.From)
			end = on.place(b.To)
			d.Areas = append(d.Areas, Area{x, Unit(d.y), max(end-x, .1), band, b.Fill, value(b.To - b.From)})
		}
		for _, s := range r.Signs {
			d.Marks = append(d.Marks, Mark{on.place(s.At), Unit(d.y + band/2), band / 2, s.Shape, value(s.At)})
		}
		if r.Value != "" {
			d.Texts = append(d.Texts, Text{end + gap, Unit(d.y + band - 3.5), Said, Words{Text: r.Value}})
		}
		for _, t := range append([]Tick{{}}, c.Ticks...) { // the first is zero
			d.Lines = append(d.Lines, Line{on.place(t.At), Unit(d.y - 2), Unit(d.y + band + 2)})
		}
		d.y += band + gap/2
	}
	d.keys(r.Says)
}

// columns draws columns on their foot.
func (d *drawing) columns(all []Column, most float64) {
	if len(all) == 0 {
		return
	}
	const wide = inner / MostColumns
	size := sizes[Over]
	heights, above := make([]float64, len(all)), make([]float64, len(all)) // of the columns, and of their numbers
	top := float64(tall)
	for i, c := range all {
		if most > 0 {
			heights[i] = float64(c.Value / most * tall)
		}
		above[i] = heights[i]
		if i == 0 {
			continue
		}
		near := (measure(c.Shown, size)+measure(all[i-1].Shown, size))/2 > wide-1
		if before := above[i-1]; near && math.Abs(above[i]-before) < size {
			above[i] = before + size // the number would touch the one before it
		}
		top = max(top, above[i])
	}
	foot := d.y + line(size) + top
	for i, c := range all {
		x := margin + float64(float64(i)*wide)
		if c.Unknown {
			d.Areas = append(d.Areas, Area{Unit(x + 3), Unit(foot - unknown), wide - 6, unknown, Empty, ""})
			d.Texts = append(d.Texts, Text{Unit(x + wide/2), Unit(foot + size + 3), Over, Words{Text: c.Name}})
			continue
		}
		if c.Value > 0 {
			d.Areas = append(d.Areas, Area{Unit(x + 3), Unit(foot - heights[i]), wide - 6, Unit(heights[i]), Middle, value(c.Value)})
		}
		d.Texts = append(d.Texts,
			Text{Unit(x + wide/2), Unit(foot - above[i] - 4), Over, Words{Text: c.Shown}},
			Text{Unit(x + wide/2), Unit(foot + size + 3), Over, Words{Text: c.Name}})
	}
	d.Areas = append(d.Areas, Area{margin, Unit(foot), inner, .1, Middle, ""})
	d.y = foot + line(size) + gap/2
}

// keys draws samples with what they mean, as many beside each other as fit.
func (d *drawing) keys(keys []Key) {
	size := sizes[Said]
	x := margin
	for i, k := range keys {
		indent := 0.0
		if k.Fill != "" || k.Shape != "" {
			indent = sample + gap
		}
		if wide := indent + measure(k.Text, size); i > 0 && x+wide > margin+inner {
			x = margin
			d.y += line(size)
		}
		y := d.y + line(size)/2
		if k.Fill != "" {
			d.Areas = append(d.Areas, Area{Unit(x), Unit(y - 5), sample, 10, k.Fill, ""})
		}
		if k.Shape != "" {
			d.Marks = append(d.Marks, Mark{Unit(x + sample/2), Unit(y), 6, k.Shape, ""})
		}
		lines := Wrap(k.Text, inner-(x-margin)-indent, size)
		for n, said := range lines {
			if n > 0 {
				d.y += line(size)
			}
			d.Texts = append(d.Texts, Text{Unit(x + indent), Unit(d.y + size), Said, Words{Text: said}})
		}
		x += indent + measure(lines[len(lines)-1], size) + 2*gap
	}
	if len(keys) > 0 {
		d.y += line(size)
	}
}

// ticks draws the names of ticks. One that would touch the one before it goes to the line below.
func (d *drawing) ticks(c Chart, width float64) {
	size := sizes[From]
	var ends []float64 // of the names on each line
	for _, t := range c.Ticks {
		at := float64((scale{0, c.Most, width}).place(t.At))
		wide := measure(t.Text, size)
		text := Text{Unit(at), 0, From, Words{Text: t.Text}}
		from := at
		if at+wide > margin+inner {
			text.Role, from = Until, at-wide
		}
		n := slices.IndexFunc(ends, func(end float64) bool { return from > end+gap })
		if n < 0 {
			n, ends = len(ends), append(ends, 0)
		}
		ends[n] = from + wide
		text.Y = Unit(d.y + float64(float64(n)*line(size)) + size)
		d.Texts = append(d.Texts, text)
	}
	d.y += float64(float64(len(ends)) * line(size))
}

// words draws a text that is wrapped.
func (d *drawing) words(role Role, w Words, x, width float64) {
	for _, said := range Wrap(w.Text, width, sizes[role]) {
		d.Texts = append(d.Texts, Text{Unit(x), Unit(d.y + sizes[role]), role, Words{said, w.Lang}})
		d.y += line(sizes[role])
	}
}
