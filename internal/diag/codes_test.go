package diag_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"achyk/internal/diag"
	"achyk/internal/locale"
)

// declared returns the codes that codes.go declares, by the name of their constant.
func declared(t *testing.T) map[string]diag.Code {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]diag.Code{}
	for _, decl := range file.Decls {
		constants, ok := decl.(*ast.GenDecl)
		if !ok || constants.Tok != token.CONST {
			continue
		}
		for _, spec := range constants.Specs {
			spec := spec.(*ast.ValueSpec)
			if typ, ok := spec.Type.(*ast.Ident); !ok || typ.Name != "Code" {
				t.Errorf("%s is no Code", spec.Names[0].Name)
				continue
			}
			for i, name := range spec.Names {
				code, err := strconv.Unquote(spec.Values[i].(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				codes[name.Name] = diag.Code(code)
			}
		}
	}
	return codes
}

func TestCodesAreAllCodes(t *testing.T) {
	constants := declared(t)
	for name, code := range constants {
		if !slices.Contains(diag.Codes, code) {
			t.Errorf("%s (%s) is not in Codes", name, code)
		}
	}
	if len(diag.Codes) != len(constants) {
		t.Errorf("%d codes are listed, %d declared: one is there twice", len(diag.Codes), len(constants))
	}
}

func TestCodesHaveTexts(t *testing.T) {
	for _, l := range locale.Langs {
		for _, code := range diag.Codes {
			for _, part := range []string{"what", "mend"} {
				if key := "diagnostics." + string(code) + "." + part; !locale.For(l).Has(key) {
					t.Errorf("%s is missing in %v", key, l)
				}
			}
		}
	}
}

func TestTextsHaveCodes(t *testing.T) {
	for _, key := range locale.Keys(locale.Ky) {
		parts := strings.Split(key, ".")
		if parts[0] != "diagnostics" || parts[1] == "schema" { // a Phrase
			continue
		}
		if len(parts) != 3 || parts[2] != "what" && parts[2] != "mend" || !slices.Contains(diag.Codes, diag.Code(parts[1])) {
			t.Errorf("%s belongs to no code", key)
		}
	}
}

// optional are the arguments that package report fills with "" where a code leaves them out.
var optional = []string{"value", "register", "nearest", "words", "title", "column", "first", "limit", "detail"}

// always are the further arguments that a code never leaves out.
var always = map[diag.Code]locale.Args{
	diag.RowTooShort:     {"have": 3, "want": 4},
	diag.RowTooLong:      {"have": 5, "want": 4},
	diag.BadPattern:      {"pattern": "^[A-Z]{3}$"},
	diag.DuplicateKey:    {"key": "id"},
	diag.UnknownID:       {"others": 0},
	diag.DatesOutOfOrder: {"first_column": "announced", "first_title": locale.Text{Ky: "Жарыяланган күнү"}},
	diag.OutsideParent:   {"parent": "waste", "from": "2026-03-01", "to": "…"},
	diag.SmallCell:       {"territory": "c01"},
	diag.AttachedMissing: {"folder": "content/osh/files/"},
	diag.TOMLSyntax:      {"key": "title"},
	diag.TOMLUnknownKey:  {"key": "title"},
	diag.TOMLType:        {"key": "title"},
	diag.TOMLMissing:     {"key": "title"},
	diag.TOMLValue:       {"key": "title"},
	diag.SchemaInvalid:   {"key": "title"},
}

func TestTextsUseTheArgumentsOfTheirCode(t *testing.T) {
	for _, l := range locale.Langs {
		for _, code := range diag.Codes {
			for _, filled := range []string{"", "x"} {
				args := locale.Args{}
				for _, name := range optional {
					args[name] = filled
				}
				for name, arg := range always[code] {
					args[name] = arg
				}
				for _, part := range []string{"what", "mend"} {
					text := locale.For(l).F("diagnostics."+string(code)+"."+part, args)
					if strings.ContainsAny(text, "⟦⟧") || strings.Contains(text, "<no value>") {
						t.Errorf("%s in %v: %q", code, l, text)
					}
				}
			}
		}
	}
}

// An argument is often empty: then nothing may be left of its sentence.
func TestTextsLeaveOutWhatIsNotKnown(t *testing.T) {
	args := locale.Args{"column": "service", "value": "wast", "title": locale.Text{Ky: "Кызмат көрсөтүүлөр", Ru: "Услуги", En: "Services"}, "register": "services", "nearest": "", "others": 0}
	said := func(part string) string { return locale.For(locale.En).F("diagnostics.unknown-id."+part, args) }
	for _, test := range []struct {
		nearest string
		others  int
		want    string
	}{
		{"", 0, "The column “service” holds “wast”, but the register “Services” (services) has no such record." +
			" Correct the code, or first add the record to the register “Services”."},
		{"waste", 3, "The column “service” holds “wast”, but the register “Services” (services) has no such record. The same code stands in other cells too, 3 more." +
			" Did you mean “waste”? Correct the code, or first add the record to the register “Services”."},
	} {
		args["nearest"], args["others"] = test.nearest, test.others
		if got := said("what") + " " + said("mend"); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}
