package jme

import "achyk/internal/locale"

// One struct per register. The csv tags are the columns of its schema (a test keeps
// the two together); fields without one are the records that point back here, in the
// order of their register.

// Territory is a part of the municipality.
type Territory struct {
	ID         string         `csv:"id"`
	Name       locale.Text    `csv:"name"`
	Kind       string         `csv:"kind"`
	Population Number         `csv:"population"`
	Parent     Ref[Territory] `csv:"parent"`
	ValidFrom  Date           `csv:"valid_from"`
	ValidTo    Date           `csv:"valid_to"`
}

// Provider renders services.
type Provider struct {
	ID        string        `csv:"id"`
	Name      locale.Text   `csv:"name"`
	Kind      string        `csv:"kind"`
	Subkind   string        `csv:"subkind"`
	Website   string        `csv:"website"`
	ValidFrom Date          `csv:"valid_from"`
	ValidTo   Date          `csv:"valid_to"`
	Successor Ref[Provider] `csv:"successor"`
}

// Service is what residents get.
type Service struct {
	ID          string      `csv:"id"`
	Name        locale.Text `csv:"name"`
	Description locale.Text `csv:"description"`
	Level       string      `csv:"level"`
	LegalBasis  locale.Text `csv:"legal_basis"`
	ValidFrom   Date        `csv:"valid_from"`
	ValidTo     Date        `csv:"valid_to"`
}

// ServiceProvider says who renders a service, on what basis and since when.
type ServiceProvider struct {
	Service   Ref[Service]  `csv:"service"`
	Provider  Ref[Provider] `csv:"provider"`
	Basis     string        `csv:"basis"`
	Reference locale.Text   `csv:"reference"`
	ValidFrom Date          `csv:"valid_from"`
	ValidTo   Date          `csv:"valid_to"`
}

// Requirement is a norm or contract clause a service is held to (Osh, clauses 4 and 7).
type Requirement struct {
	ID         string       `csv:"id"`
	Service    Ref[Service] `csv:"service"`
	Direction  string       `csv:"direction"`
	SourceKind string       `csv:"source_kind"`
	Source     locale.Text  `csv:"source"`
	Clause     string       `csv:"clause"`
	Text       locale.Text  `csv:"requirement"`
	ValidFrom  Date         `csv:"valid_from"`
	ValidTo    Date         `csv:"valid_to"`
}

// Indicator is how a requirement is measured.
type Indicator struct {
	ID          string           `csv:"id"`
	Requirement Ref[Requirement] `csv:"requirement"`
	Name        locale.Text      `csv:"name"`
	Unit        string           `csv:"unit"`
	Target      Number           `csv:"target"`
	Better      string           `csv:"better"`
	Method      string           `csv:"method"`

	Measurements []*Measurement `csv:"-"`
}

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
}

// Suggestion is what was asked for at an event.
type Suggestion struct {
	ID         string       `csv:"id"`
	Event      Ref[Event]   `csv:"event"`
	Service    Ref[Service] `csv:"service"`
	Supporters Number       `csv:"supporters"`
	Text       locale.Text  `csv:"suggestion"`
}

// Decision is a resolution or order.
type Decision struct {
	ID       string      `csv:"id"`
	Issuer   string      `csv:"issuer"`
	Kind     string      `csv:"kind"`
	Number   string      `csv:"number"`
	Date     Date        `csv:"date"`
	Title    locale.Text `csv:"title"`
	Document string      `csv:"document"`
}

// Entry is a service on the year's list (Osh, clause 8).
type Entry struct {
	ID       string        `csv:"id"`
	Year     int           `csv:"year"`
	Service  Ref[Service]  `csv:"service"`
	Decision Ref[Decision] `csv:"decision"`
	Reason   locale.Text   `csv:"reason"`
}

// Panel is a working commission (Osh, clause 12) or a monitoring group (Kochkorbaev, 1.4).
type Panel struct {
	ID        string        `csv:"id"`
	Kind      string        `csv:"kind"`
	Decision  Ref[Decision] `csv:"decision"`
	Formed    Date          `csv:"formed"`
	Dissolved Date          `csv:"dissolved"`

	Members []*Member `csv:"-"`
}

// Member is a person on a panel, from a day to a day.
type Member struct {
	ID           string      `csv:"id"`
	Panel        Ref[Panel]  `csv:"panel"`
	Name         string      `csv:"name"`
	Side         string      `csv:"side"`
	Organisation locale.Text `csv:"organisation"`
	ValidFrom    Date        `csv:"valid_from"`
	ValidTo      Date        `csv:"valid_to"`
	Chair        bool        `csv:"chair"`
}

// Organisation takes part in contests.
type Organisation struct {
	ID             string      `csv:"id"`
	Name           locale.Text `csv:"name"`
	LegalForm      string      `csv:"legal_form"`
	RegistryNumber string      `csv:"registry_number"`
	Website        string      `csv:"website"`
}

// Contest picks the organisation that monitors (Osh, clauses 10 to 14).
type Contest struct {
	ID               string      `csv:"id"`
	Year             int         `csv:"year"`
	Panel            Ref[Panel]  `csv:"panel"`
	Title            locale.Text `csv:"title"`
	Funding          string      `csv:"funding"`
	Donor            string      `csv:"donor"`
	Ceiling          Number      `csv:"ceiling"`
	Currency         string      `csv:"currency"`
	Announced        Date        `csv:"announced"`
	Closes           Date        `csv:"closes"`
	Opened           Date        `csv:"opened"`
	Decided          Date        `csv:"decided"`
	ApplicationForm  string      `csv:"application_form"`
	TermsOfReference string      `csv:"terms_of_reference"`
	Qualification    string      `csv:"qualification"`

	Entries      []*Entry       `csv:"-"`
	Criteria     []*Criterion   `csv:"-"`
	Applications []*Application `csv:"-"`
}

// ContestService puts an entry of the year's list into a contest.
type ContestService struct {
	Contest Ref[Contest] `csv:"contest"`
	Entry   Ref[Entry]   `csv:"entry"`
}

// Criterion is what applications are scored by.
type Criterion struct {
	ID        string       `csv:"id"`
	Contest   Ref[Contest] `csv:"contest"`
	Name      locale.Text  `csv:"name"`
	Weight    Number       `csv:"weight"`
	MaxPoints Number       `csv:"max_points"`
}

// Application is an organisation's bid.
type Application struct {
	ID           string            `csv:"id"`
	Contest      Ref[Contest]      `csv:"contest"`
	Organisation Ref[Organisation] `csv:"organisation"`
	Number       int               `csv:"number"`
	Received     Date              `csv:"received"`
	Status       string            `csv:"status"`
	Reason       locale.Text       `csv:"reason"`

	Scores   []*Score   `csv:"-"`
	Recusals []*Recusal `csv:"-"`
}

// Score is what one member gave one application by one criterion.
type Score struct {
	Application Ref[Application] `csv:"application"`
	Member      Ref[Member]      `csv:"member"`
	Criterion   Ref[Criterion]   `csv:"criterion"`
	Points      Number           `csv:"points"`
}

// Recusal takes a member off the scoring of an application.
type Recusal struct {
	Application Ref[Application] `csv:"application"`
	Member      Ref[Member]      `csv:"member"`
	Reason      locale.Text      `csv:"reason"`
}

// Contract is with the organisation that monitors.
type Contract struct {
	ID           string            `csv:"id"`
	Route        string            `csv:"route"`
	Contest      Ref[Contest]      `csv:"contest"`
	Organisation Ref[Organisation] `csv:"organisation"`
	Decision     Ref[Decision]     `csv:"decision"`
	Number       string            `csv:"number"`
	Signed       Date              `csv:"signed"`
	Starts       Date              `csv:"starts"`
	Ends         Date              `csv:"ends"`
	Amount       Number            `csv:"amount"`
	Currency     string            `csv:"currency"`
	Funding      string            `csv:"funding"`
	Donor        string            `csv:"donor"`
	Document     string            `csv:"document"`

	Payments []*Payment `csv:"-"`
}

// Payment is made under a contract, in its currency.
type Payment struct {
	ID       string        `csv:"id"`
	Contract Ref[Contract] `csv:"contract"`
	Date     Date          `csv:"date"`
	Amount   Number        `csv:"amount"`
}

// Letter asks a provider to assist the monitor (Osh, clause 15).
type Letter struct {
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

// Recommendation is what the monitor advises.
type Recommendation struct {
	ID        string        `csv:"id"`
	Finding   Ref[Finding]  `csv:"finding"`
	Addressee string        `csv:"addressee"`
	Provider  Ref[Provider] `csv:"provider"`
	Text      locale.Text   `csv:"recommendation"`
	Due       Date          `csv:"due"`

	Measures []*Measure `csv:"-"`
}

// Report closes an assessment (Osh, clause 17).
type Report struct {
	ID          string          `csv:"id"`
	Assessment  Ref[Assessment] `csv:"assessment"`
	Delivered   Date            `csv:"delivered"`
	Document    string          `csv:"document"`
	Conclusions locale.Text     `csv:"conclusions"`
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

// Publication says where and when a record was made public.
type Publication struct {
	ID              string      `csv:"id"`
	SubjectRegister string      `csv:"subject_register"`
	Subject         string      `csv:"subject"`
	Channel         string      `csv:"channel"`
	Published       Date        `csv:"published"`
	Place           locale.Text `csv:"place"`
	URL             string      `csv:"url"`
}

// Distribution is the sending of an analytic letter (Osh, clause 22).
type Distribution struct {
	ID            string              `csv:"id"`
	Letter        Ref[AnalyticLetter] `csv:"letter"`
	RecipientKind string              `csv:"recipient_kind"`
	Recipient     locale.Text         `csv:"recipient"`
	Sent          Date                `csv:"sent"`
	Copies        Number              `csv:"copies"`
}

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

// Verification is somebody else's look at whether a measure worked: "they say done"
// and "checked done" are two things.
type Verification struct {
	ID      string       `csv:"id"`
	Measure Ref[Measure] `csv:"measure"`
	Date    Date         `csv:"date"`
	By      string       `csv:"by"`
	Result  string       `csv:"result"`
	Note    locale.Text  `csv:"note"`
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

// Exemption is a rule set aside openly.
type Exemption struct {
	ID              string        `csv:"id"`
	Rule            string        `csv:"rule"`
	SubjectRegister string        `csv:"subject_register"`
	Subject         string        `csv:"subject"`
	Reason          locale.Text   `csv:"reason"`
	Until           Date          `csv:"until"`
	Decision        Ref[Decision] `csv:"decision"`
}

// CalendarDay is a day that is not what its weekday says.
type CalendarDay struct {
	Date   Date        `csv:"date"`
	Kind   string      `csv:"kind"`
	Name   locale.Text `csv:"name"`
	Status string      `csv:"status"`
	Source string      `csv:"source"`
}

// AnalyticLetter is the record of a letter to the residents (Osh, clause 19); its text
// is Markdown.
type AnalyticLetter struct {
	ID      string      `csv:"id"`
	Year    int         `csv:"year"`
	Date    Date        `csv:"date"`
	Title   locale.Text `csv:"title"`
	Panel   Ref[Panel]  `csv:"panel"`
	Reports string      `csv:"reports"` // ids, separated by spaces
}
