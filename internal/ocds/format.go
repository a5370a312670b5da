package ocds

import (
	"encoding/json"

	"achyk/internal/locale"
)

// These types are the JSON of the packages, with fields in the order in which they are
// written.

type bundle struct {
	URI           string    `json:"uri"`
	Version       string    `json:"version"`
	Extensions    []string  `json:"extensions"`
	PublishedDate string    `json:"publishedDate"`
	Publisher     publisher `json:"publisher"`
	License       string    `json:"license,omitempty"`
	Policy        string    `json:"publicationPolicy"`
	Demonstration bool      `json:"demonstration,omitempty"`
	Releases      []release `json:"releases,omitempty"`
	Packages      []string  `json:"packages,omitempty"`
	Records       []record  `json:"records,omitempty"`
}

type publisher struct {
	Name string `json:"name"`
	URI  string `json:"uri,omitempty"`
}

type record struct {
	OCID     string    `json:"ocid"`
	Releases []pointer `json:"releases"`
	Compiled release   `json:"compiledRelease"`
}

type pointer struct {
	URL  string   `json:"url"`
	Date string   `json:"date"`
	Tag  []string `json:"tag"`
}

type release struct {
	OCID           string     `json:"ocid"`
	ID             string     `json:"id"`
	Date           string     `json:"date"`
	Tag            []string   `json:"tag"`
	InitiationType string     `json:"initiationType"` // always "tender": the codelist has no other
	Language       string     `json:"language"`
	Demonstration  bool       `json:"demonstration,omitempty"`
	Parties        []*party   `json:"parties,omitempty"`
	Buyer          *ref       `json:"buyer,omitempty"`
	Planning       *planning  `json:"planning,omitempty"`
	Tender         tender     `json:"tender"`
	Bids           *bids      `json:"bids,omitempty"`
	Awards         []award    `json:"awards,omitempty"`
	Contracts      []contract `json:"contracts,omitempty"`
}

type ref struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type party struct {
	ID string `json:"id"`
	name
	Identifier *identifier `json:"identifier,omitempty"`
	Contact    *contact    `json:"contactPoint,omitempty"`
	Roles      []string    `json:"roles"`
}

// identifier lacks the field scheme, because it is not certain to which list of org-id.guide
// the numbers in the registers belong.
type identifier struct {
	ID        string `json:"id"`
	LegalName string `json:"legalName"`
}

type contact struct {
	URL string `json:"url"`
}

type planning struct {
	Budget budget `json:"budget"`
}

type budget struct {
	description
	Amount *money `json:"amount,omitempty"`
}

type money struct {
	Amount   json.Number `json:"amount"`
	Currency string      `json:"currency,omitempty"`
}

type period struct {
	Start string `json:"startDate,omitempty"`
	End   string `json:"endDate,omitempty"`
}

type tender struct {
	ID string `json:"id"`
	title
	Status          string `json:"status"`
	ProcuringEntity *ref   `json:"procuringEntity,omitempty"`
	Items           []item `json:"items,omitempty"`
	Value           *money `json:"value,omitempty"`
	Method          string `json:"procurementMethod"`
	MethodDetails   string `json:"procurementMethodDetails"`
	Category        string `json:"mainProcurementCategory"`
	AwardCriteria   string `json:"awardCriteria,omitempty"`
	criteria
	TenderPeriod *period    `json:"tenderPeriod,omitempty"`
	AwardPeriod  *period    `json:"awardPeriod,omitempty"`
	Tenderers    []*ref     `json:"tenderers,omitempty"`
	Number       int        `json:"numberOfTenderers,omitempty"`
	Documents    []document `json:"documents,omitempty"`
}

type item struct {
	ID string `json:"id"`
	description
}

type document struct {
	ID   string `json:"id"`
	Type string `json:"documentType"`
	title
	URL       string `json:"url"`
	Published string `json:"datePublished,omitempty"`
}

type bids struct {
	Statistics []statistic `json:"statistics"`
	Details    []bid       `json:"details"`
}

type statistic struct {
	ID      string `json:"id"`
	Measure string `json:"measure"`
	Value   int    `json:"value"`
}

type bid struct {
	ID        string `json:"id"`
	Date      string `json:"date,omitempty"`
	Status    string `json:"status"`
	Tenderers []*ref `json:"tenderers,omitempty"`
}

type award struct {
	ID             string     `json:"id"`
	Status         string     `json:"status"`
	Date           string     `json:"date,omitempty"`
	Suppliers      []*ref     `json:"suppliers,omitempty"`
	ContractPeriod *period    `json:"contractPeriod,omitempty"`
	Documents      []document `json:"documents,omitempty"`
	RelatedBid     string     `json:"relatedBid,omitempty"`
}

type contract struct {
	ID      string `json:"id"`
	AwardID string `json:"awardID"`
	title
	Status         string          `json:"status"`
	Period         *period         `json:"period,omitempty"`
	Value          *money          `json:"value,omitempty"`
	DateSigned     string          `json:"dateSigned"`
	Documents      []document      `json:"documents,omitempty"`
	Implementation *implementation `json:"implementation,omitempty"`
}

type implementation struct {
	Transactions []transaction `json:"transactions,omitempty"`
	Milestones   []milestone   `json:"milestones,omitempty"`
	Documents    []document    `json:"documents,omitempty"`
}

type transaction struct {
	ID    string `json:"id"`
	Date  string `json:"date"`
	Value *money `json:"value"`
	Payer *ref   `json:"payer,omitempty"`
	Payee *ref   `json:"payee,omitempty"`
	URI   string `json:"uri"`
}

type milestone struct {
	ID string `json:"id"`
	title
	Type    string `json:"type"`
	DueDate string `json:"dueDate,omitempty"`
	DateMet string `json:"dateMet,omitempty"`
	Status  string `json:"status"`
}

// Texts in several languages: the field of the release's own language, the original, has no suffix.

type text struct{ Original, Ky, Ru, En string }

// say returns a text as releases have it.
func (t *telling) say(what locale.Text) text {
	original := t.site.Original()
	said := text{Original: what.Get(original)}
	what.Set(original, "")
	said.Ky, said.Ru, said.En = what.Ky, what.Ru, what.En
	return said
}

type title struct {
	Original string `json:"title,omitempty"`
	Ky       string `json:"title_ky,omitempty"`
	Ru       string `json:"title_ru,omitempty"`
	En       string `json:"title_en,omitempty"`
}

type description struct {
	Original string `json:"description,omitempty"`
	Ky       string `json:"description_ky,omitempty"`
	Ru       string `json:"description_ru,omitempty"`
	En       string `json:"description_en,omitempty"`
}

type criteria struct {
	Original string `json:"awardCriteriaDetails,omitempty"`
	Ky       string `json:"awardCriteriaDetails_ky,omitempty"`
	Ru       string `json:"awardCriteriaDetails_ru,omitempty"`
	En       string `json:"awardCriteriaDetails_en,omitempty"`
}

type name struct {
	Original string `json:"name"`
	Ky       string `json:"name_ky,omitempty"`
	Ru       string `json:"name_ru,omitempty"`
	En       string `json:"name_en,omitempty"`
}
