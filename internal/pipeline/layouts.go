package pipeline

import (
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/site"
	"achyk/internal/site/page"
	"achyk/layouts"
)

// readLayouts reads the layouts for Plan, and adds what is wrong with them to the problems. What cannot be read is one already.
func (j *Judged) readLayouts() {
	if slices.ContainsFunc(j.Findings, func(d diag.Diagnostic) bool {
		return d.Severity() == diag.Error && strings.HasPrefix(d.Name(), layoutsFolder+"/")
	}) {
		return
	}
	templates, err := j.parseLayouts()
	wrong, err := site.Faults(err, j.layouts(), layoutsFolder)
	j.templates, j.broken, j.Problems = templates, err, append(j.Problems, wrong...)
}

// LayoutFindings returns what the error of making a page tells of the layouts, and what else it tells of.
func (p *Plan) LayoutFindings(err error) (diag.List, error) {
	return site.Faults(err, p.layouts, layoutsFolder)
}

// tryLayouts makes a page of each kind, so that check finds what is true of most pages; a build makes all. The layouts of the
// program need no trial.
func (p *Plan) tryLayouts() error {
	if p.layouts == layouts.Files {
		return nil
	}
	return site.Try(page.Joined(p.pages, page.Made(p.zipped)))
}
