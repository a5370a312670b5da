//go:build !linux

package main

import (
	"os"
	"os/exec"
	"testing"
)

func mountSmall(*testing.T, string, int64) bool { return false }

func unmount(*testing.T, string) {}

func readOnly(string) error { return nil }

func asNobody(*exec.Cmd, string) bool { return os.Getuid() != 0 }
