package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"achyk/internal/jme"
	"achyk/internal/regular"
)

// buildRecordName is the path of the file that holds the BuildRecord.
const buildRecordName = "build.json"

// program is BuildRecord.Program of every site.
const program = "achyk"

// BuildRecord is the content of build.json. It says what a site was built from, so that anybody
// can build it again and compare (package verify).
type BuildRecord struct {
	Program       string `json:"program"`
	Version       string `json:"version"`
	Commit        string `json:"commit"`      // empty if the folder is in no git repository
	CommitDate    string `json:"commit_date"` // RFC 3339, in the author's zone
	AsOf          string `json:"as_of"`
	AsOfFrom      string `json:"as_of_from"` // "flag", "commit" or "clock"
	BaseURL       string `json:"base_url"`   // ends with a slash
	Source        string `json:"source"`     // see sourceHash
	Clean         bool   `json:"clean"`      // the files are the same as in the commit
	Shallow       bool   `json:"shallow"`    // the clone lacked older commits, so the history is incomplete
	Demonstration bool   `json:"demonstration"`
	Offline       bool   `json:"offline,omitempty"` // see Options
	Pages         int    `json:"pages"`
	Files         int    `json:"files"` // with the pages, without SHA256SUMS
	Registers     int    `json:"registers"`
	Rows          int    `json:"rows"`

	Versions []Version `json:"versions"` // versions of the data, in the order of their commits; never null
}

// Version is a tag whose data a site publishes, with the commit of the tag.
type Version struct {
	Tag    string `json:"tag"`
	Commit string `json:"commit"`
}

// newBuildRecord makes the BuildRecord of a plan.
func (j *Judged) newBuildRecord(h *History, data *jme.Dataset, p *Plan) (*BuildRecord, error) {
	source, err := j.sourceHash()
	if err == nil {
		err = j.unchanged() // what the record says of the files is true of those that were loaded
	}
	if err != nil {
		return nil, err
	}
	counts := count(data)
	r := &BuildRecord{
		Program: program, Version: j.options.Version, Commit: j.commit.Hash,
		AsOf: j.Today.Format(time.DateOnly), AsOfFrom: j.todayFrom, BaseURL: p.baseURL, Source: source,
		Clean: j.clean, Shallow: h.Shallow(), Demonstration: data.Site.Demonstration, Offline: j.options.Offline,
		Pages: p.PageCount(), Files: p.pages.N + len(p.files.All()) + 1, Registers: counts.Registers, Rows: counts.Rows,
		Versions: []Version{},
	}
	if j.commit.Hash != "" {
		r.CommitDate = j.commit.Time.Format(time.RFC3339)
	}
	for _, v := range h.Versions {
		r.Versions = append(r.Versions, Version{v.Tag.Name, v.Tag.Commit.Hash})
	}
	return r, nil
}

// JSON returns the content of build.json.
func (r *BuildRecord) JSON() []byte {
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		panic(err) // strings, numbers and booleans always have a JSON form
	}
	return append(data, '\n')
}

// ReadBuildRecord reads a build.json that may come from anybody. Rebuild checks the values that
// it uses.
func ReadBuildRecord(r io.Reader) (*BuildRecord, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var record BuildRecord
	if err := json.Unmarshal(data, &record); err != nil {
		return nil, err
	}
	if record.Program != program {
		return nil, &FieldError{"program", record.Program}
	}
	return &record, nil
}

// sourceHash returns the SHA-256 of the list that sha256sum prints of the files of content,
// data and the layouts used, sorted by path.
func (s *Source) sourceHash() (string, error) {
	list := sha256.New()
	err := errors.Join(listFiles(list, s.files, "content", ""), listFiles(list, s.files, "data", ""), listFiles(list, s.layouts(), ".", layoutsFolder))
	return "sha256:" + hex.EncodeToString(list.Sum(nil)), err
}

// listFiles writes what sha256sum prints of the files below a folder. It leaves out names that
// Load ignores, and Go files, because package layouts has one beside
// its templates.
func listFiles(w io.Writer, files fs.FS, root, prefix string) error {
	return fs.WalkDir(files, root, func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name == root:
			return nil
		case err != nil:
			return err
		case name != root && regular.Ignored(e.Name()):
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		case !e.Type().IsRegular() || strings.HasSuffix(name, ".go"):
			return nil
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%x  %s\n", sha256.Sum256(data), path.Join(prefix, name))
		return err
	})
}
