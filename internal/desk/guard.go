package desk

import (
	"bytes"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"achyk/internal/change/closing"
	"achyk/internal/diag"
	"achyk/internal/jme"
)

// guard tells of texts and documents that take the place of published ones, and whether this needs a
// reason, as the check of proposals judges it. Registers are judged by their cells.
func (d *Draft) guard(r *Repository, m *jme.Municipality, proposed map[string][]byte) {
	for _, name := range slices.Sorted(maps.Keys(proposed)) {
		old, err := fs.ReadFile(r.files, name)
		if err != nil || strings.HasPrefix(name, "data/") || bytes.Equal(old, proposed[name]) {
			continue
		}
		d.Problems.Add(diag.Diagnostic{Code: diag.FilePublished, Path: name, Value: name, Args: diag.Args{"value": name}})
		d.replaces = d.replaces || closing.Replaced(name, old, proposed[name])
	}
	is := d.Data.Municipality(m.ID)
	if published := m.Table(jme.AnalyticLetters); published != nil && is != nil {
		p := &Proposal{Result: &Result{Changes: Between(published, is.Table(jme.AnalyticLetters))}}
		p.close(m, published, r.Today)
		d.replaces = d.replaces || p.NeedsReason()
	}
}

// Reason reports what the reason of a proposal tells of people that must not be published.
func (r *Repository) Reason(reason string) diag.List { return closing.Personal(reason, r.Data) }
