package pipeline

import (
	"io"

	"achyk/internal/desk"
	"achyk/internal/files"
	deskpage "achyk/internal/site/desk"
)

// deskFiles are the files that the page of the desk loads: the program, and the records that it
// compares spreadsheets with.
func (j *Judged) deskFiles(script []byte) []files.File {
	all := deskpage.Files(script)
	if len(all) == 0 {
		return nil
	}
	return append(all, files.File{Path: deskpage.Path + "repository.zip", Write: func(w io.Writer) error { return desk.Bundle(w, j.files) }})
}
