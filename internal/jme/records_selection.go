package jme

import "achyk/internal/locale"

// Panel is a working commission (Osh, clause 12) or a monitoring group (Kochkorbaev, 1.4).
type Panel struct {
	ID        string        `csv:"id"`
	Kind      string        `csv:"kind"`
	Decision  Ref[Decision] `csv:"decision"`
	Formed    Date          `csv:"formed"`
	Dissolved Date          `csv:"dissolved"`

	Members []*Member `csv:"-"`
}

// Member is a person on a panel, for a time.
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
	ID               string       `csv:"id"`
	Year             int          `csv:"year"`
	Panel            Ref[Panel]   `csv:"panel"`
	Title            locale.Text  `csv:"title"`
	Funding          string       `csv:"funding"`
	Donor            string       `csv:"donor"`
	Ceiling          Number       `csv:"ceiling"`
	Currency         string       `csv:"currency"`
	Announced        Date         `csv:"announced"`
	Closes           Date         `csv:"closes"`
	Opened           Date         `csv:"opened"`
	Decided          Date         `csv:"decided"`
	ApplicationForm  string       `csv:"application_form"`
	TermsOfReference string       `csv:"terms_of_reference"`
	Qualification    string       `csv:"qualification"`
	Result           string       `csv:"result"`
	Repeats          Ref[Contest] `csv:"repeats"`

	Entries      []*Entry       `csv:"-"`
	Criteria     []*Criterion   `csv:"-"`
	Applications []*Application `csv:"-"`
}

// Results of a contest. Without one of the others, or where none is recorded, it was held or is
// still to be held.
const (
	Held           = "held"
	NoApplications = "no-applications"
	NoneAdmitted   = "none-admitted"
	Cancelled      = "cancelled"
)

// Failed reports whether a contest ended without anybody who could win it.
func (x *Contest) Failed() bool {
	return x.Result == NoApplications || x.Result == NoneAdmitted || x.Result == Cancelled
}

// ContestService puts an entry of the year's list into a contest.
type ContestService struct {
	Contest Ref[Contest] `csv:"contest"`
	Entry   Ref[Entry]   `csv:"entry"`
}

// Criterion is one by which applications are scored.
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
	RefusedFor   string            `csv:"refused_for"`
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

// Recusal says that a member does not score an application, and why.
type Recusal struct {
	Application Ref[Application] `csv:"application"`
	Member      Ref[Member]      `csv:"member"`
	Reason      locale.Text      `csv:"reason"`
}

// Contract is one with the organisation that monitors.
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

// Payment is one under a contract, in the contract's currency.
type Payment struct {
	ID       string        `csv:"id"`
	Contract Ref[Contract] `csv:"contract"`
	Date     Date          `csv:"date"`
	Amount   Number        `csv:"amount"`
}
