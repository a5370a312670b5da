package catalogue

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"achyk/internal/locale"
	"achyk/internal/plainjson"
)

// prefixes are the vocabularies that the graph uses.
var prefixes = [][2]string{
	{"adms", "http://www.w3.org/ns/adms#"},
	{"dcat", "http://www.w3.org/ns/dcat#"},
	{"dcatap", "http://data.europa.eu/r5r/"},
	{"dcterms", "http://purl.org/dc/terms/"},
	{"foaf", "http://xmlns.com/foaf/0.1/"},
	{"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
	{"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
	{"skos", "http://www.w3.org/2004/02/skos/core#"},
	{"spdx", "http://spdx.org/rdf/terms#"},
	{"vcard", "http://www.w3.org/2006/vcard/ns#"},
	{"xsd", "http://www.w3.org/2001/XMLSchema#"},
}

// node is a node of the graph with the statements about it, in order. Types, properties and
// datatypes are written "prefix:name".
type node struct {
	id    string // IRI; empty for a blank node
	types []string
	said  []statement
}

// statement is a property with its objects.
type statement struct {
	property string
	objects  []any // of type iri, lexical or *node
}

// iri refers to another node.
type iri string

// lexical is a literal: a text in a language, or a value of a datatype.
type lexical struct{ value, lang, datatype string }

// thing returns a node about which nothing is said yet.
func thing(id string, types ...string) *node { return &node{id: id, types: types} }

// add adds objects to a property, which is written once with all its objects. Without
// objects it does nothing.
func (n *node) add(property string, objects ...any) *node {
	if i := slices.IndexFunc(n.said, func(s statement) bool { return s.property == property }); i >= 0 {
		n.said[i].objects = append(n.said[i].objects, objects...)
	} else if len(objects) > 0 {
		n.said = append(n.said, statement{property, objects})
	}
	return n
}

// objects returns the objects of a property.
func (n *node) objects(property string) []any {
	for _, s := range n.said {
		if s.property == property {
			return s.objects
		}
	}
	return nil
}

// texts adds a text in each of its languages.
func (n *node) texts(property string, t locale.Text) *node {
	var objects []any
	for code, s := range t.Translations() {
		objects = append(objects, lexical{value: s, lang: code})
	}
	return n.add(property, objects...)
}

// typed adds a value of a datatype, unless it is empty.
func (n *node) typed(property, value, datatype string) *node {
	if value == "" {
		return n
	}
	return n.add(property, lexical{value: value, datatype: datatype})
}

// text adds a text without a language, unless it is empty.
func (n *node) text(property, value string) *node { return n.typed(property, value, "xsd:string") }

// jsonLD writes a graph as JSON-LD, a node to a line. Its context is inside, so a reader needs
// no other file.
func jsonLD(w io.Writer, graph []*node) error {
	var b bytes.Buffer
	b.WriteString(`{"@context":{`)
	for i, p := range prefixes {
		comma(&b, i)
		fmt.Fprintf(&b, "%q:%q", p[0], p[1])
	}
	b.WriteString(`},"@graph":[`)
	for i, n := range graph {
		comma(&b, i)
		b.WriteByte('\n')
		n.jsonLD(&b)
	}
	b.WriteString("\n]}\n")
	_, err := w.Write(b.Bytes())
	return err
}

// jsonLD writes a node and the nodes in it as a JSON object.
func (n *node) jsonLD(b *bytes.Buffer) {
	b.WriteByte('{')
	if n.id != "" {
		pair(b, "@id", escaped(n.id))
		b.WriteByte(',')
	}
	b.WriteString(`"@type":[`)
	for i, t := range n.types {
		comma(b, i)
		b.Write(plainjson.Quoted(nil, t))
	}
	b.WriteByte(']')
	for _, s := range n.said {
		b.WriteByte(',')
		b.Write(plainjson.Quoted(nil, s.property))
		b.WriteString(":[")
		for i, o := range s.objects {
			comma(b, i)
			switch o := o.(type) {
			case iri:
				b.WriteByte('{')
				pair(b, "@id", escaped(string(o)))
				b.WriteByte('}')
			case lexical:
				b.WriteByte('{')
				pair(b, "@value", o.value)
				if o.lang != "" {
					b.WriteByte(',')
					pair(b, "@language", o.lang)
				} else if o.datatype != "xsd:string" {
					b.WriteByte(',')
					pair(b, "@type", o.datatype)
				}
				b.WriteByte('}')
			case *node:
				o.jsonLD(b)
			}
		}
		b.WriteByte(']')
	}
	b.WriteByte('}')
}

func comma(b *bytes.Buffer, i int) {
	if i > 0 {
		b.WriteByte(',')
	}
}

func pair(b *bytes.Buffer, key, value string) {
	b.Write(plainjson.Quoted(append(plainjson.Quoted(nil, key), ':'), value))
}

// turtle writes the same graph as Turtle.
func turtle(w io.Writer, graph []*node) error {
	var b bytes.Buffer
	for _, p := range prefixes {
		fmt.Fprintf(&b, "@prefix %s: <%s> .\n", p[0], p[1])
	}
	for waiting := slices.Clone(graph); len(waiting) > 0; waiting = waiting[1:] {
		n := waiting[0]
		b.WriteString("\n<" + escaped(n.id) + "> ")
		waiting = append(waiting, n.turtle(&b, "    ")...)
		b.WriteString(" .\n")
	}
	_, err := w.Write(b.Bytes())
	return err
}

// turtle writes the statements about a node. It returns the nodes in it that have an IRI,
// which Turtle cannot nest.
func (n *node) turtle(b *bytes.Buffer, indent string) (named []*node) {
	b.WriteString("a " + strings.Join(n.types, ", "))
	for _, s := range n.said {
		b.WriteString(" ;\n" + indent + s.property + " ")
		for i, o := range s.objects {
			if i > 0 {
				b.WriteString(", ")
			}
			switch o := o.(type) {
			case iri:
				b.WriteString("<" + escaped(string(o)) + ">")
			case lexical:
				b.WriteString(`"` + turtleEscapes.Replace(o.value) + `"`)
				if o.lang != "" {
					b.WriteString("@" + o.lang)
				} else if o.datatype != "xsd:string" {
					b.WriteString("^^" + o.datatype)
				}
			case *node:
				if o.id != "" {
					b.WriteString("<" + escaped(o.id) + ">")
					named = append(named, o)
					continue
				}
				b.WriteString("[ ")
				named = append(named, o.turtle(b, indent+"    ")...)
				b.WriteString(" ]")
			}
		}
	}
	return named
}

var turtleEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

// escaped percent-encodes the characters that no IRI may have, since some addresses are typed
// by people.
func escaped(address string) string {
	var b strings.Builder
	for i := range len(address) {
		if c := address[i]; c <= ' ' || strings.IndexByte("<>\"{}|^`\\", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
