package clerk

import (
	"bytes"

	"achyk/internal/blank"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/newcycle"
	"achyk/internal/pipeline"
)

// Cycle lays out a year of a municipality: its plan, and the drafts by the names of their files, which are not meant for the
// repository. fits tells whether a plan can be made of a year, given the year of the day that counts as today.
func Cycle(o pipeline.Options, municipality string, year int, say *locale.Printer, fits func(present int) error) (p *newcycle.Plan, drafts map[string][]byte, err error) {
	drafts = map[string][]byte{}
	err = atDesk(o, municipality, func(l *pipeline.Loaded, m *jme.Municipality) error {
		if err := fits(l.Today.Year()); err != nil {
			return err
		}
		p = newcycle.Of(m, year, l.Today)
		var plan bytes.Buffer
		if err := p.Write(&plan, say); err != nil {
			return err
		}
		drafts["plan.md"] = plan.Bytes()
		for _, name := range p.Registers() {
			t, err := kept(m, name)
			if err != nil {
				return err
			}
			sheet := blank.New(m, t, l.Data.Site.Langs(), say)
			sheet.Drafts = p.Rows(t)
			var b bytes.Buffer
			if err := sheet.Write(&b); err != nil {
				return err
			}
			drafts[name+".xlsx"] = b.Bytes()
		}
		if p.Letter != "" {
			drafts[p.Letter+"."+l.Data.Site.Original().String()+".md"] = []byte(p.LetterText())
		}
		return nil
	})
	return p, drafts, err
}
