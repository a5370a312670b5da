package data

import (
	"slices"

	"achyk/internal/history"
	"achyk/internal/locale"
	"achyk/internal/site/changes"
	"achyk/internal/site/page"
)

// since counts the records of a municipality that commits changed after the newest version. It
// counts each record once: a record that was created and then changed counts as created.
func since(p *page.Place) *SinceView {
	if p.After == nil || p.History == nil {
		return nil
	}
	args := locale.Args{"tag": p.Versions[len(p.Versions)-1].Tag}
	v := &SinceView{Title: p.F("site.data.since", args)}
	for _, reg := range p.Town.Tables {
		records := map[string]history.Kind{}
		for _, x := range slices.Backward(p.EntriesOf(reg)) { // oldest first
			if !p.After[x.Commit.Hash] {
				continue
			}
			for i := range x.Touch.Records {
				r := &x.Touch.Records[i]
				records[r.Key] = r.Shown().After(records[r.Key])
			}
		}
		counts := map[history.Kind]int{}
		for _, kind := range records {
			counts[kind]++
		}
		if kinds := changes.Kinds(p, counts); len(kinds) > 0 {
			register := page.Link{Text: page.Phrase{p.Text(reg.Schema.Title)}, Href: p.To(p.Town.ChangesPath(reg.Schema.Name))}
			v.Registers = append(v.Registers, SinceLine{register, kinds})
		}
	}
	if len(v.Registers) == 0 {
		v.None = p.F("site.data.sincenone", args)
	}
	return v
}
