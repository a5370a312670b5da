// Package verify checks a published site, in a folder or at an address, in one of two ways:
//
//   - By rebuilding. The site's build.json names a commit. The site of that commit is built
//     again from a repository on this computer, and the checksum of each file is compared
//     with that of the published file. Only the checksums of the rebuilt files are kept.
//   - By checksums. Each file is compared with the site's own SHA256SUMS. That finds a
//     damaged copy. It does not show who wrote the list.
//
// The site is not trusted. No path leads out of the given folder or address: not "..", not a
// symbolic link, not a redirect. Files are read as streams, up to their expected size. What a
// site may have, and how long it may take, is bounded by package limits; beyond that the error
// is ErrLimit.
//
// In a folder, files that the site should not have are found as well. Dot-files at its top
// are ignored, because a build leaves them alone. The files at an address cannot be listed,
// so there such a file is found only if the site's SHA256SUMS names it.
package verify

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"achyk/internal/diag"
	"achyk/internal/limits"
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
	Err    error  `json:"-"`                // the same
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
// pipeline.ErrRecord, one that redirects to elsewhere a RedirectError.
var (
	ErrAddress     = errors.New("the address is not valid")
	ErrScheme      = http.ErrSchemeMismatch
	ErrSite        = errors.New("there is no such site")        // no such folder, or no valid address
	ErrUnreachable = errors.New("the site does not answer")     // not after several tries either
	ErrSums        = errors.New("no SHA256SUMS")                // and Options.Checksums is set
	ErrUnread      = errors.New("SHA256SUMS cannot be read")    // and Options.Checksums is set
	ErrRefused     = errors.New("the commit has errors by now") // the diagnostics say which
	ErrLimit       = errors.New("the site exceeds a limit")     // it wraps a limits.Exceeded, whose What is the end of a message's key, "verify.limit.<what>"
)

// bounds are how much is read of a site, and for how long. Tests have smaller ones.
type bounds struct {
	record, sums, file, site int64 // bytes; file is of one whose size no build says
	published                int   // files of a site
	time                     time.Duration
	patience                 time.Duration   // in which a request must bring a piece
	piece                    int64           // bytes
	pauses                   []time.Duration // before a site that does not answer is asked again
}

var usual = bounds{
	record: limits.Record, sums: limits.Sums, file: limits.SiteFile, site: limits.Site, published: limits.Published,
	time: limits.VerifyTime, patience: limits.Patience, piece: limits.Piece,
	pauses: []time.Duration{500 * time.Millisecond, 2 * time.Second},
}

// exceeded returns the error of a limit.
func exceeded(what string, limit int64) error {
	return fmt.Errorf("%w: %w", ErrLimit, &limits.Exceeded{What: what, Limit: limit})
}

// Verify compares a site with what it should be. With ErrRefused, the list has the findings
// for which the commit cannot be built.
func Verify(ctx context.Context, o Options) (Result, diag.List, error) { return verify(ctx, o, usual) }

func verify(ctx context.Context, o Options, b bounds) (Result, diag.List, error) {
	start := time.Now()
	from, err := open(o.Site, b)
	if err != nil {
		return Result{}, nil, err
	}
	defer from.Close()
	v := &verifier{o: o, from: from, bounds: b, left: b.time, result: Result{Site: o.Site, Method: "checksums"}}
	var wanted []output.File
	if !o.Checksums {
		var problems diag.List
		if wanted, problems, err = v.rebuild(ctx); err != nil {
			return Result{}, problems, err
		}
	}
	listed, err := v.sums(ctx) // after building, which needs memory too
	if err != nil {
		return Result{}, nil, err
	}
	if o.Checksums {
		wanted = listed
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
	bounds bounds
	result Result
	left   time.Duration // in which the rest of the site must be read
	bytes  atomic.Int64  // read so far, those of repeated requests too

	mu    sync.Mutex
	found []Difference
}

// timed returns a context that ends when no time is left, and a function that ends it. The time
// that building the site again takes is not counted.
func (v *verifier) timed(ctx context.Context) (_ context.Context, stop func()) {
	start := time.Now()
	ctx, cancel := context.WithTimeoutCause(ctx, v.left, exceeded("time", int64(v.bounds.time.Seconds())))
	return ctx, func() {
		cancel()
		v.left -= time.Since(start)
	}
}

func (v *verifier) add(d Difference) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.found = append(v.found, d)
}

// sums reads the site's SHA256SUMS. It is an error if there is none, or one too long to be
// read, and the site is compared by checksums. Otherwise compare reports that.
func (v *verifier) sums(ctx context.Context) (files []output.File, err error) {
	ctx, stop := v.timed(ctx)
	defer stop()
	var bad []int
	err = v.read(ctx, output.SumsName, v.bounds.sums, "sums", func(r io.Reader) (err error) {
		files, bad, err = output.ReadSums(r, v.bounds.published)
		if over := (*limits.Exceeded)(nil); errors.As(err, &over) && !errors.Is(err, ErrLimit) {
			err = exceeded("lines", over.Limit)
		}
		return err
	})
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case errors.Is(err, ErrUnreachable):
		return nil, err
	case err != nil && !v.o.Checksums:
		return nil, nil
	case errors.Is(err, ErrLimit), errors.As(err, new(*RedirectError)):
		return nil, err
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w: %w", ErrSums, err)
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrUnread, err)
	}
	for i := range files {
		files[i].Size = v.bounds.file
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
	if _, err := made.Stream(output.SumsName, func(w io.Writer) error { return output.WriteSums(w, made.Files()) }); err != nil {
		return nil, nil, err
	}
	return made.Files(), nil, nil
}

// record reads the site's build.json.
func (v *verifier) record(ctx context.Context) (record *pipeline.BuildRecord, err error) {
	ctx, stop := v.timed(ctx)
	defer stop()
	err = v.read(ctx, "build.json", v.bounds.record, "record", func(r io.Reader) (err error) {
		record, err = pipeline.ReadBuildRecord(r)
		return err
	})
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err == nil, errors.Is(err, ErrUnreachable), errors.Is(err, ErrLimit), errors.As(err, new(*RedirectError)):
		return record, err
	}
	return nil, fmt.Errorf("%w: %w", pipeline.ErrBuildRecord, err)
}

// compare reads every file that the site should have, several at a time.
func (v *verifier) compare(ctx context.Context, wanted []output.File) error {
	ctx, stop := v.timed(ctx)
	defer stop()
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
		return cmp.Or(context.Cause(ctx), err)
	}
	v.result.Files, v.result.Bytes = len(wanted), size.Load()
	return context.Cause(ctx)
}

// file compares one file and returns how many bytes it read. An error means that the site
// cannot be verified at all; what is wrong with the file becomes a Difference.
func (v *verifier) file(ctx context.Context, want output.File) (n int64, err error) {
	var sum output.Digest
	err = v.read(ctx, want.Path, want.Size, "file", func(r io.Reader) (err error) {
		hash := sha256.New()
		n, err = io.Copy(hash, r)
		sum = output.Digest(hash.Sum(nil))
		return err
	})
	switch {
	case ctx.Err() != nil:
		return n, context.Cause(ctx)
	case errors.Is(err, fs.ErrNotExist):
		v.add(Difference{Path: want.Path, What: Missing})
	case errors.Is(err, errLong) && !v.o.Checksums, err == nil && sum != want.SHA256:
		v.add(Difference{Path: want.Path, What: Differs})
	case errors.Is(err, ErrUnreachable), errors.Is(err, ErrLimit) && !errors.Is(err, errLong):
		return n, err
	case err != nil:
		v.add(Difference{Path: want.Path, What: Unreadable, Detail: err.Error(), Err: err})
	}
	return n, nil
}

// extra finds the files that the site has and should not have.
func (v *verifier) extra(wanted, listed []output.File) error {
	n := 0
	judge := func(path string) error {
		if n++; n > v.bounds.published {
			return exceeded("files", int64(v.bounds.published))
		}
		_, ok := slices.BinarySearchFunc(wanted, path, func(f output.File, path string) int { return strings.Compare(f.Path, path) })
		if !ok && path != output.SumsName {
			v.add(Difference{Path: path, What: Extra})
		}
		return nil
	}
	all, err := v.from.list(judge)
	if err != nil || all {
		return err
	}
	for _, f := range listed {
		judge(f.Path) // there are no more of them than of lines
	}
	return nil
}

func (v *verifier) answer(start time.Time) Result {
	slices.SortFunc(v.found, func(a, b Difference) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line))
	})
	v.result.Differences = v.found
	if v.found == nil {
		v.result.Differences = []Difference{}
	}
	v.result.Identical = len(v.found) == 0
	v.result.Seconds = time.Since(start).Round(time.Millisecond).Seconds()
	return v.result
}

// errLong says that a file has more bytes than it may have.
var errLong = errors.New("longer than it may be")

// read hands a file of the site to use, of at most limit bytes. If the site does not answer, it
// tries again with the file from its beginning. A longer file gives errLong and ErrLimit, whose
// limit is called what.
func (v *verifier) read(ctx context.Context, path string, limit int64, what string, use func(io.Reader) error) error {
	for try := 0; ; try++ {
		err := v.once(ctx, path, limit, what, use)
		if !errors.Is(err, ErrUnreachable) || try == len(v.bounds.pauses) {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(v.bounds.pauses[try]):
		}
	}
}

func (v *verifier) once(ctx context.Context, path string, limit int64, what string, use func(io.Reader) error) error {
	f, err := v.from.open(ctx, path)
	if err != nil {
		return err
	}
	defer f.Close()
	return use(&bounded{f, v, limit, limit, what})
}

// bounded reads a file up to its limit, and all files up to the limit of the site.
type bounded struct {
	io.Reader
	*verifier
	limit, left int64
	what        string
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p[:min(int64(len(p)), b.left+1)])
	if b.bytes.Add(int64(n)) > b.bounds.site {
		return 0, exceeded("site", b.bounds.site)
	}
	if b.left -= int64(n); b.left < 0 {
		return 0, fmt.Errorf("%w: %w", errLong, exceeded(b.what, b.limit))
	}
	return n, err
}
