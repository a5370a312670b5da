package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"achyk/internal/jme"
	"achyk/internal/regulation"
	"achyk/internal/regulation/rules"
)

// AssumeError says that an assumption cannot be read as Options.Assume asks.
type AssumeError struct {
	Reading regulation.Reading
	Why     string   // "form", "code", "value" or "wording"
	Words   []string // the codes or values that there are
}

func (e *AssumeError) Error() string {
	return fmt.Sprintf("assumption %q cannot be read as %q: %s", e.Reading.Assumption, e.Reading.Value, e.Why)
}

// readings reads Options.Assume: each "CODE=VALUE", with the code of an assumption that a
// municipality names.
func readings(assume []string, set *jme.Dataset) (all []regulation.Reading, err error) {
	var codes []string
	for _, m := range set.Municipalities {
		for _, a := range m.Regulation.Assumptions {
			codes = append(codes, a.Code)
		}
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	computed := slices.DeleteFunc(slices.Clone(codes), func(code string) bool { return rules.All.Convention(code) == nil })
	for _, text := range assume {
		code, value, whole := strings.Cut(text, "=")
		r := regulation.Reading{Assumption: code, Value: value}
		convention := rules.All.Convention(code)
		switch {
		case !whole:
			return nil, &AssumeError{regulation.Reading{Assumption: text}, "form", computed}
		case !slices.Contains(codes, code):
			return nil, &AssumeError{r, "code", computed}
		case convention == nil:
			return nil, &AssumeError{r, "wording", computed}
		case !slices.Contains(convention.Values, value):
			return nil, &AssumeError{r, "value", convention.Values}
		}
		all = append(all, r)
	}
	return all, nil
}
