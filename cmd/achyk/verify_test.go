package main

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"achyk/internal/limits"
	"achyk/internal/locale"
	"achyk/internal/verify"
)

// Whatever keeps a file of a site from being read is said in words of each language.
func TestUnread(t *testing.T) {
	for _, err := range []error{
		verify.ErrLink, verify.ErrNoFile, verify.StatusError(403), &limits.Exceeded{What: "file", Limit: limits.SiteFile}, fs.ErrPermission,
		&verify.RedirectError{To: "https://else.example/", Why: "outside"}, &verify.RedirectError{To: "https://else.example/", Why: "round"},
	} {
		var said []string
		for _, l := range locale.Langs {
			a := &app{say: locale.For(l)}
			text := a.unread(fmt.Errorf("%w: ky/index.html: %w", verify.ErrUnreachable, err))
			if slices.Contains(said, text) || strings.Contains(text, "⟦") {
				t.Errorf("%v: %q", l, text)
			}
			said = append(said, text)
		}
	}
}
