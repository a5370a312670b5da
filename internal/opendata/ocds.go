package opendata

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// The contests, awards, contracts and payments of a municipality in the Open Contracting
// Data Standard 1.1 (https://standard.open-contracting.org), with its bids extension. They
// are published where municipality.toml has an ocds_prefix, which the municipality gets from
// the standard's keepers; without one there can be no identifiers, and no files.
//
// A contracting process is a contest with the contracts that came of it, or a contract
// concluded directly. Its ocid is <prefix>-<municipality>.<register>.<id>.
//
// A release tells all that was known of a process at the end of a day on which something
// happened: the contest was announced, an application came, applications were opened, the
// contest was decided, a contract was signed or came to its end, fieldwork ended, a report
// was delivered, money was paid. How an application stands has no day in the registers: it is told from the
// decision on, and before that in the newest release. Anything else without a day is told
// from the start.
//
// A release's id ends in a fingerprint of what it says, so a release never changes: where
// a register does, another release takes its place, and the repository keeps the old one.
// Because each release repeats what came before, the newest is also what merging all of
// them gives, which is the compiled release of the record.
//
// Days are moments at the municipality's own clock, beginning at 00:00:00 and ending at
// 23:59:59, as the standard asks of dates without a time. Texts are in Kyrgyz, translations
// in fields with the suffix _ru and _en.
//
// Invented data says so: in the field demonstration of packages and releases, in the name of
// the publisher, and in the title of each process.

const bidsExtension = "https://raw.githubusercontent.com/open-contracting-extensions/ocds_bid_extension/v1.1.5/extension.json"

type ocdsPackage struct {
	URI           string        `json:"uri"`
	Version       string        `json:"version"`
	Extensions    []string      `json:"extensions"`
	PublishedDate string        `json:"publishedDate"`
	Publisher     ocdsPublisher `json:"publisher"`
	License       string        `json:"license,omitempty"`
	Policy        string        `json:"publicationPolicy"`
	Demonstration bool          `json:"demonstration,omitempty"`
	Releases      []ocdsRelease `json:"releases,omitempty"`
	Packages      []string      `json:"packages,omitempty"`
	Records       []ocdsRecord  `json:"records,omitempty"`
}

type ocdsPublisher struct {
	Name string `json:"name"`
	URI  string `json:"uri,omitempty"`
}

type ocdsRecord struct {
	OCID     string        `json:"ocid"`
	Releases []ocdsPointer `json:"releases"`
	Compiled ocdsRelease   `json:"compiledRelease"`
}

type ocdsPointer struct {
	URL  string   `json:"url"`
	Date string   `json:"date"`
	Tag  []string `json:"tag"`
}

type ocdsRelease struct {
	OCID           string         `json:"ocid"`
	ID             string         `json:"id"`
	Date           string         `json:"date"`
	Tag            []string       `json:"tag"`
	InitiationType string         `json:"initiationType"` // the standard knows one
	Language       string         `json:"language"`
	Demonstration  bool           `json:"demonstration,omitempty"`
	Parties        []*ocdsParty   `json:"parties,omitempty"`
	Buyer          *ocdsRef       `json:"buyer,omitempty"`
	Planning       *ocdsPlanning  `json:"planning,omitempty"`
	Tender         ocdsTender     `json:"tender"`
	Bids           *ocdsBids      `json:"bids,omitempty"`
	Awards         []ocdsAward    `json:"awards,omitempty"`
	Contracts      []ocdsContract `json:"contracts,omitempty"`
}

type ocdsRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type ocdsParty struct {
	ID string `json:"id"`
	ocdsName
	Identifier *ocdsIdentifier `json:"identifier,omitempty"`
	Contact    *ocdsContact    `json:"contactPoint,omitempty"`
	Roles      []string        `json:"roles"`
}

// ocdsIdentifier has no scheme: which of the lists of org-id.guide the registers' numbers
// belong to is not known for certain.
type ocdsIdentifier struct {
	ID        string `json:"id"`
	LegalName string `json:"legalName"`
}

type ocdsContact struct {
	URL string `json:"url"`
}

type ocdsPlanning struct {
	Budget ocdsBudget `json:"budget"`
}

type ocdsBudget struct {
	ocdsDescription
	Amount *ocdsValue `json:"amount,omitempty"`
}

type ocdsValue struct {
	Amount   json.Number `json:"amount"`
	Currency string      `json:"currency,omitempty"`
}

type ocdsPeriod struct {
	Start string `json:"startDate,omitempty"`
	End   string `json:"endDate,omitempty"`
}

type ocdsTender struct {
	ID string `json:"id"`
	ocdsTitle
	Status          string         `json:"status"`
	ProcuringEntity *ocdsRef       `json:"procuringEntity,omitempty"`
	Items           []ocdsItem     `json:"items,omitempty"`
	Value           *ocdsValue     `json:"value,omitempty"`
	Method          string         `json:"procurementMethod"`
	MethodDetails   string         `json:"procurementMethodDetails"`
	Category        string         `json:"mainProcurementCategory"`
	AwardCriteria   string         `json:"awardCriteria,omitempty"`
	CriteriaKy      string         `json:"awardCriteriaDetails,omitempty"`
	CriteriaRu      string         `json:"awardCriteriaDetails_ru,omitempty"`
	CriteriaEn      string         `json:"awardCriteriaDetails_en,omitempty"`
	TenderPeriod    *ocdsPeriod    `json:"tenderPeriod,omitempty"`
	AwardPeriod     *ocdsPeriod    `json:"awardPeriod,omitempty"`
	Tenderers       []*ocdsRef     `json:"tenderers,omitempty"`
	Number          int            `json:"numberOfTenderers,omitempty"`
	Documents       []ocdsDocument `json:"documents,omitempty"`
}

type ocdsItem struct {
	ID string `json:"id"`
	ocdsDescription
}

type ocdsDocument struct {
	ID   string `json:"id"`
	Type string `json:"documentType"`
	ocdsTitle
	URL       string `json:"url"`
	Published string `json:"datePublished,omitempty"`
}

type ocdsBids struct {
	Statistics []ocdsStatistic `json:"statistics"`
	Details    []ocdsBid       `json:"details"`
}

type ocdsStatistic struct {
	ID      string `json:"id"`
	Measure string `json:"measure"`
	Value   int    `json:"value"`
}

type ocdsBid struct {
	ID        string     `json:"id"`
	Date      string     `json:"date,omitempty"`
	Status    string     `json:"status"`
	Tenderers []*ocdsRef `json:"tenderers,omitempty"`
}

type ocdsAward struct {
	ID             string         `json:"id"`
	Status         string         `json:"status"`
	Date           string         `json:"date,omitempty"`
	Suppliers      []*ocdsRef     `json:"suppliers,omitempty"`
	ContractPeriod *ocdsPeriod    `json:"contractPeriod,omitempty"`
	Documents      []ocdsDocument `json:"documents,omitempty"`
	RelatedBid     string         `json:"relatedBid,omitempty"`
}

type ocdsContract struct {
	ID      string `json:"id"`
	AwardID string `json:"awardID"`
	ocdsTitle
	Status         string              `json:"status"`
	Period         *ocdsPeriod         `json:"period,omitempty"`
	Value          *ocdsValue          `json:"value,omitempty"`
	DateSigned     string              `json:"dateSigned"`
	Documents      []ocdsDocument      `json:"documents,omitempty"`
	Implementation *ocdsImplementation `json:"implementation,omitempty"`
}

type ocdsImplementation struct {
	Transactions []ocdsTransaction `json:"transactions,omitempty"`
	Milestones   []ocdsMilestone   `json:"milestones,omitempty"`
	Documents    []ocdsDocument    `json:"documents,omitempty"`
}

type ocdsTransaction struct {
	ID    string     `json:"id"`
	Date  string     `json:"date"`
	Value *ocdsValue `json:"value"`
	Payer *ocdsRef   `json:"payer,omitempty"`
	Payee *ocdsRef   `json:"payee,omitempty"`
	URI   string     `json:"uri"`
}

type ocdsMilestone struct {
	ID string `json:"id"`
	ocdsTitle
	Type    string `json:"type"`
	DueDate string `json:"dueDate,omitempty"`
	DateMet string `json:"dateMet,omitempty"`
	Status  string `json:"status"`
}

// Texts in the standard's way: the language of the release without a suffix.

type ocdsTitle struct {
	Ky string `json:"title,omitempty"`
	Ru string `json:"title_ru,omitempty"`
	En string `json:"title_en,omitempty"`
}

type ocdsDescription struct {
	Ky string `json:"description,omitempty"`
	Ru string `json:"description_ru,omitempty"`
	En string `json:"description_en,omitempty"`
}

type ocdsName struct {
	Ky string `json:"name"`
	Ru string `json:"name_ru,omitempty"`
	En string `json:"name_en,omitempty"`
}

// The words of the registers in those of the standard's codelists, whose descriptions are
// quoted. A register's word that is not here fails the tests.
var (
	// bids: bidStatus.csv of the extension.
	bidStatus = map[string]string{
		"received":     "pending",      // "submitted but not yet evaluated"
		"admitted":     "valid",        // "met the qualification requirements in order to be evaluated"
		"refused":      "disqualified", // "did not meet the qualification requirements"
		"withdrawn":    "withdrawn",    // "withdrawn by the tenderer(s)"
		"not-selected": "valid",        // it was evaluated, and another won
		"winner":       "valid",        // that it won is told by the award
	}
	// contracts.route: method.csv.
	tenderMethod = map[string]string{
		"contest": "open",   // "All interested suppliers can submit a tender"
		"direct":  "direct", // "awarded to a single supplier without competition"
	}
	// The columns of contests that hold a document: documentType.csv.
	tenderDocument = []struct{ column, documentType string }{
		{"application_form", "biddingDocuments"},          // "Documentation for potential suppliers"
		{"terms_of_reference", "technicalSpecifications"}, // "requirements that lay down the characteristics of services"
		{"qualification", "eligibilityCriteria"},          // "documents about the eligibility of bidders"
	}
)

// What follows from days of several registers, at the end of the day of a release:
//
//	tender.status     active       the contest is announced, and not decided: "currently taking place"
//	                  complete     it was decided, and there is a winner; or the contract is direct
//	                  unsuccessful it was decided, and nobody has won
//	awards.status     active       the contest was decided; for a direct contract, it was signed
//	contracts.status  active       it was signed: "signed by all the parties"
//	                  terminated   its last day is over: "has now come to a close"
//	milestones.status met          the fieldwork of the assessment is over
//	                  scheduled    it is not, or not yet: whether it ought to be is for the rules to say
//
// Nothing in the registers says that a contest or contract was cancelled, so nothing here does.

// process is a contracting process.
type process struct {
	m         *jme.Municipality
	site      jme.Site
	zone      *time.Location
	today     time.Time // the first moment after the as-of day
	register  string    // of the record that gives it its id
	id        string
	contest   *jme.Contest // nil for a direct contract
	contracts []*jme.Contract
}

func ocdsPath(m *jme.Municipality, name string) string {
	return "data/" + m.ID + "/ocds/" + name + ".json"
}

// processes lists those of a municipality of which there is a release: contests, then
// contracts of no contest.
func (o Options) processes(m *jme.Municipality) (all []process) {
	zone, err := time.LoadLocation(m.Settings.TimeZone)
	if m.Settings.OCDSPrefix == "" || err != nil { // a zone that is not known has been refused
		return nil
	}
	y, month, day := o.AsOf.Date()
	add := func(p process) {
		p.m, p.site, p.zone, p.today = m, o.Data.Site, zone, time.Date(y, month, day+1, 0, 0, 0, 0, zone)
		if len(p.happenings()) > 0 {
			all = append(all, p)
		}
	}
	for _, c := range m.Contests {
		p := process{register: "contests", id: c.ID, contest: c}
		for _, k := range m.Contracts {
			if k.Contest.Is(c) {
				p.contracts = append(p.contracts, k)
			}
		}
		add(p)
	}
	for _, k := range m.Contracts {
		if k.Contest.Get() == nil {
			add(process{register: "contracts", id: k.ID, contracts: []*jme.Contract{k}})
		}
	}
	return all
}

// contracting writes the release package of a municipality that has processes, or its
// record package.
func (o Options) contracting(w io.Writer, m *jme.Municipality, processes []process, records bool) error {
	s, base := o.Data.Site, o.Data.Site.BaseURL
	releases := base + ocdsPath(m, "releases")
	p := ocdsPackage{
		URI: releases, Version: "1.1", Extensions: []string{bidsExtension},
		Publisher:     ocdsPublisher{cmp.Or(m.Settings.Contact.Office.In(locale.Ky), m.Settings.Council.In(locale.Ky)), m.Settings.Contact.Website},
		Policy:        base + "ky/" + m.ID + "/data/",
		Demonstration: s.Demonstration,
	}
	if s.Licence != "" {
		p.License = licence(s.Licence).Path
	}
	if s.Demonstration {
		p.Publisher.Name += " — " + locale.For(locale.Ky).T("opendata.demonstration.title")
	}
	published := processes[0].today.AddDate(0, 0, -1) // the as-of day, or what is known of it already
	for _, process := range processes {
		told, newest := process.releases()
		if newest.After(published) {
			published = newest.In(process.zone)
		}
		if !records {
			p.Releases = append(p.Releases, told...)
			continue
		}
		record := ocdsRecord{OCID: told[0].OCID, Compiled: told[len(told)-1]}
		record.Compiled.Tag, record.Compiled.ID = []string{"compiled"}, record.OCID+"-"+record.Compiled.Date
		for _, r := range told {
			record.Releases = append(record.Releases, ocdsPointer{releases + "#" + r.ID, r.Date, r.Tag})
		}
		p.Records = append(p.Records, record)
	}
	if records {
		p.URI, p.Packages = base+ocdsPath(m, "records"), []string{releases}
	}
	p.PublishedDate = published.Format(time.RFC3339)
	return indented(w, p)
}

// happening is what makes a release.
type happening struct {
	at  time.Time
	tag string // of releaseTag.csv
}

// happenings lists what has happened in a process until today, in order.
func (p process) happenings() (all []happening) {
	add := func(at time.Time, known bool, tag string) {
		if known && at.Before(p.today) {
			all = append(all, happening{at, tag})
		}
	}
	if c := p.contest; c != nil {
		add(p.day(c.Announced), !c.Announced.IsZero(), "tender")
		for _, a := range c.Applications {
			add(a.Received.Time, !a.Received.IsZero(), "tenderUpdate")
		}
		add(c.Opened.Time, !c.Opened.IsZero(), "tenderUpdate")
		decided := "tenderUpdate"
		if slices.ContainsFunc(c.Applications, won) {
			decided = "award"
		}
		add(p.day(c.Decided), !c.Decided.IsZero(), decided)
	}
	for _, k := range p.contracts {
		if p.winner(k) == nil {
			add(p.day(k.Signed), !k.Signed.IsZero(), "award")
		}
		add(p.day(k.Signed), !k.Signed.IsZero(), "contract")
		for _, x := range k.Payments {
			add(p.day(x.Date), !x.Date.IsZero(), "implementation")
		}
		for _, a := range p.assessments(k) {
			add(p.day(a.FieldworkTo), !a.FieldworkTo.IsZero(), "implementation")
			for _, r := range a.Reports {
				add(p.day(r.Delivered), !r.Delivered.IsZero(), "implementation")
			}
		}
		add(p.day(k.Ends).AddDate(0, 0, 1), !k.Ends.IsZero(), "contractTermination")
	}
	slices.SortStableFunc(all, func(a, b happening) int { return a.at.Compare(b.at) })
	if len(all) > 0 && all[0].tag == "tenderUpdate" {
		all[0].tag = "tender" // the first that is told of it
	}
	return all
}

// releases tells the process at the end of each day on which something happened, and when
// the last of it did.
func (p process) releases() (all []ocdsRelease, newest time.Time) {
	happenings := p.happenings()
	for i := 0; i < len(happenings); {
		end := p.midnight(happenings[i].at).AddDate(0, 0, 1)
		var tags []string
		for ; i < len(happenings) && happenings[i].at.Before(end); i++ {
			if newest = happenings[i].at; !slices.Contains(tags, happenings[i].tag) {
				tags = append(tags, happenings[i].tag)
			}
		}
		r := (&telling{process: p, end: end, newest: i == len(happenings)}).release()
		r.Date, r.Tag = newest.In(p.zone).Format(time.RFC3339), tags
		said, err := json.Marshal(r)
		if err != nil {
			panic(err) // strings and numbers that have been checked
		}
		sum := sha256.Sum256(said)
		r.ID = r.OCID + "-" + r.Date[:len("2006-01-02")] + "-" + hex.EncodeToString(sum[:4])
		all = append(all, r)
	}
	return all, newest
}

func won(a *jme.Application) bool { return a.Status == "winner" }

// winner is the application that a contract came of, or nil.
func (p process) winner(k *jme.Contract) *jme.Application {
	if p.contest == nil {
		return nil
	}
	for _, a := range p.contest.Applications {
		if won(a) && a.Organisation.ID == k.Organisation.ID {
			return a
		}
	}
	return nil
}

// assessments are those that a contract pays for.
func (p process) assessments(k *jme.Contract) (all []*jme.Assessment) {
	for _, a := range p.m.Assessments {
		if a.Contract.Is(k) {
			all = append(all, a)
		}
	}
	return all
}

func (p process) midnight(t time.Time) time.Time {
	y, m, d := t.In(p.zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, p.zone)
}

// day is the first moment of a day of the registers.
func (p process) day(d jme.Date) time.Time {
	y, m, day := d.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, p.zone)
}

// telling makes one release.
type telling struct {
	process
	end     time.Time // what happens from then on is not known yet
	newest  bool
	parties []*ocdsParty
}

// past tells whether a day or moment has come.
func (t *telling) past(d jme.Date) bool { return !d.IsZero() && t.day(d).Before(t.end) }

// from writes a day as its first moment, until as its last; a day not known is empty.
func (t *telling) from(d jme.Date) string {
	if d.IsZero() {
		return ""
	}
	return t.day(d).Format(time.RFC3339)
}

func (t *telling) until(d jme.Date) string {
	if d.IsZero() {
		return ""
	}
	return t.day(d).AddDate(0, 0, 1).Add(-time.Second).Format(time.RFC3339)
}

func moment(d jme.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Format(time.RFC3339)
}

func (t *telling) release() ocdsRelease {
	r := ocdsRelease{
		OCID:           t.m.Settings.OCDSPrefix + "-" + t.m.ID + "." + t.register + "." + t.id,
		InitiationType: "tender", Language: locale.Ky.String(), Demonstration: t.site.Demonstration,
	}
	issuer, funding, donor, amount := "council", "", "", (*ocdsValue)(nil)
	if c := t.contest; c != nil {
		funding, donor, amount = c.Funding, c.Donor, value(c.Ceiling, c.Currency)
	} else {
		k := t.contracts[0]
		funding, donor, amount = k.Funding, k.Donor, value(k.Amount, k.Currency)
		if d := k.Decision.Get(); d != nil {
			issuer = d.Issuer
		}
	}
	r.Buyer = t.body(issuer, "buyer")
	words := jme.Schema("contracts").Column("funding").Label(funding)
	if donor != "" {
		words = locale.Text{Ky: words.Ky + ": " + donor, Ru: words.Ru + ": " + donor, En: words.En + ": " + donor}
		t.funder(donor, "funder")
	}
	r.Planning = &ocdsPlanning{ocdsBudget{ocdsDescription(words), amount}}
	r.Tender = t.tender()
	if t.contest != nil {
		r.Bids = t.bids(&r.Tender)
	}
	r.Awards, r.Contracts = t.awards(), t.signed(r.Buyer)
	r.Parties = t.parties
	return r
}

func (t *telling) tender() ocdsTender {
	c := t.contest
	if c == nil {
		k := t.contracts[0]
		title := contractTitle(k)
		if d := k.Decision.Get(); d != nil {
			title = d.Title
		}
		return ocdsTender{
			ID: k.ID, ocdsTitle: t.titled(title), Status: "complete", Category: "services",
			Method: tenderMethod["direct"], MethodDetails: methodName("direct"), Value: value(k.Amount, k.Currency),
		}
	}
	x := ocdsTender{
		ID: c.ID, ocdsTitle: t.titled(c.Title), Status: "active", Category: "services",
		Method: tenderMethod["contest"], MethodDetails: methodName("contest"), Value: value(c.Ceiling, c.Currency),
		TenderPeriod: &ocdsPeriod{t.from(c.Announced), moment(c.Closes)},
	}
	if p := c.Panel.Get(); p != nil {
		x.ProcuringEntity = t.party("panels."+p.ID, jme.Schema("panels").Column("kind").Label(p.Kind), "procuringEntity", nil)
	}
	if t.past(c.Decided) {
		if x.Status = "unsuccessful"; slices.ContainsFunc(c.Applications, won) {
			x.Status = "complete"
		}
	}
	if t.past(c.Opened) {
		x.AwardPeriod = &ocdsPeriod{Start: moment(c.Opened)}
		if t.past(c.Decided) {
			x.AwardPeriod.End = t.until(c.Decided)
		}
	}
	for _, e := range c.Entries {
		if s := e.Service.Get(); s != nil {
			x.Items = append(x.Items, ocdsItem{e.ID, ocdsDescription(s.Name)})
		}
	}
	if len(c.Criteria) > 0 {
		x.AwardCriteria = "ratedCriteria" // "the highest score against a set of weighted criteria"
		x.CriteriaKy, x.CriteriaRu, x.CriteriaEn = criteria(c, locale.Ky), criteria(c, locale.Ru), criteria(c, locale.En)
	}
	record, _ := t.m.Record("contests", c.ID)
	for _, d := range tenderDocument {
		column := record.Table.Schema.Column(d.column)
		x.Documents = append(x.Documents, t.document(d.column, d.documentType, column.Title, record.Table.Value(record.Row, d.column), c.Announced)...)
	}
	return x
}

// criteria are the names with their weights.
func criteria(c *jme.Contest, l locale.Lang) string {
	parts := make([]string, len(c.Criteria))
	for i, x := range c.Criteria {
		parts[i] = x.Name.In(l) + " – " + x.Weight.String()
	}
	return strings.Join(parts, "; ")
}

// bids tells who has applied, and completes the tender with it.
func (t *telling) bids(tender *ocdsTender) *ocdsBids {
	var b ocdsBids
	valid := 0
	judged := t.newest || t.past(t.contest.Decided)
	for _, a := range t.contest.Applications {
		if a.Received.IsZero() || !a.Received.Before(t.end) {
			continue
		}
		bid := ocdsBid{ID: a.ID, Date: moment(a.Received), Status: bidStatus["received"]}
		if judged {
			bid.Status = bidStatus[a.Status]
		}
		if bid.Status == "valid" {
			valid++
		}
		if o := t.organisation(a.Organisation.Get(), "tenderer"); o != nil {
			bid.Tenderers = []*ocdsRef{o}
			if !slices.ContainsFunc(tender.Tenderers, func(x *ocdsRef) bool { return x.ID == o.ID }) {
				tender.Tenderers = append(tender.Tenderers, o)
			}
		}
		b.Details = append(b.Details, bid)
	}
	if len(b.Details) == 0 {
		return nil
	}
	tender.Number = len(tender.Tenderers)
	b.Statistics = []ocdsStatistic{{"bids", "bids", len(b.Details)}}
	if t.past(t.contest.Decided) {
		b.Statistics = append(b.Statistics, ocdsStatistic{"validBids", "validBids", valid})
	}
	return &b
}

// awards are those of winning applications, then of contracts that came of none.
func (t *telling) awards() (all []ocdsAward) {
	if c := t.contest; c != nil && t.past(c.Decided) {
		for _, a := range c.Applications {
			if !won(a) {
				continue
			}
			x := ocdsAward{ID: a.ID, Status: "active", Date: t.from(c.Decided), Suppliers: t.supplier(a.Organisation.Get()), RelatedBid: a.ID}
			for _, k := range t.contracts {
				if t.winner(k) == a && t.past(k.Signed) {
					t.agreed(&x, k)
				}
			}
			all = append(all, x)
		}
	}
	for _, k := range t.contracts {
		if t.winner(k) == nil && t.past(k.Signed) {
			x := ocdsAward{ID: k.ID, Status: "active", Date: t.from(k.Signed), Suppliers: t.supplier(k.Organisation.Get())}
			t.agreed(&x, k)
			all = append(all, x)
		}
	}
	return all
}

// agreed completes an award with its contract.
func (t *telling) agreed(x *ocdsAward, k *jme.Contract) {
	x.ContractPeriod = &ocdsPeriod{t.from(k.Starts), t.until(k.Ends)}
	if d := k.Decision.Get(); d != nil {
		x.Documents = append(x.Documents, t.document(d.ID, "awardNotice", d.Title, d.Document, jme.Date{})...)
	}
}

// signed are the contracts, with what was done and paid under them.
func (t *telling) signed(buyer *ocdsRef) (all []ocdsContract) {
	for _, k := range t.contracts {
		if !t.past(k.Signed) {
			continue
		}
		x := ocdsContract{
			ID: k.ID, AwardID: k.ID, ocdsTitle: ocdsTitle(contractTitle(k)), Status: "active",
			Period: &ocdsPeriod{t.from(k.Starts), t.until(k.Ends)}, Value: value(k.Amount, k.Currency), DateSigned: t.from(k.Signed),
			Documents: t.document(k.ID, "contractSigned", contractTitle(k), k.Document, jme.Date{}),
		}
		if a := t.winner(k); a != nil {
			x.AwardID = a.ID
		}
		if !k.Ends.IsZero() && t.day(k.Ends).AddDate(0, 0, 1).Before(t.end) {
			x.Status = "terminated"
		}
		if done := t.implementation(k, buyer); len(done.Transactions)+len(done.Milestones) > 0 {
			x.Implementation = &done
		}
		all = append(all, x)
	}
	return all
}

// implementation tells of payments, of the assessments that are paid for, and of their reports.
func (t *telling) implementation(k *jme.Contract, buyer *ocdsRef) (x ocdsImplementation) {
	for _, p := range k.Payments {
		if !t.past(p.Date) {
			continue
		}
		payer := buyer
		if k.Donor != "" {
			payer = t.funder(k.Donor, "payer")
		} else {
			t.role(buyer, "payer")
		}
		record, _ := t.m.Record("payments", p.ID)
		x.Transactions = append(x.Transactions, ocdsTransaction{
			ID: p.ID, Date: t.from(p.Date), Value: value(p.Amount, k.Currency), Payer: payer, Payee: t.organisation(k.Organisation.Get(), "payee"),
			URI: t.site.BaseURL + "data/" + t.m.Address(record) + ".json",
		})
	}
	for _, a := range t.assessments(k) {
		record, _ := t.m.Record("assessments", a.ID)
		s := ocdsMilestone{ID: a.ID, ocdsTitle: ocdsTitle(label(t.m, record)), Type: "delivery", DueDate: t.until(a.PlannedTo), Status: "scheduled"}
		if t.past(a.FieldworkTo) {
			s.Status, s.DateMet = "met", t.from(a.FieldworkTo)
		}
		for _, r := range a.Reports {
			if t.past(r.Delivered) {
				x.Documents = append(x.Documents, t.document(r.ID, "physicalProgressReport", jme.Schema(jme.Reports).Singular, r.Document, jme.Date{})...)
			}
		}
		x.Milestones = append(x.Milestones, s)
	}
	return x
}

// contractTitle is what a contract is called: its number says which it is.
func contractTitle(k *jme.Contract) locale.Text {
	s := jme.Schema("contracts").Singular
	return locale.Text{Ky: s.Ky + " " + k.Number, Ru: s.Ru + " " + k.Number, En: s.En + " " + k.Number}
}

func methodName(route string) string {
	return jme.Schema("contracts").Column("route").Label(route).Ky
}

// titled is the title of a process; of an invented one it says so.
func (t *telling) titled(text locale.Text) ocdsTitle {
	if t.site.Demonstration {
		mark := everyLanguage("opendata.demonstration.title")
		for _, l := range locale.Langs {
			if said := text.Get(l); said != "" {
				text.Set(l, said+" ["+mark.Get(l)+"]")
			}
		}
	}
	return ocdsTitle(text)
}

// document is a document of the municipality, or none. When it was published is known only
// of those that go with the announcement of a contest.
func (t *telling) document(id, documentType string, title locale.Text, file string, published jme.Date) []ocdsDocument {
	if file == "" {
		return nil
	}
	return []ocdsDocument{{id, documentType, ocdsTitle(title), t.site.BaseURL + t.m.FileAddress(file), t.from(published)}}
}

func value(n jme.Number, currency string) *ocdsValue {
	if !n.Valid {
		return nil
	}
	return &ocdsValue{json.Number(n.String()), currency}
}

// party names an organisation that has a role, and notes it.
func (t *telling) party(id string, name locale.Text, role string, complete func(*ocdsParty)) *ocdsRef {
	ref := &ocdsRef{t.m.ID + "." + id, name.In(locale.Ky)}
	if !t.role(ref, role) {
		p := &ocdsParty{ID: ref.ID, ocdsName: ocdsName(name), Roles: []string{role}}
		p.Ky = ref.Name
		if complete != nil {
			complete(p)
		}
		t.parties = append(t.parties, p)
	}
	return ref
}

// role adds a role of a party, and tells whether there is that party.
func (t *telling) role(ref *ocdsRef, role string) bool {
	for _, p := range t.parties {
		if p.ID == ref.ID {
			if !slices.Contains(p.Roles, role) {
				p.Roles = append(p.Roles, role)
			}
			return true
		}
	}
	return false
}

// body is the council, whose order is carried out, or the executive.
func (t *telling) body(issuer, role string) *ocdsRef {
	if issuer == "executive" {
		return t.party("executive", t.m.Settings.Executive, role, nil)
	}
	return t.party("council", t.m.Settings.Council, role, nil)
}

// funder is a donor, whom the registers know by name only.
func (t *telling) funder(name, role string) *ocdsRef {
	sum := sha256.Sum256([]byte(name))
	return t.party("funder."+hex.EncodeToString(sum[:6]), locale.Text{Ky: name}, role, nil)
}

// organisation is one of the register. The number of a person in business is not passed on.
func (t *telling) organisation(o *jme.Organisation, role string) *ocdsRef {
	if o == nil {
		return nil
	}
	return t.party("organisations."+o.ID, o.Name, role, func(p *ocdsParty) {
		if o.RegistryNumber != "" && o.LegalForm != "individual-entrepreneur" {
			p.Identifier = &ocdsIdentifier{o.RegistryNumber, o.Name.In(locale.Ky)}
		}
		if o.Website != "" {
			p.Contact = &ocdsContact{o.Website}
		}
	})
}

func (t *telling) supplier(o *jme.Organisation) []*ocdsRef {
	if ref := t.organisation(o, "supplier"); ref != nil {
		return []*ocdsRef{ref}
	}
	return nil
}
