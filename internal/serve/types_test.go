package serve

import "testing"

// TestContentType asks for the types without which browsers do not run the desk: with nosniff they run no
// script of another type.
func TestContentType(t *testing.T) {
	for name, want := range map[string]string{
		"desk/desk.js": "text/javascript; charset=utf-8", "desk/desk.wasm.gz": "application/gzip", "desk/repository.zip": "application/zip",
	} {
		if got := contentType(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}
