// Package cases reads cases: small municipalities by which a regulation's numbers and the rules are
// proven. A municipality keeps its own in data/<municipality>/cases, and achyk test runs them; the
// tests of the program have theirs in testdata.
//
// A case is a txtar archive. Its comment says what the case is about and ends with a line
// "as of 2026-03-01", the day for which it is judged. Its files are
//
//   - registers by their names without ".csv", with only the columns and rows that matter.
//     Required cells may be empty: a rule must cope with what is not recorded. A register that
//     the case does not have is empty; the calendar is then that of the repository, so that real
//     days are counted;
//   - municipality.toml with settings of the municipality, such as how many deputies it has, else
//     those of the municipality;
//   - regulation.toml with the assumptions and clauses by which the case is judged, else those of
//     the municipality;
//   - want, what is expected: for [Case.Differs] a line for each outcome that matters, such as
//     "14: kept 2026 contests/c1 due 2026-04-15 done 2026-04-16". Lines that begin with spaces say
//     nothing, so sentences can stand below.
package cases

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/txtar"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/settings"
	"achyk/internal/source"
	"achyk/internal/table"
)

// Case is a municipality and the day for which it is judged.
type Case struct {
	Town *jme.Municipality
	AsOf time.Time
	Want string // what is expected; empty: nothing is said
}

// Base is what a case has that it does not say itself.
type Base struct {
	ID         string
	Settings   jme.Settings
	Regulation jme.Regulation
	Calendar   *table.Table
}

// Mistake is why an archive is no case.
type Mistake struct {
	What  string // "day", "file", "cell" or "records": the key of a message below "test.mistake"
	Name  string // of the file of the archive
	Value string
}

func (e *Mistake) Error() string { return fmt.Sprintf("%s: %s %q", e.What, e.Name, e.Value) }

// Parse reads a case from an archive.
func Parse(archive *txtar.Archive, base Base) (c *Case, err error) {
	_, last, _ := strings.Cut(string(archive.Comment), "as of ")
	last = strings.TrimSpace(last)
	day, ok := table.ParseTime(last) // of no other millennium: each year until then is judged
	if !ok || len(last) != len(time.DateOnly) {
		return nil, &Mistake{"day", "", last}
	}
	c = &Case{Town: &jme.Municipality{ID: base.ID, Settings: base.Settings, Regulation: base.Regulation}, AsOf: day}
	files := map[string][]byte{}
	for _, f := range archive.Files {
		if !slices.Contains(jme.Registers, f.Name) && !slices.Contains([]string{"municipality.toml", "regulation.toml", "want"}, f.Name) {
			return nil, &Mistake{"file", f.Name, ""}
		}
		files[f.Name] = f.Data
	}
	c.Want = string(files["want"])
	if data := files["municipality.toml"]; data != nil {
		if _, err := decode("municipality.toml", data, &c.Town.Settings); err != nil {
			return nil, err
		}
	}
	if data := files["regulation.toml"]; data != nil {
		if c.Town.Regulation, err = Regulation("regulation.toml", data); err != nil {
			return nil, err
		}
	}
	for _, register := range jme.Registers {
		read, err := c.register(register, files[register], base.Calendar)
		if err != nil {
			return nil, err
		}
		c.Town.Tables = append(c.Town.Tables, read)
	}
	if err := c.Town.Link(); err != nil {
		return nil, &Mistake{"records", "", err.Error()}
	}
	return c, nil
}

// Regulation reads a regulation that has only what a case needs.
func Regulation(name string, data []byte) (r jme.Regulation, err error) {
	r.File, err = decode(name, data, &r)
	return r, err
}

// decode reads a TOML file into settings.
func decode(name string, data []byte, into any) (*source.File, error) {
	f := &source.File{Path: name, Data: bytes.TrimSpace(data)}
	if _, problems := settings.Decode(f, source.Span{End: len(f.Data)}, into); len(problems) > 0 {
		return nil, &Mistake{"cell", name, string(problems[0].Code) + " " + problems[0].Value}
	}
	return f, nil
}

// register reads a register of the case.
func (c *Case) register(register string, data []byte, calendar *table.Table) (*table.Table, error) {
	if data == nil && register == jme.Calendar && calendar != nil {
		return calendar, nil
	}
	label := c.Town.ID + "/" + register
	if data == nil {
		read, _ := table.New(jme.Schema(register), label, nil)
		return read, nil
	}
	read, problems := table.Read(&source.File{Path: register + ".csv", Data: data}, label, jme.Schema(register))
	for _, p := range problems {
		if p.Code != diag.MissingColumn && p.Code != diag.MissingValue {
			return nil, &Mistake{"cell", register, string(p.Code) + " " + p.Value}
		}
	}
	read.Whole = true
	return read, nil
}

// Differs compares outcomes, each "clause: line" (regulation.Outcome.Line), with those that the case
// expects. It returns the expected lines that there are not, after "- ", and what else there is of
// their clauses, after "+ ".
func (c *Case) Differs(outcomes []string) (lines []string) {
	others, wrong := slices.Clone(outcomes), map[string]bool{}
	for want := range strings.Lines(c.Want) {
		want = strings.TrimRight(want, "\r\n ")
		if want == "" || strings.HasPrefix(want, " ") {
			continue
		}
		if i := slices.Index(others, want); i >= 0 {
			others = slices.Delete(others, i, i+1)
			continue
		}
		clause, _, _ := strings.Cut(want, ": ")
		lines, wrong[clause] = append(lines, "- "+want), true
	}
	for _, o := range others {
		if clause, _, _ := strings.Cut(o, ": "); wrong[clause] {
			lines = append(lines, "+ "+o)
		}
	}
	return lines
}
