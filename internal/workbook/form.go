package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Column is a column of a sheet.
type Column struct {
	Head   string
	Width  float64 // the least, in characters
	Style  Style   // of its cells below the last row
	Note   string  // on the heading
	Offers string  // the cells, as Range names them, with the texts that a list in each cell offers; "": none
	Only   bool    // nothing but these texts may be written; else the program asks
}

// lastRow is the last row of a sheet.
const lastRow = excelize.TotalRows

// Form adds a sheet that people fill in. Only cells of the style Free or FreeNumber can be changed, until
// somebody lifts the protection, which has no password. Rows can be added. Write calls put, which
// writes the given number of rows.
func (b *Book) Form(name string, columns []Column, rows int, put func(*Sheet) error) error {
	if err := b.add(name, put); err != nil {
		return err
	}
	for i, c := range columns {
		at, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if c.Note != "" {
			const width, line, across = 360, 18, 48 // points, and characters in a line
			note := excelize.Comment{Author: name, Cell: at + "1", Text: c.Note, Width: width, Height: uint(line * (1 + wrappedLines(c.Note, across)))}
			if err := b.file.AddComment(name, note); err != nil {
				return err
			}
		}
		if c.Offers == "" {
			continue
		}
		list := excelize.NewDataValidation(true)
		list.SetSqref(fmt.Sprintf("%s2:%s%d", at, at, lastRow))
		list.SetSqrefDropList(c.Offers)
		stop, ask := "stop", "warning"
		if list.ErrorStyle, list.ShowErrorMessage = &ask, true; c.Only {
			list.ErrorStyle = &stop
		}
		if err := b.file.AddDataValidation(name, list); err != nil {
			return err
		}
	}
	err := b.file.ProtectSheet(name, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, AutoFilter: true, Sort: true,
		InsertRows: true, DeleteRows: true, FormatColumns: true, FormatRows: true,
	})
	if err != nil {
		return err
	}
	return b.head(name, columns, rows)
}

// Hidden adds a sheet that people do not see. Its first row has one cell, with the given text.
func (b *Book) Hidden(name, first string, put func(*Sheet) error) error {
	if err := b.add(name, put); err != nil {
		return err
	}
	if err := b.file.SetSheetVisible(name, false); err != nil {
		return err
	}
	s, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := s.SetRow("A1", []any{first}); err != nil {
		return err
	}
	return s.Flush()
}

// Define gives cells, as Range names them, a name by which [Among] finds them.
func (b *Book) Define(name, cells string) error {
	return b.file.SetDefinedName(&excelize.DefinedName{Name: defined + name, RefersTo: cells})
}

// defined begins the names of cells: a name such as a1 would be that of a cell.
const defined = "records_"

// Among returns, for Column.Offers, the cells whose name stands in a column of the same row.
func Among(column int) string {
	at, _ := excelize.ColumnNumberToName(column)               // cannot fail; see Range
	return fmt.Sprintf(`INDIRECT("%s"&amp;$%s2)`, defined, at) // written into XML as it is
}

// Range names the cells of a column of a sheet, from its second row on.
func Range(sheet string, column, count int) string {
	at, _ := excelize.ColumnNumberToName(column) // cannot fail: a form has no more columns than sheets can have
	return fmt.Sprintf("'%s'!$%s$2:$%s$%d", sheet, at, at, count+1)
}
