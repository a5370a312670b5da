// Package verify checks a published site, in a folder or at an address, in one of two ways:
//
//   - By rebuilding. The site's build.json names a commit. The site of that commit is built
//     again from a repository on this computer, and the checksum of each file is compared
//     with that of the published file. Only the checksums of the rebuilt files are kept.
//   - By checksums. Each file is compared with the site's own SHA256SUMS. That finds a
//     damaged copy. It does not show who wrote the list.
//
// The site is not trusted. No path leads out of the given folder or address: not "..", not a
// symbolic link, not a redirect. Files are read as streams, up to their expected size.
//
// In a folder, files that the site should not have are found as well. Dot-files at its top
// are ignored, because a build leaves them alone. The files at an address cannot be listed,
// so there such a file is found only if the site's SHA256SUMS names it.
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

	"achyk/internal/diag"
	"achyk/internal/output"
	"achyk/internal/pipeline"
)

// Options says what to verify, and how.
type Options struct {
	Site      string           // a folder, or an address that begins with http:// or https://
	Checksums bool             // compare with the site's own checksums instead of rebuilding
	Build     pipeline.Options // Source is the repository and Version that of this program; Jobs and Progress are used as well
}

// Comparing is the stage that follows those of the build. Its message is
// "build.stage.comparing".
const Comparing pipeline.Stage = "comparing"

// Result is the result of Verify. verify --json prints it as JSON.
type Result struct {
	Site        string       `json:"site"`
	Method      string       `json:"method"` // "rebuild" or "checksums"
	Identical   bool         `json:"identical"`
	Files       int          `json:"files"` // number of compared files; after rebuilding SHA256SUMS is one of them
	Bytes       int64        `json:"bytes"` // size of the published files
	Seconds     float64      `json:"seconds"`
	Commit      string       `json:"commit"`      // this and the next four are empty if Method is "checksums"
	AsOf        string       `json:"as_of"`       // from the site's build.json
	Version     string       `json:"version"`     // of the program that built the site, from build.json
	VerifiedBy  string       `json:"verified_by"` // version of this program
	Shallow     bool         `json:"shallow"`     // only one of site and repository has its whole history
	Differences []Difference `json:"differences"` // by path, never null
}

// Difference is one thing that is wrong with a site.
type Difference struct {
	Path   string `json:"path"`
	What   What   `json:"what"`
	Line   int    `json:"line,omitempty"`   // the line of SHA256SUMS that is wrong, counted from 1
	Detail string `json:"detail,omitempty"` // why the file could not be read, in English
}

// What is the kind of a Difference. Its message is "verify.what.<what>".
type What string

// The kinds of differences.
const (
	Differs    What = "differs"
	Missing    What = "missing"
	Extra      What = "extra"      // the site should not have it
	Unreadable What = "unreadable" // it leads out of the site, is not a file, or access is denied
	Line       What = "line"       // a line of SHA256SUMS has another form, or a path that no site can have
)

// Errors of Verify, beside those of pipeline.Rebuild. A site without a build.json gives
// pipeline.ErrRecord.
var (
	ErrSite        = errors.New("there is no such site")        // no such folder, or no valid address
	ErrUnreachable = errors.New("the site does not answer")     // not after several tries either
	ErrSums        = errors.New("no SHA256SUMS")                // and Options.Checksums is set
	ErrRefused     = errors.New("the commit has errors by now") // the diagnostics say which
)

// The most bytes that are read of a file of the site.
const (
	largestRecord = 4 << 20
	largestSums   = 256 << 20 // enough for two million files
	largestFile   = 1 << 30   // of a file whose size no build says
)

// Verify compares a site with what it should be. With ErrRefused, the list has the findings
// for which the commit cannot be built.
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

// verifier is the state of one call of Verify.
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

// sums reads the site's SHA256SUMS. It is an error if there is none and the site is compared
// by checksums.
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
		return nil, nil // compare reports that the file is missing
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

// rebuild builds the site again and returns the files that it should have.
func (v *verifier) rebuild(ctx context.Context) ([]output.File, diag.List, error) {
	record, err := v.record(ctx)
	if err != nil {
		return nil, nil, err
	}
	var made output.Ledger
	again, problems, err := pipeline.Rebuild(ctx, v.o.Build, record, &made)
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
func (v *verifier) record(ctx context.Context) (*pipeline.BuildRecord, error) {
	var text bytes.Buffer
	if _, err := read(ctx, v.from, "build.json", largestRecord, &text); err != nil {
		if errors.Is(err, ErrUnreachable) {
			return nil, err
		}
		return nil, fmt.Errorf("%w: %w", pipeline.ErrBuildRecord, err)
	}
	var r pipeline.BuildRecord
	if err := json.Unmarshal(text.Bytes(), &r); err != nil {
		return nil, fmt.Errorf("%w: %w", pipeline.ErrBuildRecord, err)
	}
	if r.Program != "achyk" {
		return nil, fmt.Errorf("%w: program is %q", pipeline.ErrBuildRecord, r.Program)
	}
	return &r, nil
}

// compare reads every file that the site should have, several at a time.
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

// file compares one file and returns how many bytes it read. An error means that the site
// cannot be verified at all; what is wrong with the file becomes a Difference.
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

// extra finds the files that the site has and should not have.
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

// errLong says that a file has more bytes than expected.
var errLong = errors.New("longer than it may be")

// pauses are the times between tries if a site does not answer.
var pauses = []time.Duration{500 * time.Millisecond, 2 * time.Second}

// read copies a file of the site, of at most limit bytes, and returns how many it read. If the
// site does not answer, read resets the writer and tries again.
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
