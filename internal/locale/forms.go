package locale

import (
	"maps"
	"slices"
	"text/template"
	"text/template/parse"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Forms are the texts of a message: of a counted one by the names of its plural forms, of any other
// one as "other".
type Forms map[string]string

var pluralNames = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other",
}

// PluralForms are the names of the forms that a language needs for whole numbers, and "other", in the
// order of CLDR.
func PluralForms(code string) (names []string) {
	tag, needed := language.Make(code), map[plural.Form]bool{plural.Other: true}
	for n := range 201 { // no rule of CLDR for whole numbers looks further than at the last two digits
		needed[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)] = true
	}
	for _, form := range []plural.Form{plural.Zero, plural.One, plural.Two, plural.Few, plural.Many, plural.Other} {
		if needed[form] {
			names = append(names, pluralNames[form])
		}
	}
	return names
}

// Counted tells whether a message has plural forms.
func Counted(key string) bool {
	m := For(Ky).messages().all[key]
	return m != nil && counted(m)
}

// FormsOf are the texts of a message in a language, without those that are missing.
func FormsOf(l Lang, key string) Forms {
	m := For(l).messages().all[key]
	if m == nil {
		return nil
	}
	all := Forms{"zero": m.Zero, "one": m.One, "two": m.Two, "few": m.Few, "many": m.Many, "other": m.Other}
	maps.DeleteFunc(all, func(_, text string) bool { return text == "" })
	return all
}

// Arguments are the arguments that a text of a message uses, sorted: ".Due.Until". The error is of a
// text that is no template.
func Arguments(text string) ([]string, error) {
	t, err := template.New("").Parse(text)
	if err != nil || t.Tree == nil {
		return nil, err
	}
	var names []string
	var walk func(parse.Node)
	walk = func(n parse.Node) {
		switch n := n.(type) {
		case *parse.ListNode:
			if n != nil {
				for _, item := range n.Nodes {
					walk(item)
				}
			}
		case *parse.ActionNode:
			walk(n.Pipe)
		case *parse.IfNode:
			walk(n.Pipe)
			walk(n.List)
			walk(n.ElseList)
		case *parse.RangeNode:
			walk(n.Pipe)
			walk(n.List)
			walk(n.ElseList)
		case *parse.WithNode:
			walk(n.Pipe)
			walk(n.List)
			walk(n.ElseList)
		case *parse.PipeNode:
			for _, command := range n.Cmds {
				for _, arg := range command.Args {
					walk(arg)
				}
			}
		case *parse.FieldNode:
			names = append(names, n.String())
		default:
		}
	}
	walk(t.Root)
	slices.Sort(names)
	return slices.Compact(names), nil
}

// translated makes the catalogue of a further language. Whoever read its messages has compared them
// with those of the program.
func translated(code string, messages map[string]Forms) *catalogue {
	tag := language.MustParse(code)
	bundle := i18n.NewBundle(tag)
	c := newCatalogue(bundle, code)
	for _, key := range slices.Sorted(maps.Keys(messages)) {
		forms := messages[key]
		m := &i18n.Message{ID: key, Zero: forms["zero"], One: forms["one"], Two: forms["two"], Few: forms["few"], Many: forms["many"], Other: forms["other"]}
		if Counted(key) {
			m.Description = countedMark
		}
		if err := bundle.AddMessages(tag, m); err != nil {
			panic(err) // of a language without plural rules, which CanRegister has refused
		}
		c.add(m)
	}
	return c
}
