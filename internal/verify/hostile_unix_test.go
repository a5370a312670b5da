//go:build unix

package verify

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// What is no file is not read, nor is a link followed out of the folder or for ever.
func TestFolderOfOtherThings(t *testing.T) {
	dir := made(t, map[string]string{"device": "", "fifo": "", "fifos/a": "", "loop": "", "round/a": "", "socket": ""})
	for _, name := range []string{"device", "fifo", "fifos/a", "loop", "round/a", "round", "socket"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "fifo"), 0o666); err != nil {
		t.Skip(err)
	}
	syscall.Mkfifo(filepath.Join(dir, "fifos/a"), 0o666)
	syscall.Mkfifo(filepath.Join(dir, "fifos/b"), 0o666)
	syscall.Mknod(filepath.Join(dir, "socket"), syscall.S_IFSOCK|0o666, 0)
	for link, to := range map[string]string{"device": "/dev/zero", "loop": "loop", "round": "."} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	want(t, found(t, dir),
		Difference{Path: "device", What: Unreadable}, Difference{Path: "fifo", What: Unreadable},
		Difference{Path: "fifos/a", What: Unreadable}, Difference{Path: "fifos/b", What: Extra},
		Difference{Path: "loop", What: Unreadable}, Difference{Path: "round", What: Extra},
		Difference{Path: "round/a", What: Missing}, Difference{Path: "socket", What: Unreadable})
}
