package jme

import "achyk/internal/locale"

// Statuses of a measure.
const (
	Proposed   = "proposed"
	Adopted    = "adopted"
	InProgress = "in-progress"
	Done       = "done"
	Declined   = "declined"
)

// Measure is what somebody did, or promised, about a recommendation (Osh, clause 23).
type Measure struct {
	ID             string              `csv:"id"`
	Recommendation Ref[Recommendation] `csv:"recommendation"`
	Initiator      string              `csv:"initiator"`
	Kind           string              `csv:"kind"`
	Title          locale.Text         `csv:"title"`
	Proposed       Date                `csv:"proposed"`
	Due            Date                `csv:"due"`
	Status         string              `csv:"status"`
	Done           Date                `csv:"done"`
	Decision       Ref[Decision]       `csv:"decision"`
	Outcome        locale.Text         `csv:"outcome"`

	Verifications []*Verification `csv:"-"`
}

// Verification is somebody else's check of whether a measure did what it was to do.
type Verification struct {
	ID      string       `csv:"id"`
	Measure Ref[Measure] `csv:"measure"`
	Date    Date         `csv:"date"`
	By      string       `csv:"by"`
	Result  string       `csv:"result"`
	Note    locale.Text  `csv:"note"`
}

// Exemption says that a rule is not applied to a record, and why.
type Exemption struct {
	ID              string        `csv:"id"`
	Rule            string        `csv:"rule"`
	SubjectRegister string        `csv:"subject_register"`
	Subject         string        `csv:"subject"`
	Reason          locale.Text   `csv:"reason"`
	Until           Date          `csv:"until"`
	Decision        Ref[Decision] `csv:"decision"`
}

// Explanation is what those who are judged say of an outcome that is broken, overdue or set aside.
type Explanation struct {
	ID              string            `csv:"id"`
	Rule            string            `csv:"rule"`
	Year            int               `csv:"year"`
	SubjectRegister string            `csv:"subject_register"`
	Subject         string            `csv:"subject"` // empty: the year as a whole
	By              string            `csv:"by"`
	Organisation    Ref[Organisation] `csv:"organisation"`
	Provider        Ref[Provider]     `csv:"provider"`
	Date            Date              `csv:"date"`
	Text            locale.Text       `csv:"text"`
}

// Who names the one who explains: by its own name where that is known, else by a general word.
func (x *Explanation) Who(s *Settings) locale.Text {
	body, _ := s.Body(x.By)
	switch o, p := x.Organisation.Get(), x.Provider.Get(); {
	case !body.IsZero():
		return body
	case x.By == "organisation" && o != nil:
		return o.Name
	case x.By == "provider" && p != nil:
		return p.Name
	}
	return Schema(Explanations).Column("by").Label(x.By)
}
