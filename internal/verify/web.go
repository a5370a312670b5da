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
	"time"
)

// Limits that spare the host of the site, and end the wait for one that does not answer.
const (
	requests  = 6                // at the same time
	redirects = 3                // followed for one file
	patience  = 30 * time.Second // without a byte
)

// web is a site at an address.
type web struct {
	base   *url.URL // its path ends with a slash
	client *http.Client
	stall  time.Duration // a request that gets no byte for so long is given up
}

func openWeb(address string) (*web, error) {
	base, err := url.Parse(address)
	if err == nil && base.Host == "" {
		err = errors.New("no host")
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSite, err)
	}
	base.RawQuery, base.Fragment, base.RawPath = "", "", ""
	base.Path = strings.TrimSuffix(base.Path, "/") + "/"
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxConnsPerHost, transport.MaxIdleConnsPerHost = requests, requests
	w := &web{base: base, stall: patience}
	w.client = &http.Client{Transport: transport, CheckRedirect: w.follow}
	return w, nil
}

// errRedirect says that a redirect is not followed.
var errRedirect = errors.New("redirect not followed")

// follow allows redirects within the site, because some hosts redirect /ky/index.html to
// /ky/.
func (w *web) follow(next *http.Request, before []*http.Request) error {
	to := next.URL
	if to.Scheme != w.base.Scheme || to.Host != w.base.Host || !strings.HasPrefix(path.Clean(to.Path)+"/", w.base.Path) {
		return fmt.Errorf("%w: out of the site, to %s", errRedirect, to.Redacted())
	}
	if len(before) > redirects {
		return fmt.Errorf("%w: one after another", errRedirect)
	}
	return nil
}

func (w *web) open(ctx context.Context, path string) (io.ReadCloser, error) {
	at := *w.base
	at.Path += path
	ctx, cancel := context.WithCancel(ctx)
	stalled := time.AfterFunc(w.stall, cancel)
	end := func() {
		stalled.Stop()
		cancel()
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		end()
		return nil, err
	}
	request.Header.Set("Cache-Control", "no-cache") // as published now, not what a proxy stored earlier
	request.Header.Set("User-Agent", "achyk verify")
	answer, err := w.client.Do(request)
	if err != nil {
		end()
		if errors.Is(err, errRedirect) {
			return nil, err
		}
		return nil, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	if err := status(answer.StatusCode); err != nil {
		answer.Body.Close()
		end()
		return nil, fmt.Errorf("%s: %w", at.Redacted(), err)
	}
	return &body{answer.Body, at.Redacted(), stalled, w.stall, end}, nil
}

// status returns the error that an HTTP status stands for, nil for 200.
func status(code int) error {
	switch {
	case code == http.StatusOK:
		return nil
	case code == http.StatusNotFound, code == http.StatusGone:
		return fs.ErrNotExist
	case code == http.StatusTooManyRequests, code >= 500:
		return fmt.Errorf("%w: HTTP status %d", ErrUnreachable, code)
	}
	return fmt.Errorf("HTTP status %d", code)
}

// body is the body of an answer. It ends when no byte comes for a while.
type body struct {
	io.ReadCloser
	address string
	stalled *time.Timer
	stall   time.Duration
	end     func()
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.stalled.Reset(b.stall)
	if err != nil && err != io.EOF {
		err = fmt.Errorf("%w: %s: %w", ErrUnreachable, b.address, err)
	}
	return n, err
}

func (b *body) Close() error {
	defer b.end()
	return b.ReadCloser.Close()
}

func (w *web) list(func(string)) (bool, error) { return false, nil }

func (w *web) readers() int { return requests }

func (w *web) Close() error {
	w.client.CloseIdleConnections()
	return nil
}
