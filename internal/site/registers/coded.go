package registers

import (
	"strings"

	"achyk/internal/jme"
	"achyk/internal/site/page"
)

// coded are the columns whose cells hold codes of several records with spaces between them, and the register of these.
// "" stands for the assumptions of the regulation.
var coded = map[[2]string]string{
	{jme.AnalyticLetters, "reports"}: "reports",
	{jme.Compliance, "explanations"}: jme.Explanations,
	{jme.Compliance, "assumptions"}:  "",
	{jme.Deadlines, "explanations"}:  jme.Explanations,
	{jme.Deadlines, "assumptions"}:   "",
}

// titled returns what the records are called whose codes a cell holds. ok is false for cells that hold something else.
func titled(p *page.Place, c jme.Cell) (titles page.Phrase, ok bool) {
	register, ok := coded[[2]string{c.Table.Schema.Name, c.Column.Name}]
	if !ok {
		return nil, false
	}
	for code := range strings.FieldsSeq(c.Value) {
		title := page.Text{Text: code}
		if register != "" {
			title.Text = p.Record(register, code).Text.String()
		}
		for _, a := range p.Town.Regulation.Assumptions {
			if register == "" && a.Code == code {
				title = p.Text(a.Title)
			}
		}
		titles = append(titles, title)
	}
	return titles, true
}
