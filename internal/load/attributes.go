package load

import (
	"io/fs"

	"achyk/internal/limits"
	"achyk/internal/source"
	"achyk/internal/worktree"
)

// attributesFile tells git how to write the files of a commit into a folder.
const attributesFile = ".gitattributes"

// attributes reports the attributes of git by which files below Roots are written into a folder
// with other bytes than their commit has. Every later build from a folder would be one of no
// commit.
func (l *loader) attributes(name string, e fs.DirEntry) {
	info, err := e.Info()
	if err != nil {
		l.keepError(err)
		return
	}
	if info.Size() > limits.Settings {
		l.overLimit(name, "file-size", int(info.Size()+1023)>>10, limits.Settings>>10)
		return
	}
	data, err := fs.ReadFile(l.fsys, name)
	l.keepError(err)
	l.problems.AddAll(worktree.Attributes(&source.File{Path: name, Data: data}, Roots))
}
