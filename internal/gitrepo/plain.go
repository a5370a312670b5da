package gitrepo

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-billy/v5"

	"achyk/internal/limits"
)

// plain is a git directory of which only regular files are opened. Whoever hands over a folder can make .git/config a
// pipe, which never ends, or a link to a device, which takes all memory.
type plain struct{ billy.Filesystem }

// Open opens a file. Objects may have any size: they are not read whole, as go-git reads settings and references.
func (p plain) Open(name string) (billy.File, error) {
	info, err := p.Stat(name)
	if err != nil {
		return nil, err
	}
	most := int64(limits.GitFile)
	switch slashed := filepath.ToSlash(name); {
	case slashed == "config":
		most = limits.GitSettings
	case strings.HasPrefix(slashed, "objects/"):
		most = info.Size()
	}
	if err := readableFile(p.Join(p.Root(), name), info, most); err != nil {
		return nil, err
	}
	return p.Filesystem.Open(name)
}

// Chroot returns a folder in this one, such as a repository that shares its objects.
func (p plain) Chroot(name string) (billy.Filesystem, error) {
	folder, err := p.Filesystem.Chroot(name)
	return plain{folder}, err
}

// readPath reads a file that only names a folder.
func readPath(file string) (string, error) {
	info, err := os.Stat(file)
	if err == nil {
		err = readableFile(file, info, limits.GitPath)
	}
	if err != nil {
		return "", err
	}
	text, err := os.ReadFile(file)
	return string(text), err
}

// readableFile returns ErrDamaged for what is no regular file, or has more bytes.
func readableFile(path string, info fs.FileInfo, most int64) error {
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%w: %s is no file", ErrDamaged, path)
	}
	if info.Size() > most {
		return fmt.Errorf("%w: %s: %w", ErrDamaged, path, &limits.Exceeded{What: "bytes", Have: info.Size(), Limit: most})
	}
	return nil
}
