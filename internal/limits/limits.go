// Package limits is the list of how much the program reads. Anyone can propose a change to a
// repository, so a small file must not make a build run for minutes or take all memory. What
// exceeds a limit is refused by name: as the finding diag.OverLimit if somebody who edits the
// repository can mend it, as an error of type Exceeded if it lies in the past or on a server.
//
// The limits are chosen so that every file within them is read in under 10 seconds and 1 GB on
// a small machine, and are many times what a municipality needs: the sample of two towns has
// 476 KB of registers, and its longest text has 20 KB. docs/reliability.md has the measurements.
package limits

import (
	"fmt"
	"time"
)

// Bytes of a file.
const (
	Register  = 32 << 20  // data/<municipality>/<register>.csv
	Settings  = 1 << 20   // a file of TOML: settings, a regulation, a schema
	Catalogue = 2 << 20   // content/languages/<language>.toml, with the originals as comments
	Text      = 256 << 10 // a file of Markdown: 60 printed pages; longer ones are documents
	Layout    = 1 << 20   // a template
	Script    = 128 << 10 // a script or style sheet of the layouts: one with 80,000 variables took 11 seconds to be made smaller; the longest of the program has 13 KB
	Case      = 256 << 10 // data/<municipality>/cases/<anything>.txtar
	Keys      = 1 << 20   // data/allowed_signers or data/<anything>.asc
	Document  = 50 << 20  // a file that is published as it is: a scan, a photo, minutes
)

// Files and folders of a repository, in a folder or in a commit.
const (
	Depth   = 16       // folders within each other; data/osh has two
	Entries = 20_000   // files and folders in one folder
	Files   = 100_000  // files below data, content and layouts
	Total   = 64 << 20 // bytes of all files that are read into memory: all but documents; full registers take 15 times as much
	Configs = 8 << 20  // bytes of all files of TOML: 12 of 1 MB took 8 seconds
	Texts   = 16 << 20 // bytes of all texts: they take 8 seconds; 5,000 news as long as the sample's have 4 MB, and 80 towns like the sample's have as much
	ID      = 64       // characters of the id of a record or municipality, which names of files are made of
	Name    = 200      // bytes of a file's name; file systems allow 255, and a page may add an ending
)

// Years of days: of records, and of the day for which a site is made. Others, such as 0206 and 9999, are mistakes of typing.
const (
	FirstYear = 1900
	LastYear  = 2199
)

// Documents that are published as they are.
const (
	Documents     = 1 << 30        // bytes of all documents; web hosts that cost nothing publish no more
	Drawings      = 32 << 20       // bytes of all drawings in SVG: the slowest ones take 5 seconds
	Plain         = 64 << 20       // bytes of all texts and tables, which are searched for personal data: the slowest ones take 8 seconds
	Photo         = 5 << 20        // bytes of a picture, which pages show as it is: 15 minutes over a line of 45 kbit/s
	Pixels        = 64_000_000     // of a picture that is decoded to make it smaller: telephones take 50 million; see PictureMemory
	PictureMemory = 512 << 20      // bytes of a picture while it is unpacked: all of Pixels as cameras and telephones save them; of a JPEG in layers with full colours 35 million, of an interlaced PNG with 16 bits 44 million
	AllPixels     = 16_000_000_000 // of all pictures, each of which a build unpacks: a gigabyte of photos has 6 to 11 billion, by what telephones and messengers make
	Scans         = 100            // of a JPEG, each of which goes through all its points; cameras write one, programs up to 12
	Drawing       = 2 << 20        // bytes of a drawing in SVG, which is read element by element
	DrawingDepth  = 64             // elements of a drawing within each other; those of the sample have three
	Remains       = 32 << 20       // bytes of the parts of an office document that are searched for comments and changes: 3,000 pages of Word
	Inspected     = 512 << 20      // bytes of all documents, unpacked, that are looked through for what programs note and people leave (attachment.Reader): the slowest ones take 5 seconds, and 1 GB of PDF is half of it
	Traces        = 100            // notes of people in a document: each is a finding, and one of 4.6 MB had 200,000
	Searched      = 100 << 20      // bytes around the nodes of a PDF, among which its pages are counted
	Streams       = 20_000         // packed parts of a PDF, of which each has some hundred objects
	Archive       = 4 << 20        // bytes of the list of files in an office document, enough for 50,000 files
)

// Files of git in bytes, objects when they are unpacked. git stores a gigabyte of zeros in a megabyte.
const (
	CommitObject = 64 << 10  // what is read of a commit; the rest of a longer message is left out
	TreeObject   = 16 << 20  // the list of one folder: 300,000 files
	GitFile      = 16 << 20  // a file with references: 250,000 tags
	GitSettings  = 256 << 10 // .git/config, 3,000 branches; go-git took more than a minute for one of 15 MB
	GitPath      = 8 << 10   // a file that only names a folder: systems take paths of 4 KB
	DeltaBase    = 128 << 20 // an object that another one is stored as a difference from; git takes one of up to 32 times its size
)

// What is kept of a commit, in bytes.
const (
	Message  = 16 << 10 // of the message: four pages
	Person   = 200      // of the name of an author
	Messages = 64 << 20 // of the messages of all commits that are compared
)

// The past of a repository. A commit that exceeds a limit is passed; beyond a limit on all commits
// the history is cut off, as in a shallow clone. The registers of two towns, with 5,000 commits,
// take 0.2 % of Walk and 4 % of Versions.
const (
	Proposed      = 3 * Register    // bytes of the versions of files that a proposal is compared with: before it, in it and in its commits
	Commits       = 50_000          // at one commit a day, 137 years
	ChangedFiles  = 20_000          // registers and schemas that one commit changes
	ChangedFolder = 16 << 20        // bytes of the folders that one commit changes
	Walk          = 1 << 30         // bytes of commits and folders; each changed file counts 2,000, a byte of a kept message 16, a byte of a register that may have been moved 8
	Moves         = 32 << 20        // bytes of the registers that one commit may have moved
	Schemas       = 32 << 20        // bytes of the past versions of all schemas
	Versions      = 12 << 30        // bytes of the versions of all registers; see Version
	VersionCells  = Cells + 12*Rows // of a past version, counted by commas; a row counts 12. What can be read now can be read when it is past
)

// What a version counts toward Versions, beside its bytes, so that 10 GB of hostile versions take
// as long and as much memory as 10 GB of ordinary ones.
const (
	VersionBase  = 8 << 10 // of every version
	VersionSplit = 32      // each byte of the rows that differ from the next version
	VersionKept  = 4_000   // each record and each cell that differs
	VersionPairs = 128     // each pair of a column and a column of the next version, if the headers differ
)

// A published site, as verify reads it from a server that nobody vouches for. The sample of two
// towns has 17,500 files of 235 MB, and a list of checksums of 2.1 MB. A list as long as it may
// be takes 150 MB of memory.
const (
	Record    = 256 << 10 // bytes of build.json
	Tags      = 200       // versions of the data, each of which is made again: four in a year for fifty years. check and build refuse more
	Address   = 2_000     // bytes of the address of the site, without a slash at its end
	Sums      = 64 << 20  // bytes of SHA256SUMS. check and build refuse more
	Published = 500_000   // files of a site, and lines of SHA256SUMS. check and build refuse more
	SiteFile  = 1 << 30   // bytes of a file of which no build says how large it is
	Site      = 10 << 30  // bytes in all, those of repeated requests counted again
)

// How long verify waits. Six requests at a time that are just fast enough bring 200 bytes a
// second; the slowest telephone brings ten times as many. A site of 1 GB takes two and a half
// hours over a line of 1 Mbit/s.
const (
	Patience   = 30 * time.Second // in which a request must bring a Piece
	Piece      = 1 << 10          // bytes
	VerifyTime = 6 * time.Hour    // for the whole site
)

// Readers of a preview. A browser opens six connections to a site, one of which waits for a
// change in each open page.
const (
	Connections = 256
	Listeners   = 64       // open pages that wait for a change
	Header      = 16 << 10 // bytes of the header of a request
	HeaderTime  = 10 * time.Second
	IdleTime    = 2 * time.Minute  // between two requests
	WriteTime   = 10 * time.Minute // for an answer: a ZIP over a slow wireless network
)

// Registers. The longest form of publication, Excel, has 16,384 columns and 1,048,576 rows, and
// SQLite 2,000 columns.
const (
	Rows      = 200_000     // of a register that are not blank; every record becomes pages in three languages
	Columns   = 500         // of a file, now or in the past; the widest register of a town has 30
	Cells     = 4_000_000   // of all rows; each takes 16 bytes beside its text
	AllCells  = 16_000_000  // of all registers, counted by commas and line ends: fifteen registers of empty cells took 2.2 GB
	Row       = 256 << 10   // bytes of a row: more than Excel's longest cell, 32,767 characters, in every script
	Words     = 1_000       // of a column of type enum
	Pattern   = 300         // steps of a column's pattern; two ids side by side have 262
	Matched   = 200_000_000 // steps of patterns for each byte of the cells of a file
	Named     = 20          // columns of a key or a label, or pairs of an order
	Registers = 200         // of a municipality's own; the built-in ones are 43
	Towns     = 1_000       // municipalities; Kyrgyzstan had 484 before towns were merged
	Points    = 250_000     // of all contests, one for each application, criterion and member, recorded or not: 300 contests of 10 × 10 × 7 have 210,000
	Outcomes  = 60_000      // of all rules; each takes 0.1 ms and 10 KB until it is published. the sample of two towns has 110
	Compared  = 100_000     // words with which the misspelt words of a file are compared to suggest the nearest
	Renamed   = 4_000_000   // pairs of a removed and a new record that are compared to tell that an id was changed
	Listed    = 50          // words of an enum that a finding lists
	Word      = 64          // letters of a word for which the nearest is suggested: the longest id
)

// Settings and texts.
const (
	Title      = 4_000    // letters of a name, title or summary in settings and regulations: every page has some; the longest of the sample has 505
	Nesting    = 32       // tables, lists and parts of a key within each other; a regulation has 7
	Languages  = 12       // of a site, each with all pages and columns of its own: check of the sample takes 0.3 s with three, 0.6 s with twelve, 15 s with a hundred. A town may need five
	Translated = 10       // times the letters of the longest original that a message of a further language may have: one of 1.8 MB was on every page
	Brief      = 20       // letters that an original of fewer counts as: a translation of "ID" may be a few words
	Fact       = 200      // letters of each fact of a language, such as a layout of days; the longest of the program has 46
	MonthSets  = 12       // lists of the words for months of a language, which every date goes through; Kyrgyz has four
	Margin     = 40       // spaces, bullets and signs of quotes before the text of a line of Markdown
	Markers    = 2_000    // characters between two blank lines that may begin or end markup
	Filled     = 1_000    // cells of tables beyond those that a text can write, two bytes each: short rows are filled up, and 9,000 small texts of them took minutes
	Tables     = 50_000   // cells of all tables of a text; short rows are filled up
	Lines      = 20_000   // of a text; 260,000 blank ones within twenty lists took 10 seconds
	Headings   = 500      // of a text; pages show a table of contents
	Repeated   = 64 << 10 // bytes of the addresses of links beyond those of the text: one may be given once and used often
	HTML       = 1 << 20  // bytes that a text may become; a weak phone takes seconds to show them
)

// Layouts of a municipality, which are programs. With the program's own layouts a page takes at most an eighth of what it
// may, also where a municipality has 100,000 records.
const (
	Layouts      = 1 << 20   // bytes of all templates; those of the program have 113 KB; the tree of full ones takes 140 MB
	LayoutWork   = 8 << 20   // bytes of all templates, those in a loop twice, in a loop within it four times, as html/template reads them; of a text in one piece more (stencil.weight): with 32,000 "<", or 370 KB, it is full, which takes up to 4 s. The program's have 0.2 MB
	LayoutBlocks = 100       // if, with and range within each other; a row of else-if is one in the other. The program has up to 13
	LayoutNodes  = 20_000    // actions, names and values of a page with the templates it calls, once for each type they are called with; the program's have up to 1,900
	LayoutSteps  = 3_000_000 // of a page: actions, names and values that are executed, and a thousand for a method; they take a tenth of a second. A page of the sample takes up to 112,000, the news of 5,000 texts 220,000
	LayoutCalls  = 100       // templates that call each other: a template may call itself for what lies within each other. The program has up to 6
	LayoutPage   = 16 << 20  // bytes of a page; the longest of the sample has 0.6 MB, of 100,000 records 0.9 MB
)

// Given is how many bytes a file may have that a command is given: attach makes photos smaller.
const Given = 128 << 20

// Spreadsheets that clerks bring, in all sheets of a file together. What is in their cells is limited as a
// register is.
const (
	Unpacked = 128 << 20 // bytes of XML; a cell takes some ten times as many as its text
	Token    = 1 << 20   // bytes of XML between two marks: the longest cell is a Row
	Sheets   = 250       // a workbook of all registers has 50
	Merged   = 1_000     // merged areas, each of which is a finding
	Places   = 2 << 20   // rows with the empty ones between them: those of two sheets that are full
	Formats  = 65_490    // styles of cells; Excel takes no more, and cells of further ones are plain numbers
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
