package build

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"time"

	"achyk/internal/diag"
	"achyk/internal/gitrepo"
	"achyk/internal/load"
	"achyk/internal/opendata"
	"achyk/internal/site"
)

// version is the registers as they were at a tag. The files are made once, and small:
// a tag's dataset is not kept.
type version struct {
	tag   gitrepo.Tag
	asOf  time.Time // the day of its commit
	files []frozen
}

type frozen struct {
	path string
	data []byte
}

// tagName is what a tag must be called to have a folder of its own in addresses.
var tagName = regexp.MustCompile(`^v[0-9A-Za-z][0-9A-Za-z._-]*$`)

// versions reads the registers of all tags that begin with v. What is published of one
// follows from its commit alone, so its files are the same in every build. A tag without
// data is passed over: it is of the program, or from before there was any.
func (r *Repository) versions() ([]version, error) {
	if r.commit.Hash == "" {
		return nil, nil
	}
	tags, err := r.git.Tags("v")
	if err != nil {
		return nil, err
	}
	var all []version
	for _, tag := range tags {
		if !tagName.MatchString(tag.Name) {
			continue
		}
		known := r.options.Past.version(tag)
		if known == nil {
			if known, err = r.freeze(tag); err != nil {
				return nil, fmt.Errorf("version %s: %w", tag.Name, err)
			}
			r.options.Past.keep(known)
		}
		if len(known.files) > 0 {
			all = append(all, *known)
		}
	}
	return all, nil
}

// freeze makes the files of a tag.
func (r *Repository) freeze(tag gitrepo.Tag) (*version, error) {
	files, err := r.git.FS(tag.Commit)
	if err != nil {
		return nil, err
	}
	data, problems, err := load.Load(files)
	if err != nil {
		return nil, err
	}
	unsound := map[string]bool{}
	for i := range problems {
		if problems[i].Severity() == diag.Error {
			unsound[problems[i].Register] = true
		}
	}
	bishkek, err := time.LoadLocation("Asia/Bishkek")
	if err != nil {
		return nil, err
	}
	v := &version{tag: tag, asOf: day(tag.Commit.Time.In(bishkek))}
	as := func(register string) []byte {
		if !unsound[register] {
			return nil
		}
		raw, err := fs.ReadFile(files, path.Join("data", register+".csv"))
		if err != nil {
			return nil // made of texts: what could be read of them is what there is
		}
		return raw
	}
	for _, f := range opendata.Frozen(opendata.Options{Data: data, AsOf: v.asOf, Commit: tag.Commit.Hash}, "data/v/"+tag.Name+"/", as) {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			return nil, err
		}
		v.files = append(v.files, frozen{f.Path, b.Bytes()})
	}
	return v, nil
}

// add plans the files of a version.
func (v *version) add(p *Plan) site.Version {
	for _, f := range v.files {
		p.add(f.path, func(w io.Writer) error {
			_, err := w.Write(f.data)
			return err
		})
	}
	return site.Version{Tag: v.tag.Name, Commit: v.tag.Commit.Hash, Date: v.asOf}
}
