// Package rules has the rules that a regulation of joint monitoring and evaluation can ask for,
// a file for each stage of the process. Package regulation applies them to a municipality.
//
// What a rule says of its subject is a statement: the message "regulation.<rule>.<key>" of package
// locale, with the arguments the rule found. Statements, nouns and the sources of last days are Go
// values, so a misspelt one does not compile; tests compare them with the messages, with the code
// of the rules and with the cases in testdata.
package rules

import (
	"slices"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation"
	"achyk/internal/regulation/evidence"
)

// All is every rule, in the order of the process.
var All = regulation.Rules(slices.Concat(choiceRules, panelRules, contestRules, applicationRules, awardRules, fieldworkRules, reportRules, letterRules))

// Statements whose words have the name of their kind. Others stand beside their rules.
var (
	kept    = said(regulation.Kept, "kept")
	broken  = said(regulation.Broken, "broken")
	overdue = said(regulation.Overdue, "overdue")
	pending = said(regulation.Pending, "pending")
	unknown = said(regulation.Unknown, "unknown")
	nothing = said(regulation.NotApplicable, "none") // the year has nothing the rule could be about
)

// doneLate is said of a duty that was done after its last day.
var doneLate = said(regulation.Broken, "done_late")

// byAnotherBody is said of a decision that another body made than the one the clause names.
var byAnotherBody = said(regulation.Broken, "foreign")

// said makes a statement. Rules can share one and say it in words of their own.
func said(kind regulation.Kind, key string) regulation.Statement {
	return regulation.Statement{Kind: kind, Key: key}
}

// record names a record.
func record(register, id string) regulation.Record {
	return regulation.Record{Register: register, ID: id}
}

// unmet are the statements about a duty of which nothing is recorded: its last day is not
// known, has passed, or lies ahead.
type unmet struct{ unknown, overdue, pending regulation.Statement }

var notDone = unmet{unknown, overdue, pending}

// none says that the rule does not apply to the year, because nothing is recorded that it is about.
func none(c *regulation.Case) { c.OfYear().Says(nothing, nil) }

// undone settles the outcome of a duty of which nothing is recorded: by its last day it is unknown,
// overdue or pending.
func undone(c *regulation.Case, o *regulation.Outcome, due time.Time, from regulation.Basis, words unmet, args locale.Args) {
	o.DueBy(due, from)
	switch {
	case due.IsZero():
		o.Says(words.unknown, args)
	case due.Before(c.AsOf):
		o.Says(words.overdue, args)
	default:
		o.Says(words.pending, args)
	}
}

// untermed is undone for a duty to which the regulation sets no term.
func untermed(c *regulation.Case, o *regulation.Outcome, words unmet, args locale.Args) {
	undone(c, o, noTerm(c, o), withoutTerm, words, args)
}

// awaiting settles the outcome of a duty to which the regulation sets no term, and that rests on what is not
// recorded either, as a report. By the assumption both end on the same day. By its other reading the one is
// awaited for as long as it can still come, and after that nobody knows.
func awaiting(c *regulation.Case, o *regulation.Outcome, end time.Time, comes bool, words unmet, args locale.Args) {
	switch {
	case reads(c, dutyWithoutTerm, "year-end"):
		undone(c, o, end, withoutTerm, words, args)
	case comes:
		o.Says(words.pending, args)
	default:
		o.Says(words.unknown, args)
	}
}

// done settles the outcome of a duty to which the regulation sets no term, and which was done on
// the day o.Done: it is kept, unless an assumption sets a last day and that had passed.
func done(c *regulation.Case, o *regulation.Outcome, args locale.Args) {
	o.DueBy(noTerm(c, o), withoutTerm)
	if !o.Due.IsZero() && o.Done.After(o.Due) {
		o.Says(doneLate, args)
		return
	}
	o.Says(kept, args)
}

// noTerm is the last day of a duty to which the regulation sets no term: an assumption says
// whether it ends with the year, or never, which is the zero day.
func noTerm(c *regulation.Case, o *regulation.Outcome) time.Time {
	if !reads(c, dutyWithoutTerm, "year-end") {
		return time.Time{}
	}
	var on []*jme.Assessment // on whose reports it rests
	for _, p := range o.Pairs() {
		if a := jme.Get[jme.Assessment](c.Municipality, p.Earlier.ID); a != nil && p.Earlier.Register == "assessments" {
			on = append(on, a)
		}
	}
	return evidence.YearEnd(c, on...)
}

// dutyWithoutTerm is the assumption on when a duty without a term ends.
var dutyWithoutTerm = regulation.Convention{Code: "duty-without-term", Values: []string{"year-end", "none"}}

// reads reports whether the case is judged by a reading of an assumption.
func reads(c *regulation.Case, a regulation.Convention, value string) bool {
	return c.Reading(a.Code) == value
}

// The sources of last days, besides a term.
const (
	withYear        regulation.Basis = "year"             // the end of the year under review
	withWork        regulation.Basis = "work"             // work on the list began
	withoutTerm     regulation.Basis = "no-term"          // the end of the year, by assumption, because there is no term
	beforeOpening   regulation.Basis = "opening"          // applications are opened
	byAnnouncement  regulation.Basis = "announcement"     // the contest is announced
	byClosing       regulation.Basis = "closing"          // applications close
	beforeFieldwork regulation.Basis = "before-fieldwork" // the day before fieldwork starts
	duringFieldwork regulation.Basis = "during-fieldwork" // the last day of fieldwork
	withReport      regulation.Basis = "report"           // the report is delivered
)

// Things that rules count.
const (
	aService          regulation.Noun = "services"
	anAppeal          regulation.Noun = "appeals"
	aSuggestion       regulation.Noun = "suggestions"
	aMember           regulation.Noun = "members"
	aDeputy           regulation.Noun = "deputy"
	aNonGovernment    regulation.Noun = "non-government"
	aCitizen          regulation.Noun = "citizen"
	anAssociation     regulation.Noun = "association"
	aLocalGovernment  regulation.Noun = "local-government"
	aCriterion        regulation.Noun = "criteria"
	anApplication     regulation.Noun = "applications"
	aScore            regulation.Noun = "scores"
	absentScore       regulation.Noun = "scores-absent"
	secondSeatScore   regulation.Noun = "scores-second-seat"
	otherContestScore regulation.Noun = "scores-other-contest"
	highScore         regulation.Noun = "scores-too-high"
	aRequirement      regulation.Noun = "requirements"
	anAttachment      regulation.Noun = "attachments"
	anEvent           regulation.Noun = "events"
	aCopy             regulation.Noun = "copies"
	bareFinding       regulation.Noun = "bare-findings"
)
