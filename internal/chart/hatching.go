package chart

import (
	"math"
	"strings"
)

// How far the lines and dots of a pattern stand apart.
const (
	slanting = 6.0
	upright  = 4.0
	dots     = 5.0
)

// Hatching returns the lines of the pattern of an area as the data of an SVG path, or "" if its fill is of
// one colour. They are lines and no SVG pattern, because browsers print each area that has a pattern as a
// picture of 150 KB. The dots are lines without length, which round ends make visible. All areas
// have their lines on one grid, so that the pattern goes on where two of them meet.
func (a Area) Hatching() string {
	var path strings.Builder
	left, top, right, bottom := float64(a.X), float64(a.Y), float64(a.X+a.Width), float64(a.Y+a.Height)
	line := func(x, y, toX, toY float64) {
		path.WriteString("M" + Unit(x).String() + " " + Unit(y).String() + "L" + Unit(toX).String() + " " + Unit(toY).String())
	}
	// each calls f for the multiples of step between two lengths.
	each := func(from, to, step float64, f func(float64)) {
		for n := math.Floor(from/step) + 1; float64(n*step) < to; n++ {
			f(float64(n * step))
		}
	}
	switch a.Fill {
	case Hatched, Crossed:
		each(left+top, right+bottom, slanting, func(sum float64) { // of x and y on the line
			x, toX := max(left, sum-bottom), min(right, sum-top)
			line(x, sum-x, toX, sum-toX)
		})
		if a.Fill == Crossed {
			each(left-bottom, right-top, slanting, func(difference float64) {
				x, toX := max(left, difference+top), min(right, difference+bottom)
				line(x, x-difference, toX, toX-difference)
			})
		}
	case Striped:
		each(left, right, upright, func(x float64) { line(x, top, x, bottom) })
	case Dotted:
		each(top, bottom, dots, func(y float64) {
			each(left, right, dots, func(x float64) { line(x, y, x, y) })
		})
	}
	return path.String()
}
