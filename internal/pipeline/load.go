package pipeline

import (
	"strings"
	"time"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/load"
)

// Loaded is a source that has been read.
type Loaded struct {
	*Source
	Data     *jme.Dataset
	Findings diag.List // of reading; Judge finds more
	Today    time.Time // the day for which the site is made, as midnight UTC

	todayFrom string // "flag", "commit" or "clock"
}

// Load reads the records.
func (s *Source) Load() (*Loaded, error) {
	data, findings, err := load.Load(s.files)
	if err != nil {
		return nil, err
	}
	if base := s.options.BaseURL; base != "" {
		data.Site.BaseURL = strings.TrimSuffix(base, "/") + "/"
	}
	l := &Loaded{Source: s, Data: data, Findings: findings}
	l.Today, l.todayFrom = s.today(data.Site.Zone())
	return l, nil
}

// today is the day that was asked for, else that of the commit, else the clock's.
func (s *Source) today(zone *time.Location) (day time.Time, from string) {
	switch {
	case !s.options.AsOf.IsZero():
		return s.options.AsOf, "flag"
	case s.commit.Hash != "":
		return dayOf(s.commit.Time.In(zone)), "commit"
	}
	return dayOf(time.Now().In(zone)), "clock"
}

// dayOf is the day on the calendar of t's zone, as midnight UTC.
func dayOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Read reads a repository, for whoever wants to know what is in it; Check says what is wrong
// with it.
func Read(o Options) (*jme.Dataset, error) {
	source, err := Open(o)
	if err != nil {
		return nil, err
	}
	defer source.Close()
	loaded, err := source.Load()
	if err != nil {
		return nil, err
	}
	return loaded.Data, nil
}
