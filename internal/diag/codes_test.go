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
	"achyk/internal/report"
	"achyk/internal/table"
)

// declared returns the codes that codes.go declares, by the names of their constants.
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
				t.Errorf("%s is not of type Code", spec.Names[0].Name)
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
	if len(diag.Codes) > len(constants) {
		t.Errorf("Codes lists %d codes, but %d are declared: one is listed twice", len(diag.Codes), len(constants))
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

// Every message of diagnostics belongs to a code or is a Phrase, so none is left behind when
// a code goes.
func TestTextsHaveCodes(t *testing.T) {
	for _, key := range locale.Keys(locale.Ky) {
		parts := strings.Split(key, ".")
		if parts[0] != "diagnostics" || slices.Contains([]string{"schema", "toml", "limit", "content", "remains", "name", "clash", "trace"}, parts[1]) { // a Phrase
			continue
		}
		if len(parts) != 3 || parts[2] != "what" && parts[2] != "mend" || !slices.Contains(diag.Codes, diag.Code(parts[1])) {
			t.Errorf("%s belongs to no code", key)
		}
	}
}

// A sentence without any argument shows no trace of those it lacks.
func TestTextsNeedNoArguments(t *testing.T) {
	for _, l := range locale.Langs {
		for _, code := range diag.Codes {
			d := diag.Diagnostic{Code: code}
			for _, text := range []string{report.What(&d, locale.For(l)), report.Mend(&d, locale.For(l))} {
				if strings.ContainsAny(text, "⟦⟧") || strings.Contains(text, "<no value>") {
					t.Errorf("%s in %v: %q (an argument needs a word below explain.argument in internal/locale/messages/explain.%v.toml)", code, l, text, l)
				}
			}
		}
	}
}

// If an argument is empty, the sentence around it is left out.
func TestTextsLeaveOutWhatIsNotKnown(t *testing.T) {
	args := diag.Args{"column": "service", "column_title": locale.Text{En: "Service"}, "title": locale.Text{En: "Services"}, "register": "services"}
	d := diag.Diagnostic{Code: diag.UnknownID, Value: "wast", Args: args}
	for _, test := range []struct {
		nearest string
		others  any
		want    string
	}{
		{"", nil, "The cell “Service” (service) holds “wast”, but the register “Services” (services) has no such record." +
			" Correct the code, or first add the record to the register “Services”."},
		{"waste", 3, "The cell “Service” (service) holds “wast”, but the register “Services” (services) has no such record. The same code stands in other cells too, 3 more." +
			" Did you mean `waste`? Correct the code, or first add the record to the register “Services”."},
	} {
		args["nearest"] = table.Named{Code: test.nearest}
		if delete(args, "others"); test.others != nil {
			args["others"] = test.others
		}
		if got := report.What(&d, locale.For(locale.En)) + " " + report.Mend(&d, locale.For(locale.En)); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}
