// Package worktree finds what git puts into a folder beside what people wrote: marks of a conflict that
// nobody resolved, pointers that Git LFS commits in the place of files, and attributes by which git writes
// files with other bytes than their commit has.
package worktree

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/source"
)

// Pointer begins what Git LFS commits in place of a file (its specification, version 1).
var Pointer = []byte("version https://git-lfs.github.com/spec/v1\n")

// Unfinished returns a finding if git has left the file half done, or nil. Nothing else of such a file
// needs to be looked at: a merge that nobody finished would give a finding for each of its lines.
func Unfinished(f *source.File) *diag.Diagnostic {
	code, at := diag.Code(""), 0
	for _, mark := range []string{"<<<<<<< ", ">>>>>>> ", "||||||| "} {
		if i := lineBeginning(f.Data, mark); i >= 0 && (code == "" || i < at) {
			code, at = diag.ConflictMark, i
		}
	}
	if bytes.HasPrefix(f.Data, Pointer) {
		code = diag.LFSPointer
	}
	if code == "" {
		return nil
	}
	value, _, _ := strings.Cut(f.Text()[at:], "\n")
	value = strings.TrimSuffix(value, "\r")
	return &diag.Diagnostic{Code: code, File: f, Span: source.Span{Start: at, End: at + len(value)}, Value: value, Args: diag.Args{"value": value}}
}

// lineBeginning returns the offset of the first line that begins with a text, or -1.
func lineBeginning(data []byte, text string) int {
	if bytes.HasPrefix(data, []byte(text)) {
		return 0
	}
	if i := bytes.Index(data, []byte("\n"+text)); i >= 0 {
		return i + 1
	}
	return -1
}

// Attributes returns the findings of a file .gitattributes: by what it says git writes files below the
// roots, which are top folders of the repository, with other bytes than their commit has. Each line is
// judged by itself: that a later line takes an attribute back is not seen.
func Attributes(f *source.File, roots []string) (findings diag.List) {
	begin := 0
	for line := range bytes.Lines(f.Data) {
		if at, found := altering(line, path.Dir(f.Path) == ".", roots); found {
			span := source.Span{Start: begin + at[0], End: begin + at[1]}
			value := string(f.Data[span.Start:span.End])
			findings.Add(diag.Diagnostic{Code: diag.Attributes, File: f, Span: span, Value: value, Args: diag.Args{"value": value}})
		}
		begin += len(line)
	}
	return findings
}

var (
	attributesPattern = regexp.MustCompile(`^\s*("(\\.|[^"\\])*"|\S+)`)
	attributesWord    = regexp.MustCompile(`\S+`)
)

// altering returns the place of the first attribute in a line by which git alters files below roots.
// top says that the line is in the top folder of the repository.
func altering(line []byte, top bool, roots []string) (at [2]int, found bool) {
	pattern := attributesPattern.FindSubmatchIndex(line)
	if pattern == nil || line[pattern[2]] == '#' || top && elsewhere(string(line[pattern[2]:pattern[3]]), roots) {
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
			// With text, git takes line ends of Windows out of pictures and documents as well; eol alone sets text.
			(name == "text" && !valued || name == "eol" && value == "lf" && !has("text", "text=auto", "-text")) && !ofTexts(string(line[pattern[2]:pattern[3]])),
			name == "filter" && valued, name == "ident" && !valued,
			name == "working-tree-encoding" && valued && !strings.EqualFold(value, "utf-8"):
			return [2]int{w[0], w[1]}, true
		}
	}
	return at, false
}

// ofTexts tells whether a pattern fits only files that are text, by the ending that it names.
func ofTexts(pattern string) bool {
	return slices.Contains([]string{".csv", ".md", ".toml", ".html", ".css", ".js", ".svg", ".txt", ".json"}, path.Ext(strings.Trim(pattern, `"`)))
}

// elsewhere tells whether a pattern of the top folder fits no file below roots, because its first
// folder has another name.
func elsewhere(pattern string, roots []string) bool {
	first, _, folders := strings.Cut(strings.TrimPrefix(pattern, "/"), "/")
	return folders && !strings.ContainsAny(first, `*?[\"`) && !slices.Contains(roots, first)
}
