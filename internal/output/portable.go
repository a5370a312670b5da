package output

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

// device matches the names that Windows reserves for devices, with any extension.
var device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\.|$)`)

// NameError says why no file of this path can be made on every system.
type NameError struct {
	Name string
	Why  NameFault
}

// NameFault is what is wrong with a name.
type NameFault string

// The faults of names.
const (
	NotRelative  NameFault = "path"
	BadCharacter NameFault = "character"
	BadEnd       NameFault = "end"
	DeviceName   NameFault = "device"
)

var faults = map[NameFault]string{
	NotRelative:  "is not a relative path with forward slashes",
	BadCharacter: "has a character that Windows refuses",
	BadEnd:       "ends in a dot or space, which Windows refuses",
	DeviceName:   "is kept by Windows for a device",
}

func (e *NameError) Error() string { return fmt.Sprintf("%q %s", e.Name, faults[e.Why]) }

// Portable returns nil if a file of this path can be made on every system, or else an error
// of type *NameError. A path must be relative, with forward slashes, and must not leave its
// folder. The names that Windows refuses are those of "Naming Files, Paths, and Namespaces"
// in its documentation.
func Portable(path string) error {
	if path == "." || !fs.ValidPath(path) {
		return &NameError{path, NotRelative}
	}
	for name := range strings.SplitSeq(path, "/") {
		switch {
		case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || strings.ContainsRune(`<>:"\|?*`, r) }):
			return &NameError{name, BadCharacter}
		case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
			return &NameError{name, BadEnd}
		case device.MatchString(name):
			return &NameError{name, DeviceName}
		}
	}
	return nil
}
