package desk_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"achyk/internal/desk"
	"achyk/internal/diag"
	"achyk/internal/tools/outside"
)

// offices are the settings of the computers on which sheets are saved, with the numbers that
// LibreOffice has for their languages.
var offices = []struct {
	locale string
	number int
}{{"ru-RU", 1049}, {"ky-KG", 1088}, {"en-US", 1033}}

// everyOffice makes TestOffice save in all forms on all computers, for each of which LibreOffice starts
// anew. Else it saves in two forms on the first.
var everyOffice = os.Getenv("ACHYK_SHEETS") == "all"

// TestOffice opens the register of things in LibreOffice as somebody does by a double click, so that
// it takes 4.1 for a day, saves it in each form and brings it back: nothing may have changed. A cell
// may be refused, but then by name.
func TestOffice(t *testing.T) {
	office := outside.Program(t, "soffice", "libreoffice")
	files, r := published(t)
	register := files["data/town/things.csv"].Data
	computers := offices
	if !everyOffice {
		computers = offices[:1]
	}
	for _, o := range computers {
		dir := t.TempDir()
		profile := filepath.Join(dir, "profile", "user")
		settings := `<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>` + o.locale + `</value></prop></item></oor:items>`
		if err := os.MkdirAll(profile, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(profile, "registrymodifications.xcu"), []byte(settings), 0o666); err != nil {
			t.Fatal(err)
		}
		convert := func(form, from, into string, more ...string) {
			args := append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--norestore"}, more...)
			outside.Run(t, nil, office, append(args, "--convert-to", form, "--outdir", filepath.Join(dir, into), filepath.Join(dir, from))...)
		}
		if err := os.WriteFile(filepath.Join(dir, "things.csv"), register, 0o666); err != nil {
			t.Fatal(err)
		}
		language := strconv.Itoa(o.number)
		convert("ods", "things.csv", "ods", "--infilter=CSV:44,34,76,1,,"+language+",false,true")
		saved := []string{"ods/things.ods"}
		shown := func(into string, comma, charset int) { // as the cells are shown
			convert("csv:Text - txt - csv (StarCalc):"+strconv.Itoa(comma)+",34,"+strconv.Itoa(charset)+",1,,"+language+",false,true,false", "ods/things.ods", into)
			saved = append(saved, into+"/things.csv")
		}
		shown("1251", ';', 34)
		if everyOffice {
			convert("xlsx", "ods/things.ods", "xlsx")
			saved = append(saved, "xlsx/things.xlsx")
			shown("comma", ',', 76)
			shown("tab", '\t', 76)
			shown("semicolon", ';', 76)
			shown("utf16", ';', 65535)
		}
		for _, name := range saved {
			data, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			p := take(t, r, filepath.Base(name), data, desk.Options{})
			for _, d := range p.Problems {
				if d.Severity() == diag.Error && d.Cell.Row == 0 {
					t.Errorf("%s %s: %s without a cell", o.locale, name, d.Code)
				}
			}
			if p.CSV != nil && string(p.CSV) != string(register) {
				t.Errorf("%s %s: the register became\n%s", o.locale, name, p.CSV)
			}
			if p.CSV == nil {
				t.Errorf("%s %s: %v", o.locale, name, p.Problems)
			}
		}
	}
}
