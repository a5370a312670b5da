package load

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/limits"
	"achyk/internal/source"
)

// attributesFile tells git how to write the files of a commit into a folder.
const attributesFile = ".gitattributes"

// attributes reports the attributes of git by which files below Roots are written into a folder
// with other bytes than their commit has. Every later build from a folder would be one of no
// commit. Each line is judged by itself: that a later line takes an attribute back is not seen.
func (l *loader) attributes(name string, e fs.DirEntry) {
	info, err := e.Info()
	if err != nil {
		l.keepError(err)
		return
	}
	if info.Size() > limits.Settings {
		l.overLimit(name, "file-size", int(info.Size()+1023)>>10, limits.Settings>>10)
		return
	}
	data, err := fs.ReadFile(l.fsys, name)
	l.keepError(err)
	f := &source.File{Path: name, Data: data}
	begin := 0
	for line := range bytes.Lines(data) {
		if at, found := altering(line, path.Dir(name) == "."); found {
			span := source.Span{Start: begin + at[0], End: begin + at[1]}
			value := string(data[span.Start:span.End])
			l.problems.Add(diag.Diagnostic{Code: diag.Attributes, File: f, Span: span, Value: value, Args: diag.Args{"value": value}})
		}
		begin += len(line)
	}
}

var (
	attributesPattern = regexp.MustCompile(`^\s*("(\\.|[^"\\])*"|\S+)`)
	attributesWord    = regexp.MustCompile(`\S+`)
)

// altering returns the place of the first attribute in a line by which git alters files below Roots.
// top says that the line is in the top folder of the repository.
func altering(line []byte, top bool) (at [2]int, found bool) {
	pattern := attributesPattern.FindSubmatchIndex(line)
	if pattern == nil || line[pattern[2]] == '#' || top && elsewhere(string(line[pattern[2]:pattern[3]])) {
		return at, false
	}
	var words [][]int
	has := func(all ...string) bool {
		return slices.ContainsFunc(words, func(w []int) bool { return slices.Contains(all, string(line[w[0]:w[1]])) })
	}
	words = attributesWord.FindAllIndex(line[pattern[1]:], -1)
	for i := range words {
		words[i][0], words[i][1] = words[i][0]+pattern[1], words[i][1]+pattern[1]
	}
	for _, w := range words {
		name, value, valued := strings.Cut(string(line[w[0]:w[1]]), "=")
		switch {
		// Without eol, the line ends are those of the computer.
		case (name == "text" || name == "crlf") && (!valued || value == "auto") && !has("eol=lf"),
			name == "eol" && value == "crlf" && !has("-text"),
			name == "filter" && valued, name == "ident" && !valued,
			name == "working-tree-encoding" && valued && !strings.EqualFold(value, "utf-8"):
			return [2]int{w[0], w[1]}, true
		}
	}
	return at, false
}

// elsewhere tells whether a pattern of the top folder fits no file below Roots, because its first
// folder has another name.
func elsewhere(pattern string) bool {
	first, _, folders := strings.Cut(strings.TrimPrefix(pattern, "/"), "/")
	return folders && !strings.ContainsAny(first, `*?[\"`) && !slices.Contains(Roots, first)
}
