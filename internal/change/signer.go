package change

import (
	"maps"
	"slices"

	"achyk/internal/diag"
	"achyk/internal/signature"
)

// signers returns the keys that a snapshot names, by their fingerprints.
func (m snapshot) signers() map[string]signature.Signer {
	by, known := m.keys[m.name]
	if known || m.files == nil {
		return by
	}
	keys, _, err := signature.Read(m.files)
	if err != nil {
		m.fail(err)
	}
	by = map[string]signature.Signer{}
	for _, s := range keys.Signers() {
		by[s.Fingerprint] = s
	}
	m.keys[m.name] = by
	return by
}

// alteredSigners finds keys that were added or removed, and those whose holder or term was
// altered. The keys of today say of all commits, also of earlier ones, who signed them.
func (j *judge) alteredSigners() (all []finding) {
	was, is := j.published().signers(), j.proposal().signers()
	every := map[string]signature.Signer{}
	maps.Copy(every, was)
	maps.Copy(every, is)
	for _, key := range slices.Sorted(maps.Keys(every)) {
		old, new := was[key], is[key]
		if old.Sum == new.Sum {
			continue
		}
		all = append(all, finding{
			code: diag.SignersAltered, path: every[key].Path, key: key, old: old.Sum[:min(len(old.Sum), 16)], new: new.Sum[:min(len(new.Sum), 16)],
			args: diag.Args{"value": every[key].Name},
			by:   j.author(func(m snapshot) string { return m.signers()[key].Sum }),
		})
	}
	return all
}
