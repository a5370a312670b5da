package locale

import (
	"cmp"
	"maps"
	"slices"
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

// functions are those that a message may call, with the fewest and the most values they take. Without
// the right number a message would end in an error on the page.
var functions = map[string]struct{ least, most int }{"eq": {2, 9}, "ne": {2, 2}, "not": {1, 1}, "or": {1, 9}}

// Arguments are the arguments that a text of a message uses, sorted: ".Due.Until", and "eq .kind" for one
// that is compared, because not every value can be. A message is a program, and a municipality writes its own:
// so a text may hold nothing but what the messages of the program are made of, values and conditions, which
// cannot loop, grow or fail. Strange is what it holds beside that, or the whole text if it cannot be parsed.
func Arguments(text string) (names []string, strange string) {
	known := map[string]any{}
	for name := range functions {
		known[name] = true
	}
	trees := map[string]*parse.Tree{}
	tree, err := parse.New("").Parse(text, "", "", trees, known)
	if err != nil || len(trees) > 1 || trees[""] != tree { // a further tree, or another one, comes from define or block
		return nil, text
	}
	var r reader
	r.walk(tree.Root)
	slices.Sort(r.names)
	return slices.Compact(r.names), r.strange
}

// reader collects what a text of a message uses.
type reader struct {
	names   []string
	strange string
}

func (r *reader) refuse(n parse.Node) { r.strange = cmp.Or(r.strange, n.String()) }

// walk reads what is said: texts, values and conditions.
func (r *reader) walk(n parse.Node) {
	switch n := n.(type) {
	case *parse.TextNode:
	case *parse.ListNode:
		if n != nil { // as the else of an if without one is
			for _, item := range n.Nodes {
				r.walk(item)
			}
		}
	case *parse.ActionNode:
		if c := command(n.Pipe); c == nil || len(c.Args) != 1 || c.Args[0].Type() != parse.NodeField {
			r.refuse(n)
			return
		}
		r.condition(n.Pipe)
	case *parse.IfNode:
		r.condition(n.Pipe)
		r.walk(n.List)
		r.walk(n.ElseList)
	default:
		r.refuse(n)
	}
}

// command is the only command of a pipe that sets no variable, nil of any other pipe.
func command(p *parse.PipeNode) *parse.CommandNode {
	if len(p.Decl) > 0 || len(p.Cmds) != 1 {
		return nil
	}
	return p.Cmds[0]
}

// condition reads a value, or a function of values.
func (r *reader) condition(n parse.Node) {
	if field, ok := n.(*parse.FieldNode); ok {
		r.names = append(r.names, field.String())
		return
	}
	pipe, ok := n.(*parse.PipeNode)
	if !ok || command(pipe) == nil {
		r.refuse(n)
		return
	}
	args := command(pipe).Args
	name, called := args[0].(*parse.IdentifierNode)
	if !called {
		if len(args) == 1 {
			r.condition(args[0])
		} else {
			r.refuse(n)
		}
		return
	}
	args = args[1:]
	if takes := functions[name.Ident]; len(args) < takes.least || len(args) > takes.most {
		r.refuse(n)
		return
	}
	for _, arg := range args {
		switch compares := name.Ident == "eq" || name.Ident == "ne"; {
		case !compares:
			r.condition(arg)
		case arg.Type() == parse.NodeField:
			r.names = append(r.names, "eq "+arg.String())
		case arg.Type() != parse.NodeString:
			r.refuse(n)
		}
	}
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
