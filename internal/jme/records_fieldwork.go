package jme

import "achyk/internal/locale"

// AssistanceLetter asks a provider to assist the monitor (Osh, clause 15). Its register is
// called letters.
type AssistanceLetter struct {
	ID       string        `csv:"id"`
	Contract Ref[Contract] `csv:"contract"`
	Provider Ref[Provider] `csv:"provider"`
	Number   string        `csv:"number"`
	Sent     Date          `csv:"sent"`
	Replied  Date          `csv:"replied"`
}

// Assessment is one monitoring or evaluation of a provider, or of a service it renders.
type Assessment struct {
	ID            string        `csv:"id"`
	Year          int           `csv:"year"`
	Mode          string        `csv:"mode"`
	Regularity    string        `csv:"regularity"`
	Service       Ref[Service]  `csv:"service"`
	Provider      Ref[Provider] `csv:"provider"`
	Entry         Ref[Entry]    `csv:"entry"`
	Contract      Ref[Contract] `csv:"contract"`
	Panel         Ref[Panel]    `csv:"panel"`
	PlannedFrom   Date          `csv:"planned_from"`
	PlannedTo     Date          `csv:"planned_to"`
	FieldworkFrom Date          `csv:"fieldwork_from"`
	FieldworkTo   Date          `csv:"fieldwork_to"`

	Visits       []*Visit       `csv:"-"`
	Measurements []*Measurement `csv:"-"`
	Findings     []*Finding     `csv:"-"`
	Reports      []*Report      `csv:"-"`
}

// Visit is a day of fieldwork.
type Visit struct {
	ID           string          `csv:"id"`
	Assessment   Ref[Assessment] `csv:"assessment"`
	Date         Date            `csv:"date"`
	Place        locale.Text     `csv:"place"`
	Territory    Ref[Territory]  `csv:"territory"`
	Method       string          `csv:"method"`
	Participants Number          `csv:"participants"`
}

// Measurement is the value of an indicator.
type Measurement struct {
	ID         string          `csv:"id"`
	Assessment Ref[Assessment] `csv:"assessment"`
	Indicator  Ref[Indicator]  `csv:"indicator"`
	Visit      Ref[Visit]      `csv:"visit"`
	Date       Date            `csv:"date"`
	Territory  Ref[Territory]  `csv:"territory"`
	Value      Number          `csv:"value"`
	Sample     Number          `csv:"sample"`
	Note       locale.Text     `csv:"note"`
}

// Verdicts of a finding.
const (
	Compliant    = "compliant"
	Partly       = "partly"
	NonCompliant = "non-compliant"
	NotChecked   = "not-checked"
)

// Finding says of one requirement whether it was kept.
type Finding struct {
	ID          string           `csv:"id"`
	Assessment  Ref[Assessment]  `csv:"assessment"`
	Requirement Ref[Requirement] `csv:"requirement"`
	Verdict     string           `csv:"verdict"`
	Text        locale.Text      `csv:"finding"`

	Replies         []*Reply          `csv:"-"`
	Recommendations []*Recommendation `csv:"-"`
}

// Reply is the provider's answer to a finding.
type Reply struct {
	ID       string        `csv:"id"`
	Finding  Ref[Finding]  `csv:"finding"`
	Provider Ref[Provider] `csv:"provider"`
	Date     Date          `csv:"date"`
	Text     locale.Text   `csv:"reply"`
}

// Obstruction is a hindrance a provider put in the monitor's way (Osh, clause 16).
type Obstruction struct {
	ID          string          `csv:"id"`
	Provider    Ref[Provider]   `csv:"provider"`
	Assessment  Ref[Assessment] `csv:"assessment"`
	Date        Date            `csv:"date"`
	Description locale.Text     `csv:"description"`
	Measure     locale.Text     `csv:"measure"`
	MeasureDate Date            `csv:"measure_date"`
	Decision    Ref[Decision]   `csv:"decision"`
}

// Attachment is a document or photo of a record.
type Attachment struct {
	ID              string      `csv:"id"`
	SubjectRegister string      `csv:"subject_register"`
	Subject         string      `csv:"subject"`
	Kind            string      `csv:"kind"`
	File            string      `csv:"file"`
	Caption         locale.Text `csv:"caption"`
	Licence         string      `csv:"licence"`
}
