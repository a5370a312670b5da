package diag

import "achyk/internal/limits"

// Collector collects the findings of files that may have millions of mistakes. It keeps
// limits.Findings of each code in each file and limits.AllFindings of each code, and counts the
// others in a finding of the code FindingsLeftOut, which has the place of the last that is kept.
// Of every code at least one finding is kept, so a repository with errors stays one with errors.
type Collector struct {
	List  List // to be read and appended to, not to be sorted before all is collected
	files map[file]*tally
	codes map[Code]*tally
}

type file struct {
	path string
	code Code
}

// tally counts findings.
type tally struct {
	kept int
	last int  // the index of the one kept last
	more Args // of the finding that counts those left out; nil if none is
}

// Add appends a finding, or counts it.
func (c *Collector) Add(d Diagnostic) {
	inFile, inAll := c.tallies(d.Name(), d.Code)
	switch {
	case inFile.kept == limits.Findings:
		c.leaveOut(inFile)
	case inAll.kept == limits.AllFindings:
		c.leaveOut(inAll)
	default:
		inFile.kept, inAll.kept = inFile.kept+1, inAll.kept+1
		inFile.last, inAll.last = len(c.List), len(c.List)
		c.List.Add(d)
	}
}

// AddAll adds the findings of a list.
func (c *Collector) AddAll(list List) {
	for _, d := range list {
		c.Add(d)
	}
}

// Full tells whether a finding of that code in that file would only be counted, so that Add
// needs no more of it than the two.
func (c *Collector) Full(path string, code Code) bool {
	inFile, inAll := c.tallies(path, code)
	return inFile.kept == limits.Findings || inAll.kept == limits.AllFindings
}

func (c *Collector) tallies(path string, code Code) (inFile, inAll *tally) {
	if c.files == nil {
		c.files, c.codes = map[file]*tally{}, map[Code]*tally{}
	}
	if inFile = c.files[file{path, code}]; inFile == nil {
		inFile = &tally{}
		c.files[file{path, code}] = inFile
	}
	if inAll = c.codes[code]; inAll == nil {
		inAll = &tally{}
		c.codes[code] = inAll
	}
	return inFile, inAll
}

// leaveOut counts a finding.
func (c *Collector) leaveOut(t *tally) {
	if t.more == nil {
		last := c.List[t.last]
		t.more = Args{"value": string(last.Code), "others": 0}
		last.Code, last.ID, last.Value, last.Args = FindingsLeftOut, "", string(last.Code), t.more
		c.List.Add(last)
	}
	t.more["others"] = t.more["others"].(int) + 1
}
