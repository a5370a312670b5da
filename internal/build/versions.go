package build

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"time"

	"achyk/internal/dataset"
	"achyk/internal/diag"
	"achyk/internal/files"
	"achyk/internal/gitrepo"
	"achyk/internal/load"
	"achyk/internal/opendata"
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
// follows from its commit alone, so its files are the same in every build; they are in the
// order of their commits. A tag without data is passed over: it is of the program, or from
// before there was any.
func (r *Repository) versions() ([]version, error) {
	if r.commit.Hash == "" {
		return nil, nil
	}
	tags, err := r.tags()
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
	slices.SortStableFunc(all, func(a, b version) int { return a.tag.Commit.Time.Compare(b.tag.Commit.Time) })
	return all, nil
}

// since are the commits that came after the newest version; nil where there is none, or
// where the clone does not reach back to it.
func (r *Repository) since(versions []version) (map[string]bool, error) {
	if len(versions) == 0 {
		return nil, nil
	}
	newest := versions[len(versions)-1].tag.Commit
	if cut, err := r.git.Shallow(); err != nil || len(cut) > 0 {
		return nil, err
	}
	if kept := r.options.Past; kept != nil && kept.since != nil && kept.sinceOf == [2]string{newest.Hash, r.commit.Hash} {
		return kept.since, nil
	}
	ahead, err := r.git.Ahead(r.commit, newest)
	if err != nil {
		return nil, err
	}
	after := map[string]bool{}
	for _, c := range ahead.Commits {
		after[c.Hash] = true
	}
	if kept := r.options.Past; kept != nil {
		kept.since, kept.sinceOf = after, [2]string{newest.Hash, r.commit.Hash}
	}
	return after, nil
}

// tags are those of the repository; or, where a site is built again, those it was built
// with, whose commits are there whether or not the tags still are.
func (r *Repository) tags() ([]gitrepo.Tag, error) {
	if r.options.tagged == nil {
		return r.git.Tags("v")
	}
	var tags []gitrepo.Tag
	for _, v := range r.options.tagged {
		c, err := r.git.Resolve(v.Commit)
		if err != nil {
			return nil, fmt.Errorf("version %s: %w", v.Tag, err)
		}
		tags = append(tags, gitrepo.Tag{Name: v.Tag, Commit: c})
	}
	return tags, nil
}

// freeze makes the files of a tag.
func (r *Repository) freeze(tag gitrepo.Tag) (*version, error) {
	tree, err := r.git.FS(tag.Commit)
	if err != nil {
		return nil, err
	}
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
	bishkek, err := time.LoadLocation("Asia/Bishkek")
	if err != nil {
		return nil, err
	}
	v := &version{tag: tag, asOf: day(tag.Commit.Time.In(bishkek))}
	as := func(register string) []byte {
		if !unsound[register] {
			return nil
		}
		raw, err := fs.ReadFile(tree, path.Join("data", register+".csv"))
		if err != nil {
			return nil // made of texts: what could be read of them is what there is
		}
		return raw
	}
	index, frozenAt := files.New(), dataset.Snapshot{Data: data, AsOf: v.asOf, Commit: tag.Commit.Hash}
	if err := opendata.AddFrozen(index, frozenAt, "data/v/"+tag.Name+"/", as); err != nil {
		return nil, err
	}
	for _, f := range index.All() {
		var b bytes.Buffer
		if err := f.CopyTo(&b); err != nil {
			return nil, err
		}
		v.files = append(v.files, frozen{f.Path, b.Bytes()})
	}
	return v, nil
}

// plan returns the files of a version.
func (v *version) plan() (all []files.File) {
	for _, f := range v.files {
		all = append(all, files.File{Path: f.path, Write: func(w io.Writer) error {
			_, err := w.Write(f.data)
			return err
		}})
	}
	return all
}
