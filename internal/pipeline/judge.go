package pipeline

import (
	"path"
	"slices"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/opendata"
	"achyk/internal/regulation"
)

// Judged is records whose regulations have been executed.
type Judged struct {
	*Loaded
	Problems   diag.List              // all findings, sorted
	Judgements []*judgement.Judgement // one for each municipality, in their order
}

// Judge checks what regulations ask of rules and what downloads can hold, and executes the
// regulations. It relies on no register in which an error was found.
func (l *Loaded) Judge() *Judged {
	j := &Judged{Loaded: l, Problems: slices.Clone(l.Findings)}
	for _, m := range l.Data.Municipalities {
		j.Problems = append(j.Problems, regulation.Validate(m)...)
		j.Problems = append(j.Problems, opendata.Check(m)...)
	}
	j.Problems.Sort()
	for _, m := range l.Data.Municipalities {
		j.Judgements = append(j.Judgements, judgement.Of(m, l.Today, j.registersWithErrors(m)...))
	}
	return j
}

// registersWithErrors are the registers of a municipality in which an error was found.
func (j *Judged) registersWithErrors(m *jme.Municipality) (registers []string) {
	for i := range j.Problems {
		if p := &j.Problems[i]; p.Severity() == diag.Error {
			if of, register := path.Split(p.Register); of == "" || of == m.ID+"/" {
				registers = append(registers, register)
			}
		}
	}
	return registers
}

// Counts is the size of what was checked.
type Counts struct{ Registers, Rows int }

func count(d *jme.Dataset) Counts {
	c := Counts{Rows: d.Rows()}
	for _, m := range d.Municipalities {
		c.Registers += len(m.Tables)
	}
	return c
}

// Checked is what a check finds.
type Checked struct {
	Counts      Counts
	Problems    diag.List
	Corrections diag.List // changes since Options.Since that would be among the problems, had they no reason
	Outcomes    []regulation.Outcome
	Limit       HistoryLimit // what of the history cannot be shown
}

// Check reads and judges a repository, and goes no further.
func Check(o Options) (Checked, error) {
	source, err := Open(o)
	if err != nil {
		return Checked{}, err
	}
	defer source.Close()
	loaded, err := source.Load()
	if err != nil {
		return Checked{}, err
	}
	judged := loaded.Judge()
	checked := Checked{Counts: count(loaded.Data), Problems: judged.Problems}
	for _, j := range judged.Judgements {
		checked.Problems = append(checked.Problems, j.IdleExemptions()...)
		checked.Outcomes = append(checked.Outcomes, j.Outcomes...)
	}
	if checked.Limit, err = source.HistoryLimit(); err != nil {
		return Checked{}, err
	}
	if o.Since != "" {
		findings, corrections, err := judged.judgeChanges(o.Since)
		if err != nil {
			return Checked{}, err
		}
		checked.Problems, checked.Corrections = append(checked.Problems, findings...), corrections
	}
	checked.Problems.Sort()
	return checked, nil
}
