// Package verify tells whether a published site, in a folder or at an address, is what
// it says it is. There are two ways:
//
//   - By building again. The site's build.json names a commit; the site of that commit is
//     made once more, from a repository at hand, and each file's checksum compared with
//     that of the file published. Of what is made only checksums are kept.
//   - By checksums. Each file is compared with the site's own SHA256SUMS. That tells a
//     copy that was damaged; it does not tell who wrote the list.
//
// A site is not trusted. No path of it is followed out of the folder or the address that
// was given: not by "..", not by a symbolic link, not by a redirect. Files are read as
// streams, up to the size they ought to have.
//
// In a folder, files that the site should not have are found as well; dot-files at its
// top are not, since a build leaves them where they are. At an address nobody can list
// what is there: such files are found only where the site's SHA256SUMS names them.
package verify

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"achyk/internal/build"
	"achyk/internal/diag"
	"achyk/internal/output"
)

// Options is what is asked.
type Options struct {
	Site      string        // a folder, or an address with http:// or https://
	Checksums bool          // by the site's own checksums, without building
	Build     build.Options // Source: the repository; Version: of this program; Jobs and Progress
}

// Comparing is the stage after those of the build; its name is "build.stage.comparing".
const Comparing build.Stage = "comparing"

// Result is the answer; its JSON is what verify --json prints.
type Result struct {
	Site        string       `json:"site"`
	Method      string       `json:"method"` // "rebuild" or "checksums"
	Identical   bool         `json:"identical"`
	Files       int          `json:"files"` // that were compared, SHA256SUMS among them where built again
	Bytes       int64        `json:"bytes"` // of them, as published
	Seconds     float64      `json:"seconds"`
	Commit      string       `json:"commit"`      // this and the rest empty when by checksums
	AsOf        string       `json:"as_of"`       // as the site says
	Version     string       `json:"version"`     // of the program, as the site says
	VerifiedBy  string       `json:"verified_by"` // the version of this program
	Shallow     bool         `json:"shallow"`     // the site's history is cut off elsewhere than the repository's here
	Differences []Difference `json:"differences"` // by path, never null
}

// Difference is one thing in which a site is not as it ought to be.
type Difference struct {
	Path   string `json:"path"`
	What   What   `json:"what"`
	Line   int    `json:"line,omitempty"`   // in SHA256SUMS, from 1, where that is what is wrong
	Detail string `json:"detail,omitempty"` // why it could not be read, in English
}

// What is wrong with a file; its message is "verify.what.<what>".
type What string

// What can be wrong.
const (
	Differs    What = "differs"
	Missing    What = "missing"
	Extra      What = "extra"      // nothing makes it, no checksum is listed
	Unreadable What = "unreadable" // it leads out of the site, is no file, or is refused
	Line       What = "line"       // of SHA256SUMS: not understood, or a path that no site has
)

// Why a site cannot be verified. It may also be for what build.Again says; build.ErrRecord
// is returned for a site without a build.json, too.
var (
	ErrSite        = errors.New("there is no such site")        // no folder, or no address
	ErrUnreachable = errors.New("the site does not answer")     // nor after some tries
	ErrSums        = errors.New("no SHA256SUMS")                // when asked to go by it
	ErrRefused     = errors.New("the commit has errors by now") // which a list tells
)

// Sizes above which what comes from a site is not read.
const (
	largestRecord = 4 << 20
	largestSums   = 256 << 20 // two million files
	largestFile   = 1 << 30   // where no build tells the size
)

// Verify compares a site. The list tells why a commit is refused, with ErrRefused.
func Verify(ctx context.Context, o Options) (Result, diag.List, error) {
	start := time.Now()
	from, err := open(o.Site)
	if err != nil {
		return Result{}, nil, err
	}
	defer from.Close()
	v := &verifier{o: o, from: from, result: Result{Site: o.Site, Method: "checksums"}}
	wanted, err := v.sums(ctx)
	if err != nil {
		return Result{}, nil, err
	}
	listed := wanted
	if !o.Checksums {
		var problems diag.List
		if wanted, problems, err = v.rebuild(ctx); err != nil {
			return Result{}, problems, err
		}
	}
	if err := v.compare(ctx, wanted); err != nil {
		return Result{}, nil, err
	}
	if err := v.extra(wanted, listed); err != nil {
		return Result{}, nil, err
	}
	return v.answer(start), nil, nil
}

// verifier is the work of one call of Verify.
type verifier struct {
	o      Options
	from   site
	result Result

	mu    sync.Mutex
	found []Difference
}

func (v *verifier) add(d Difference) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.found = append(v.found, d)
}

// sums reads the site's SHA256SUMS. Without one there is still a commit to build from.
func (v *verifier) sums(ctx context.Context) ([]output.File, error) {
	var list bytes.Buffer
	_, err := read(ctx, v.from, output.SumsName, largestSums, &list)
	if errors.Is(err, ErrUnreachable) {
		return nil, err
	}
	if err != nil {
		if v.o.Checksums {
			return nil, fmt.Errorf("%w: %w", ErrSums, err)
		}
		return nil, nil // found again when it is compared
	}
	files, bad := output.ReadSums(list.Bytes())
	for i := range files {
		files[i].Size = largestFile
	}
	for _, n := range bad {
		v.add(Difference{Path: output.SumsName, What: Line, Line: n})
	}
	return files, nil
}

// rebuild makes the site again and returns the files it ought to have.
func (v *verifier) rebuild(ctx context.Context) ([]output.File, diag.List, error) {
	record, err := v.record(ctx)
	if err != nil {
		return nil, nil, err
	}
	var made output.Ledger
	again, problems, err := build.Again(ctx, v.o.Build, record, &made)
	if err == nil && problems.HasErrors() {
		err = ErrRefused
	}
	if err != nil {
		return nil, problems, err
	}
	r := &v.result
	r.Method, r.Commit, r.AsOf, r.Version, r.VerifiedBy = "rebuild", record.Commit, record.AsOf, record.Version, v.o.Build.Version
	r.Shallow = record.Shallow != again.Shallow
	if err := made.Write(output.SumsName, output.Sums(made.Files())); err != nil {
		return nil, nil, err
	}
	return made.Files(), nil, nil
}

// record reads the site's build.json.
func (v *verifier) record(ctx context.Context) (*build.Record, error) {
	var text bytes.Buffer
	if _, err := read(ctx, v.from, "build.json", largestRecord, &text); err != nil {
		if errors.Is(err, ErrUnreachable) {
			return nil, err
		}
		return nil, fmt.Errorf("%w: %w", build.ErrRecord, err)
	}
	var r build.Record
	if err := json.Unmarshal(text.Bytes(), &r); err != nil {
		return nil, fmt.Errorf("%w: %w", build.ErrRecord, err)
	}
	if r.Program != "achyk" {
		return nil, fmt.Errorf("%w: program is %q", build.ErrRecord, r.Program)
	}
	return &r, nil
}

// compare reads every file the site ought to have, several at once.
func (v *verifier) compare(ctx context.Context, wanted []output.File) error {
	group, each := errgroup.WithContext(ctx)
	group.SetLimit(v.from.readers())
	var size atomic.Int64
	for i, want := range wanted {
		if each.Err() != nil {
			break
		}
		if i%64 == 0 && v.o.Build.Progress != nil {
			v.o.Build.Progress(Comparing, i, len(wanted))
		}
		group.Go(func() error {
			n, err := v.file(each, want)
			size.Add(n)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	v.result.Files, v.result.Bytes = len(wanted), size.Load()
	return context.Cause(ctx)
}

// file compares one file. Its error ends everything; what ails the file alone does not.
func (v *verifier) file(ctx context.Context, want output.File) (int64, error) {
	sum := sha256.New()
	n, err := read(ctx, v.from, want.Path, want.Size, sum)
	switch {
	case ctx.Err() != nil, errors.Is(err, ErrUnreachable):
		return n, cmp.Or(ctx.Err(), err)
	case errors.Is(err, fs.ErrNotExist):
		v.add(Difference{Path: want.Path, What: Missing})
	case errors.Is(err, errLong) && !v.o.Checksums,
		err == nil && hex.EncodeToString(sum.Sum(nil)) != want.SHA256:
		v.add(Difference{Path: want.Path, What: Differs})
	case err != nil:
		v.add(Difference{Path: want.Path, What: Unreadable, Detail: err.Error()})
	}
	return n, nil
}

// extra finds what the site has and ought not to have.
func (v *verifier) extra(wanted, listed []output.File) error {
	judge := func(path string) {
		_, ok := slices.BinarySearchFunc(wanted, path, func(f output.File, path string) int { return strings.Compare(f.Path, path) })
		if !ok && path != output.SumsName {
			v.add(Difference{Path: path, What: Extra})
		}
	}
	all, err := v.from.list(judge)
	if err != nil || all {
		return err
	}
	for _, f := range listed {
		judge(f.Path)
	}
	return nil
}

func (v *verifier) answer(start time.Time) Result {
	slices.SortFunc(v.found, func(a, b Difference) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
	})
	v.result.Differences = append([]Difference{}, v.found...)
	v.result.Identical = len(v.found) == 0
	v.result.Seconds = time.Since(start).Round(time.Millisecond).Seconds()
	return v.result
}

// errLong says that a file has more bytes than it may have.
var errLong = errors.New("longer than it may be")

// pauses are those between tries, where a site does not answer.
var pauses = []time.Duration{500 * time.Millisecond, 2 * time.Second}

// read copies a file of the site, of at most limit bytes, and tells how many were read. A
// site that does not answer is asked again; then what was written is taken back.
func read(ctx context.Context, from site, path string, limit int64, to interface {
	io.Writer
	Reset()
}) (n int64, err error) {
	for try := 0; ; try++ {
		to.Reset()
		n, err = once(ctx, from, path, limit, to)
		if !errors.Is(err, ErrUnreachable) || try == len(pauses) {
			return n, err
		}
		select {
		case <-ctx.Done():
			return n, ctx.Err()
		case <-time.After(pauses[try]):
		}
	}
}

func once(ctx context.Context, from site, path string, limit int64, to io.Writer) (int64, error) {
	f, err := from.open(ctx, path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	n, err := io.Copy(to, io.LimitReader(f, limit+1))
	if err == nil && n > limit {
		err = fmt.Errorf("%w: more than %d bytes", errLong, limit)
	}
	return n, err
}
