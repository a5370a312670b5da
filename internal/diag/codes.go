package diag

// Code names a kind of finding. Its texts, "diagnostics.<code>.what" (what is wrong and
// why it matters) and "diagnostics.<code>.mend" (how to mend it), are in package
// locale; a test here refuses a code without them in all three languages.
type Code string

// Codes of files as a whole.
const (
	FileMissing    Code = "file-missing"    // a file that must be there is not
	NoMunicipality Code = "no-municipality" // no folder in data/: nothing to publish
	SymbolicLink   Code = "symbolic-link"   // refused, or files from outside could be published
	InvalidUTF8    Code = "invalid-utf8"    // bytes that are not UTF-8; often a windows-1251 file that lost ң ө ү
	ByteOrder      Code = "byte-order-mark" // harmless, but not the canonical form
	NotNormalised  Code = "not-normalised"  // й as и and a breve: it looks the same, but search and order miss it
	ControlChar    Code = "control-character"
	LookAlike      Code = "look-alike-letter" // ӊ (U+04CA) where Kyrgyz writes ң (U+04A3)
	LanguageLost   Code = "original-missing"  // a translation without its Kyrgyz original
)

// Codes of CSV as a form.
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
	UnknownWord  Code = "unknown-word" // not among the words of an enum
	TooSmall     Code = "too-small"
	TooLarge     Code = "too-large"
	TooShort     Code = "too-short"
	TooLong      Code = "too-long"
	BadPattern   Code = "bad-pattern"
)

// Codes of records among records.
const (
	DuplicateKey    Code = "duplicate-key"
	DuplicateValue  Code = "duplicate-value"
	UnknownID       Code = "unknown-id"
	UnknownRegister Code = "unknown-register"
	DatesOutOfOrder Code = "dates-out-of-order"
	OutsideParent   Code = "outside-parent"
	SmallCell       Code = "small-cell"
	AttachedMissing Code = "attached-file-missing" // a path cell names a file that is not there
)

// Codes of what a form of publication cannot hold.
const (
	CellTooLong   Code = "form-cell-too-long"   // for a cell of Excel
	NumberTooLong Code = "form-number-too-long" // for whoever calculates with 64 bits
	TooManyRows   Code = "form-too-many-rows"   // for a sheet of Excel
)

// Codes of TOML, schemas and Markdown.
const (
	TOMLSyntax     Code = "toml-syntax"
	TOMLUnknownKey Code = "toml-unknown-key"
	TOMLType       Code = "toml-type"
	TOMLMissing    Code = "toml-missing"
	TOMLValue      Code = "toml-value"
	SchemaMissing  Code = "schema-missing"
	SchemaInvalid  Code = "schema-invalid"
	NoFrontMatter  Code = "front-matter-missing"
	OpenFront      Code = "front-matter-unclosed"
	BadFileName    Code = "bad-file-name"
	ReservedName   Code = "reserved-name" // its address is that of another page
	RawHTML        Code = "raw-html"      // HTML in Markdown is left out, never passed through
)

// Codes of what vouches for commits.
const (
	KeyUnread Code = "signing-key-unread" // it verifies no signature
)

// Codes of what a regulation asks of the rules.
const (
	RuleUnknown      Code = "rule-unknown"
	ParameterUnknown Code = "rule-parameter-unknown"
	ParameterWrong   Code = "rule-parameter-wrong"
	ParameterMissing Code = "rule-parameter-missing"
	AssumptionNeeded Code = "rule-assumption"     // a rule counts by an assumption that is not named, or by no value it knows
	ExemptionIdle    Code = "rule-exemption-idle" // it has run out, or matches nothing
)

// Codes of what a proposal does to what is published.
const (
	IDDropped         Code = "change-id-dropped"
	IDReused          Code = "change-id-reused"
	ResultAltered     Code = "change-result"    // what a decided contest was decided by
	PublishedAltered  Code = "change-published" // a decision, a report, a publication
	ClosedDateMoved   Code = "change-closed-date"
	DeadlineShortened Code = "change-deadline"
	MassDeletion      Code = "change-mass-deletion"
	HiddenEdit        Code = "change-hidden-edit" // in a file that was written anew
	DocumentReplaced  Code = "change-document"    // by another of the same name
	RegulationAltered Code = "change-regulation"  // what its rules count by
)

// Codes is every code there is, in the order of the manual.
var Codes = []Code{
	FileMissing, NoMunicipality, SymbolicLink, InvalidUTF8, ByteOrder, NotNormalised, ControlChar, LookAlike, LanguageLost,
	EmptyFile, WrongDelimiter, StrayQuote, UnclosedQuote, RowTooShort, RowTooLong,
	UnknownColumn, MissingColumn, DuplicateColumn,
	MissingValue, OuterSpace, BadID, BadInteger, BadNumber, BadBoolean, BadDate, BadDateTime,
	BadYearMonth, BadYear, BadURL, BadPath, UnknownWord, TooSmall, TooLarge, TooShort, TooLong, BadPattern,
	DuplicateKey, DuplicateValue, UnknownID, UnknownRegister, DatesOutOfOrder, OutsideParent, SmallCell, AttachedMissing,
	CellTooLong, NumberTooLong, TooManyRows,
	TOMLSyntax, TOMLUnknownKey, TOMLType, TOMLMissing, TOMLValue, SchemaMissing, SchemaInvalid,
	NoFrontMatter, OpenFront, BadFileName, ReservedName, RawHTML,
	KeyUnread,
	RuleUnknown, ParameterUnknown, ParameterWrong, ParameterMissing, AssumptionNeeded, ExemptionIdle,
	IDDropped, IDReused, ResultAltered, PublishedAltered, ClosedDateMoved, DeadlineShortened, MassDeletion, HiddenEdit, DocumentReplaced, RegulationAltered,
}

// Severity of every finding with this code.
func (c Code) Severity() Severity {
	switch c {
	case ByteOrder, NotNormalised, LookAlike, OuterSpace, SchemaMissing, RawHTML, KeyUnread, ExemptionIdle:
		return Warning
	}
	return Error
}
