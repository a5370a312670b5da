// Package limits is the list of how much the program reads. Anyone can propose a change to a
// repository, so a small file must not make a build run for minutes or take all memory. What
// exceeds a limit is refused by name: as the finding diag.OverLimit if somebody who edits the
// repository can mend it, as an error of type Exceeded if it lies in the past or on a server.
//
// The limits are chosen so that every file within them is read in under 10 seconds and 1 GB on
// a small machine, and are many times what a municipality needs: the sample of two towns has
// 212 KB of registers, and its longest text has 20 KB. docs/reliability.md has the measurements.
package limits

import "fmt"

// Bytes of a file.
const (
	Register = 32 << 20  // data/<municipality>/<register>.csv
	Settings = 1 << 20   // a file of TOML: settings, a regulation, a schema
	Text     = 256 << 10 // a file of Markdown: 60 printed pages; longer ones are documents
	Layout   = 1 << 20   // a template or style sheet
	Keys     = 1 << 20   // data/allowed_signers or data/<anything>.asc
	Document = 50 << 20  // a file that is published as it is: a scan, a photo, minutes
)

// Files and folders of a repository, in a folder or in a commit.
const (
	Depth   = 16        // folders within each other; data/osh has two
	Entries = 20_000    // files and folders in one folder
	Files   = 100_000   // files below data, content and layouts
	Total   = 128 << 20 // bytes of all files that are read into memory: all but documents
	Texts   = 16 << 20  // bytes of all texts: they take 8 seconds, and 80 towns like the sample's have as much
	Name    = 200       // bytes of a file's name; file systems allow 255, and a page may add an ending
)

// Registers. The longest form of publication, Excel, has 16,384 columns and 1,048,576 rows, and
// SQLite 2,000 columns.
const (
	Rows      = 200_000     // of a register that are not blank; every record becomes pages in three languages
	Columns   = 500         // of a file; the widest register of a town has 30
	Cells     = 4_000_000   // of all rows; each takes 16 bytes beside its text
	Row       = 256 << 10   // bytes of a row: more than Excel's longest cell, 32,767 characters, in every script
	Words     = 1_000       // of a column of type enum
	Pattern   = 300         // steps of a column's pattern; two ids side by side have 262
	Matched   = 300_000_000 // steps of patterns for each byte of the cells of a file
	Named     = 20          // columns of a key or a label, or pairs of an order
	Registers = 200         // of a municipality's own; the built-in ones are 44
	Towns     = 1_000       // municipalities; Kyrgyzstan had 484 before towns were merged
	Compared  = 100_000     // words with which the misspelt words of a file are compared to suggest the nearest
	Listed    = 50          // words of an enum that a finding lists
	Word      = 64          // letters of a word for which the nearest is suggested: the longest id
)

// Settings and texts.
const (
	Nesting  = 32      // tables, lists and parts of a key within each other; a regulation has 7
	Margin   = 40      // spaces, bullets and signs of quotes before the text of a line of Markdown
	Markers  = 2_000   // characters between two blank lines that may begin or end markup
	Tables   = 50_000  // cells of all tables of a text; short rows are filled up
	Headings = 500     // of a text; pages show a table of contents
	HTML     = 1 << 20 // bytes that a text may become; a weak phone takes seconds to show them
)

// Findings. The report of a wrong export need not name every cell.
const (
	Findings    = 1_000  // of a code in a file
	AllFindings = 10_000 // of a code in all files
)

// Exceeded is the error of something that exceeds a limit and cannot be mended by an edit.
type Exceeded struct {
	What  string // a word such as "blob", for the developer who reads the error
	Have  int64  // 0 if it was not counted to its end
	Limit int64
}

func (e *Exceeded) Error() string {
	if e.Have == 0 {
		return fmt.Sprintf("%s: more than %d", e.What, e.Limit)
	}
	return fmt.Sprintf("%s: %d, more than %d", e.What, e.Have, e.Limit)
}
