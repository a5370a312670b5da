package serve

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"html/template"
	"mime"
	"net/http"
	"path"
	"strings"

	"achyk/internal/diag"
	"achyk/internal/locale"
	"achyk/internal/pipeline"
	"achyk/internal/report"
)

// events is where open pages wait for the next view. No page of a site begins with a dot.
const events = "/.achyk/events"

// script loads a page again when its view is outdated. After a break of the connection
// the browser asks again by itself, and a server started anew has other views.
const script = `new EventSource("` + events + `?view="+document.currentScript.dataset.view).onmessage=()=>location.reload()`

// scriptHash allows this script, and no other, by the policy of a page.
var scriptHash = func() string {
	sum := sha256.Sum256([]byte(script))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}()

// ServeHTTP answers with the page or file of the newest view.
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

// file is the page or file of a path.
func (v *view) file(name string) (data []byte, ok bool, err error) {
	if data, ok, err := v.plan.File(name); ok {
		return data, true, err
	}
	if name == "build.json" {
		record, err := v.plan.Record()
		if err != nil {
			return nil, true, err
		}
		return record.JSON(), true, nil
	}
	var page bytes.Buffer
	ok, err = v.plan.Page(name, &page)
	return page.Bytes(), ok, err
}

// answer sends a page or file; into a page goes the script.
func (v *view) answer(w http.ResponseWriter, status int, name string, data []byte) {
	w.Header().Set("Content-Type", contentType(name))
	if strings.HasSuffix(name, ".html") {
		data = v.reloading(data)
	}
	w.WriteHeader(status)
	w.Write(data) // who has gone needs no answer
}

// types are those of the files of a site. The system's own list differs from one
// machine to the next.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".csv": "text/csv; charset=utf-8", ".xml": "application/xml",
	".txt": "text/plain; charset=utf-8", ".md": "text/plain; charset=utf-8", ".zip": "application/zip",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp",
	".ico": "image/x-icon", ".pdf": "application/pdf", ".woff2": "font/woff2",
}

func contentType(name string) string {
	extension := strings.ToLower(path.Ext(name))
	if t, ok := types[extension]; ok {
		return t
	}
	if t := mime.TypeByExtension(extension); t != "" {
		return t
	}
	return "application/octet-stream"
}

// reloading is a page with the script, which its policy allows.
func (v *view) reloading(page []byte) []byte {
	tag := fmt.Sprintf("<script data-view=%q>%s</script>", v.name, script)
	var out bytes.Buffer
	head, rest := page, []byte(nil)
	if i := bytes.LastIndex(page, []byte("</body>")); i >= 0 {
		head, rest = page[:i], page[i:]
	}
	const policy = `http-equiv="Content-Security-Policy" content="`
	if i := bytes.Index(head, []byte(policy)); i >= 0 {
		i += len(policy)
		if end := bytes.IndexByte(head[i:], '"'); end >= 0 {
			out.Write(head[:i])
			out.WriteString(widened(html.UnescapeString(string(head[i : i+end]))))
			head = head[i+end:]
		}
	}
	out.Write(head)
	out.WriteString(tag)
	out.Write(rest)
	return out.Bytes()
}

// widened is a policy that also allows the script and its connection.
func widened(policy string) string {
	var directives []string
	sources := map[string]string{}
	for d := range strings.SplitSeq(policy, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(d), " ")
		if name != "" {
			directives = append(directives, name)
			sources[name] = value
		}
	}
	allow := func(name, source string) {
		value, there := sources[name]
		if !there {
			directives = append(directives, name)
			value = sources["default-src"]
		}
		if value == "'none'" {
			value = ""
		}
		sources[name] = strings.TrimSpace(value + " " + source)
	}
	if len(directives) > 0 {
		allow("script-src", scriptHash)
		allow("connect-src", "'self'")
	}
	for i, name := range directives {
		directives[i] = strings.TrimSpace(name + " " + sources[name])
	}
	return strings.Join(directives, "; ")
}

// wait answers as soon as the view that a page shows is outdated.
func (v *view) wait(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	if shown := r.URL.Query().Get("view"); shown == v.name {
		w.WriteHeader(http.StatusOK)
		http.NewResponseController(w).Flush() // tells the page that it is connected
		select {
		case <-v.outdated:
		case <-r.Context().Done():
			return
		}
	}
	fmt.Fprint(w, "data: reload\n\n")
}

//go:embed wrong.html
var wrongSource string

var wrongPage = template.Must(template.New("wrong").Parse(wrongSource))

type wrongView struct {
	Lang, Title, Lead, Mend string
	Findings                []finding
	Error                   string
	Later                   string
}

type finding struct {
	Where, Code, What, Mend, Line string
	Warning                       bool
}

// shown is how many findings a page lists; a hundred are read by nobody.
const shown = 100

// wrong is the page that says why there is nothing to show, for a reader of the
// language that the address begins with.
func (v *view) wrong(name string) []byte {
	code, _, _ := strings.Cut(name, "/")
	lang, _ := locale.ParseLang(code)
	p := locale.For(lang)
	page := wrongView{
		Lang: lang.String(), Title: p.T("serve.wrong.title"), Lead: report.Summary(v.problems, p),
		Mend: p.T("report.mend"), Later: p.T("serve.wrong.later"),
	}
	if v.err != nil {
		page.Lead = p.T("serve.wrong.ours")
		if errors.Is(v.err, pipeline.ErrLayouts) {
			page.Lead = p.T("serve.wrong.layout")
		}
		page.Error = v.err.Error()
	}
	for i := range v.problems {
		d := &v.problems[i]
		if d.Severity() != diag.Error {
			continue
		}
		if len(page.Findings) == shown {
			break
		}
		f := finding{Where: report.Where(d), Code: string(d.Code), What: report.What(d, p), Mend: report.Mend(d, p)}
		if d.File != nil && d.Code != diag.InvalidUTF8 {
			f.Line = d.File.Line(d.Position().Line)
		}
		page.Findings = append(page.Findings, f)
	}
	var b bytes.Buffer
	if err := wrongPage.Execute(&b, page); err != nil {
		return []byte(template.HTMLEscapeString(err.Error()))
	}
	return b.Bytes()
}
