// Package poster sets a poster (A4) or a flyer (two A5 side by side on A4) as a PDF for the printer
// of an office. It knows paper, type and QR codes, and nothing of what they tell.
//
//   - A Sheet is one side in one language. A poster has a page for each sheet. A flyer has a page
//     for each sheet, with the sheet on it twice: printed on both sides and cut in the middle, it is
//     two flyers.
//   - Everything is black on white and inside a margin of 12 mm, which all office printers can print.
//   - The QR code is drawn as rectangles, at least 45 mm wide without the white around it, so that a
//     phone reads it from a bad copy. Its address stands beside it in words.
//   - Type is as large as the text allows. If text does not fit in small type, points are left out
//     from the last on, and Sheet.Rest says how many. If no point fits, type shrinks until the rest fits.
//     Nothing is cut without being told. All sheets of a file have as many points as the one with the
//     least room.
//   - The same sheets give the same bytes. The fonts are DejaVu Sans Condensed, which have the
//     Kyrgyz letters; only the glyphs that a file uses are in it. A box stands for what they
//     lack.
//   - The PDFs have no tags. The page of the site behind the QR code is the form that can be
//     read aloud.
package poster

import (
	"io"
	"slices"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// Sheet is what stands on one side, from top to bottom.
type Sheet struct {
	Notice  string             // a warning above all else; may be empty
	Head    string             // who speaks
	Title   string             // what it is about
	Verdict string             // the sentence in the box, in the largest type
	Counts  []Count            // behind the verdict, as numbers
	Known   string             // heading above the facts
	Facts   []Point            // all are on the sheet
	Said    string             // heading above the points
	Points  []Point            // the most important first
	Rest    func(n int) string // says that n points are not on the sheet

	Note string // what cannot be read yet; may be empty

	Since string // heading above what came after
	After string // may be empty

	Next   string // heading above what happens next
	Date   string
	What   string   // may be empty if After is not
	Place  string   // where, or who must act
	Late   string   // says what has not happened in time; may be empty
	Invite string   // says what the QR code leads to
	URL    string   // what it says
	Short  string   // the address in words
	Small  []string // lines for whoever files the sheet: number, day, version
}

// Count is a number of things with the shape of their state.
type Count struct {
	Shape Shape
	Text  string
}

// Point is a thing that was found.
type Point struct {
	Shape   Shape
	State   string // the word for the shape
	Text    string
	Replies []string // what those concerned say of it
}

// Shape is the shape of a state, which says the same as the word beside it.
type Shape int

// The shapes, as the pages of the site draw them.
const (
	None    Shape = iota
	Ticked        // a black square with a tick
	Half          // a square, half of it black
	Crossed       // a square with a cross
	Dashed        // a square of dashes
)

// Info is what the PDF says of itself.
type Info struct {
	Title, Author string
	Made          time.Time // a day of the data, not of the clock: else no two builds would be the same
}

// Lengths of paper are in millimetres, sizes of type in points.
const (
	margin = 12.0

	// QRWidth is the width of a QR code without the white around it.
	QRWidth = 46.0
)

// form is the size of a sheet and of its type.
type form struct {
	width, height float64
	body          float64 // type in which text is set if there is room
	least         float64 // part of that below which points are left out instead
}

var (
	a4 = form{width: 210, height: 297, body: 15, least: .75}
	a5 = form{width: 148.5, height: 210, body: 11, least: .75}
)

// Poster writes a poster with a page for each sheet.
func Poster(w io.Writer, info Info, sheets ...Sheet) error {
	return write(w, "P", info, a4, 1, sheets)
}

// Flyer writes a flyer with a page for each sheet.
func Flyer(w io.Writer, info Info, sheets ...Sheet) error {
	return write(w, "L", info, a5, 2, sheets)
}

// write writes a PDF with a page for each sheet, on which the sheet stands a number of times side by
// side.
func write(w io.Writer, orientation string, info Info, f form, times int, sheets []Sheet) error {
	pdf := document(orientation, info, sheets)
	most := mostPoints
	for i := range sheets { // before there is a page: fpdf writes each change of the font into it
		most = min(most, fit(pdf, f, &sheets[i], most).points)
	}
	var set []*setting
	for i := range sheets {
		set = append(set, fit(pdf, f, &sheets[i], most))
	}
	for _, s := range set {
		pdf.AddPage()
		for n := range times {
			left := float64(n) * f.width
			if n > 0 {
				cutLine(pdf, left, f.height)
			}
			s.draw(left)
		}
	}
	return pdf.Output(w)
}

// cutLine draws the line along which the page is cut.
func cutLine(pdf *fpdf.Fpdf, x, height float64) {
	pdf.SetLineWidth(.1)
	pdf.SetDashPattern([]float64{1, 2}, 0)
	pdf.Line(x, margin, x, height-margin)
	pdf.SetDashPattern(nil, 0)
}

// document returns an empty PDF with the fonts that the sheets need.
func document(orientation string, info Info, sheets []Sheet) *fpdf.Fpdf {
	pdf := fpdf.New(orientation, "mm", "A4", "")
	pdf.SetCreationDate(info.Made)
	pdf.SetModificationDate(info.Made)
	pdf.SetCatalogSort(true)
	pdf.SetTitle(info.Title, true)
	pdf.SetAuthor(info.Author, true)
	pdf.SetMargins(0, 0, 0)
	pdf.SetAutoPageBreak(false, 0)
	addFonts(pdf, slices.ContainsFunc(sheets, func(s Sheet) bool { return strings.ContainsFunc(printable(s.text()), rare) }))
	return pdf
}

// text returns all text of a sheet, except what Rest says.
func (s *Sheet) text() string {
	all := append([]string{s.Notice, s.Head, s.Title, s.Verdict, s.Known, s.Said, s.Note, s.Since, s.After, s.Next, s.Date, s.What, s.Place, s.Late, s.Invite, s.Short}, s.Small...)
	for _, c := range s.Counts {
		all = append(all, c.Text)
	}
	for _, p := range slices.Concat(s.Facts, s.Points) {
		all = append(append(all, p.State, p.Text), p.Replies...)
	}
	return strings.Join(all, " ")
}
