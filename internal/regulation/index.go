package regulation

import (
	"achyk/internal/jme"
	"achyk/internal/selection"
)

// index finds records by the record they belong to. Without it each rule would search whole
// registers for each of its subjects.
type index struct {
	publications map[Record][]*jme.Publication
	attachments  map[Record][]*jme.Attachment
	letters      map[string][]*jme.AssistanceLetter // asking for assistance, by provider
	requirements map[string][]*jme.Requirement      // by service
	contracted   map[string]int                     // by contract: the first year monitored under it
	assessed     map[assessed]bool
	findings     map[[2]string][]*jme.Finding // by assessment and requirement
	exemptions   map[exempted][]*jme.Exemption
	provided     func(*jme.Assessment) (provided, known bool)
}

// assessed is who is assessed in a year, and under which contract.
type assessed struct {
	year               int
	provider, contract string
}

// exempted is what an exemption is for.
type exempted struct {
	rule    string
	subject Record
}

func newIndex(m *jme.Municipality) *index {
	x := &index{
		map[Record][]*jme.Publication{}, map[Record][]*jme.Attachment{}, map[string][]*jme.AssistanceLetter{}, map[string][]*jme.Requirement{}, map[string]int{},
		map[assessed]bool{}, map[[2]string][]*jme.Finding{}, map[exempted][]*jme.Exemption{}, selection.Provided(m),
	}
	for _, p := range m.Publications {
		of := Record{p.SubjectRegister, p.Subject}
		x.publications[of] = append(x.publications[of], p)
	}
	for _, a := range m.Attachments {
		of := Record{a.SubjectRegister, a.Subject}
		x.attachments[of] = append(x.attachments[of], a)
	}
	for _, l := range m.AssistanceLetters {
		x.letters[l.Provider.ID] = append(x.letters[l.Provider.ID], l)
	}
	for _, r := range m.Requirements {
		x.requirements[r.Service.ID] = append(x.requirements[r.Service.ID], r)
	}
	for _, a := range m.Assessments {
		if first, known := x.contracted[a.Contract.ID]; !known || a.Year < first {
			x.contracted[a.Contract.ID] = a.Year
		}
		x.assessed[assessed{a.Year, a.Provider.ID, a.Contract.ID}] = true
	}
	for _, f := range m.Findings {
		on := [2]string{f.Assessment.ID, f.Requirement.ID}
		x.findings[on] = append(x.findings[on], f)
	}
	for _, e := range m.Exemptions {
		of := exempted{e.Rule, Record{e.SubjectRegister, e.Subject}}
		x.exemptions[of] = append(x.exemptions[of], e)
	}
	return x
}

// PublicationsOf are the publications of a record.
func (c *Case) PublicationsOf(of Record) []*jme.Publication { return c.index.publications[of] }

// AttachmentsOf are the attachments of a record.
func (c *Case) AttachmentsOf(of Record) []*jme.Attachment { return c.index.attachments[of] }

// LettersTo are the letters that ask a provider for assistance.
func (c *Case) LettersTo(provider string) []*jme.AssistanceLetter { return c.index.letters[provider] }

// RequirementsOf are the requirements on a service.
func (c *Case) RequirementsOf(service string) []*jme.Requirement {
	return c.index.requirements[service]
}

// FindingsOn are the findings of an assessment on a requirement.
func (c *Case) FindingsOn(assessment, requirement string) []*jme.Finding {
	return c.index.findings[[2]string{assessment, requirement}]
}

// FirstYear is the first year that was monitored under a contract, and whether there is one.
func (c *Case) FirstYear(contract string) (year int, known bool) {
	year, known = c.index.contracted[contract]
	return year, known
}

// Provided is what [selection.Provided] says of an assessment.
func (c *Case) Provided(a *jme.Assessment) (provided, known bool) { return c.index.provided(a) }

// Assessed reports whether a provider is assessed in the year under a contract.
func (c *Case) Assessed(provider, contract string) bool {
	return c.index.assessed[assessed{c.Cycle.Year, provider, contract}]
}
