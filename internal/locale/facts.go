package locale

import (
	"cmp"
	"embed"
	"fmt"
	"reflect"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/language"
)

// The facts of the built-in languages, in the form in which a catalogue has those of a further one.
//
//go:embed languages/*.toml
var factFiles embed.FS

// Script is the kind of letters that a language is written in.
type Script string

// The scripts between which the program tells.
const (
	Latin    Script = "latin"
	Cyrillic Script = "cyrillic"
)

// Facts is what the program must know of a language beside its messages.
type Facts struct {
	Name      string     `toml:"name"`       // of the language, in itself
	English   string     `toml:"english"`    // of the language, in English
	ISO3      string     `toml:"iso3"`       // ISO 639-3
	Script    Script     `toml:"script"`     //
	OpenGraph string     `toml:"open_graph"` // with a territory: "uz_UZ"
	Quotes    []string   `toml:"quotes"`     // the two quotation marks
	Inner     []string   `toml:"inner"`      // those inside of others
	Group     string     `toml:"group"`      // in numbers: between groups of three digits
	Point     string     `toml:"point"`      // in numbers: before the fraction
	Percent   string     `toml:"percent"`    // follows a number
	Som       string     `toml:"som"`        // the currency, after a number
	Alphabet  string     `toml:"alphabet"`   // the small letters, in their order
	Months    [][]string `toml:"months"`     // lists of the words for the twelve months, one for each form that dates need
	Dates     Dates      `toml:"dates"`
}

// Dates are the layouts of days and moments. A layout shows how the language writes 2 January 2006,
// 15:04, the reference moment of package time; the word for January is the first of one of the
// lists of months and stands for all words of that list.
type Dates struct {
	Date       string `toml:"date"`
	Until      string `toml:"until"`
	Since      string `toml:"since"`
	On         string `toml:"on"`
	AsOf       string `toml:"as_of"`
	Short      string `toml:"short"`
	DateTime   string `toml:"date_time"`
	Month      string `toml:"month"`
	ShortMonth string `toml:"short_month"`
}

// builtinFacts reads the facts of a built-in language. The files are part of the program, so it
// panics if one is wrong.
func builtinFacts(code string) *Facts {
	var f Facts
	if _, err := toml.DecodeFS(factFiles, "languages/"+code+".toml", &f); err != nil {
		panic(fmt.Errorf("languages/%s.toml: %w", code, err))
	}
	return &f
}

// Facts returns what the program knows of the language.
func (l Lang) Facts() Facts { return *l.tongue().facts() }

// FactsOf is what is known of a further language without a catalogue: what CLDR says of its code. What
// CLDR does not say is as most of the languages of the country have it.
func FactsOf(code string) (f Facts) {
	f.complete(code)
	return f
}

// complete fills in what a catalogue leaves out.
func (f *Facts) complete(code string) {
	tag := language.Make(code)
	base, _ := tag.Base()
	f.Name, f.English = cmp.Or(f.Name, code), cmp.Or(f.English, f.Name, code)
	f.ISO3, f.OpenGraph = cmp.Or(f.ISO3, base.ISO3()), cmp.Or(f.OpenGraph, code+"_KG")
	if f.Script == "" {
		f.Script = Cyrillic
		if script, _ := tag.Script(); script.String() == "Latn" {
			f.Script = Latin
		}
	}
	like := Ru.Facts()
	if len(f.Quotes) != 2 {
		f.Quotes = like.Quotes
	}
	if len(f.Inner) != 2 {
		f.Inner = like.Inner
	}
	f.Group, f.Point, f.Percent = cmp.Or(f.Group, like.Group), cmp.Or(f.Point, like.Point), cmp.Or(f.Percent, like.Percent)
	if f.Script == Latin {
		f.Som, f.Alphabet = cmp.Or(f.Som, En.Facts().Som), cmp.Or(f.Alphabet, En.Facts().Alphabet)
	} else {
		f.Som, f.Alphabet = cmp.Or(f.Som, like.Som), cmp.Or(f.Alphabet, Ky.Facts().Alphabet)
	}
	d := &f.Dates
	for _, layout := range []*string{&d.Date, &d.Until, &d.Since, &d.On, &d.AsOf, &d.Short} {
		*layout = cmp.Or(*layout, d.Date, like.Dates.Short)
	}
	d.DateTime = cmp.Or(d.DateTime, d.Date+", 15:04")
	d.ShortMonth = cmp.Or(d.ShortMonth, like.Dates.ShortMonth)
	d.Month = cmp.Or(d.Month, d.ShortMonth)
}

// Missing are the keys of facts that a catalogue leaves out, without those that CLDR has for its code.
func (f Facts) Missing() (keys []string) {
	missing := func(v reflect.Value, prefix string) {
		for i := range v.NumField() {
			key := v.Type().Field(i).Tag.Get("toml")
			if v.Field(i).IsZero() && key != "dates" && key != "iso3" && key != "script" && key != "open_graph" {
				keys = append(keys, prefix+key)
			}
		}
	}
	missing(reflect.ValueOf(f), "")
	missing(reflect.ValueOf(f.Dates), "dates.")
	return keys
}
