package pipeline

import (
	"context"
	"slices"
	"strings"
	"time"

	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/limits"
)

// Loaded is a source whose files have been read.
type Loaded struct {
	*Source
	Data     *jme.Dataset
	Findings diag.List // findings of loading; Judge adds more
	Today    time.Time // the day that the site is made for, as midnight UTC

	todayFrom string // "flag", "commit" or "clock"
}

// Load reads the records, and compares the files with their commit at the same time. It sets the
// base URL of the options, and the day that counts as today.
func (s *Source) Load() (*Loaded, error) {
	var data *jme.Dataset
	var findings diag.List
	stages := []func() error{
		func() (err error) { data, findings, err = s.read(); return err },
		s.compare,
	}
	if err := s.options.each(context.Background(), len(stages), func(i int) error { return stages[i]() }); err != nil {
		return nil, err
	}
	tags, err := s.tooManyTags()
	if err != nil {
		return nil, err
	}
	modules, err := s.submodules()
	if err != nil {
		return nil, err
	}
	findings = slices.DeleteFunc(findings, func(d diag.Diagnostic) bool { // what is missing there is in the other repository
		return d.Code == diag.FileMissing && slices.ContainsFunc(modules, func(m diag.Diagnostic) bool { return strings.HasPrefix(d.Path, m.Path+"/") })
	})
	if base := s.options.BaseURL; base != "" {
		data.Site.BaseURL = strings.TrimSuffix(base, "/") + "/"
	}
	l := &Loaded{Source: s, Data: data, Findings: slices.Concat(findings, tags, modules)}
	l.Today, l.todayFrom = s.today(&data.Site)
	if l.todayFrom == "commit" {
		l.checkDay(data.Site.DayOf(time.Now()))
	}
	return l, nil
}

// submodules finds the submodules of the commit. A clone that leaves them empty looks as if nothing
// belonged there.
func (s *Source) submodules() (findings diag.List, err error) {
	if s.commit.Hash == "" {
		return nil, nil
	}
	paths, err := s.git.Submodules(s.commit, Roots...)
	if s.options.Ref == "" {
		paths = append(paths, s.git.Staged(Roots...)...)
	}
	slices.Sort(paths)
	for _, path := range slices.Compact(paths) {
		findings.Add(diag.Diagnostic{Code: diag.Submodule, Path: path, Value: path, Args: diag.Args{"value": path}})
	}
	return findings, err
}

// today returns Options.AsOf, else the day of the commit, else the day of the computer's clock.
// from says which one it is.
func (s *Source) today(site *jme.Site) (day time.Time, from string) {
	switch {
	case !s.options.AsOf.IsZero():
		return s.options.AsOf, "flag"
	case s.commit.Hash != "":
		return site.DayOf(s.commit.Made), "commit"
	}
	return site.DayOf(time.Now()), "clock"
}

// checkDay finds a day of the commit that a wrong clock must have set: one on which no record can be, or that has not come by
// the clock of this computer. Else terms that are running would be called overdue, and nothing would say why.
func (l *Loaded) checkDay(now time.Time) {
	d := diag.Diagnostic{Code: diag.CommitAhead, Path: "data", Args: diag.Args{"value": l.Today, "now": now}}
	switch {
	case l.Today.Year() < limits.FirstYear || l.Today.Year() > limits.LastYear:
		d.Code, l.Today = diag.CommitDay, now
	case !l.Today.After(now.AddDate(0, 0, 1)): // clocks and zones may differ by a day
		return
	}
	l.Findings.Add(d)
}

// Read opens and loads a repository and returns its data. It returns no findings; Check does.
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
