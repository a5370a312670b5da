package diag

import "strings"

// Code names a kind of finding. Package locale has two sentences for each code in each
// language: "diagnostics.<code>.what" says what is wrong and why it matters,
// "diagnostics.<code>.mend" how to mend it. The tests fail for a code without them.
//
// Codes are part of the public contract, in check --format json and explain: a published
// code is not renamed, and neither its meaning nor its severity changes.
type Code string

// Codes of whole files.
const (
	FileMissing     Code = "file-missing"      // a required file
	NoMunicipality  Code = "no-municipality"   // data/ has no folder, so there is nothing to publish
	SymbolicLink    Code = "symbolic-link"     // a link could publish files from outside of the repository
	NotRegular      Code = "not-a-file"        // a pipe, a device, or a folder where a file must be
	Submodule       Code = "submodule"         // a folder whose files are in another repository
	CommitDay       Code = "commit-day"        // the commit names a day on which no record can be
	CommitAhead     Code = "commit-ahead"      // the commit names a day that has not come
	Attributes      Code = "git-attributes"    // of git, by which files in a folder are others than in their commit
	NameClash       Code = "name-clash"        // two names that some file systems take for one
	OverLimit       Code = "over-limit"        // larger, deeper or more than package limits allows
	FindingsLeftOut Code = "findings-left-out" // a file has more findings of a code than are kept
	InvalidUTF8     Code = "invalid-utf8"      // often a file in windows-1251, which has no ң, ө and ү
	ByteOrder       Code = "byte-order-mark"   // Excel and Notepad write it; canonical files have none
	NotNormalised   Code = "not-normalised"    // not Unicode NFC, as й written as и and a breve: search does not find it
	ControlChar     Code = "control-character"
	BidiChar        Code = "bidi-character"      // it shows the text in another order than it is stored in
	InvisibleChar   Code = "invisible-character" // as a zero-width space: search misses the word
	LookAlike       Code = "look-alike-letter"   // as ӊ (U+04CA) for the Kyrgyz ң (U+04A3)
	LanguageLost    Code = "original-missing"    // a translation without the Kyrgyz text
	ConflictMark    Code = "conflict-marker"     // of a merge that git could not finish
	LFSPointer      Code = "large-file-pointer"  // Git LFS keeps the content elsewhere
	Misplaced       Code = "misplaced-file"      // a spreadsheet where none is read
)

// Codes of cells that a spreadsheet program has spoilt.
const (
	SheetError     Code = "spreadsheet-error" // as #REF! or ####
	LostLetters    Code = "lost-letters"      // ? or _ for ң, ө and ү, which windows-1251 does not have
	Misread        Code = "wrong-encoding"    // UTF-8 that was read as something else
	NumberLost     Code = "number-shortened"  // as 1,23E+13
	MadeDate       Code = "made-a-date"       // of a number such as 4.1
	Formula        Code = "formula"           // a spreadsheet that opens the file would compute it
	MixedAlphabets Code = "mixed-alphabets"   // Latin letters in a Cyrillic word: search does not find it
	DoubledQuotes  Code = "doubled-quotes"    // as a CSV has them within a cell
)

// Codes of documents that are published as they are.
const (
	DocumentKind    Code = "document-kind"    // documents of this kind are not published
	DocumentPhoto   Code = "document-photo"   // a photo in a format that not every browser shows
	DocumentContent Code = "document-content" // the content is not of the kind that the name says
	DocumentActive  Code = "document-active"  // it can run something on a reader's device
	DocumentUnnamed Code = "document-unnamed" // no record and no text names it
	DocumentRemains Code = "document-remains" // comments, tracked changes or photos with a place are in an office document
	DocumentHidden  Code = "document-hidden"  // hidden sheets are in it
)

// Codes of personal data. Package privacy finds them, PersonalMetadata package attachment. A public
// repository cannot take back what was in it, so their findings name no more of it than the place.
const (
	PersonalNumber   Code = "personal-number"
	PersonalPassport Code = "personal-passport"
	PersonalPhone    Code = "personal-phone"
	PersonalEmail    Code = "personal-email"
	PersonalAddress  Code = "personal-address"
	PersonalBirth    Code = "personal-birth"
	PersonalHealth   Code = "personal-health"
	PersonalMetadata Code = "personal-metadata" // who made a document, or where a photo was taken
)

// Codes of the form of CSV files.
const (
	EmptyFile       Code = "empty-file"
	WrongDelimiter  Code = "wrong-delimiter"
	StrayQuote      Code = "stray-quote"
	UnclosedQuote   Code = "unclosed-quote"
	RowTooShort     Code = "row-too-short"
	RowTooLong      Code = "row-too-long"
	UnknownColumn   Code = "unknown-column"
	MissingColumn   Code = "missing-column"
	DuplicateColumn Code = "duplicate-column"
	HeaderBelow     Code = "headings-below" // rows stand above the names of the columns
)

// Codes of spreadsheets that somebody brings to a register.
const (
	SheetForm       Code = "sheet-form"             // of a kind that is not read
	SheetLocked     Code = "sheet-locked"           // with a password
	SheetDamaged    Code = "sheet-damaged"          // it cannot be unpacked, or a cell holds no value of its type
	SheetEncoding   Code = "sheet-encoding"         // of a CSV: none that spreadsheet programs write here
	SheetUnknown    Code = "sheet-unknown"          // it has the headings of no register
	SheetSeveral    Code = "sheet-several"          // it has the headings of several registers
	MergedCells     Code = "sheet-merged"           // only the first of them has a value
	HiddenRows      Code = "sheet-hidden-rows"      // they are read as well
	HiddenColumns   Code = "sheet-hidden-columns"   // they are read as well
	RowsLeftOut     Code = "sheet-left-out"         // a title above the headings, a note below the records
	AmbiguousNumber Code = "sheet-ambiguous-number" // 1,234
	AmbiguousName   Code = "sheet-ambiguous-name"   // several records are called so
	AmbiguousDate   Code = "sheet-ambiguous-date"   // 03/04/2026
	ShortYear       Code = "sheet-short-year"       // 01.03.26
	DateNumber      Code = "sheet-date-number"      // 46082, in a column of days
	EditedElsewhere Code = "sheet-conflict"         // somebody else changed the cell since the sheet was made
	PercentCell     Code = "sheet-percent"          // it shows 84.62 % and holds 0.8462
	ClockCell       Code = "sheet-time"             // it shows 12:00 and holds 0.5
	SheetNotRead    Code = "sheet-not-read"         // another sheet of the file that looks like a register
	OutsideTable    Code = "sheet-outside"          // a cell beside the table, or below no heading
	ColumnLeftOut   Code = "sheet-column-left-out"  // its heading is of no column
	LettersFolded   Code = "sheet-letters"          // у, о and н for ү, ө and ң
	EmptyKept       Code = "sheet-empty"            // cells that leave what is published as it is
	ExtraRow        Code = "sheet-extra-row"        // in the file of a register: a title or a note
	OtherTown       Code = "sheet-other-town"       // another municipality has the records
	SameName        Code = "sheet-same-name"        // two documents of a proposal have one name
	Contradicts     Code = "sheet-contradicts"      // another sheet of the proposal changes the cell to something else
	FilePublished   Code = "sheet-file-published"   // a text or document takes the place of a published one
	KeyRenamed      Code = "sheet-renamed"          // a new record is a published one with another id
	SameRecord      Code = "sheet-same-record"      // a new record has the cells of another one that stays
	StillNamed      Code = "sheet-still-named"      // a record that the sheet removes, and another one refers to
	SecondTable     Code = "sheet-second-table"     // below or beside the one that is read
	ZerosUnknown    Code = "sheet-zeros"            // the number 4.1 in a column of texts, where 4.10 is another one
)

// Codes of single cells.
const (
	MissingValue Code = "missing-value"
	OuterSpace   Code = "outer-space"
	BadID        Code = "bad-id"
	BadInteger   Code = "bad-integer"
	BadNumber    Code = "bad-number"
	BadBoolean   Code = "bad-boolean"
	BadDate      Code = "bad-date"
	BadDateTime  Code = "bad-datetime"
	BadYearMonth Code = "bad-year-month"
	BadYear      Code = "bad-year"
	BadURL       Code = "bad-url"
	BadPath      Code = "bad-path"
	UnknownWord  Code = "unknown-word" // not one of the words of an enum
	TooSmall     Code = "too-small"
	TooLarge     Code = "too-large"
	TooShort     Code = "too-short"
	TooLong      Code = "too-long"
	BadPattern   Code = "bad-pattern"
)

// Codes of records that do not fit other records.
const (
	DuplicateKey       Code = "duplicate-key"
	DuplicateValue     Code = "duplicate-value"
	DuplicateRecord    Code = "duplicate-record" // the same thing under another id
	UnknownID          Code = "unknown-id"
	UnknownRegister    Code = "unknown-register"
	DatesOutOfOrder    Code = "dates-out-of-order"
	OutOfSequence      Code = "out-of-sequence"    // a day before that of another record, without which it could not be
	StatusAgainstDay   Code = "status-against-day" // a word says that something happened and its day is empty, or the day is there and the word does not say it
	OutsideParent      Code = "outside-parent"
	CircularReference  Code = "circular-reference"  // a record refers to itself by way of others, as a territory that lies within itself
	TranslationDiffers Code = "translation-differs" // a translated text has another date, year or the like than the original
	LetterYear         Code = "letter-year"         // an analytic letter gives a year of which it names no report
	SmallCell          Code = "small-cell"
	ListedTwice        Code = "listed-twice"          // one service on the list of a year
	NoPoints           Code = "criterion-no-points"   // its highest points are 0
	NoWeight           Code = "criterion-no-weight"   // all criteria of a contest weigh 0
	JudgedTwice        Code = "judged-twice"          // one requirement in an assessment
	EntryElsewhere     Code = "entry-elsewhere"       // an assessment names an entry for another service
	DecidedLater       Code = "decided-later"         // a contract or panel cites a decision that was taken after it
	OutsideContract    Code = "outside-contract"      // fieldwork on days on which the contract was not in force
	OutsideFieldwork   Code = "outside-fieldwork"     // a visit or measurement before fieldwork began or after it ended
	PaidBeyond         Code = "paid-beyond-contract"  // the payments of a contract are more than its amount
	SamePerson         Code = "same-person"           // one person in two seats of a panel at the same time
	SecondWinner       Code = "second-winner"         // of a contest
	OpenedEarly        Code = "opened-early"          // applications of a contest were opened before the last could come
	NotFailed          Code = "result-contradicted"   // a contest failed, and applications speak against it
	ContestYear        Code = "contest-year"          // a contest that was announced neither in its year nor in the one before
	ContestEntry       Code = "contest-entry"         // a contest includes an entry of another year's list
	NotContested       Code = "service-not-contested" // a service is monitored under a contract whose contest did not include it
	RepeatsWon         Code = "repeats-won"           // a contest repeats one that somebody won
	ScoreTooHigh       Code = "score-too-high"        // points above the highest of the criterion
	ScoreElsewhere     Code = "score-elsewhere"       // points by a criterion or a member of another contest
	ScoreNotCounted    Code = "score-not-counted"     // points by somebody who was not on the panel that day, or stood aside
	PanelKind          Code = "panel-kind"            // of a kind that the procedure of the regulation does not know
	NotProvider        Code = "not-provider"          // an assessment of somebody who did not provide the service then
	VerdictMeasured    Code = "verdict-measured"      // a requirement counts as kept or not checked, and what was measured says otherwise
	ExplainerMissing   Code = "explainer-missing"     // an organisation or a provider explains, and it is not named
	ExplainerElsewhere Code = "explainer-elsewhere"   // one explains that was not judged in that year
	AttachedMissing    Code = "attached-file-missing" // a cell of type path names a missing file
)

// Codes of values that a form of publication cannot hold.
const (
	CellTooLong   Code = "form-cell-too-long"   // Excel: 32,767 characters
	NumberTooLong Code = "form-number-too-long" // 64-bit floating point: 15 digits
	TooManyRows   Code = "form-too-many-rows"   // Excel: 1,048,576
)

// Codes of TOML, schemas and Markdown.
const (
	TOMLSyntax     Code = "toml-syntax"
	TOMLDate       Code = "toml-date" // 01.12.2026
	TOMLUnknownKey Code = "toml-unknown-key"
	TOMLType       Code = "toml-type"
	TOMLMissing    Code = "toml-missing"
	TOMLValue      Code = "toml-value"
	AmendmentWrong Code = "amendment"      // in regulation.toml
	ClauseUnknown  Code = "clause-unknown" // in an official text: a heading that names no clause
	SchemaMissing  Code = "schema-missing"
	SchemaInvalid  Code = "schema-invalid"
	NoFrontMatter  Code = "front-matter-missing"
	TextEmpty      Code = "text-empty" // news with a title and nothing to read
	OpenFront      Code = "front-matter-unclosed"
	BadFileName    Code = "bad-file-name"
	ReservedName   Code = "reserved-name"   // another page or file has its address
	RawHTML        Code = "raw-html"        // in Markdown; it is left out of the page
	ForeignPicture Code = "foreign-picture" // in Markdown: whoever has it learns who reads the page
	UnsafeLink     Code = "unsafe-link"     // in Markdown: an address that is no web page, as javascript:
	BrokenLink     Code = "broken-link"     // in Markdown, to a page or file that the site does not have
)

// Codes of layouts. Package stencil finds what is wrong with them.
const (
	LayoutSyntax      Code = "layout-syntax"
	LayoutUnknown     Code = "layout-unknown"      // a field, function, variable or template that is not there
	LayoutNotExecuted Code = "layout-not-executed" // html/template could execute it, the program does not
	LayoutNoValue     Code = "layout-no-value"     // a page lacks what the layout shows
)

// Codes of the catalogue of a further language. Package translation finds them.
const (
	LanguageNoCatalogue  Code = "language-no-catalogue" // site.toml names a language that has none yet
	LanguageUntranslated Code = "language-untranslated" // some messages are missing
	MessageUnknown       Code = "message-unknown"       // the program has no message of that key
	MessageArgument      Code = "message-argument"      // the message has no argument of that name, or the text holds what no message may
	MessageForm          Code = "message-form"          // a plural form is missing, or the language has none of that name
)

// Codes of keys that sign commits.
const (
	KeyUnread Code = "signing-key-unread" // no signature can be verified with it
)

// Codes of the checks that regulation.toml asks for.
const (
	RuleUnknown      Code = "rule-unknown"
	ParameterUnknown Code = "rule-parameter-unknown"
	ParameterWrong   Code = "rule-parameter-wrong"
	ParameterMissing Code = "rule-parameter-missing"
	RuleTwice        Code = "rule-twice"             // a clause asks for the same rule with the same parameters
	AssumptionNeeded Code = "rule-assumption"        // a rule needs an assumption that is missing or has an unknown value
	AssumptionIdle   Code = "rule-assumption-idle"   // it has no effect on any outcome
	BeforeForce      Code = "rule-before-force"      // a record of a year in which the regulation was not in force
	ExemptionBlanket Code = "rule-exemption-blanket" // it is for no record
	ExemptionLate    Code = "rule-exemption-late"    // it was decided after the fact
	ExemptionIdle    Code = "rule-exemption-idle"    // it has expired or applies to nothing
	ExemptionIssuer  Code = "rule-exemption-issuer"  // another body than the council decided it
	WithheldPublic   Code = "rule-exemption-public"  // the document of a report that an exemption says is not published yet
	ExplanationIdle  Code = "rule-explanation-idle"  // nothing that is broken, overdue or set aside matches it
	ExplanationEarly Code = "rule-explanation-early" // it is dated before what it explains
	ToCome           Code = "rule-day-to-come"       // a record tells what happened on a day that has not come
	FarAhead         Code = "rule-day-far"           // a day more than ten years ahead, most likely mistyped
	TentativePassed  Code = "rule-day-tentative"     // a day of the calendar that has passed and was never confirmed
)

// Codes of changes to published records and files.
const (
	IDDropped         Code = "change-id-dropped"
	IDReused          Code = "change-id-reused"
	ResultAltered     Code = "change-result"    // scores and the like of a contest with a result
	PublishedAltered  Code = "change-published" // a cell that the schema does not leave free
	ClosedDateMoved   Code = "change-closed-date"
	DeadlineShortened Code = "change-deadline"
	MassDeletion      Code = "change-mass-deletion"
	DocumentReplaced  Code = "change-document"   // a file with other content under the same name
	RegulationAltered Code = "change-regulation" // the number a rule is applied with, or the rule
	PassedDayAltered  Code = "change-calendar"   // a day that has passed comes to be worked or off
	ExemptionGiven    Code = "change-exemption"  // an exemption that is new or covers more
	OutcomeAltered    Code = "change-outcome"    // by the calendar, an exemption, a setting or the regulation, not by a record
	SettingsAltered   Code = "change-settings"   // a value of settings or of a schema, or the words of a regulation
	SignersAltered    Code = "change-signers"    // a key by which signatures are verified
	ContentAltered    Code = "change-content"    // a text or file that is gone, or a text that was written anew
	LayoutAltered     Code = "change-layouts"
)

// Codes lists every code, in the order in which explain shows them.
var Codes = []Code{
	FileMissing, NoMunicipality, SymbolicLink, NotRegular, Submodule, CommitDay, CommitAhead, Attributes, NameClash, OverLimit, FindingsLeftOut,
	InvalidUTF8, ByteOrder, NotNormalised, ControlChar, BidiChar, InvisibleChar, LookAlike, LanguageLost, ConflictMark, LFSPointer, Misplaced,
	SheetError, LostLetters, Misread, NumberLost, MadeDate, Formula, MixedAlphabets, DoubledQuotes,
	DocumentKind, DocumentPhoto, DocumentContent, DocumentActive, DocumentUnnamed, DocumentRemains, DocumentHidden,
	PersonalNumber, PersonalPassport, PersonalPhone, PersonalEmail, PersonalAddress, PersonalBirth, PersonalHealth, PersonalMetadata,
	EmptyFile, WrongDelimiter, StrayQuote, UnclosedQuote, RowTooShort, RowTooLong,
	UnknownColumn, MissingColumn, DuplicateColumn, HeaderBelow,
	MissingValue, OuterSpace, BadID, BadInteger, BadNumber, BadBoolean, BadDate, BadDateTime,
	BadYearMonth, BadYear, BadURL, BadPath, UnknownWord, TooSmall, TooLarge, TooShort, TooLong, BadPattern,
	DuplicateKey, DuplicateValue, DuplicateRecord, UnknownID, UnknownRegister, DatesOutOfOrder, OutOfSequence, StatusAgainstDay, OutsideParent, CircularReference, TranslationDiffers, LetterYear, SmallCell,
	ListedTwice, JudgedTwice, EntryElsewhere, DecidedLater, OutsideContract, OutsideFieldwork, PaidBeyond, SamePerson, SecondWinner, OpenedEarly, NotFailed, ContestYear, ContestEntry, NotContested, RepeatsWon, NoPoints, NoWeight, ScoreTooHigh, ScoreElsewhere, ScoreNotCounted, PanelKind, NotProvider, VerdictMeasured, ExplainerMissing, ExplainerElsewhere, AttachedMissing,
	CellTooLong, NumberTooLong, TooManyRows,
	SheetForm, SheetLocked, SheetDamaged, SheetEncoding, SheetUnknown, SheetSeveral, SheetNotRead, MergedCells, HiddenRows, HiddenColumns, RowsLeftOut, ColumnLeftOut, LettersFolded, AmbiguousNumber,
	AmbiguousDate, AmbiguousName, ShortYear,
	DateNumber, EditedElsewhere, PercentCell, ClockCell, OutsideTable, EmptyKept, ExtraRow, OtherTown, SameName, Contradicts, FilePublished, KeyRenamed, SameRecord, StillNamed, SecondTable, ZerosUnknown,
	TOMLSyntax, TOMLDate, TOMLUnknownKey, TOMLType, TOMLMissing, TOMLValue, AmendmentWrong, ClauseUnknown, SchemaMissing, SchemaInvalid,
	NoFrontMatter, TextEmpty, OpenFront, BadFileName, ReservedName, RawHTML, BrokenLink, ForeignPicture, UnsafeLink,
	LayoutSyntax, LayoutUnknown, LayoutNotExecuted, LayoutNoValue,
	LanguageNoCatalogue, LanguageUntranslated, MessageUnknown, MessageArgument, MessageForm,
	KeyUnread,
	RuleUnknown, ParameterUnknown, ParameterWrong, ParameterMissing, RuleTwice, AssumptionNeeded, AssumptionIdle, BeforeForce, ExemptionBlanket, ExemptionLate, ExemptionIdle, ExemptionIssuer,
	WithheldPublic, ExplanationIdle, ExplanationEarly, ToCome, FarAhead, TentativePassed,
	IDDropped, IDReused, ResultAltered, PublishedAltered, ClosedDateMoved, DeadlineShortened, MassDeletion, DocumentReplaced, RegulationAltered,
	PassedDayAltered, ExemptionGiven, OutcomeAltered, SettingsAltered, SignersAltered, ContentAltered, LayoutAltered,
}

// Personal tells whether findings with this code are personal data, which no report may repeat.
func (c Code) Personal() bool { return strings.HasPrefix(string(c), "personal-") }

// Severity returns the severity of all findings with this code.
func (c Code) Severity() Severity {
	switch c {
	case CommitAhead, FindingsLeftOut, ByteOrder, NotNormalised, InvisibleChar, LookAlike, MixedAlphabets, DoubledQuotes, OuterSpace, SchemaMissing, RawHTML, KeyUnread, AssumptionIdle, BeforeForce, ExemptionIdle, ExemptionIssuer,
		WithheldPublic, ExplanationIdle, ExplanationEarly, ToCome, FarAhead, TentativePassed, ListedTwice, JudgedTwice, EntryElsewhere, DecidedLater, OutsideContract, SamePerson, OpenedEarly,
		NotFailed, ScoreNotCounted, PanelKind, NotProvider, VerdictMeasured, ExplainerMissing, ExplainerElsewhere, TranslationDiffers, LetterYear, HiddenRows, HiddenColumns, RowsLeftOut, SheetNotRead, ColumnLeftOut, EmptyKept, LettersFolded,
		OutOfSequence, StatusAgainstDay, OutsideFieldwork, PaidBeyond, ContestYear, ContestEntry, NotContested, RepeatsWon, DocumentUnnamed, DocumentHidden, FilePublished, SameRecord,
		LanguageNoCatalogue, LanguageUntranslated, MessageUnknown:
		return Warning
	}
	return Error
}
