package desk

import (
	"io"

	"achyk/internal/blank"
	"achyk/internal/files"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
)

// Sheets are the sheets to fill in of all registers that are kept as CSV, in each language:
// desk/sheets/osh/findings.ky.xlsx.
func Sheets(s *page.Site) (all []files.File) {
	if !Built() {
		return nil
	}
	for _, l := range s.Data.Site.Langs() {
		for _, m := range s.Data.Municipalities {
			for _, t := range m.Tables {
				if r, builtIn := jme.Find(t.Schema.Name); builtIn && r.Origin != jme.FromCSV {
					continue
				}
				all = append(all, files.File{Path: Path + "sheets/" + m.ID + "/" + t.Schema.Name + "." + l.String() + ".xlsx", Write: func(w io.Writer) error {
					return blank.New(m, t, s.Data.Site.Langs(), locale.For(l)).Write(w)
				}})
			}
		}
	}
	return all
}
