// Package chart computes where the parts of a chart stand. It knows neither what the numbers are about
// nor how a chart is written to a file: a template makes SVG of the Picture that Draw returns.
//
// All charts have one form, which suits the narrow screen of a phone. Rows stand below each other. Each has
// its label, which is wrapped and never cut; below it a band; below that what the band says in figures. On
// the band there are bars, which begin at zero or are spans of time, and signs, which stand at a value. Zero is
// the left end, where a line crosses the band. Where a row has values below zero, the line is where zero is,
// with a "0" above it.
//
//	bars          a row for each thing, one bar from zero
//	stacked bars  bars that follow each other; Stack adds them up
//	columns       upright bars from zero beside each other, for numbers by month
//	dot strips    signs at the values, and one for the target
//	lines of days bars and signs on a scale of days, whose dates are Ticks
//
// Bars are told apart by their Fill, signs by their Shape: both differ in black and white. Every number that
// a chart shows is written out; nobody has to read it from a scale.
package chart

// Width is how wide every picture is, in its own units. Letters of 14 units are 14 pixels high where a
// picture is shown at its own size, and 13 on a phone of 360 pixels.
const Width = 360

// Fill is how an area looks. Fills that stand beside each other differ in luminance or in hatching.
type Fill string

// The fills, from what needs a reader's attention most.
const (
	Dark    Fill = "dark"    // one colour, the darkest on paper
	Hatched Fill = "hatched" // diagonal lines
	Pale    Fill = "pale"    // one colour, light
	Empty   Fill = "empty"   // a dashed outline
	Crossed Fill = "crossed" // lines both ways
	Dotted  Fill = "dotted"
	Striped Fill = "striped" // upright lines
	Middle  Fill = "middle"  // one colour, between dark and pale
)

// Shape is how a sign looks.
type Shape string

// The shapes.
const (
	Dot     Shape = "dot"
	Ring    Shape = "ring"
	Diamond Shape = "diamond"
	Post    Shape = "post" // an upright line as high as the band, such as a target
)

// Words is a text with its language, which is empty for that of the picture.
type Words struct{ Text, Lang string }

// Chart is what is drawn.
type Chart struct {
	Title string
	About []Words // whom the chart is about, below the title
	Keys  []Key   // what fills and shapes mean, at the top
	Rows  []Row
	Most  float64  // the value at the right end of the bands; the left end is zero
	Ticks []Tick   // lines across every band
	Foot  []string // where the numbers come from
}

// Key is the sample of a fill or a shape, with what it means.
type Key struct {
	Fill  Fill
	Shape Shape
	Text  string
}

// Row is a line of a chart. A row without bars, signs and columns is a heading of those below it.
type Row struct {
	Label   Words
	Bars    []Bar
	Signs   []Sign
	Columns []Column // instead of bars and signs, at most MostColumns
	Least   float64  // the value at the left end of the band: 0, or less if a value is less; then Most is that of the row
	Most    float64  // replaces that of the chart if it is not 0
	Value   string   // the number of a single bar, at its end
	Says    []Key    // what the band says in figures, below it
}

// MostColumns is how many columns a row has room for.
const MostColumns = 12

// Column is an upright bar, with its number above it and its name below.
type Column struct {
	Value       float64
	Shown, Name string
	Unknown     bool // nothing is known of it: a low dashed outline without a number, which nobody takes for zero
}

// Bar is an area of a band, from one value to another.
type Bar struct {
	From, To float64
	Fill     Fill
}

// Sign stands at a value.
type Sign struct {
	At    float64
	Shape Shape
}

// Tick is a line across every band, with its name at the top of them.
type Tick struct {
	At   float64
	Text string
}

// Stack returns bars of the given lengths that follow each other from zero. Those without length are left
// out.
func Stack(lengths []float64, fills []Fill) (bars []Bar) {
	at := 0.0
	for i, n := range lengths {
		if n > 0 {
			bars = append(bars, Bar{at, at + n, fills[i]})
			at += n
		}
	}
	return bars
}
