package main

import (
	"os"
	"path/filepath"

	"achyk/internal/locale"
	"achyk/internal/pipeline"
)

// apart returns an error if a folder lies where the repository has its registers and texts: a sheet to fill in would be
// taken for a register in the wrong place there. So would one at the top that has the name of a register; named says
// that there is such a one. flag is that of the folder, and example one that can be.
func (a *app) apart(flag, folder, example string, named bool) error {
	if named && below(folder, a.source) && below(a.source, folder) {
		return &usageError{a.tell("export.inside", locale.Args{"Path": folder, "Root": "", "Flag": "--" + flag, "Example": example})}
	}
	for _, root := range pipeline.Roots {
		if below(folder, filepath.Join(a.source, root)) {
			return &usageError{a.tell("export.inside", locale.Args{"Path": folder, "Root": root, "Flag": "--" + flag, "Example": example})}
		}
	}
	return nil
}

// below tells whether a folder that may be made yet is another one or lies in it, also by links and by other letters.
func below(folder, root string) bool {
	top, err := os.Stat(root)
	if err != nil {
		return false
	}
	at, err := filepath.Abs(folder)
	for err == nil {
		if real, wrong := filepath.EvalSymlinks(at); wrong == nil {
			at = real
		}
		if here, wrong := os.Stat(at); wrong == nil && os.SameFile(here, top) {
			return true
		}
		if filepath.Dir(at) == at {
			return false
		}
		at = filepath.Dir(at)
	}
	return false
}
