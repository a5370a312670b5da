package subjects

import (
	"slices"

	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/site/page"
)

// NormsView shows norms with what was found of each, a column for each year.
type NormsView struct {
	Years   []string
	Rows    []NormRow
	Earlier page.Link // to findings of years that are not shown; may be empty
}

// NormRow is a norm.
type NormRow struct {
	Norm  page.Link
	Cells []NormCell // by year
}

// NormCell is what was found of a norm in a year.
type NormCell struct {
	Year     string
	Verdicts []VerdictLine
	Note     string // why there is no verdict
}

// VerdictLine is a verdict, which leads to its finding.
type VerdictLine struct {
	Mark, Label, Href string
	Who               page.Phrase // the provider, where several were assessed
}

// mostYears is how many columns fit beside the norms.
const mostYears = 3

// normsByYear returns what assessments found, norm by norm and year by year, the newest year first.
// further norms are shown if they are in force today. It returns nil if nothing was found.
//
// A norm keeps its id as long as its words stay the same. So verdicts in one row are comparable; where
// a norm was not in force in a year, the cell says so instead of leaving a gap.
func normsByYear(p *page.Place, assessments []*jme.Assessment, further []*jme.Requirement) *NormsView {
	var years []int
	var norms []*jme.Requirement
	providers := map[string]bool{}
	for _, a := range assessments {
		if len(a.Findings) == 0 {
			continue
		}
		if !slices.Contains(years, a.Year) {
			years = append(years, a.Year)
		}
		providers[a.Provider.ID] = true
		for _, f := range a.Findings {
			if q := f.Requirement.Get(); q != nil && !slices.Contains(norms, q) {
				norms = append(norms, q)
			}
		}
	}
	if len(norms) == 0 {
		return nil
	}
	for _, q := range further {
		if !slices.Contains(norms, q) && (q.ValidTo.IsZero() || !q.ValidTo.Day().Before(p.Today)) {
			norms = append(norms, q)
		}
	}
	slices.Sort(years)
	slices.Reverse(years)
	v := &NormsView{}
	if len(years) > mostYears {
		v.Earlier = page.Link{Text: page.Own(p.N("site.subject.earlier_years", len(years)-mostYears)), Href: p.To(p.Town.ListPath("findings"))}
		years = years[:mostYears]
	}
	for _, year := range years {
		v.Years = append(v.Years, page.Year(year))
	}
	for _, q := range norms {
		row := NormRow{Norm: page.Link{Text: page.Phrase{p.Text(q.Text)}, Href: p.Record("requirements", q.ID).Href}}
		for _, year := range years {
			row.Cells = append(row.Cells, verdicts(p, q, year, assessments, len(providers) > 1))
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// verdicts returns what was found of a norm in a year.
func verdicts(p *page.Place, q *jme.Requirement, year int, assessments []*jme.Assessment, name bool) NormCell {
	cell := NormCell{Year: page.Year(year)}
	for _, a := range assessments {
		if a.Year != year {
			continue
		}
		for _, f := range a.Findings {
			if !f.Requirement.Is(q) || f.Verdict == "" {
				continue
			}
			line := VerdictLine{
				Mark: page.Mark("findings", "verdict", f.Verdict), Label: jme.Schema("findings").Column("verdict").Label(f.Verdict).In(p.Lang),
				Href: p.Record("findings", f.ID).Href,
			}
			if x := a.Provider.Get(); name && x != nil {
				line.Who = page.Phrase{p.Text(x.Name)}
			}
			cell.Verdicts = append(cell.Verdicts, line)
		}
	}
	switch {
	case len(cell.Verdicts) > 0:
	case !q.ValidFrom.IsZero() && q.ValidFrom.Year() > year:
		cell.Note = p.F("site.subject.norm_since", locale.Args{"Year": page.Year(q.ValidFrom.Year())})
	case !q.ValidTo.IsZero() && q.ValidTo.Year() < year:
		cell.Note = p.F("site.subject.norm_until", locale.Args{"Year": page.Year(q.ValidTo.Year())})
	default:
		cell.Note = p.T("site.mark.not-checked")
	}
	return cell
}
