package load

import (
	"strconv"
	"strings"
	"time"

	"achyk/internal/diag"
)

// particulars are the keys of front matter that mean the same in every language.
func (f *front) particulars() map[string]string {
	given := map[string]string{"panel": f.Panel, "reports": strings.Join(f.Reports, ", ")}
	if !f.Date.IsZero() {
		given["date"] = f.Date.Format(time.DateOnly)
	}
	for key, n := range map[string]int{"year": f.Year, "order": f.Order} {
		if n != 0 {
			given[key] = strconv.Itoa(n)
		}
	}
	return given
}

// compareTranslation reports what a translation says otherwise than the original. What it leaves out is that of the
// original, which the site shows in every language.
func (l *loader) compareTranslation(original, in translated) {
	is := original.front.particulars()
	for key, value := range in.front.particulars() { // findings are sorted by their places
		if value != "" && value != is[key] {
			l.problems.Add(diag.Diagnostic{Code: diag.TranslationDiffers, File: in.places.File(), Span: in.places.At(key), Value: value, Args: diag.Args{
				"key": key, "have": is[key], "file": original.places.File().Path,
			}})
		}
	}
}
