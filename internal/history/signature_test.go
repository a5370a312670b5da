package history

import (
	"bytes"
	"compress/zlib"
	"crypto/ed25519"
	"crypto/sha1"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"

	"achyk/internal/gitrepo"
	"achyk/internal/signature"
	"achyk/internal/table"
	"achyk/internal/tools/outside"
)

// signing is a work tree in which git signs commits.
type signing struct {
	*work
	env []string
	n   int
}

func (s *signing) run(name string, args ...string) string {
	s.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = s.dir
	cmd.Env = append(append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=Айгүл", "GIT_AUTHOR_EMAIL=aigul@osh.example", "GIT_COMMITTER_NAME=Айгүл", "GIT_COMMITTER_EMAIL=aigul@osh.example"), s.env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

func (s *signing) write(name, text string) {
	s.t.Helper()
	name = filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		s.t.Fatal(err)
	}
}

// commit changes the register and commits it with a date in that year.
func (s *signing) commit(year int, message string, config ...string) {
	s.t.Helper()
	s.n++
	s.write("data/town/things.csv", fmt.Sprintf("id,name\na,%d\n", s.n))
	s.run("git", "add", "data")
	date := fmt.Sprintf("%d-06-01T12:00:00+06:00", year)
	s.env = append(s.env, "GIT_AUTHOR_DATE="+date, "GIT_COMMITTER_DATE="+date)
	s.run("git", append(config, "commit", "-q", "-m", message)...)
}

// read returns the verdicts on the commits, newest first.
func (s *signing) read(cache *Cache) string {
	s.t.Helper()
	r, err := gitrepo.Open(s.dir)
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Close()
	tip, err := r.Head()
	if err != nil {
		s.t.Fatal(err)
	}
	files, err := r.FS(tip)
	if err != nil {
		s.t.Fatal(err)
	}
	keys, _, err := signature.Read(files)
	if err != nil {
		s.t.Fatal(err)
	}
	h, err := Read(r, tip, dataset(map[string]*table.Schema{"town/things": plain("id", "name")}), keys, cache)
	if err != nil {
		s.t.Fatal(err)
	}
	var lines []string
	for _, c := range h.Commits {
		lines = append(lines, strings.TrimSpace(fmt.Sprint(c.Subject, ": ", c.Signature.Status, " ", c.Signature.Signer)))
	}
	return strings.Join(lines, "\n")
}

// sshSigning makes a work tree with two keys. Only the first is in allowed_signers.
func sshSigning(t *testing.T) *signing {
	outside.Program(t, "ssh-keygen")
	s := &signing{work: newWork(t)}
	for _, key := range []string{"one", "two"} {
		s.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", filepath.Join(s.dir, key))
	}
	s.allow("aigul@osh.example")
	return s
}

func (s *signing) allow(before string) {
	s.t.Helper()
	key, err := os.ReadFile(filepath.Join(s.dir, "one.pub"))
	if err != nil {
		s.t.Fatal(err)
	}
	s.write("data/allowed_signers", before+" "+string(key))
}

func with(key string) []string {
	return []string{"-c", "gpg.format=ssh", "-c", "user.signingKey=" + key, "-c", "commit.gpgSign=true"}
}

// A commit that git signed with SSH is verified, as git verifies it. It is not if the key had
// ended or is unknown, or if the commit was changed. After the list of keys changes, the
// verdicts in the cache are not used.
func TestSignedBySSH(t *testing.T) {
	s := sshSigning(t)
	s.commit(2025, "Unsigned")
	s.commit(2025, "First", with("one")...)
	s.commit(2026, "Second\n\nСебеби", with("one")...)
	s.commit(2026, "Unknown", with("two")...)
	s.commit(2026, "В кодировке", append(with("one"), "-c", "i18n.commitEncoding=windows-1251")...)
	head, before := strings.TrimSpace(s.run("git", "rev-parse", "HEAD")), strings.TrimSpace(s.run("git", "rev-parse", "HEAD~3"))
	forged := strings.NewReplacer("parent "+before, "parent "+head, "Second", "Forged").Replace(s.run("git", "cat-file", "commit", "HEAD~2"))
	s.write("forged", forged)
	s.run("git", "reset", "-q", "--hard", strings.TrimSpace(s.run("git", "hash-object", "-t", "commit", "-w", "forged")))

	var saved []byte
	want := "Forged: wrong\nВ кодировке: verified Айгүл\nUnknown: unverified\nSecond: verified Айгүл\nFirst: verified Айгүл\nUnsigned:"
	for range 2 {
		if got := s.read(memory("1", &saved)); got != want {
			t.Errorf("%s\nwant\n%s", got, want)
		}
	}
	for _, commit := range []string{"HEAD~1", "HEAD~3", "HEAD~4"} { // git agrees
		s.run("git", "-c", "gpg.ssh.allowedSignersFile=data/allowed_signers", "verify-commit", commit)
	}

	s.allow(`aigul@osh.example valid-before="20260101Z"`)
	s.run("git", "add", "data")
	s.run("git", "commit", "-q", "-m", "Айгүл has left")
	want = strings.NewReplacer("Second: verified Айгүл", "Second: unverified", "В кодировке: verified Айгүл", "В кодировке: unverified").Replace(want)
	for range 2 {
		if got := s.read(memory("1", &saved)); got != want {
			t.Errorf("after the key ended: %s\nwant\n%s", got, want)
		}
	}
	s.run("git", "gc", "-q")
	if got := s.read(nil); got != want {
		t.Errorf("out of a pack: %s\nwant\n%s", got, want)
	}
}

// The same for commits that git signed with gpg.
func TestSignedByGPG(t *testing.T) {
	outside.Program(t, "gpg")
	s := &signing{work: newWork(t)}
	home, err := os.MkdirTemp("", "gpg") // gpg-agent's socket must have a short path
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		exec.Command("gpgconf", "--homedir", home, "--kill", "all").Run() // gpg leaves its agent running
		os.RemoveAll(home)
	})
	s.env = []string{"GNUPGHOME=" + home}
	for _, user := range []string{"Айгүл Осмонова <aigul@osh.example>", "Other <other@osh.example>"} {
		s.run("gpg", "--batch", "--quiet", "--faked-system-time", "20250101T000000", "--passphrase", "", "--quick-generate-key", user, "ed25519", "sign", "never")
	}
	s.write("data/aigul.asc", s.run("gpg", "--batch", "--armor", "--export", "aigul@osh.example"))
	sign := func(user string) []string {
		return []string{"-c", "gpg.format=openpgp", "-c", "user.signingKey=" + user, "-c", "commit.gpgSign=true"}
	}
	s.commit(2025, "First", sign("aigul@osh.example")...)
	s.commit(2026, "Unknown", sign("other@osh.example")...)
	first, head := s.run("git", "cat-file", "commit", "HEAD~1"), strings.TrimSpace(s.run("git", "rev-parse", "HEAD"))
	s.write("forged", strings.NewReplacer("\nauthor ", "\nparent "+head+"\nauthor ", "First", "Forged").Replace(first))
	s.run("git", "reset", "-q", "--hard", strings.TrimSpace(s.run("git", "hash-object", "-t", "commit", "-w", "forged")))
	s.commit(2026, "Unsigned")
	if got, want := s.read(nil), "Unsigned:\nForged: wrong\nUnknown: unverified\nFirst: verified Айгүл Осмонова"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// sign rewrites the commits of main, each with a signature by the key.
func sign(t testing.TB, w *work, key ssh.Signer) {
	parent := ""
	for entry := range strings.SplitSeq(strings.TrimSuffix(w.git("log", "-z", "--reverse", "--first-parent", "--format=%T %at %B", "main"), "\x00"), "\x00") {
		f := strings.SplitN(entry, " ", 3)
		who := fmt.Sprintf("Клерк <c@osh.example> %s +0600", f[1])
		head := "tree " + f[0] + "\n" + parent + "author " + who + "\ncommitter " + who + "\n"
		message := "\n" + strings.TrimSpace(f[2]) + "\n"
		sig, err := sshsig.Sign(strings.NewReader(head+message), key, sshsig.HashSHA512, "git")
		if err != nil {
			t.Fatal(err)
		}
		armor := strings.ReplaceAll(strings.TrimSpace(string(sshsig.Armor(sig))), "\n", "\n ")
		text := head + "gpgsig " + armor + "\n" + message
		object := fmt.Sprintf("commit %d\x00%s", len(text), text)
		hash := fmt.Sprintf("%x", sha1.Sum([]byte(object)))
		var packed bytes.Buffer
		z := zlib.NewWriter(&packed)
		z.Write([]byte(object))
		z.Close()
		dir := filepath.Join(w.dir, ".git", "objects", hash[:2])
		if err := errors.Join(os.MkdirAll(dir, 0o777), os.WriteFile(filepath.Join(dir, hash[2:]), packed.Bytes(), 0o666)); err != nil {
			t.Fatal(err)
		}
		parent = "parent " + hash + "\n"
	}
	w.git("update-ref", "refs/heads/main", strings.TrimSpace(strings.TrimPrefix(parent, "parent ")))
	w.git("repack", "-a", "-d", "-q", "--window=3")
}

// BenchmarkSigned reads 5,000 commits of 40 registers, without signatures and with one on every
// commit, each with an empty cache and with a full one. It reports the time as a ratio to the
// time without signatures.
func BenchmarkSigned(b *testing.B) {
	asProgram(b)
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		b.Fatal(err)
	}
	key, err := ssh.NewSignerFromKey(private)
	if err != nil {
		b.Fatal(err)
	}
	keys, _, err := signature.Read(fstest.MapFS{"data/allowed_signers": &fstest.MapFile{Data: append([]byte("Клерк "), ssh.MarshalAuthorizedKey(key.PublicKey())...)}})
	if err != nil {
		b.Fatal(err)
	}
	w, schemas := town(b, 5000, 40, 600)
	run := func(cache *Cache) *History {
		r, err := gitrepo.Open(w.dir)
		if err != nil {
			b.Fatal(err)
		}
		defer r.Close()
		tip, err := r.Head()
		if err != nil {
			b.Fatal(err)
		}
		h, err := Read(r, tip, dataset(schemas), keys, cache)
		if err != nil {
			b.Fatal(err)
		}
		return h
	}
	var saved []byte
	times := map[string]time.Duration{}
	measure := func(name, of string, cache func() *Cache) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				run(cache())
			}
			times[name] = b.Elapsed() / time.Duration(b.N)
			if base := times[of]; base > 0 {
				b.ReportMetric(float64(times[name])/float64(base), "of-unsigned")
			}
		})
	}
	none := func() *Cache { return nil }
	kept := func() *Cache { return memory("1", &saved) }
	measure("unsigned", "", none)
	run(kept())
	measure("unsigned-kept", "", kept)
	sign(b, w, key)
	measure("signed", "unsigned", none)
	if h := run(kept()); h.Commits[0].Signature != (signature.Verdict{Status: signature.Verified, Signer: "Клерк"}) {
		b.Fatal(h.Commits[0].Signature)
	}
	measure("signed-kept", "unsigned-kept", kept)
}
