package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// mountSmall mounts a file system of so many bytes, and reports whether it could.
func mountSmall(t *testing.T, dir string, size int64) bool {
	t.Helper()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", size)); err != nil {
		return false
	}
	t.Cleanup(func() { unix.Unmount(dir, unix.MNT_DETACH) })
	return true
}

func unmount(t *testing.T, dir string) {
	t.Helper()
	if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
		t.Fatal(err)
	}
}

// readOnly has a file system that mountSmall mounted be read only.
func readOnly(dir string) error { return unix.Mount("", dir, "", unix.MS_REMOUNT|unix.MS_RDONLY, "") }

// asNobody has a command run by a user who may read what everybody may, and reports whether it can.
func asNobody(c *exec.Cmd, dir string) bool {
	if os.Getuid() != 0 {
		return true
	}
	for _, dir := range []string{dir, filepath.Dir(c.Path)} {
		for ; strings.HasPrefix(dir, os.TempDir()) && dir != os.TempDir(); dir = filepath.Dir(dir) {
			if info, err := os.Stat(dir); err != nil || os.Chmod(dir, info.Mode()|0o055) != nil {
				return false
			}
		}
	}
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	return true
}
