package internal_test

import (
	"slices"
	"strings"
	"testing"
)

// reserved lists packages from outside the program that only some packages may import, so that
// their work is done in one place. A path stands for all packages below it too.
var reserved = []struct {
	path   string
	rooms  []string
	reason string
}{
	{"github.com/go-git", []string{"internal/gitrepo", "internal/gitrepo/object"},
		"all other packages read a commit as an fs.FS"},
	{"github.com/ProtonMail/go-crypto", []string{"internal/signature"},
		"one package verifies signatures"},
	{"github.com/hiddeco/sshsig", []string{"internal/signature"},
		"one package verifies signatures, also those by SSH keys"},
	{"golang.org/x/crypto", []string{"internal/signature"},
		"no other package needs cryptography that Go does not have"},
	{"github.com/gocarina/gocsv", []string{"internal/table"},
		"one package decodes rows as typed records"},
	{"github.com/pelletier/go-toml", []string{"internal/settings", "internal/locale"},
		"it finds places in TOML, and reads the messages of the program, faster; BurntSushi/toml decodes what others wrote"},
	{"github.com/BurntSushi/toml", []string{"internal/settings", "internal/locale", "internal/search"},
		"one package refuses unknown keys; locale and search read only the messages and the rules of the program"},
	{"github.com/yuin/goldmark", []string{"internal/document"},
		"one package refuses raw HTML in Markdown"},
	{"github.com/nicksnyder/go-i18n", []string{"internal/locale"},
		"one package finds missing messages"},
	{"codeberg.org/go-pdf/fpdf", []string{"internal/poster"},
		"one package writes PDFs"},
	{"rsc.io/qr", []string{"internal/poster"},
		"one package draws QR codes"},
	{"github.com/klauspost/compress", []string{"internal/zipped"},
		"one package packs files"},
	{"github.com/xuri/excelize", []string{"internal/workbook"},
		"one package writes spreadsheets"},
	{"github.com/parquet-go", []string{"internal/opendata"},
		"Parquet is one of the formats of downloads"},
	{"modernc.org/sqlite", []string{"internal/opendata"},
		"SQLite is one of the formats of downloads; the program itself has no database"},
	{"github.com/tdewolff", []string{"layouts"},
		"layouts are minified once, when they are parsed"},
	{"golang.org/x/image", []string{"internal/photo", "internal/linkcard", "internal/boxes"},
		"one package unpacks pictures, within the limits, one draws them, and one reads what fonts have"},
	{"golang.org/x/net/html", []string{"internal/links", "internal/tools/sitetest"},
		"only the link check reads HTML; other packages write it"},
	{"github.com/spf13/cobra", []string{"cmd/achyk"},
		"other packages do not depend on the command line"},
	{"github.com/chromedp", []string{"internal/tools/browsertest"},
		"only tests need a browser"},
	{"github.com/dop251/goja", []string{"internal/tools/searchtest"},
		"only tests run scripts"},
	{"testing", []string{"internal/tools/browsertest", "internal/tools/casetest", "internal/tools/jmetest", "internal/tools/outside", "internal/tools/pdftest", "internal/tools/searchtest", "internal/tools/sitetest", "internal/tools/towntest"},
		"the program contains no test code"},
	{"os", []string{"cmd/achyk", "internal/clerk", "internal/serve", "internal/verify", "internal/pipeline", "internal/output", "internal/gitrepo", "internal/newtown", "internal/tools/browsertest", "internal/tools/casetest", "internal/tools/outside", "internal/tools/sitetest", "internal/tools/towntest", "internal/tools/wasm"},
		"other packages read an fs.FS and return values, so they work the same on every machine"},
	{"path/filepath", []string{"cmd/achyk", "internal/clerk", "internal/serve", "internal/verify", "internal/pipeline", "internal/output", "internal/gitrepo", "internal/newtown", "internal/tools/browsertest", "internal/tools/casetest", "internal/tools/outside", "internal/tools/sitetest", "internal/tools/towntest", "internal/tools/wasm"},
		"other paths have slashes on every system; package path handles them"},
	{"net/http", []string{"internal/serve", "internal/verify", "internal/tools/browsertest"},
		"a build uses no network"},
}

// TestReservedImports checks that no package imports a reserved one that it may not.
func TestReservedImports(t *testing.T) {
	imports := goList(t)
	for _, r := range reserved {
		for room, used := range imports {
			for _, path := range used {
				if (path == r.path || strings.HasPrefix(path, r.path+"/")) && !slices.Contains(r.rooms, room) {
					t.Errorf("%s may not import %s: %s", room, path, r.reason)
				}
			}
		}
	}
}
