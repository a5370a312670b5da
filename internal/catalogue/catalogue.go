// Package catalogue tells the world of the open data: catalogues of others by DCAT-AP 3
// (https://semiceu.github.io/DCAT-AP/releases/3.0.1/), search engines by schema.org, and
// who cites it by CITATION.cff 1.2.0.
//
//	catalog.jsonld, catalog.ttl   the same graph twice
//	CITATION.cff                  how to cite the whole
//
// and what [Catalogue.Described] makes for the head of each page of data. Every fact is
// from opendata.About or from the files themselves, so that no two accounts of a dataset
// differ. What is invented says so in its description, and is published by the site, not
// by the offices it is about.
package catalogue

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/opendata"
	"achyk/internal/output"
)

// Catalogue is what there is to tell of. It has to know the files, so it is made after
// them.
type Catalogue struct {
	opendata.Snapshot
	Versions []Version    // published for good, oldest first
	Index    *files.Index // holds the files of open data and of the versions
}

// node is the name of something in the catalogue, which is also where it leads.
func (c Catalogue) node(id string) string { return c.Address("catalog.jsonld#" + id) }

// Version is the data as it was at a tag; its files are those of opendata.AddFrozen.
type Version struct {
	Tag  string
	Date time.Time
}

// Files lists the files of the catalogue.
func (c Catalogue) Files() []files.File {
	graph := sync.OnceValues(c.graph)
	write := func(notation func(io.Writer, []*node) error) func(io.Writer) error {
		return func(w io.Writer) error {
			nodes, err := graph()
			if err != nil {
				return err
			}
			return notation(w, nodes)
		}
	}
	return []files.File{
		{Path: "catalog.jsonld", Write: write(jsonLD)},
		{Path: "catalog.ttl", Write: write(turtle)},
		{Path: "CITATION.cff", Write: c.citation},
	}
}

// authority is where the EU's Publications Office keeps the words that DCAT-AP wants.
const authority = "http://publications.europa.eu/resource/authority/"

// Words of the authority that are true of every dataset here.
const (
	theme          = authority + "data-theme/GOVE"
	frequency      = authority + "frequency/IRREG"
	public         = authority + "access-right/PUBLIC"
	stable         = authority + "planned-availability/STABLE" // an address once published keeps working
	country        = authority + "country/KGZ"
	localAuthority = "http://purl.org/adms/publishertype/LocalAuthority"
)

var languages = [...]string{locale.Ky: authority + "language/KIR", locale.Ru: authority + "language/RUS", locale.En: authority + "language/ENG"}

// graph is the catalogue: a dataset for each municipality, one for each of its registers,
// and the versions that do not change.
//
// The shapes of DCAT-AP look up whether a word of the authority is of the class it
// should be, and a bare address tells them nothing. So the words are repeated at the end.
func (c Catalogue) graph() ([]*node, error) {
	site := c.Data.Site
	catalogue := thing(c.node("catalogue"), "dcat:Catalog").
		texts("dcterms:title", site.Title).texts("dcterms:description", site.Description)
	if len(c.Data.Municipalities) == 1 {
		catalogue.add("dcterms:publisher", iri(c.node(c.Data.Municipalities[0].ID+"/publisher")))
	} else { // whose catalogue it is together has no name but the site's
		catalogue.add("dcterms:publisher", iri(c.node("publisher")))
	}
	c.common(catalogue)
	catalogue.add("foaf:homepage", iri(site.BaseURL)).
		add("dcat:themeTaxonomy", iri(authority+"data-theme")).
		add("dcterms:spatial", iri(country))
	graph := []*node{catalogue, document(site.BaseURL)}
	if len(c.Data.Municipalities) != 1 {
		graph = append(graph, thing(c.node("publisher"), "foaf:Agent").texts("foaf:name", site.Title).add("foaf:homepage", iri(site.BaseURL)))
	}
	var datasets []any
	for _, m := range c.Data.Municipalities {
		nodes, err := c.municipality(m)
		if err != nil {
			return nil, err
		}
		for _, n := range nodes {
			if n.types[0] == "dcat:Dataset" {
				datasets = append(datasets, iri(n.id))
			}
		}
		graph = append(graph, nodes...)
	}
	catalogue.add("dcat:dataset", datasets...)
	return append(graph, c.words()...), nil
}

// document is a page, of which the shapes want to know that it is one.
func document(address string) *node { return thing(address, "foaf:Document") }

// common says what is true of the catalogue and of all its datasets.
func (c Catalogue) common(n *node) {
	if c.Data.Site.Licence != "" {
		n.add("dcterms:license", iri(c.licence()))
	}
	for _, l := range languages {
		n.add("dcterms:language", iri(l))
	}
	n.typed("dcterms:modified", c.AsOf.Format(time.DateOnly), "xsd:date").text("dcat:version", c.Version())
}

// licence is the licence's address: the authority's, or that of its text.
func (c Catalogue) licence() string {
	l := opendata.Licence(c.Data.Site.Licence)
	if l.Code == "" {
		return l.Path
	}
	return authority + "licence/" + l.Code
}

// municipality are the datasets of a municipality, with who answers for them and where
// they are of.
func (c Catalogue) municipality(m *jme.Municipality) ([]*node, error) {
	who := c.Publisher(m)
	agent := thing(c.node(m.ID+"/publisher"), "foaf:Agent").texts("foaf:name", who.Name)
	if !c.Data.Site.Demonstration {
		agent.add("dcterms:type", iri(localAuthority))
	}
	contact := thing(c.node(m.ID+"/contact"), "vcard:Kind").texts("vcard:fn", who.Name)
	if who.Website != "" {
		agent.add("foaf:homepage", iri(who.Website))
		contact.add("vcard:hasURL", iri(who.Website))
	}
	place := thing(c.node(m.ID+"/place"), "dcterms:Location").texts("rdfs:label", m.Settings.Name)

	whole, err := c.dataset(m, c.About(m))
	if err != nil {
		return nil, err
	}
	var registers, versions []*node
	for _, t := range m.Tables {
		n, err := c.dataset(m, c.Register(m, t))
		if err != nil {
			return nil, err
		}
		n.add("dcterms:isPartOf", iri(whole.id))
		whole.add("dcterms:hasPart", iri(n.id))
		registers = append(registers, n)
	}
	for _, v := range c.Versions {
		n, err := c.frozen(m, v)
		if err != nil {
			return nil, err
		}
		if n != nil {
			n.add("dcat:isVersionOf", iri(whole.id))
			whole.add("dcat:hasVersion", iri(n.id))
			versions = append(versions, n)
		}
	}
	nodes := slices.Concat([]*node{whole}, registers, versions, []*node{agent, contact, place})
	for _, n := range append(registers, whole) {
		for _, page := range n.objects("dcat:landingPage") {
			nodes = append(nodes, document(string(page.(iri))))
		}
	}
	if who.Website != "" && who.Website != c.Data.Site.BaseURL { // which is told of once
		nodes = append(nodes, document(who.Website))
	}
	return nodes, nil
}

// dataset describes a dataset with its files.
func (c Catalogue) dataset(m *jme.Municipality, a opendata.About) (*node, error) {
	n := c.begin(m, c.node(a.ID), a)
	n.text("dcterms:identifier", c.node(a.ID))
	c.common(n)
	for _, l := range locale.Langs {
		n.add("dcat:landingPage", iri(c.Address(l.String()+"/"+a.Page)))
	}
	n.add("dcterms:extent", thing("", "dcterms:SizeOrDuration").typed("rdf:value", strconv.Itoa(a.Rows), "xsd:nonNegativeInteger"))
	if a.From != "" {
		n.add("dcterms:temporal", thing("", "dcterms:PeriodOfTime").
			typed("dcat:startDate", a.From, "xsd:date").typed("dcat:endDate", a.To, "xsd:date"))
	}
	for _, f := range a.Files {
		d, err := c.distribution(f, a.Title)
		if err != nil {
			return nil, err
		}
		d.typed("dcterms:modified", c.AsOf.Format(time.DateOnly), "xsd:date")
		n.add("dcat:distribution", d)
	}
	return n, nil
}

// begin says what is true of a dataset and of its versions alike.
func (c Catalogue) begin(m *jme.Municipality, id string, a opendata.About) *node {
	n := thing(id, "dcat:Dataset").texts("dcterms:title", a.Title).texts("dcterms:description", a.Description).
		add("dcterms:publisher", iri(c.node(m.ID+"/publisher"))).add("dcat:contactPoint", iri(c.node(m.ID+"/contact"))).
		add("dcat:theme", iri(theme)).add("dcterms:accessRights", iri(public)).
		add("dcterms:spatial", iri(c.node(m.ID+"/place")), iri(country)).
		add("dcterms:accrualPeriodicity", iri(frequency))
	for _, l := range locale.Langs {
		for _, word := range strings.Split(a.Keywords.Get(l), ", ") {
			n.add("dcat:keyword", lexical{value: word, lang: l.String()})
		}
	}
	return n
}

// frozen describes a version of a municipality's data by its Data Package, which lists
// the files; nil where the municipality was not there yet.
func (c Catalogue) frozen(m *jme.Municipality, v Version) (*node, error) {
	a, path := c.About(m), "data/v/"+v.Tag+"/"+m.ID+"/datapackage.json"
	if c.Index.At(path) == nil {
		return nil, nil
	}
	d, err := c.distribution(opendata.Download{Path: path, Kind: opendata.Package}, a.Title)
	if err != nil {
		return nil, err
	}
	day := v.Date.Format(time.DateOnly)
	n := c.begin(m, c.node(m.ID+"/"+v.Tag), a).
		typed("dcterms:issued", day, "xsd:date").typed("dcterms:modified", day, "xsd:date").text("dcat:version", v.Tag)
	return n.add("dcat:distribution", d.typed("dcterms:issued", day, "xsd:date")), nil
}

// distribution describes a file of the index.
func (c Catalogue) distribution(f opendata.Download, title locale.Text) (*node, error) {
	sum, err := c.sum(f.Path)
	if err != nil {
		return nil, err
	}
	d := thing(c.Address("catalog.jsonld#"+f.Path), "dcat:Distribution").
		texts("dcterms:title", locale.Join(title, f.Kind.Name(), func(title, form string) string { return title + " (" + form + ")" })).
		add("dcat:accessURL", iri(c.Address(f.Path))).add("dcat:downloadURL", iri(c.Address(f.Path))).
		typed("dcat:byteSize", strconv.FormatInt(sum.Size, 10), "xsd:nonNegativeInteger").
		add("spdx:checksum", thing("", "spdx:Checksum").
			add("spdx:algorithm", iri(sha256Algorithm)).typed("spdx:checksumValue", sum.SHA256, "xsd:hexBinary"))
	if c.Data.Site.Licence != "" {
		d.add("dcterms:license", iri(c.licence()))
	}
	if media := iana(f.Kind); media != "" {
		d.add("dcat:mediaType", iri(media))
	}
	if f.Kind.Code != "" {
		d.add("dcterms:format", iri(authority+"file-type/"+f.Kind.Code))
	}
	return d.add("dcatap:availability", iri(stable)), nil
}

// sum tells the size and checksum of a file of the index.
func (c Catalogue) sum(path string) (output.File, error) {
	e := c.Index.At(path)
	if e == nil {
		return output.File{}, fmt.Errorf("catalogue: there is no %s", path)
	}
	return e.Sum()
}

// The shapes want the algorithm by this address, and its class without the s of https.
const sha256Algorithm = "https://spdx.org/rdf/terms#checksumAlgorithm_sha256"

// iana is the address of a registered media type, or "".
func iana(k files.Kind) string {
	if !k.IANA {
		return ""
	}
	return "https://www.iana.org/assignments/media-types/" + k.Media
}

// words are the words of others that the catalogue uses, as far as shapes look at them.
func (c Catalogue) words() []*node {
	var nodes []*node
	scheme := func(address, title string) {
		nodes = append(nodes, thing(address, "skos:ConceptScheme").add("dcterms:title", lexical{value: title, lang: "en"}))
	}
	word := func(address, class, scheme, label string) {
		types := []string{"skos:Concept"}
		if class != "skos:Concept" {
			types = append(types, class)
		}
		nodes = append(nodes, thing(address, types...).
			add("skos:prefLabel", lexical{value: label, lang: "en"}).add("skos:inScheme", iri(scheme)))
	}
	scheme(authority+"data-theme", "Data theme")
	word(theme, "skos:Concept", authority+"data-theme", "Government and public sector")
	scheme(authority+"language", "Language")
	for i, name := range [...]string{locale.Ky: "Kyrgyz", locale.Ru: "Russian", locale.En: "English"} {
		word(languages[i], "dcterms:LinguisticSystem", authority+"language", name)
	}
	scheme(authority+"frequency", "Frequency")
	word(frequency, "dcterms:Frequency", authority+"frequency", "irregular")
	scheme(authority+"access-right", "Access right")
	word(public, "dcterms:RightsStatement", authority+"access-right", "public")
	scheme(authority+"planned-availability", "Planned availability")
	word(stable, "skos:Concept", authority+"planned-availability", "stable")
	scheme(authority+"country", "Country")
	word(country, "dcterms:Location", authority+"country", "Kyrgyzstan")
	scheme("http://purl.org/adms/publishertype/1.0", "Publisher type")
	word(localAuthority, "skos:Concept", "http://purl.org/adms/publishertype/1.0", "Local Authority")
	scheme(authority+"file-type", "File type")
	said := map[string]bool{"": true} // two formats may have one code or media type
	for _, k := range opendata.Kinds() {
		if !said[k.Code] {
			said[k.Code] = true
			word(authority+"file-type/"+k.Code, "dcterms:MediaTypeOrExtent", authority+"file-type", k.Code)
		}
	}
	for _, k := range opendata.Kinds() {
		if media := iana(k); !said[media] {
			said[media] = true
			nodes = append(nodes, thing(media, "dcterms:MediaType").text("rdfs:label", k.Media))
		}
	}
	if l := opendata.Licence(c.Data.Site.Licence); c.Data.Site.Licence != "" {
		nodes = append(nodes, thing(c.licence(), "dcterms:LicenseDocument").
			add("dcterms:title", lexical{value: l.Title, lang: "en"}).text("dcterms:identifier", l.Name).add("rdfs:seeAlso", iri(l.Path)))
	}
	return append(nodes, thing(sha256Algorithm, "spdx:ChecksumAlgorithm").text("rdfs:label", "SHA-256"))
}
