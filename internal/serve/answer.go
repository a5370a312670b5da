package serve

import (
	"bytes"
	"net/http"
	"path"
	"strings"

	"achyk/internal/attachment"
)

// ServeHTTP answers with a page or file of the newest view.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	v := s.view.Load()
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	if r.URL.Path == events {
		v.wait(w, r)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if v.plan == nil {
		v.answer(w, http.StatusInternalServerError, "x.html", v.wrong(name))
		return
	}
	data, ok, err := v.file(name)
	switch {
	case err != nil:
		broken := &view{name: v.name, err: err}
		broken.answer(w, http.StatusInternalServerError, "x.html", broken.wrong(name))
	case ok:
		v.answer(w, http.StatusOK, name, data)
	case v.plan.Has(name + "/index.html"):
		http.Redirect(w, r, "/"+name+"/", http.StatusFound)
	default:
		data, _, _ := v.file("404.html")
		v.answer(w, http.StatusNotFound, "404.html", data)
	}
}

// file returns the page or file at a path, and whether there is one.
func (v *view) file(name string) (data []byte, ok bool, err error) {
	if data, ok, err := v.plan.File(name); ok {
		return data, true, err
	}
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
		data = v.reloading(data)
	}
	w.WriteHeader(status)
	w.Write(data) // an error means that the client has closed the connection
}

// types are the content types of the files that the program makes, by the ending of their name;
// package attachment knows those of documents. They do not come from the system's list, which
// differs between machines.
var types = map[string]string{
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
