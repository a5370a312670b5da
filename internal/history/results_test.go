package history

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/crypto/ssh"

	"achyk/internal/gitrepo"
	"achyk/internal/signature"
	"achyk/internal/table"
)

var update = flag.Bool("update", false, "write testdata anew")

// TestVersion fails when the history of a fixed repository is read or stored differently
// than recorded, and says what to do. A cache that an earlier program wrote would
// otherwise go on giving what that program found.
func TestVersion(t *testing.T) {
	name := filepath.Join("testdata", "results.golden")
	recorded, err := os.ReadFile(name)
	if err != nil && !*update {
		t.Fatal(err)
	}
	version, results, _ := strings.Cut(string(recorded), "\n")
	wantVersion, wantResults := fmt.Sprintf("version %d", Version), fixedResults(t)
	switch {
	case version == wantVersion && results == wantResults:
	case version == wantVersion:
		t.Errorf("The history of a fixed repository is not read or stored as recorded in %s:\n%s\nRaise history.Version, then run: go test ./internal/history -run TestVersion -update", name, firstDifference(results, wantResults))
	case *update:
		if err := os.WriteFile(name, []byte(wantVersion+"\n"+wantResults), 0o666); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("history.Version is not the one in %s. Run: go test ./internal/history -run TestVersion -update", name)
	}
}

// firstDifference shows the first line in which two texts differ.
func firstDifference(recorded, now string) string {
	a, b := strings.Split(recorded, "\n"), strings.Split(now, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("recorded %s\nnow      %s", a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines are recorded, now there are %d", len(a), len(b))
}

// fixedResults reads a repository that is the same on every machine, and describes what the
// cache stores of it: the checksum of the stored bytes, so that a change of the format is
// noticed, then the same in words, so that a reader sees what changed.
func fixedResults(t *testing.T) string {
	w := fixedRepository(t)
	private := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	key, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	keys, _, err := signature.Read(fstest.MapFS{"data/allowed_signers": &fstest.MapFile{Data: append([]byte("Айгүл "), ssh.MarshalAuthorizedKey(key.PublicKey())...)}})
	if err != nil {
		t.Fatal(err)
	}
	sign(t, w, key)
	repo, err := gitrepo.Open(w.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer repo.Close()
	tip, err := repo.Head()
	if err != nil {
		t.Fatal(err)
	}
	secret := plain("id", "b", "c", "phone")
	secret.Columns[3].Personal = true
	schemas := map[string]*table.Schema{
		"a/things": plain("id", "b", "c"), "a/deeds": plain("id", "b"), "b/long": plain("id", "n"), "b/secret": secret, "calendar": plain("date", "open"), "b/pairs": plain("p", "q", "n", "m"),
	}
	schemas["b/pairs"].PrimaryKey = []string{"p", "q"}
	schemas["calendar"].PrimaryKey = []string{"date"}
	var saved []byte
	cache := memory("test", &saved)
	if _, err := Read(repo, tip, dataset(schemas), keys, cache); err != nil {
		t.Fatal(err)
	}
	stored, ok := cache.open(saved)
	if !ok {
		t.Fatal("the cache does not read what it saved")
	}
	return fmt.Sprintf("sha256 %x\n%s", sha256.Sum256(saved), describe(stored))
}

// describe writes the contents of a cache for people, one fact a line.
func describe(c contents) string {
	var b bytes.Buffer
	for _, v := range c.visited {
		fmt.Fprintf(&b, "commit %s %s %q %q %q signed:%v\n", v.commit.Hash, v.commit.Time.Format("2006-01-02T15:04:05-07"), v.commit.Author, v.commit.Subject, v.commit.Body, v.commit.Signed)
		for _, f := range v.files {
			fmt.Fprintf(&b, "  %s %x→%x from %q to %q\n", f.Path, f.Old[:4], f.New[:4], f.movedFrom, f.movedTo)
		}
	}
	for _, k := range slices.SortedFunc(maps.Keys(c.deltas), deltaKey.compare) {
		d := c.deltas[k]
		fmt.Fprintf(&b, "delta %x→%x of view %x older:%q newer:%q columns:%q names:%q\n", k.old[:4], k.new[:4], k.view[:4], d.older, d.newer, d.columns, d.names)
		for _, r := range d.records {
			fmt.Fprintf(&b, "  %s %s %q\n", r.Kind, r.Key, r.Cells)
		}
	}
	for _, hash := range slices.Sorted(maps.Keys(c.verdicts)) {
		fmt.Fprintf(&b, "verdict %s %s %s\n", hash, c.verdicts[hash].Status, c.verdicts[hash].Signer)
	}
	return b.String()
}

// fixedRepository has one commit for each thing that reading a history decides.
func fixedRepository(t *testing.T) *work {
	w := newWork(t)
	const things, deeds, long = "data/a/things.csv", "data/a/deeds.csv", "data/b/long.csv"
	next := func(message string, f files) { w.next(message, f) }
	rows := func(changed map[int]string) *string {
		s := "id,n\n"
		for i := range 80 {
			if text, ok := changed[i]; ok {
				s += text
			} else {
				s += fmt.Sprintf("r%d,%d\n", i, i*i)
			}
		}
		return &s
	}
	next("Created", files{
		things: text("id,b,c\nx,1,\"a\nb\"\ny,2,\"say \"\"yes\"\"\"\n"), deeds: text("id,b\nu,1\nv,2\nw,3\n"), long: rows(nil),
		"data/calendar.csv": text("date,open\n2026-03-08,no\n"), "data/b/secret.csv": text("id,b,phone\np,1,555\n"), "README.md": text("none"),
	})
	next("Only the form", files{things: text("\ufeff\"c\",\"b\",\"id\"\r\n\"say \"\"yes\"\"\",2,y\r\n\"a\r\nb\",\" 1 \",x\r\n")})
	next("A cell, a row more, a row less", files{things: text("id,b,c\nx,7,\"a\nb\"\nz,3,\n")})
	next("Columns renamed, added and dropped", files{things: text("id,e,d\nx,7,new\nz,3,\n")})
	next("The key renamed", files{things: text("code,e,d\nx,7,new\nz,4,\n")})
	next("Not UTF-8", files{things: text("id,b\nx,\xff\n")})
	next("Another delimiter", files{things: text("id;b\nx;1\n")})
	next("A stray quote", files{things: text("id,b\nx,\"1\n")})
	next("Empty", files{things: text("")})
	next("Readable again", files{things: text("id,b,c\nx,7,\nq,1,\n")})
	next("Two rows of one key", files{things: text("id,b,c\nx,7,\nq,1,\nq,2,\n")})
	next("Shifted cells", files{things: text("id,b,c\nx,,7,\nq,1,\n")})
	next("Rows far apart\n\nCorrection: minutes 7", files{long: rows(map[int]string{3: "r3,0\n", 40: "r40,0\nextra,1\n", 77: ""})})
	next("Rows moved", files{long: rows(map[int]string{3: "r4,16\n", 4: "r3,9\n", 40: "", 50: "r40,1600\nr50,2500\n"})})
	next("Many rows less and more", files{long: text("id,n\nr1,1\nr2,5\nnew,1\n")})
	next("Moved with a change", files{deeds: nil, "data/b/deeds.csv": text("id,b\nu,1\nv,2\nw,4\n")})
	next("Moved back", files{"data/b/deeds.csv": nil, deeds: text("id,b\nu,1\nv,2\nw,4\n")})
	next("Moved with half of the lines", files{deeds: nil, "data/b/deeds.csv": text("id,b\nu,1\nv,8\nw,9\n")})
	next("Not moved: fewer than half of the lines", files{"data/b/deeds.csv": nil, deeds: text("id,b\nu,1\nv,3\nw,4\nx,1\n")})
	next("Gone", files{deeds: nil})
	next("Back", files{deeds: text("id,b\nu,1\n")})
	next("A column that only the past names", files{"data/b/secret.schema.toml": text("[[column]]\nname = \"id\"\ntype = \"string\"\n[[column]]\nname = \"old\"\ntype = \"string\"\n"), "data/b/secret.csv": text("id,b,old,phone\np,2,o,556\n")})
	next("A key of two columns", files{"data/b/pairs.csv": text("p,q,n\n1,2,a\n1,,b\n,,c\n")})
	next("A column twice", files{"data/b/pairs.csv": text("p,n,q,n\n1,d,2,e\n1,b,,b\n,c,,c\n")})
	next("Half of a column's values under another name", files{"data/b/pairs.csv": text("p,q,m\n1,2,d\n1,,f\n")})
	next("A schema with mistakes", files{"data/b/secret.schema.toml": text("broken =")})
	next("Demonstration", files{"data/calendar.csv": text("demonstration,date,open\n1,2026-03-08,yes\n")})
	next("Beside the registers", files{"README.md": text("some"), "data/a/~$things.csv": text("lock"), "data/a/x/deep.csv": text("id\n")})
	w.git("fast-import", "--quiet")
	return w
}
