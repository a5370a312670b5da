package gitrepo

import "strings"

// Trailer returns what the last paragraph of the message, which is not the subject, says
// under one of the keys, as git interpret-trailers reads it: "Correction: minutes 7", capital
// and small letters alike, longer values on further lines that begin with a space. Several
// are joined by spaces. Unlike in git, lines of other kinds may stand in the paragraph:
// who forgot an empty line has given a reason nonetheless.
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
