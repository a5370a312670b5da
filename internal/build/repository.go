package build

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"achyk/internal/diag"
	"achyk/internal/gitrepo"
	"achyk/internal/jme"
	"achyk/internal/load"
	"achyk/internal/opendata"
	"achyk/internal/regulation"
	"achyk/internal/site"
	"achyk/internal/site/page"
	"achyk/layouts"
)

// Repository is what a site is built from: a folder as it is, or a commit.
type Repository struct {
	options  Options
	files    fs.FS
	git      *gitrepo.Repo  // nil where there is none
	commit   gitrepo.Commit // zero where there is none
	unread   error          // why the git repository cannot be read; the build goes on without
	clean    bool           // the files are those of the commit
	changed  []string       // files that are not, sorted
	asOf     time.Time
	asOfFrom string // "flag", "commit" or "clock"
	zone     *time.Location
}

// layoutsFolder is where a repository keeps layouts of its own.
const layoutsFolder = "layouts"

// Roots are the folders a site is made of.
var Roots = append(load.Roots[:len(load.Roots):len(load.Roots)], layoutsFolder)

// Open finds the files, the commit they belong to, and the day the site is as of.
func Open(o Options) (*Repository, error) {
	if info, err := os.Stat(o.Source); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSource, err)
	} else if !info.IsDir() {
		return nil, fmt.Errorf("%w: %s is a file", ErrSource, o.Source)
	}
	r := &Repository{options: o, files: os.DirFS(o.Source)}
	if err := r.open(); err != nil {
		r.Close()
		return nil, err
	}
	return r, r.date()
}

// open looks for the commit.
func (r *Repository) open() (err error) {
	r.git, err = gitrepo.Open(r.options.Source)
	if r.options.Ref != "" {
		if err == nil {
			r.commit, err = r.git.Resolve(r.options.Ref)
		}
		if err == nil {
			r.files, err = r.git.FS(r.commit)
		}
		r.clean = true
		return err
	}
	if err == nil {
		r.commit, err = r.git.Head()
	}
	if errors.Is(err, gitrepo.ErrFormat) {
		r.unread, err = err, gitrepo.ErrNone
	}
	if errors.Is(err, gitrepo.ErrNone) {
		return nil
	}
	if err != nil {
		return err
	}
	r.changed, err = r.git.Changed(r.commit, r.files, Roots...)
	r.clean = len(r.changed) == 0
	return err
}

// date settles what "today" is.
func (r *Repository) date() error {
	bishkek, err := time.LoadLocation("Asia/Bishkek")
	if err != nil {
		return err
	}
	r.zone = bishkek
	switch {
	case !r.options.AsOf.IsZero():
		r.asOf, r.asOfFrom = r.options.AsOf, "flag"
	case r.commit.Hash != "":
		r.asOf, r.asOfFrom = day(r.commit.Time.In(bishkek)), "commit"
	default:
		r.asOf, r.asOfFrom = day(time.Now().In(bishkek)), "clock"
	}
	return nil
}

// day is the day on the calendar of t's zone, as midnight UTC.
func day(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Close lets go of the repository; nil is fine.
func (r *Repository) Close() {
	if r.git != nil {
		r.git.Close()
	}
}

// Snapshot is the repository as it was read.
type Snapshot struct {
	Data     *jme.Dataset
	Problems diag.List

	repository *Repository
}

// Load reads and checks the repository.
func (r *Repository) Load() (*Snapshot, error) {
	data, problems, err := load.Load(r.files)
	if err != nil {
		return nil, err
	}
	if base := r.options.BaseURL; base != "" {
		data.Site.BaseURL = strings.TrimSuffix(base, "/") + "/"
	}
	for _, m := range data.Municipalities {
		problems = append(problems, regulation.Validate(m)...)
		problems = append(problems, opendata.Check(m)...)
	}
	problems.Sort()
	return &Snapshot{data, problems, r}, nil
}

// Judgements executes the regulations, one judgement for each municipality in their order. A
// register with errors is not relied on.
func (s *Snapshot) Judgements() []*regulation.Judgement {
	var all []*regulation.Judgement
	for _, m := range s.Data.Municipalities {
		var unread []string
		for i := range s.Problems {
			if p := &s.Problems[i]; p.Severity() == diag.Error {
				if of, register := path.Split(p.Register); of == "" || of == m.ID+"/" {
					unread = append(unread, register)
				}
			}
		}
		all = append(all, regulation.Judge(m, s.repository.asOf, unread...))
	}
	return all
}

func (s *Snapshot) problems() diag.List {
	if s == nil {
		return nil
	}
	return s.Problems
}

// Counts is the size of what was checked.
type Counts struct{ Registers, Rows int }

func count(d *jme.Dataset) Counts {
	c := Counts{Rows: d.Rows()}
	for _, m := range d.Municipalities {
		c.Registers += len(m.Tables)
	}
	return c
}

// Checked is what a check finds.
type Checked struct {
	Counts      Counts
	Problems    diag.List
	Corrections diag.List // changes since Options.Since that would be among the problems, had they no reason
	Outcomes    []regulation.Outcome
	Gap         Gap // what of the history cannot be shown
}

// Check reads and checks a repository, executes its regulations, and goes no further.
func Check(o Options) (Checked, error) {
	r, err := Open(o)
	if err != nil {
		return Checked{}, err
	}
	defer r.Close()
	s, err := r.Load()
	if err != nil {
		return Checked{}, err
	}
	var outcomes []regulation.Outcome
	for _, j := range s.Judgements() {
		s.Problems = append(s.Problems, j.Idle()...)
		outcomes = append(outcomes, j.Outcomes...)
	}
	checked := Checked{Counts: count(s.Data), Problems: s.Problems, Outcomes: outcomes}
	if checked.Gap, err = r.Gap(); err != nil {
		return Checked{}, err
	}
	if o.Since != "" {
		var findings diag.List
		if findings, checked.Corrections, err = s.judge(o.Since); err != nil {
			return Checked{}, err
		}
		checked.Problems = append(checked.Problems, findings...)
	}
	checked.Problems.Sort()
	return checked, nil
}

// Read reads a repository, for whoever wants to know what is in it; what is wrong with it
// is for Check to say.
func Read(o Options) (*jme.Dataset, error) {
	r, err := Open(o)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	s, err := r.Load()
	if err != nil {
		return nil, err
	}
	return s.Data, nil
}

// layouts returns the repository's own layouts, or the program's.
func (r *Repository) layouts() fs.FS {
	if own, err := fs.Glob(r.files, layoutsFolder+"/*.html"); err == nil && len(own) > 0 {
		if sub, err := fs.Sub(r.files, layoutsFolder); err == nil {
			return sub
		}
	}
	return layouts.Files
}

// Layouts keeps parsed layouts for as long as their files hold the same bytes, which is
// all that parsing depends on. The zero value is ready; nil keeps nothing.
type Layouts struct {
	files     string // what sum says of the files
	templates *page.Templates
}

func (l *Layouts) parse(files fs.FS) (*page.Templates, error) {
	var list strings.Builder
	if err := sum(&list, files, ".", ""); err != nil {
		return nil, err
	}
	if l != nil && l.templates != nil && l.files == list.String() {
		return l.templates, nil
	}
	templates, err := site.Parse(files)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrLayouts, err)
	}
	if l != nil {
		l.files, l.templates = list.String(), templates
	}
	return templates, nil
}

// stamp is what pages say of where they came from.
func (r *Repository) stamp() page.Build {
	return page.Build{
		Version: r.options.Version,
		Commit:  r.commit.Hash, CommitTime: r.commit.Time,
		Dirty: r.commit.Hash != "" && !r.clean,
	}
}

// Record is build.json: what a site was built from, for whoever wants to build it again
// and compare.
type Record struct {
	Program       string `json:"program"`
	Version       string `json:"version"`
	Commit        string `json:"commit"`      // empty without history
	CommitDate    string `json:"commit_date"` // RFC 3339, in the author's zone
	AsOf          string `json:"as_of"`
	AsOfFrom      string `json:"as_of_from"` // "flag", "commit" or "clock"
	BaseURL       string `json:"base_url"`   // with a slash at its end, whoever gave it
	Source        string `json:"source"`     // see sourceHash
	Clean         bool   `json:"clean"`      // the files are those of the commit
	Shallow       bool   `json:"shallow"`    // older commits were not in the clone: the history is cut off
	Demonstration bool   `json:"demonstration"`
	Pages         int    `json:"pages"`
	Files         int    `json:"files"` // pages among them, SHA256SUMS not
	Registers     int    `json:"registers"`
	Rows          int    `json:"rows"`

	Versions []Version `json:"versions"` // of the data, published for good; by tag, never null
}

// Version is a tag whose data a site publishes, with its commit.
type Version struct {
	Tag    string `json:"tag"`
	Commit string `json:"commit"`
}

// Record tells what the site of a snapshot, as planned, is built from.
func (s *Snapshot) Record(p *Plan) (*Record, error) {
	r := s.repository
	source, err := r.sourceHash()
	if err != nil {
		return nil, err
	}
	b := &Record{
		Program: "achyk", Version: r.options.Version, Commit: r.commit.Hash,
		AsOf: r.asOf.Format(time.DateOnly), AsOfFrom: r.asOfFrom, BaseURL: p.baseURL, Source: source,
		Clean: r.clean, Shallow: p.shallow, Demonstration: s.Data.Site.Demonstration,
		Pages: p.PageCount(), Files: len(p.pages) + len(p.files.All()) + 1, Registers: p.counts.Registers, Rows: p.counts.Rows,
		Versions: append([]Version{}, p.versions...),
	}
	if r.commit.Hash != "" {
		b.CommitDate = r.commit.Time.Format(time.RFC3339)
	}
	return b, nil
}

// JSON is the content of build.json.
func (b *Record) JSON() []byte {
	data, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		panic(err) // strings, numbers and truths always have a JSON form
	}
	return append(data, '\n')
}

// sourceHash is the SHA-256 of the list that sha256sum prints of all files of content,
// data and the layouts used, in the order of their paths.
func (r *Repository) sourceHash() (string, error) {
	list := sha256.New()
	err := errors.Join(sum(list, r.files, "content", ""), sum(list, r.files, "data", ""), sum(list, r.layouts(), ".", layoutsFolder))
	return "sha256:" + hex.EncodeToString(list.Sum(nil)), err
}

// sum writes what sha256sum prints of the files below a folder. It leaves out names that
// begin with a dot or ~$, as Load does, and Go files, which embed layouts in the program.
func sum(w io.Writer, files fs.FS, root, prefix string) error {
	return fs.WalkDir(files, root, func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name == root:
			return nil
		case err != nil:
			return err
		case name != root && Ignored(e.Name()):
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

// Ignored tells whether a file or folder is the system's, an editor's or a
// spreadsheet's and none of the repository's, by its name.
func Ignored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")
}
