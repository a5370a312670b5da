package serve

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"net/http"
	"strings"
	"time"
)

// events is the address at which open pages wait for the next view. No path of a site begins
// with a dot.
const events = "/.achyk/events"

// script reloads a page when there is a newer view. If the connection breaks, the browser
// connects again by itself. A restarted server has views of other names, so it reloads the
// page at once.
const script = `new EventSource("` + events + `?view="+document.currentScript.dataset.view).onmessage=()=>location.reload()`

// scriptHash is the entry in a page's content security policy that allows this script.
var scriptHash = func() string {
	sum := sha256.Sum256([]byte(script))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}()

// reloading returns a page with the script and with a policy that allows it.
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

// widened returns a policy that also allows the script and its connection to the server. An
// empty policy, which allows everything, stays empty.
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

// wait sends an event as soon as there is a newer view than the one that the page shows.
func (s *Server) wait(w http.ResponseWriter, r *http.Request) {
	if s.waiting.Add(1) > int64(s.bounds.listeners) {
		s.waiting.Add(-1)
		refuse(w, http.StatusServiceUnavailable, "full")
		return
	}
	defer s.waiting.Add(-1)
	v, done := s.look()
	done() // what the view keeps is not needed
	w.Header().Set("Content-Type", "text/event-stream")
	if shown := r.URL.Query().Get("view"); shown == v.name {
		answer := http.NewResponseController(w)
		answer.SetWriteDeadline(time.Time{}) // the next change may come in an hour
		w.WriteHeader(http.StatusOK)
		answer.Flush() // so that the page knows that it is connected
		select {
		case <-v.outdated:
		case <-r.Context().Done():
			return
		}
		answer.SetWriteDeadline(time.Now().Add(s.bounds.write))
	}
	fmt.Fprint(w, "data: reload\n\n")
}
