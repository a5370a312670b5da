package main

import (
	"os"
	"path/filepath"
	"strings"
)

// of takes the municipality out of the name of a register, such as osh/findings, unless another one is named already.
func (a *app) of(register string, municipality *string) string {
	town, name, both := strings.Cut(register, "/")
	if !both || *municipality != "" && *municipality != town {
		return register
	}
	if info, err := os.Stat(filepath.Join(a.source, "data", town)); err != nil || !info.IsDir() { // it may be a record: findings/osh-2026-f01
		return register
	}
	*municipality = town
	return name
}
