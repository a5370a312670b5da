package locale

import (
	"maps"
	"slices"
	"text/template"
	"text/template/parse"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Forms are the texts of a message: of a counted one by the names of its plural forms, of any other
// one as "other".
type Forms map[string]string

// pluralNames are the names of all plural forms, in the order of CLDR.
var pluralNames = []string{"zero", "one", "two", "few", "many", "other"}

// PluralForms are the names of the forms that a language needs for whole numbers, and "other", in the
// order of CLDR. It asks the library that will choose among them. (The tables of x/text would add
// 80 KB to the desk for browsers.)
func PluralForms(code string) (names []string) {
	localizer := i18n.NewLocalizer(i18n.NewBundle(language.Make(code)), code)
	each := &i18n.Message{ID: "form", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other"}
	needed := map[string]bool{"other": true}
	for n := range 201 { // no rule of CLDR for whole numbers looks further than at the last two digits
		if form, err := localizer.Localize(&i18n.LocalizeConfig{DefaultMessage: each, PluralCount: n}); err == nil {
			needed[form] = true
		}
	}
	for _, form := range pluralNames {
		if needed[form] {
			names = append(names, form)
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
