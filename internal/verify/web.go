package verify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync/atomic"
	"time"

	"achyk/internal/address"
)

// Limits that spare the host of the site, and this computer.
const (
	requests  = 6        // at the same time
	redirects = 3        // followed for one file
	header    = 64 << 10 // bytes of the header of an answer
)

// web is a site at an address.
type web struct {
	base   *url.URL // its path ends with a slash
	client *http.Client
	bounds bounds
}

func openWeb(name string, b bounds) (*web, error) {
	base, err := url.Parse(name)
	if err == nil && (base.Hostname() == "" || !address.ValidPort(base)) {
		err = errors.New("it has no host, or a port that no computer has")
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w: %w", ErrSite, ErrAddress, err)
	}
	base.RawQuery, base.Fragment, base.RawPath = "", "", ""
	base.Path = strings.TrimSuffix(base.Path, "/") + "/"
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxConnsPerHost, transport.MaxIdleConnsPerHost, transport.MaxResponseHeaderBytes = requests, requests, header
	w := &web{base: base, bounds: b}
	w.client = &http.Client{Transport: transport, CheckRedirect: w.follow}
	return w, nil
}

// RedirectError says that a redirect is not followed.
type RedirectError struct {
	To  string
	Why string // "outside": it leads out of the site; "round": it follows others
}

func (e *RedirectError) Error() string {
	return fmt.Sprintf("redirect to %s not followed: %s", e.To, e.Why)
}

// follow allows redirects within the site, because some hosts redirect /ky/index.html to
// /ky/.
func (w *web) follow(next *http.Request, before []*http.Request) error {
	to := next.URL
	if to.Scheme != w.base.Scheme || to.Host != w.base.Host || !strings.HasPrefix(path.Clean(to.Path)+"/", w.base.Path) {
		return &RedirectError{to.Redacted(), "outside"}
	}
	if len(before) > redirects {
		return &RedirectError{to.Redacted(), "round"}
	}
	return nil
}

func (w *web) open(ctx context.Context, path string) (io.ReadCloser, error) {
	at := *w.base
	at.Path += path
	ctx, cancel := context.WithCancelCause(ctx)
	b := &body{address: at.Redacted(), end: cancel}
	go b.watch(ctx, w.bounds.patience, w.bounds.piece)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		b.end(nil)
		return nil, err
	}
	request.Header.Set("Cache-Control", "no-cache") // as published now, not what a proxy stored earlier
	request.Header.Set("User-Agent", "achyk verify")
	answer, err := w.client.Do(request)
	if err != nil {
		b.end(nil)
		if redirect := (*RedirectError)(nil); errors.As(err, &redirect) {
			return nil, redirect
		}
		return nil, unreachable(ctx, err)
	}
	b.ReadCloser = answer.Body
	b.unreachable = func(err error) error { return fmt.Errorf("%s: %w", b.address, unreachable(ctx, err)) }
	if err := status(answer.StatusCode); err != nil {
		b.Close()
		return nil, fmt.Errorf("%s: %w", b.address, err)
	}
	return b, nil
}

// unreachable returns the error of a request that failed. The cause is the limit of time or of
// patience, if that was met.
func unreachable(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); errors.Is(cause, ErrLimit) {
		err = cause
	}
	return fmt.Errorf("%w: %w", ErrUnreachable, err)
}

// StatusError is the HTTP status of an answer that is not the file.
type StatusError int

func (e StatusError) Error() string { return fmt.Sprintf("HTTP status %d", int(e)) }

// status returns the error that an HTTP status stands for, nil for 200.
func status(code int) error {
	switch {
	case code == http.StatusOK:
		return nil
	case code == http.StatusNotFound, code == http.StatusGone:
		return fs.ErrNotExist
	case code == http.StatusTooManyRequests, code >= 500:
		return fmt.Errorf("%w: %w", ErrUnreachable, StatusError(code))
	}
	return StatusError(code)
}

// body is the body of an answer. It ends if too few bytes come in a span of time. The first
// span begins with the request.
type body struct {
	io.ReadCloser
	address     string
	unreachable func(error) error
	end         context.CancelCauseFunc
	came        atomic.Int64 // bytes in this span
}

// watch ends the request if it brings less than a piece in a span.
func (b *body) watch(ctx context.Context, span time.Duration, piece int64) {
	clock := time.NewTicker(span)
	defer clock.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-clock.C:
			if b.came.Swap(0) < piece {
				b.end(exceeded("patience", int64(span.Seconds())))
				return
			}
		}
	}
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.came.Add(int64(n))
	if err != nil && err != io.EOF {
		err = b.unreachable(err)
	}
	return n, err
}

func (b *body) Close() error {
	defer b.end(nil)
	return b.ReadCloser.Close()
}

func (w *web) list(func(string) error) (bool, error) { return false, nil }

func (w *web) readers() int { return requests }

func (w *web) Close() error {
	w.client.CloseIdleConnections()
	return nil
}
