package ocds

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/locale"
)

// These tables translate the codes of the registers to codes of the standard, whose
// descriptions are quoted. A test fails if a register has a code that is missing here.
var (
	// bids: bidStatus.csv of the extension.
	bidStatus = map[string]string{
		"received":     "pending",      // "submitted but not yet evaluated"
		"admitted":     "valid",        // "met the qualification requirements in order to be evaluated"
		"refused":      "disqualified", // "did not meet the qualification requirements"
		"withdrawn":    "withdrawn",    // "withdrawn by the tenderer(s)"
		"not-selected": "valid",        // it was evaluated, and another application won
		"winner":       "valid",        // the award says that it won
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

// These statuses follow from days of several registers, as known at the end of the day of a
// release:
//
//	tender.status     active       the contest is announced, and not decided: "currently taking place"
//	                  complete     it was decided, and there is a winner; or the contract is direct
//	                  unsuccessful it was decided, and nobody has won
//	                  cancelled    it was decided, and the result is recorded as cancelled
//	awards.status     active       the contest was decided; for a direct contract, it was signed
//	contracts.status  active       it was signed: "signed by all the parties"
//	                  terminated   its last day is over: "has now come to a close"
//	milestones.status met          the fieldwork of the assessment is over
//	                  scheduled    it is not over. Whether it is late is a question for
//	                               package regulation
//
// The registers cannot say that a contract was cancelled, so no other status is "cancelled".

// telling makes one release.
type telling struct {
	process
	end     time.Time // the first moment that is later than the day of the release
	newest  bool      // no later release follows
	parties []*party  // named so far
}

// past tells whether a day has come at the end of the day of the release.
func (t *telling) past(d jme.Date) bool { return !d.IsZero() && t.day(d).Before(t.end) }

// from writes the first moment of a day, or "" if the day is not known.
func (t *telling) from(d jme.Date) string {
	if d.IsZero() {
		return ""
	}
	return t.day(d).Format(time.RFC3339)
}

// until writes the last moment of a day, or "" if the day is not known.
func (t *telling) until(d jme.Date) string {
	if d.IsZero() {
		return ""
	}
	return t.day(d).AddDate(0, 0, 1).Add(-time.Second).Format(time.RFC3339)
}

// moment writes a time with its own offset, or "" if it is not known.
func moment(d jme.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Format(time.RFC3339)
}

func (t *telling) release() release {
	r := release{
		OCID:           t.m.Settings.OCDSPrefix + "-" + t.m.ID + "." + t.register + "." + t.id,
		InitiationType: "tender", Language: t.site.Original().String(), Demonstration: t.site.Demonstration,
	}
	issuer, funding, donor, amount := "council", "", "", (*money)(nil)
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
		label := words
		words = locale.PerLanguage(nil, func(l locale.Lang) string { return label.Get(l) + ": " + donor })
		t.funder(donor, "funder")
	}
	r.Planning = &planning{budget{description(t.say(words)), amount}}
	r.Tender = t.tender()
	if t.contest != nil {
		r.Bids = t.bids(&r.Tender)
	}
	r.Awards, r.Contracts = t.awards(), t.signed(r.Buyer)
	r.Parties = t.parties
	return r
}

func (t *telling) tender() tender {
	c := t.contest
	if c == nil {
		k := t.contracts[0]
		title := contractTitle(k)
		if d := k.Decision.Get(); d != nil {
			title = d.Title
		}
		return tender{
			ID: k.ID, title: t.titled(title), Status: "complete", Category: "services",
			Method: tenderMethod["direct"], MethodDetails: t.methodName("direct"), Value: value(k.Amount, k.Currency),
		}
	}
	x := tender{
		ID: c.ID, title: t.titled(c.Title), Status: "active", Category: "services",
		Method: tenderMethod["contest"], MethodDetails: t.methodName("contest"), Value: value(c.Ceiling, c.Currency),
		TenderPeriod: &period{t.from(c.Announced), moment(c.Closes)},
	}
	if p := c.Panel.Get(); p != nil {
		x.ProcuringEntity = t.party("panels."+p.ID, jme.Schema("panels").Column("kind").Label(p.Kind), "procuringEntity", nil)
	}
	if t.past(c.Decided) {
		switch x.Status = "unsuccessful"; {
		case slices.ContainsFunc(c.Applications, won):
			x.Status = "complete"
		case c.Result == jme.Cancelled:
			x.Status = "cancelled"
		}
	}
	if t.past(c.Opened) {
		x.AwardPeriod = &period{Start: moment(c.Opened)}
		if t.past(c.Decided) {
			x.AwardPeriod.End = t.until(c.Decided)
		}
	}
	for _, e := range c.Entries {
		if s := e.Service.Get(); s != nil {
			x.Items = append(x.Items, item{e.ID, description(t.say(s.Name))})
		}
	}
	if len(c.Criteria) > 0 {
		x.AwardCriteria = "ratedCriteria" // "the highest score against a set of weighted criteria"
		x.criteria = criteria(t.say(locale.PerLanguage(nil, func(l locale.Lang) string { return weighted(c, l) })))
	}
	record, _ := t.m.Record("contests", c.ID)
	for _, d := range tenderDocument {
		column := record.Table.Schema.Column(d.column)
		x.Documents = append(x.Documents, t.document(d.column, d.documentType, column.Title, record.Table.Value(record.Row, d.column), c.Announced)...)
	}
	return x
}

// weighted lists the names of a contest's criteria with their weights.
func weighted(c *jme.Contest, l locale.Lang) string {
	parts := make([]string, len(c.Criteria))
	for i, x := range c.Criteria {
		parts[i] = x.Name.In(l) + " – " + x.Weight.String()
	}
	return strings.Join(parts, "; ")
}

// bids returns the applications received so far, or nil if there are none, and enters the
// applicants in the tender.
func (t *telling) bids(tender *tender) *bids {
	var b bids
	valid := 0
	judged := t.newest || t.past(t.contest.Decided)
	for _, a := range t.contest.Applications {
		if a.Received.IsZero() || !a.Received.Before(t.end) {
			continue
		}
		bid := bid{ID: a.ID, Date: moment(a.Received), Status: bidStatus["received"]}
		if judged {
			bid.Status = bidStatus[a.Status]
		}
		if bid.Status == "valid" {
			valid++
		}
		if o := t.organisation(a.Organisation.Get(), "tenderer"); o != nil {
			bid.Tenderers = []*ref{o}
			if !slices.ContainsFunc(tender.Tenderers, func(x *ref) bool { return x.ID == o.ID }) {
				tender.Tenderers = append(tender.Tenderers, o)
			}
		}
		b.Details = append(b.Details, bid)
	}
	if len(b.Details) == 0 {
		return nil
	}
	tender.Number = len(tender.Tenderers)
	b.Statistics = []statistic{{"bids", "bids", len(b.Details)}}
	if t.past(t.contest.Decided) {
		b.Statistics = append(b.Statistics, statistic{"validBids", "validBids", valid})
	}
	return &b
}

// awards returns an award for each winning application, then one for each contract that was
// signed without a winning application.
func (t *telling) awards() (all []award) {
	if c := t.contest; c != nil && t.past(c.Decided) {
		for _, a := range c.Applications {
			if !won(a) {
				continue
			}
			x := award{ID: a.ID, Status: "active", Date: t.from(c.Decided), Suppliers: t.supplier(a.Organisation.Get()), RelatedBid: a.ID}
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
			x := award{ID: k.ID, Status: "active", Date: t.from(k.Signed), Suppliers: t.supplier(k.Organisation.Get())}
			t.agreed(&x, k)
			all = append(all, x)
		}
	}
	return all
}

// agreed adds to an award what its contract says.
func (t *telling) agreed(x *award, k *jme.Contract) {
	x.ContractPeriod = &period{t.from(k.Starts), t.until(k.Ends)}
	if d := k.Decision.Get(); d != nil {
		x.Documents = append(x.Documents, t.document(d.ID, "awardNotice", d.Title, d.Document, jme.Date{})...)
	}
}

// signed returns the contracts signed so far, with what was done and paid under them.
func (t *telling) signed(buyer *ref) (all []contract) {
	for _, k := range t.contracts {
		if !t.past(k.Signed) {
			continue
		}
		x := contract{
			ID: k.ID, AwardID: k.ID, title: title(t.say(contractTitle(k))), Status: "active",
			Period: &period{t.from(k.Starts), t.until(k.Ends)}, Value: value(k.Amount, k.Currency), DateSigned: t.from(k.Signed),
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

// implementation returns the payments under a contract, the assessments it pays for, and
// their reports.
func (t *telling) implementation(k *jme.Contract, buyer *ref) (x implementation) {
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
		x.Transactions = append(x.Transactions, transaction{
			ID: p.ID, Date: t.from(p.Date), Value: value(p.Amount, k.Currency), Payer: payer, Payee: t.organisation(k.Organisation.Get(), "payee"),
			URI: t.site.BaseURL + "data/" + t.m.Address(record) + ".json",
		})
	}
	for _, a := range t.assessments(k) {
		record, _ := t.m.Record("assessments", a.ID)
		s := milestone{ID: a.ID, title: title(t.say(t.m.Called(record))), Type: "delivery", DueDate: t.until(a.PlannedTo), Status: "scheduled"}
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

// contractTitle returns the word for a contract with its number.
func contractTitle(k *jme.Contract) locale.Text {
	s := jme.Schema("contracts").Singular
	return locale.PerLanguage(nil, func(l locale.Lang) string { return s.Get(l) + " " + k.Number })
}

// methodName returns the name of the route by which a contract was concluded, in the original language.
func (t *telling) methodName(route string) string {
	return jme.Schema("contracts").Column("route").Label(route).In(t.site.Original())
}

// titled returns the title of a process, which says so if the data is invented.
func (t *telling) titled(text locale.Text) title {
	if t.site.Demonstration {
		mark := locale.Every("opendata.demonstration.title")
		text = locale.Join(nil, text, mark, func(said, mark string) string { return said + " [" + mark + "]" })
	}
	return title(t.say(text))
}

// document returns a document of the municipality, or none if file is empty. The day when it
// was published is known only of documents that go with the announcement of a contest.
func (t *telling) document(id, documentType string, called locale.Text, file string, published jme.Date) []document {
	if file == "" {
		return nil
	}
	return []document{{id, documentType, title(t.say(called)), t.site.BaseURL + t.m.FileAddress(file), t.from(published)}}
}

// value returns an amount, or nil if it is not known.
func value(n jme.Number, currency string) *money {
	if !n.Valid {
		return nil
	}
	return &money{json.Number(n.String()), currency}
}
