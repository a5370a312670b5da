package output

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

// device matches the names that Windows reserves for devices, with any extension.
var device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\.|$)`)

// Portable returns nil if a file of this path can be made on every system, or else an error
// that says why not. A path must be relative, with forward slashes, and must not leave its
// folder. The names that Windows refuses are those of "Naming Files, Paths, and Namespaces"
// in its documentation.
func Portable(path string) error {
	if path == "." || !fs.ValidPath(path) {
		return errors.New("not a relative path with forward slashes")
	}
	for name := range strings.SplitSeq(path, "/") {
		switch {
		case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || strings.ContainsRune(`<>:"\|?*`, r) }):
			return fmt.Errorf("a character of %q is refused by Windows", name)
		case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
			return fmt.Errorf("the dot or space at the end of %q is refused by Windows", name)
		case device.MatchString(name):
			return fmt.Errorf("the name %q is kept by Windows for a device", name)
		}
	}
	return nil
}
