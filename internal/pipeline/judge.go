package pipeline

import (
	"errors"
	"path"
	"slices"
	"time"

	"achyk/internal/desk"
	"achyk/internal/diag"
	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/judgement"
	"achyk/internal/limits"
	"achyk/internal/opendata"
	"achyk/internal/regulation"
	"achyk/internal/regulation/rules"
	"achyk/internal/site/page"
)

// Judged is a source whose records were judged by their regulations.
type Judged struct {
	*Loaded
	Problems   diag.List              // all findings, sorted
	Judgements []*judgement.Judgement // one for each municipality, in their order
	templates  *page.Templates        // without errors in layouts, as the problems have them
	broken     error                  // why the layouts cannot be read, for Plan
	unjudged   bool                   // there are more outcomes than limits.Outcomes, so none is given
}

// Judge checks the parts of regulations that call rules, checks that all download formats can
// hold the data, and applies the rules. A rule that needs a register with an error gives no
// outcome. It reads the layouts as well, because their faults are findings like all others.
func (l *Loaded) Judge() *Judged {
	j := &Judged{Loaded: l, Problems: slices.Clone(l.Findings)}
	for _, m := range l.Data.Municipalities {
		j.Problems = append(j.Problems, rules.All.Validate(m)...)
		j.Problems = append(j.Problems, opendata.Check(m)...)
	}
	j.readLayouts()
	j.Problems.Sort()
	outcomes := 0
	for _, m := range l.Data.Municipalities {
		judged := &judgement.Judgement{Municipality: m, Told: m, AsOf: l.Today}
		if outcomes <= limits.Outcomes {
			judged = judgement.Of(m, l.Today, j.registersWithErrors(m)...)
		}
		outcomes += len(judged.Outcomes)
		j.Judgements = append(j.Judgements, judged)
	}
	if outcomes > limits.Outcomes { // and those there are, are not all
		for i, m := range l.Data.Municipalities {
			j.Judgements[i] = &judgement.Judgement{Municipality: m, Told: m, AsOf: l.Today}
		}
		j.Problems.Add(diag.Diagnostic{Code: diag.OverLimit, Path: "data", Args: diag.Args{
			"what": diag.Phrase("limit.outcomes"), "have": "", "limit": limits.Outcomes, "key": "", "kind": "outcomes",
		}})
		j.unjudged = true
	}
	if !j.Problems.HasErrors() { // else a rule may not have been applied, and its exemptions and explanations are not idle
		for _, x := range j.Judgements {
			j.Problems = append(j.Problems, x.Exemptions()...)
			j.Problems = append(j.Problems, x.Explanations()...)
			j.Problems = append(j.Problems, x.Withheld()...)
		}
		j.Problems.Sort()
	}
	return j
}

// registersWithErrors returns the names of the registers of a municipality in which an error
// was found.
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

// Counts is the number of registers and rows that were checked.
type Counts struct{ Registers, Rows int }

func count(d *jme.Dataset) Counts {
	c := Counts{Rows: d.Rows()}
	for _, m := range d.Municipalities {
		c.Registers += len(m.Tables)
	}
	return c
}

// Checked is the result of Check.
type Checked struct {
	Counts      Counts
	AsOf        time.Time // the day for which it was judged
	AsOfFrom    string    // where the day is from: "flag", "commit" or "clock"
	Problems    diag.List
	Links       bool                  // the links of texts were checked
	Corrections diag.List             // changes since Options.Since that are allowed because their commit gives a reason
	Outcomes    []*regulation.Outcome // by the readings of Options.Assume, if there are any
	Turned      []regulation.Turn     // from how assumptions are read to how Options.Assume reads them
	Proposed    []regulation.Turn     // from what is published at Options.Since to what is proposed
	Edits       []desk.Edits          // what is proposed of registers
	Files       []desk.FileEdit       // what is proposed of texts, files and settings
	Limit       HistoryLimit          // which part of the history cannot be shown
}

// Check opens, loads and judges a repository. If Options.Since is set, it also judges the
// changes since then. If Options.Assume is set, it judges by these readings. It reads no history of
// records. If nothing is wrong, it plans the site without the pages of changes, counts its files, and
// checks the links of texts: with an error, pages that they lead to could be missing. Checked.Links
// says so.
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
	assumed, err := readings(o.Assume, loaded.Data)
	if err != nil {
		return Checked{}, err
	}
	judged := loaded.Judge()
	checked := Checked{Counts: count(loaded.Data), AsOf: loaded.Today, AsOfFrom: loaded.todayFrom, Problems: judged.Problems}
	for _, j := range judged.Judgements {
		outcomes := j.Outcomes
		if len(assumed) > 0 && !judged.unjudged {
			outcomes = j.Assuming(assumed)
			checked.Turned = append(checked.Turned, regulation.Turns(j.Outcomes, outcomes)...)
		}
		checked.Outcomes = append(checked.Outcomes, outcomes...)
	}
	checked.Problems = append(checked.Problems, judgement.FarDays(loaded.Data, loaded.Today)...)
	today := loaded.Data.Site.Later(loaded.Today, time.Now()) // what is not committed yet may be of the day by the clock
	for _, m := range loaded.Data.Municipalities {
		checked.Problems = append(checked.Problems, judgement.DaysToCome(m, today)...)
	}
	if towns := loaded.Data.Municipalities; len(towns) > 0 { // all have the same calendar
		checked.Problems = append(checked.Problems, judgement.UnconfirmedDays(towns[0].Table(jme.Calendar), loaded.Today)...)
	}
	if !checked.Problems.HasErrors() {
		plan, err := judged.Plan(&History{}, judged.Extend(&History{}))
		if err != nil {
			return Checked{}, err
		}
		plan.files.Into(files.Unmade{})
		places, err := plan.BrokenPlaces()
		exceeded, err := plan.LayoutFindings(errors.Join(err, plan.tryLayouts()))
		if err != nil {
			return Checked{}, err
		}
		checked.Problems = slices.Concat(checked.Problems, plan.Problems(), places, exceeded)
		checked.Links = true
	}
	if checked.Limit, err = source.HistoryLimit(); err != nil {
		return Checked{}, err
	}
	if o.Since != "" {
		since, err := judged.judgeChanges(o.Since)
		if err != nil {
			return Checked{}, err
		}
		checked.Problems, checked.Corrections, checked.Proposed = append(checked.Problems, since.findings...), since.corrections, since.turned
		checked.Edits, checked.Files = since.edits, since.files
	}
	checked.Problems.Sort()
	return checked, nil
}
