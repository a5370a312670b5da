package jme

import (
	"time"

	"achyk/internal/locale"
	"achyk/internal/source"
)

// Regulation is data/<municipality>/regulation.toml: the act, the acts it rests on, those that
// amended it, the assumptions made where its text is open, and its clauses, summed up. A clause
// is written as it was adopted, with what amendments made of it; package wording tells how it read
// on a day.
type Regulation struct {
	Act         Act          `toml:"act"`
	Basis       []Basis      `toml:"basis"`
	Amendments  []Amendment  `toml:"amendment"` // in the order in which they came into force
	Assumptions []Assumption `toml:"assumption"`
	Clauses     []Clause     `toml:"clause"`

	File *source.File `toml:"-"` // that the spans below are places in; nil if it could not be read
}

// The two procedures.
const (
	ByContest = "contest" // an organisation is picked by contest (Osh)
	ByGroup   = "group"   // a group of citizens and officials monitors (Kochkorbaev)
)

// Act describes the regulation as an act.
type Act struct {
	Title        locale.Text `toml:"title"`
	Issuer       locale.Text `toml:"issuer"`
	Procedure    string      `toml:"procedure"`      // ByContest or ByGroup
	Number       string      `toml:"number"`         // empty: not known
	Date         time.Time   `toml:"date"`           // zero: not known
	InForceFrom  time.Time   `toml:"in_force_from"`  // zero: with its date
	InForceUntil time.Time   `toml:"in_force_until"` // the last day; zero: it is in force
	Copy         string      `toml:"copy"`           // how much of the text is known: "draft", "excerpt" or "full"
	Note         locale.Text `toml:"note"`
	Source       string      `toml:"source"`
}

// Basis is an act the regulation rests on.
type Basis struct {
	Title        locale.Text `toml:"title"`
	Number       string      `toml:"number"`
	Date         time.Time   `toml:"date"`
	InForceUntil time.Time   `toml:"in_force_until"`
	Source       string      `toml:"source"`
	Note         locale.Text `toml:"note"`
}

// Amendment is an act that changes clauses of the regulation from a day on.
type Amendment struct {
	ID          string      `toml:"id"`
	Number      string      `toml:"number"` // empty: not known
	Date        time.Time   `toml:"date"`   // zero: not known
	InForceFrom time.Time   `toml:"in_force_from"`
	Title       locale.Text `toml:"title"`
	Note        locale.Text `toml:"note"`
	Source      string      `toml:"source"`
}

// Assumption is how a question that the text leaves open is answered here.
type Assumption struct {
	Code   string      `toml:"code"`
	Clause string      `toml:"clause"`
	Title  locale.Text `toml:"title"`
	Text   locale.Text `toml:"text"`
	Value  string      `toml:"value"`
	Span   source.Span `toml:"-"` // of the value
}

// Clause is one clause of the regulation.
type Clause struct {
	Number    string      `toml:"number"`
	Since     string      `toml:"since"` // the amendment that added it; empty: adopted with the act
	Title     locale.Text `toml:"title"`
	Summary   locale.Text `toml:"summary"`
	Duty      locale.Text `toml:"duty"`      // who must act
	Owes      []string    `toml:"owes"`      // the same by words of wording.Bodies; the pages of bodies are made by it
	Status    string      `toml:"status"`    // "in-hand" or "not-in-hand"
	Step      StepName    `toml:"stage"`     // the step of the year it is about; may be empty
	Registers []string    `toml:"registers"` // that its records are kept in
	Unchecked locale.Text `toml:"unchecked"` // why no rule can check it: the end of a sentence that begins "No check is possible …, because"
	Checks    []Check     `toml:"check"`
	Versions  []Version   `toml:"version"` // what amendments made of it, the earliest first
}

// Version is what an amendment made of a clause. What it leaves out stays as it was.
type Version struct {
	Amendment string      `toml:"amendment"` // its id
	Repealed  bool        `toml:"repealed"`  // the clause ends, and nothing else is given
	Title     locale.Text `toml:"title"`
	Summary   locale.Text `toml:"summary"`
	Duty      locale.Text `toml:"duty"`
	Status    string      `toml:"status"`
	Checks    []Check     `toml:"check"` // replace the earlier ones; an empty list leaves none
}

// Check names a rule that judges whether a clause was kept, with its parameters.
type Check struct {
	Rule       string                 `toml:"rule"`
	Parameters map[string]any         `toml:"parameters"`
	Span       source.Span            `toml:"-"` // of the rule
	Spans      map[string]source.Span `toml:"-"` // of the parameters
}

// InHand tells whether the clause's text is known.
func (c *Clause) InHand() bool { return c.Status != "not-in-hand" }
