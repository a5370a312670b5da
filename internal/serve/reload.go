package serve

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"net/http"
	"strings"
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
