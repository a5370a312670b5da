package gitrepo

import "strings"

// Trailer returns the values that the last paragraph of the body gives for one of the keys,
// as git interpret-trailers reads them: "Correction: minutes 7". The case of the key does
// not matter. A value may go on in further lines that begin with a space. Several values
// are joined by spaces. Unlike in git, the paragraph may also have other lines, so that a
// forgotten empty line before the trailer does not hide it.
func (c Commit) Trailer(keys ...string) string {
	paragraph := c.Body[strings.LastIndex(c.Body, "\n\n")+1:]
	var words []string
	within := false
	for line := range strings.Lines(paragraph) {
		if line[0] != ' ' && line[0] != '\t' {
			key, value, found := strings.Cut(line, ":")
			within = false
			for _, k := range keys {
				within = within || found && strings.EqualFold(strings.TrimSpace(key), k)
			}
			line = value
		}
		if within {
			words = append(words, strings.Fields(line)...)
		}
	}
	return strings.Join(words, " ")
}
