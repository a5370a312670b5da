// Package frozen makes the registers as they were at a tag, for readers who need data that does not
// change. The files of a version depend on its commit alone, so they are the same in every build.
package frozen

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"regexp"
	"time"

	"achyk/internal/dataset"
	"achyk/internal/diag"
	"achyk/internal/files"
	"achyk/internal/gitrepo"
	"achyk/internal/limits"
	"achyk/internal/load"
	"achyk/internal/opendata"
	"achyk/internal/table"
)

// Version is the registers as they were at a tag. It holds the published files, which are
// small, and not the records.
type Version struct {
	Tag   gitrepo.Tag
	AsOf  time.Time // the day of the tag's commit
	files []file
}

// file is one published file of a version.
type file struct {
	path string
	data []byte
}

// tagName matches the tags whose names can be a folder in an address.
var tagName = regexp.MustCompile(`^v[0-9A-Za-z][0-9A-Za-z._-]*$`)

// Names tells whether the data of a tag of that name is published.
func Names(tag string) bool { return tagName.MatchString(tag) && len(tag) <= limits.Name }

// Make makes the version of a tag from the files of its commit. A register with errors is published
// as it was committed, without a description. The version is nil if there is no register.
func Make(tree fs.FS, tag gitrepo.Tag) (*Version, error) {
	data, problems, err := load.Load(tree)
	if err != nil {
		return nil, err
	}
	unsound := map[string]bool{}
	for i := range problems {
		if problems[i].Severity() == diag.Error {
			unsound[problems[i].Register] = true
		}
	}
	v := &Version{Tag: tag, AsOf: data.Site.DayOf(tag.Commit.Made)}
	committed := func(register string) []byte {
		if !unsound[register] {
			return nil
		}
		raw, err := fs.ReadFile(tree, path.Join("data", register+".csv"))
		if err != nil {
			return nil // a register that is made of documents has no CSV; it is published as far as it could be read
		}
		return raw
	}
	published := dataset.Kept(data, func(t *table.Table) bool { return unsound[t.Label] })
	index, frozenAt := files.New(), dataset.Snapshot{Data: published, AsOf: v.AsOf, Commit: tag.Commit.Hash}
	if err := opendata.AddFrozen(index, frozenAt, "data/v/"+tag.Name+"/", committed); err != nil {
		return nil, err
	}
	for _, f := range index.All() {
		var b bytes.Buffer
		if err := f.CopyTo(&b); err != nil {
			return nil, err
		}
		v.files = append(v.files, file{f.Path, b.Bytes()})
	}
	if len(v.files) == 0 {
		return nil, nil
	}
	return v, nil
}

// Files returns the files of the version.
func (v *Version) Files() (all []files.File) {
	for _, f := range v.files {
		all = append(all, files.File{Path: f.path, Write: func(w io.Writer) error {
			_, err := w.Write(f.data)
			return err
		}})
	}
	return all
}
