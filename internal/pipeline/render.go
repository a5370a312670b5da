package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"sync"

	"achyk/internal/files"
	"achyk/internal/output"
)

// Sink takes the files of a site from several goroutines at once. output.Staging is one.
type Sink interface {
	Write(path string, data []byte) error // data is valid only during the call
	files.Sink                            // for files that may not fit into memory
}

// Render makes everything except build.json. It makes the files before the pages, because pages
// show the sizes of files. It calls seen with each page; seen must not keep the bytes.
func (p *Plan) Render(ctx context.Context, o Options, to Sink, seen func(path string, page []byte)) error {
	p.files.Into(to)
	if err := p.export(ctx, o); err != nil {
		return err
	}
	return p.renderPages(ctx, o, func(path string, page []byte) error {
		seen(path, page)
		return to.Write(path, page)
	})
}

// export makes all files that are not pages, several at a time. It stops at the first error.
func (p *Plan) export(ctx context.Context, o Options) error {
	all := p.files.All()
	return o.each(ctx, len(all), func(i int) error {
		o.report(Exporting, i, len(all))
		_, err := all[i].Sum()
		return err
	})
}

// buffers are reused for the pages that are being rendered.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// renderPages renders all pages, several at a time, and calls take with each. take must not
// keep the bytes. It stops at the first error.
func (p *Plan) renderPages(ctx context.Context, o Options, take func(path string, page []byte) error) error {
	return o.each(ctx, p.pages.N, func(i int) error {
		page := buffers.Get().(*bytes.Buffer)
		defer buffers.Put(page)
		page.Reset()
		of := p.pages.At(i)
		if err := of.Render(page); err != nil {
			return fmt.Errorf("render %s: %w", of.Path, err)
		}
		if i%64 == 0 {
			o.report(Rendering, i, p.pages.N)
		}
		return take(of.Path, page.Bytes())
	})
}

// Verify renders every page and checks all links. It keeps no page. The error is of type
// links.Broken if links are broken and nothing else is wrong.
func (p *Plan) Verify(ctx context.Context, jobs int) error {
	check := p.Links()
	err := p.renderPages(ctx, Options{Jobs: jobs}, func(path string, page []byte) error {
		check.Read(path, page)
		return nil
	})
	if broken := check.Broken(); err == nil && len(broken) > 0 {
		return broken
	}
	return err
}

// Publish adds build.json to the files that were rendered, and replaces the old site by the new
// one.
func (p *Plan) Publish(staging *output.Staging) error {
	record, err := p.BuildRecord()
	if err != nil {
		return err
	}
	if err := staging.Write(buildRecordName, record.JSON()); err != nil {
		return err
	}
	return staging.Publish()
}
