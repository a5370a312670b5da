package closing

import (
	"achyk/internal/diag"
	"achyk/internal/jme"
	"achyk/internal/locale"
	"achyk/internal/privacy"
)

// Personal reports what a reason tells of people that must not be published: it stands in the public
// history, and on pages. Contacts that the settings allow may stand in it.
func Personal(reason string, data *jme.Dataset) (problems diag.List) {
	allowed := map[string]bool{}
	allow := func(contacts map[string]locale.Text) {
		for contact := range contacts {
			for _, f := range privacy.Find(contact) {
				allowed[privacy.Key(contact[f.Start:f.End])] = true
			}
		}
	}
	allow(data.Site.Allowed)
	for _, m := range data.Municipalities {
		allow(m.Settings.Allowed)
	}
	for _, f := range privacy.Refused(reason, func(key string) bool { return allowed[key] }) {
		masked := privacy.Mask(reason[f.Start:f.End])
		problems.Add(diag.Diagnostic{Code: diag.Code("personal-" + f.Kind), Value: masked, Args: diag.Args{"value": masked, "place": diag.Phrase("trace.in-reason")}})
	}
	return problems
}
