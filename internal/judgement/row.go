package judgement

import (
	"strconv"
	"strings"

	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/rules"
)

// Row is an outcome as data. It is made once: the register compliance has its fields as columns,
// and achyk check --format json has them by the names below.
type Row struct {
	ID          string              `json:"id"`
	Year        int                 `json:"year"`
	Clause      string              `json:"clause"`
	Version     string              `json:"version"` // of the clause, by which it is judged
	Rule        string              `json:"rule"`
	RuleTitle   map[string]string   `json:"rule_title"`
	Subject     regulation.Record   `json:"subject"` // two empty texts for a year as a whole
	Outcome     regulation.Kind     `json:"outcome"`
	Due         string              `json:"due"`
	Latest      string              `json:"latest"` // Due if the holidays that are not confirmed become days off, where that is later
	Counted     map[string]string   `json:"counted"`
	Done        string              `json:"done"`
	Since       string              `json:"since"`     // the day since which the outcome stands
	DaysLate    int                 `json:"days_late"` // 0 of what is set aside
	Assumptions []string            `json:"assumptions"`
	Otherwise   []Otherwise         `json:"otherwise"`
	Exemption   string              `json:"exemption"`
	Without     regulation.Kind     `json:"without_exemption"`
	Explained   []Explained         `json:"explanations"`
	Evidence    []regulation.Record `json:"evidence"`
	Sentence    map[string]string   `json:"messages"`
}

// Otherwise is an outcome by another reading of an assumption, or of two.
type Otherwise struct {
	Reading
	With    *Reading        `json:"with,omitempty"` // the second reading that it takes
	Outcome regulation.Kind `json:"outcome"`
	Due     string          `json:"due"`
}

// Explained is what those who are judged say of the outcome, in their own words.
type Explained struct {
	ID   string      `json:"id"`
	By   locale.Text `json:"by"`
	Date string      `json:"date"`
	Text locale.Text `json:"text"` // an empty text is one that was not translated
}

// Reading is one way to read an assumption.
type Reading struct {
	Assumption string `json:"assumption"`
	Value      string `json:"value"`
}

func (r Reading) String() string { return r.Assumption + "=" + r.Value }

// RowOf returns an outcome as data, with its sentences in each of the languages.
func RowOf(o *regulation.Outcome, languages []locale.Lang) Row {
	row := Row{
		ID: o.ID(), Year: o.Year, Clause: o.Clause, Version: o.Version, Rule: o.Rule, Subject: o.Subject, Outcome: o.Kind,
		Due: isoDay(o.Due), Latest: isoDay(o.Latest), Done: isoDay(o.Done), Since: isoDay(o.Since), DaysLate: o.DaysLate,
		Assumptions: append([]string{}, o.Assumptions...), Evidence: append([]regulation.Record{}, o.Evidence...),
		Otherwise: []Otherwise{}, Explained: explained(o), Exemption: o.Exemption, Without: o.Without,
		RuleTitle: map[string]string{}, Counted: map[string]string{}, Sentence: map[string]string{},
	}
	if o.Kind == regulation.SetAside {
		row.DaysLate = 0 // nothing is asked of what is set aside; the sentence says how it was done
	}
	for _, x := range o.Otherwise {
		other := Otherwise{Reading: Reading(x.Reading), Outcome: x.Kind, Due: isoDay(x.Due)}
		if x.Together() {
			with := Reading(x.With)
			other.With = &with
		}
		row.Otherwise = append(row.Otherwise, other)
	}
	for _, l := range languages {
		lang := l.String()
		row.RuleTitle[lang], row.Counted[lang], row.Sentence[lang] = l.Said(rules.All.Find(o.Rule).Title), l.Said(o.Counted), l.Said(o.Sentence)
	}
	return row
}

// explained returns the explanations of an outcome as data.
func explained(o *regulation.Outcome) []Explained {
	all := []Explained{}
	for _, x := range o.Explanations {
		all = append(all, Explained{x.ID, x.By, isoDay(x.Day), x.Text})
	}
	return all
}

// ids returns the ids of explanations as a cell has them.
func ids(explained []Explained) string {
	var all []string
	for _, x := range explained {
		all = append(all, x.ID)
	}
	return strings.Join(all, " ")
}

// cells returns the row as the register has it, where a cell holds one text.
func (r *Row) cells() map[string]string {
	cells := map[string]string{
		"id": r.ID, "year": strconv.Itoa(r.Year), "clause": r.Clause, "version": r.Version, "rule": r.Rule, "outcome": string(r.Outcome),
		"subject_register": r.Subject.Register, "subject": r.Subject.ID, "due": r.Due, "latest": r.Latest, "done": r.Done, "since": r.Since,
		"assumptions": strings.Join(r.Assumptions, " "), "exemption": r.Exemption, "without_exemption": string(r.Without),
	}
	if r.DaysLate > 0 {
		cells["days_late"] = strconv.Itoa(r.DaysLate)
	}
	var otherwise, evidence []string
	for _, x := range r.Otherwise {
		by := x.Reading.String()
		if x.With != nil {
			by += "+" + x.With.String()
		}
		otherwise = append(otherwise, by+":"+string(x.Outcome))
	}
	for _, x := range r.Evidence {
		evidence = append(evidence, strings.TrimSuffix(x.Register+"/"+x.ID, "/"))
	}
	cells["otherwise"], cells["explanations"], cells["evidence"] = strings.Join(otherwise, " "), ids(r.Explained), strings.Join(evidence, " ")
	for lang := range r.Sentence {
		cells["rule_title_"+lang], cells["counted_"+lang], cells["sentence_"+lang] = r.RuleTitle[lang], r.Counted[lang], r.Sentence[lang]
	}
	return cells
}
