// Package catalogue describes the open data for programs of others: for data catalogues by
// DCAT-AP 3 (https://semiceu.github.io/DCAT-AP/releases/3.0.1/), for search engines by
// schema.org, and for people who cite it by CITATION.cff 1.2.0.
//
//	catalog.jsonld, catalog.ttl   one graph in two notations
//	CITATION.cff                  how to cite the whole
//
// [Catalogue.Described] makes the description for search engines, which stands in the head
// of each page of data. Every fact comes from dataset.About or from the index of files, so
// all descriptions of a dataset say the same. The description of invented data says that it
// is invented, and its publisher is the site, not the offices it is about.
package catalogue

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"achyk/internal/dataset"
	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/locale"
)

// Catalogue is what is described.
type Catalogue struct {
	dataset.Snapshot
	Versions []Version    // that never change again, oldest first
	Index    *files.Index // holds the files of open data and of the versions
}

// node returns the IRI of something in the catalogue. It leads to the catalogue itself.
func (c Catalogue) node(id string) string { return c.Address("catalog.jsonld#" + id) }

// Version is the data as it was at a tag; its files are those that opendata.AddFrozen adds.
type Version struct {
	Tag  string
	Date time.Time
}

// Files returns the files of the catalogue.
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

// authority is the address of the EU Publications Office's tables, whose words DCAT-AP
// demands.
const authority = "http://publications.europa.eu/resource/authority/"

// Words of these tables that are true of every dataset here.
const (
	theme          = authority + "data-theme/GOVE"
	frequency      = authority + "frequency/IRREG"
	public         = authority + "access-right/PUBLIC"
	stable         = authority + "planned-availability/STABLE" // addresses of downloads never change
	country        = authority + "country/KGZ"
	localAuthority = "http://purl.org/adms/publishertype/LocalAuthority"
)

// languageOf is the address of a language in them.
func languageOf(l locale.Lang) string { return authority + "language/" + strings.ToUpper(l.ISO3()) }

// graph returns the catalogue: a dataset for each municipality, one for each of its registers,
// and one for each version that never changes.
//
// The SHACL shapes of DCAT-AP check the class of each word of the EU's tables, which an
// address alone does not tell them. So words describes the words used.
func (c Catalogue) graph() ([]*node, error) {
	site := c.Data.Site
	catalogue := thing(c.node("catalogue"), "dcat:Catalog").
		texts("dcterms:title", site.Title).texts("dcterms:description", site.Description)
	if len(c.Data.Municipalities) == 1 {
		catalogue.add("dcterms:publisher", iri(c.node(c.Data.Municipalities[0].ID+"/publisher")))
	} else { // no office publishes the data of several municipalities: the site does
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

// document says that an address is a page, which the shapes demand.
func document(address string) *node { return thing(address, "foaf:Document") }

// common adds what is true of the catalogue and of all its datasets.
func (c Catalogue) common(n *node) {
	if c.Data.Site.Licence != "" {
		n.add("dcterms:license", iri(c.licence()))
	}
	for _, l := range c.Data.Site.Langs() {
		n.add("dcterms:language", iri(languageOf(l)))
	}
	n.typed("dcterms:modified", c.AsOf.Format(time.DateOnly), "xsd:date").text("dcat:version", c.Version())
}

// licence returns the address of the licence in the EU's table, or else of its text.
func (c Catalogue) licence() string {
	l := dataset.Licence(c.Data.Site.Licence)
	if l.Code == "" {
		return l.Path
	}
	return authority + "licence/" + l.Code
}

// municipality returns the datasets of a municipality, with their publisher and place.
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

	whole, err := c.dataset(m, c.About(m), "")
	if err != nil {
		return nil, err
	}
	var registers, versions []*node
	for _, t := range m.Tables {
		n, err := c.dataset(m, c.Register(m, t), t.Schema.Name)
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
	if who.Website != "" && who.Website != c.Data.Site.BaseURL { // the site's page is in the graph already
		nodes = append(nodes, document(who.Website))
	}
	return nodes, nil
}

// dataset describes a dataset with the files in which it can be had.
func (c Catalogue) dataset(m *jme.Municipality, a dataset.About, register string) (*node, error) {
	n := c.begin(m, c.node(a.ID), a)
	n.text("dcterms:identifier", c.node(a.ID))
	c.common(n)
	for _, l := range c.Data.Site.Langs() {
		n.add("dcat:landingPage", iri(c.Address(l.String()+"/"+a.Page)))
	}
	n.add("dcterms:extent", thing("", "dcterms:SizeOrDuration").typed("rdf:value", strconv.Itoa(a.Rows), "xsd:nonNegativeInteger"))
	if a.From != "" {
		n.add("dcterms:temporal", thing("", "dcterms:PeriodOfTime").
			typed("dcat:startDate", a.From, "xsd:date").typed("dcat:endDate", a.To, "xsd:date"))
	}
	downloads := c.downloads(m, register)
	if len(downloads) == 0 {
		return nil, fmt.Errorf("catalogue: there is no file of %s", a.ID)
	}
	for _, f := range downloads {
		d, err := c.distribution(f, a.Title)
		if err != nil {
			return nil, err
		}
		d.typed("dcterms:modified", c.AsOf.Format(time.DateOnly), "xsd:date")
		n.add("dcat:distribution", d)
	}
	return n, nil
}

// downloads returns the files that hold all records of a register, or of a municipality if register is empty.
func (c Catalogue) downloads(m *jme.Municipality, register string) []*files.Entry {
	return slices.DeleteFunc(slices.Clone(c.Index.Of(m.ID, register)), func(e *files.Entry) bool { return !e.Dataset })
}

// begin describes what a dataset has in common with its versions.
func (c Catalogue) begin(m *jme.Municipality, id string, a dataset.About) *node {
	n := thing(id, "dcat:Dataset").texts("dcterms:title", a.Title).texts("dcterms:description", a.Description).
		add("dcterms:publisher", iri(c.node(m.ID+"/publisher"))).add("dcat:contactPoint", iri(c.node(m.ID+"/contact"))).
		add("dcat:theme", iri(theme)).add("dcterms:accessRights", iri(public)).
		add("dcterms:spatial", iri(country), iri(c.node(m.ID+"/place"))). // CKAN keeps one place, the last
		add("dcterms:accrualPeriodicity", iri(frequency))
	for code, words := range a.Keywords.Translations() {
		for word := range strings.SplitSeq(words, ", ") {
			n.add("dcat:keyword", lexical{value: word, lang: code})
		}
	}
	return n
}

// frozen describes a version of a municipality's data by its Data Package, which lists the
// files. It returns nil if the version does not have the municipality yet.
func (c Catalogue) frozen(m *jme.Municipality, v Version) (*node, error) {
	a, path := c.About(m), "data/v/"+v.Tag+"/"+m.ID+"/datapackage.json"
	file := c.Index.At(path)
	if file == nil {
		return nil, nil
	}
	d, err := c.distribution(file, a.Title)
	if err != nil {
		return nil, err
	}
	day := v.Date.Format(time.DateOnly)
	n := c.begin(m, c.node(m.ID+"/"+v.Tag), a).
		typed("dcterms:issued", day, "xsd:date").typed("dcterms:modified", day, "xsd:date").text("dcat:version", v.Tag)
	return n.add("dcat:distribution", d.typed("dcterms:issued", day, "xsd:date")), nil
}

// distribution describes a file of the index.
func (c Catalogue) distribution(f *files.Entry, title locale.Text) (*node, error) {
	sum, err := f.Sum()
	if err != nil {
		return nil, err
	}
	d := thing(c.Address("catalog.jsonld#"+f.Path), "dcat:Distribution").
		texts("dcterms:title", locale.Join(c.Data.Site.Written(), title, f.Kind.Name(), func(title, form string) string { return title + " (" + form + ")" })).
		add("dcat:accessURL", iri(c.Address(f.Path))).add("dcat:downloadURL", iri(c.Address(f.Path))).
		typed("dcat:byteSize", strconv.FormatInt(sum.Size, 10), "xsd:nonNegativeInteger").
		add("spdx:checksum", thing("", "spdx:Checksum").
			add("spdx:algorithm", iri(sha256Algorithm)).typed("spdx:checksumValue", sum.SHA256.String(), "xsd:hexBinary"))
	if c.Data.Site.Licence != "" {
		d.add("dcterms:license", iri(c.licence()))
	}
	if media := iana(f.Kind); media != "" {
		d.add("dcat:mediaType", iri(media))
	}
	if f.Kind.Code != "" {
		d.add("dcterms:format", iri(authority+"file-type/"+f.Kind.Code))
	}
	if f.Kind.Standard != "" {
		d.add("dcterms:conformsTo", iri(f.Kind.Standard))
	}
	return d.add("dcatap:availability", iri(stable)), nil
}

// The shapes demand this address for the algorithm, with https, while the prefix spdx of its
// class has http.
const sha256Algorithm = "https://spdx.org/rdf/terms#checksumAlgorithm_sha256"

// iana returns the address of a media type in the registry of IANA, or "" if it is not there.
func iana(k files.Kind) string {
	if !k.IANA {
		return ""
	}
	return "https://www.iana.org/assignments/media-types/" + k.Media
}

// kinds returns the formats of the files that hold datasets, each once, in the order of the index.
func (c Catalogue) kinds() (kinds []files.Kind) {
	for _, e := range c.Index.All() {
		if e.Dataset && !slices.Contains(kinds, e.Kind) {
			kinds = append(kinds, e.Kind)
		}
	}
	return kinds
}

// words describes the words of the EU's tables and of others that the catalogue uses, as far as
// the shapes look at them.
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
	for _, l := range c.Data.Site.Langs() {
		word(languageOf(l), "dcterms:LinguisticSystem", authority+"language", l.EnglishName())
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
	kinds := c.kinds()
	for _, k := range kinds {
		if !said[k.Code] {
			said[k.Code] = true
			word(authority+"file-type/"+k.Code, "dcterms:MediaTypeOrExtent", authority+"file-type", k.Code)
		}
	}
	for _, k := range kinds {
		if media := iana(k); !said[media] {
			said[media] = true
			nodes = append(nodes, thing(media, "dcterms:MediaType").text("rdfs:label", k.Media))
		}
		if !said[k.Standard] {
			said[k.Standard] = true
			nodes = append(nodes, thing(k.Standard, "dcterms:Standard").texts("dcterms:title", k.Name()))
		}
	}
	if l := dataset.Licence(c.Data.Site.Licence); c.Data.Site.Licence != "" {
		nodes = append(nodes, thing(c.licence(), "dcterms:LicenseDocument").
			add("dcterms:title", lexical{value: l.Title, lang: "en"}).text("dcterms:identifier", l.Name).add("rdfs:seeAlso", iri(l.Path)))
	}
	return append(nodes, thing(sha256Algorithm, "spdx:ChecksumAlgorithm").text("rdfs:label", "SHA-256"))
}
