package jme

import "achyk/internal/locale"

// Appeal is a monthly count of residents' appeals, never their texts or names.
type Appeal struct {
	ID        string         `csv:"id"`
	Period    Date           `csv:"period"`
	Service   Ref[Service]   `csv:"service"`
	Territory Ref[Territory] `csv:"territory"`
	Kind      string         `csv:"kind"`
	Channel   string         `csv:"channel"`
	Count     int            `csv:"count"`
}

// Event is a hearing, gathering, discussion or the like.
type Event struct {
	ID           string         `csv:"id"`
	Kind         string         `csv:"kind"`
	Purpose      string         `csv:"purpose"`
	Date         Date           `csv:"date"`
	Place        locale.Text    `csv:"place"`
	Territory    Ref[Territory] `csv:"territory"`
	Participants Number         `csv:"participants"`
	Women        Number         `csv:"women"`
	Youth        Number         `csv:"youth"`
	Minutes      string         `csv:"minutes"`
	Summary      locale.Text    `csv:"summary"`

	// What was discussed, if it was the results of a year.
	Letter Ref[AnalyticLetter] `csv:"letter"`
	Report Ref[Report]         `csv:"report"`
}

// Discusses reports whether the event names the results that it discusses: a letter or a report.
func (e *Event) Discusses() bool { return e.Letter.ID != "" || e.Report.ID != "" }

// Suggestion is what was asked for at an event.
type Suggestion struct {
	ID         string       `csv:"id"`
	Event      Ref[Event]   `csv:"event"`
	Service    Ref[Service] `csv:"service"`
	Supporters Number       `csv:"supporters"`
	Text       locale.Text  `csv:"suggestion"`
}

// Entry is a service on the year's list (Osh, clause 8).
type Entry struct {
	ID       string        `csv:"id"`
	Year     int           `csv:"year"`
	Service  Ref[Service]  `csv:"service"`
	Decision Ref[Decision] `csv:"decision"`
	Reason   locale.Text   `csv:"reason"`
}
