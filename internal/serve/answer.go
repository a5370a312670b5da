package serve

import (
	"bytes"
	"fmt"
	"net/http"
	"path"
	"strings"
	"time"

	"achyk/internal/attachment"
	"achyk/internal/fault"
	"achyk/internal/locale"
)

// ServeHTTP answers with a page or file of the newest view.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
	w.Header().Set("X-Frame-Options", "SAMEORIGIN")
	if r.ContentLength != 0 {
		http.NewResponseController(w).SetReadDeadline(time.Now()) // nothing reads what the request brings
	}
	switch {
	case !s.hosts.allow(r.Host):
		refuse(w, http.StatusMisdirectedRequest, "host")
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
	case foreign(r):
		refuse(w, http.StatusForbidden, "foreign")
	case r.URL.Path == events:
		s.wait(w, r)
	default:
		v, done := s.look()
		defer done()
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		if err := v.show(w, r, name); err != nil && r.Context().Err() == nil {
			broken := &view{name: v.name}
			broken.problems, broken.err = v.layoutFindings(err)
			broken.answer(w, http.StatusInternalServerError, "x.html", broken.wrong(name))
		}
	}
}

// drawingPolicy is what a drawing may do that a reader opens by itself: it has styles, and nothing else. The check
// refuses drawings that want more; this holds also for what it does not know.
const drawingPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

// refuse answers with a sentence in all languages: "serve.refused.<why>".
func refuse(w http.ResponseWriter, status int, why string) {
	var text strings.Builder
	for _, l := range locale.Langs {
		fmt.Fprintln(&text, locale.For(l).T("serve.refused."+why))
	}
	http.Error(w, text.String(), status)
}

// show answers with the page or file at a path. The error is one of making it; then nothing was
// answered yet.
func (v *view) show(w http.ResponseWriter, r *http.Request, name string) (err error) {
	defer fault.Catch(&err)
	if v.plan == nil {
		v.answer(w, http.StatusInternalServerError, "x.html", v.wrong(name))
		return nil
	}
	if file, ok, err := v.plan.Open(r.Context(), name); err != nil {
		return err
	} else if ok {
		defer file.Close()
		w.Header().Set("Content-Type", contentType(name))
		if strings.HasSuffix(strings.ToLower(name), ".svg") {
			w.Header().Set("Content-Security-Policy", drawingPolicy)
		}
		http.ServeContent(w, r, name, time.Time{}, file)
		return nil
	}
	data, ok, err := v.page(name)
	switch {
	case err != nil:
		return err
	case ok:
		v.answer(w, http.StatusOK, name, data)
	case v.plan.Has(name + "/index.html"):
		http.Redirect(w, r, "/"+name+"/", http.StatusFound)
	default:
		data, _, err := v.page("404.html")
		if err != nil {
			return err
		}
		v.answer(w, http.StatusNotFound, "404.html", data)
	}
	return nil
}

// page returns the page at a path, or build.json, and whether there is one.
func (v *view) page(name string) (data []byte, ok bool, err error) {
	if name == "build.json" {
		record, err := v.plan.BuildRecord()
		if err != nil {
			return nil, true, err
		}
		return record.JSON(), true, nil
	}
	var page bytes.Buffer
	ok, err = v.plan.Page(name, &page)
	return page.Bytes(), ok, err
}

// answer sends a page or file. Into a page it inserts the script.
func (v *view) answer(w http.ResponseWriter, status int, name string, data []byte) {
	w.Header().Set("Content-Type", contentType(name))
	if strings.HasSuffix(name, ".html") {
		if v.before {
			data = v.stale(name, data)
		}
		data = v.reloading(data)
	}
	w.WriteHeader(status)
	w.Write(data) // an error means that the client has closed the connection
}

// types are the content types of the files that the program makes, by the ending of their name;
// package attachment knows those of documents. They do not come from the system's list, which
// differs between machines.
var types = map[string]string{
	".js":   "text/javascript; charset=utf-8", // browsers run no script of another type: that of the desk
	".gz":   "application/gzip",
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json",
	".jsonld": "application/ld+json", ".ttl": "text/turtle; charset=utf-8", ".xml": "application/xml",
	".atom": "application/atom+xml", ".ics": "text/calendar; charset=utf-8", ".zip": "application/zip",
}

func contentType(name string) string {
	if t, ok := types[path.Ext(name)]; ok {
		return t
	}
	if k, ok := attachment.Of(name); ok {
		return k.Media
	}
	return "application/octet-stream"
}
