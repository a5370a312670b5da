package evidence

import (
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/regulation/scores"
)

// ProviderOf is the name of the provider that is assessed or, where the record names none, the
// code of the assessment.
func ProviderOf(a *jme.Assessment) locale.Text {
	if p := a.Provider.Get(); p != nil {
		return p.Name
	}
	return locale.Same(a.ID)
}

// ServiceOf is the name of a service or, where the register does not have it, its code.
func ServiceOf(r jme.Ref[jme.Service]) locale.Quoted {
	if s := r.Get(); s != nil {
		return locale.Quoted(s.Name)
	}
	return locale.Quoted(locale.Same(r.ID))
}

// RequirementOf is the requirement of a finding in words.
func RequirementOf(f *jme.Finding) locale.Quoted {
	if r := f.Requirement.Get(); r != nil {
		return locale.Quoted(r.Text)
	}
	return locale.Quoted{}
}

// Applicant is the name of who applied or, where it is not known, the code of the application.
func Applicant(a *jme.Application) locale.Text {
	if o := a.Organisation.Get(); o != nil {
		return o.Name
	}
	return locale.Same(a.ID)
}

// Winners are the names of all who are recorded as winners of a contest.
func Winners(x *jme.Contest) (names locale.List) {
	for _, a := range scores.Winners(x) {
		names = append(names, Applicant(a))
	}
	return names
}
