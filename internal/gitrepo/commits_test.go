package gitrepo

import (
	"testing"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

func TestParseCommit(t *testing.T) {
	const tree = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"
	when := time.Date(2026, 3, 1, 17, 0, 0, 0, time.FixedZone("", 6*3600))
	for _, test := range []struct {
		data string
		want Commit
	}{
		{tree + "author Айгүл <a@osh.example> 1772362800 +0600\n\nБиринчи\nсап\n\nСебеби\r\n\r\nТоктом 5\n",
			Commit{Author: "Айгүл", Time: when, Subject: "Биринчи сап", Body: "Себеби\n\nТоктом 5"}},
		{tree + "author \xc0\xf1\xe5\xeb\xfc <a@b.kg> 1772362800 +0600\nencoding CP1251\ngpgsig -----\n tree x\n\n\xc4\xe0\n",
			Commit{Author: "Асель", Time: when, Subject: "Да", Signed: true}},
		{tree + "author \xff\xfe <a@b.kg> 1772362800 +0600\n\n\xff\n", Commit{Author: "\uFFFD", Time: when, Subject: "\uFFFD"}},
		{tree + "author clerk@osh.example <clerk@osh.example> 99999999999999 +0600\n\nFix for a.b@osh.example, 5@7\n\nSigned-off-by: B C <b@c.org>\nCo-authored-by: d <d@localhost>",
			Commit{Subject: "Fix for, 5@7", Body: "Signed-off-by: B C\nCo-authored-by: d"}},
		{tree + "author A <a> -1 -0130\n\n", Commit{Author: "A", Time: time.Date(1969, 12, 31, 22, 29, 59, 0, time.FixedZone("", -90*60))}},
		{tree + "author A <a> 253402300799 +0000\n\n", Commit{Author: "A"}}, // already 10000 in Bishkek
		{tree + "\nx", Commit{Subject: "x"}},
	} {
		got, err := parseCommit(plumbing.ZeroHash, []byte(test.data))
		if err != nil || !got.commit.Time.Equal(test.want.Time) {
			t.Errorf("%q: %v, %v", test.data, got.commit.Time, err)
		}
		got.commit.Time, got.commit.Hash, test.want.Time = time.Time{}, "", time.Time{}
		if got.commit != test.want {
			t.Errorf("%+v, want %+v", got.commit, test.want)
		}
	}
	if _, err := parseCommit(plumbing.ZeroHash, []byte("author A <a> 1 +0000\n\nx")); err == nil {
		t.Error("a commit without a tree is read")
	}
}
