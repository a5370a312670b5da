package gitrepo

import (
	"slices"
	"strings"
)

// Trailer returns the values that the body gives for one of the keys, as git interpret-trailers
// writes them: "Correction: minutes 7". The case of the key does not matter. A value may go on in
// further lines that begin with a space. Several values are joined by semicolons.
//
// Unlike in git, the line may stand in any paragraph, and beside other lines: a service that joins
// the commits of a proposal into one puts their messages after each other and its own trailers,
// such as Co-authored-by, at the end.
func (c Commit) Trailer(keys ...string) string {
	var values []string
	value, within := "", false
	end := func() {
		if value = strings.Join(strings.Fields(value), " "); value != "" && !slices.Contains(values, value) {
			values = append(values, value)
		}
		value = ""
	}
	for line := range strings.Lines(c.Body) {
		if line[0] != ' ' && line[0] != '\t' {
			end()
			key, rest, found := strings.Cut(line, ":")
			within = found && slices.ContainsFunc(keys, func(k string) bool { return strings.EqualFold(strings.TrimSpace(key), k) })
			line = rest
		}
		if within {
			value += line
		}
	}
	end()
	return strings.Join(values, "; ")
}
