package jme

import "slices"

// Register is a register that the program knows by name: one that is built in, or one that
// it derives from others.
//
// To add a built-in register, write its schema into the folder schema, the struct of its
// records into the file of its stage (records_….go), a slice of them into Municipality, and
// an entry into the table below. The csv tags of the struct are the columns of the schema.
// A field tagged "-" lists the records of another register that refer to this one, in their
// order.
type Register struct {
	Name     string
	Origin   Origin
	Shared   bool // all municipalities have one: data/<name>.csv
	Unlisted bool // its records have no list, pages and files of their own

	// What AsOf needs to know. Days are columns of type date, datetime or year-month.
	Day   string   // the day on which the thing happened that a record tells; no such thing had happened before
	With  string   // a reference to the record without which this one cannot be
	Once  string   // "reference.column": the day of another record, for a thing that has no day of its own
	Later []string // days of what happened to the thing afterwards

	records typed // nil for a derived register
}

// Origin is where the rows of a register come from.
type Origin int

// The origins.
const (
	FromCSV      Origin = iota // kept by hand, in a CSV file
	FromMarkdown               // the front matter of texts below content
	FromProgram                // derived from other registers or from their history
)

// Names of registers that the program speaks of by name.
const (
	AnalyticLetters = "analytic_letters"
	Calendar        = "calendar"
	Appeals         = "appeals"
	Reports         = "reports"
	Explanations    = "explanations"

	Compliance = "compliance" // the outcomes of the regulation's rules
	Deadlines  = "deadlines"  // what is due
	Changes    = "changes"    // what became of the records of all other registers
)

// registers lists the built-in registers in the order of the process (what is chosen, who
// monitors, what was found, what became of it), then those outside of the process, then the
// derived ones.
var registers = []Register{
	{Name: Appeals, Day: "period", records: into(func(m *Municipality) *[]*Appeal { return &m.Appeals })},
	{Name: "events", Day: "date", records: into(func(m *Municipality) *[]*Event { return &m.Events })},
	{Name: "suggestions", With: "event", records: into(func(m *Municipality) *[]*Suggestion { return &m.Suggestions })},
	{Name: "annual_list", Once: "decision.date", records: into(func(m *Municipality) *[]*Entry { return &m.AnnualList })},

	{Name: "panels", Day: "formed", Later: []string{"dissolved"}, records: into(func(m *Municipality) *[]*Panel { return &m.Panels })},
	{Name: "panel_members", Day: "valid_from", With: "panel", records: into(func(m *Municipality) *[]*Member { return &m.Members },
		under(func(x *Member) Ref[Panel] { return x.Panel }, func(p *Panel) *[]*Member { return &p.Members }))},
	{Name: "contests", Later: []string{"announced", "opened", "decided"}, records: into(func(m *Municipality) *[]*Contest { return &m.Contests })},
	{Name: "contest_services", records: into(func(m *Municipality) *[]*ContestService { return &m.ContestServices },
		func(x *ContestService) {
			if c, e := x.Contest.Get(), x.Entry.Get(); c != nil && e != nil {
				c.Entries = append(c.Entries, e)
			}
		})},
	{Name: "criteria", Once: "contest.announced", records: into(func(m *Municipality) *[]*Criterion { return &m.Criteria },
		under(func(x *Criterion) Ref[Contest] { return x.Contest }, func(p *Contest) *[]*Criterion { return &p.Criteria }))},
	{Name: "organisations", records: into(func(m *Municipality) *[]*Organisation { return &m.Organisations })},
	{Name: "applications", Day: "received", records: into(func(m *Municipality) *[]*Application { return &m.Applications },
		under(func(x *Application) Ref[Contest] { return x.Contest }, func(p *Contest) *[]*Application { return &p.Applications }))},
	{Name: "scores", With: "application", records: into(func(m *Municipality) *[]*Score { return &m.Scores },
		under(func(x *Score) Ref[Application] { return x.Application }, func(p *Application) *[]*Score { return &p.Scores }))},
	{Name: "recusals", With: "application", records: into(func(m *Municipality) *[]*Recusal { return &m.Recusals },
		under(func(x *Recusal) Ref[Application] { return x.Application }, func(p *Application) *[]*Recusal { return &p.Recusals }))},
	{Name: "contracts", Day: "signed", records: into(func(m *Municipality) *[]*Contract { return &m.Contracts })},
	{Name: "payments", Day: "date", records: into(func(m *Municipality) *[]*Payment { return &m.Payments },
		under(func(x *Payment) Ref[Contract] { return x.Contract }, func(p *Contract) *[]*Payment { return &p.Payments }))},

	{Name: "letters", Day: "sent", Later: []string{"replied"}, records: into(func(m *Municipality) *[]*AssistanceLetter { return &m.AssistanceLetters })},
	{Name: "assessments", Later: []string{"fieldwork_from", "fieldwork_to"}, records: into(func(m *Municipality) *[]*Assessment { return &m.Assessments })},
	{Name: "visits", Day: "date", records: into(func(m *Municipality) *[]*Visit { return &m.Visits },
		under(func(x *Visit) Ref[Assessment] { return x.Assessment }, func(p *Assessment) *[]*Visit { return &p.Visits }))},
	{Name: "measurements", Day: "date", records: into(func(m *Municipality) *[]*Measurement { return &m.Measurements },
		under(func(x *Measurement) Ref[Assessment] { return x.Assessment }, func(p *Assessment) *[]*Measurement { return &p.Measurements }),
		under(func(x *Measurement) Ref[Indicator] { return x.Indicator }, func(p *Indicator) *[]*Measurement { return &p.Measurements }))},
	{Name: "findings", Once: "assessment.fieldwork_to", records: into(func(m *Municipality) *[]*Finding { return &m.Findings },
		under(func(x *Finding) Ref[Assessment] { return x.Assessment }, func(p *Assessment) *[]*Finding { return &p.Findings }))},
	{Name: "replies", Day: "date", records: into(func(m *Municipality) *[]*Reply { return &m.Replies },
		under(func(x *Reply) Ref[Finding] { return x.Finding }, func(p *Finding) *[]*Reply { return &p.Replies }))},
	{Name: "obstructions", Day: "date", Later: []string{"measure_date"}, records: into(func(m *Municipality) *[]*Obstruction { return &m.Obstructions })},
	{Name: "attachments", records: into(func(m *Municipality) *[]*Attachment { return &m.Attachments })},

	{Name: "recommendations", With: "finding", records: into(func(m *Municipality) *[]*Recommendation { return &m.Recommendations },
		under(func(x *Recommendation) Ref[Finding] { return x.Finding }, func(p *Finding) *[]*Recommendation { return &p.Recommendations }))},
	{Name: Reports, Day: "delivered", records: into(func(m *Municipality) *[]*Report { return &m.Reports },
		under(func(x *Report) Ref[Assessment] { return x.Assessment }, func(p *Assessment) *[]*Report { return &p.Reports }))},
	{Name: AnalyticLetters, Origin: FromMarkdown, Day: "date", records: into(func(m *Municipality) *[]*AnalyticLetter { return &m.AnalyticLetters })},
	{Name: "publications", Day: "published", records: into(func(m *Municipality) *[]*Publication { return &m.Publications })},
	{Name: "distributions", Day: "sent", records: into(func(m *Municipality) *[]*Distribution { return &m.Distributions })},
	{Name: "measures", Day: "proposed", Later: []string{"done"}, records: into(func(m *Municipality) *[]*Measure { return &m.Measures },
		under(func(x *Measure) Ref[Recommendation] { return x.Recommendation }, func(p *Recommendation) *[]*Measure { return &p.Measures }))},
	{Name: "verifications", Day: "date", records: into(func(m *Municipality) *[]*Verification { return &m.Verifications },
		under(func(x *Verification) Ref[Measure] { return x.Measure }, func(p *Measure) *[]*Verification { return &p.Verifications }))},
	{Name: "exemptions", records: into(func(m *Municipality) *[]*Exemption { return &m.Exemptions })},
	{Name: Explanations, Day: "date", records: into(func(m *Municipality) *[]*Explanation { return &m.Explanations })},

	{Name: "territories", records: into(func(m *Municipality) *[]*Territory { return &m.Territories })},
	{Name: "services", records: into(func(m *Municipality) *[]*Service { return &m.Services })},
	{Name: "providers", records: into(func(m *Municipality) *[]*Provider { return &m.Providers })},
	{Name: "service_providers", records: into(func(m *Municipality) *[]*ServiceProvider { return &m.ServiceProviders })},
	{Name: "requirements", records: into(func(m *Municipality) *[]*Requirement { return &m.Requirements })},
	{Name: "indicators", records: into(func(m *Municipality) *[]*Indicator { return &m.Indicators })},
	{Name: "decisions", Day: "date", records: into(func(m *Municipality) *[]*Decision { return &m.Decisions })},
	{Name: Calendar, Shared: true, records: into(func(m *Municipality) *[]*CalendarDay { return &m.Calendar })},

	{Name: Compliance, Origin: FromProgram},
	// A deadline that is met leaves its register, but an address must stay, so deadlines have no
	// pages. Changes are shown on the pages of the records that they changed. Each of the two
	// registers has one page instead.
	{Name: Deadlines, Origin: FromProgram, Unlisted: true},
	{Name: Changes, Origin: FromProgram, Unlisted: true},
}

// BuiltIn returns the built-in registers, in the order of the process.
func BuiltIn() []Register {
	return slices.DeleteFunc(slices.Clone(registers), func(r Register) bool { return r.Origin == FromProgram })
}

// Registers are the names of the built-in registers, in the order of the process.
var Registers = func() (names []string) {
	for _, r := range BuiltIn() {
		names = append(names, r.Name)
	}
	return names
}()

// Find returns a register by name, and whether the program knows it. It does not know those
// that are a municipality's own.
func Find(register string) (Register, bool) {
	if i, ok := places[register]; ok {
		return registers[i], true
	}
	return Register{}, false
}

// places are where registers are in the list, by their names. Pages ask for each record.
var places = func() map[string]int {
	all := make(map[string]int, len(registers))
	for i, r := range registers {
		all[r.Name] = i
	}
	return all
}()

// Derived tells whether a register is made by the program.
func Derived(register string) bool {
	r, ok := Find(register)
	return ok && r.Origin == FromProgram
}

// Listed tells whether the records of a register have lists, pages and files of their own.
func Listed(register string) bool {
	r, ok := Find(register)
	return !ok || !r.Unlisted
}
