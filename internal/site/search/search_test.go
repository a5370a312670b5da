package search

import (
	"slices"
	"testing"
)

// TestIndexed checks that the files of an index are made together, let go one by one, and made again for who asks again.
func TestIndexed(t *testing.T) {
	made := 0
	x := &indexed{make: func() map[string][]byte {
		made++
		return map[string][]byte{"index.json": []byte("{}"), "w0.txt": nil}
	}}
	for _, name := range []string{"w0.txt", "index.json"} {
		x.take(name)
	}
	if made != 1 || len(x.files) != 0 {
		t.Errorf("made %d times, %d files are kept", made, len(x.files))
	}
	if string(x.take("index.json")) != "{}" || made != 2 {
		t.Errorf("made %d times", made)
	}
}

// TestInitials checks that each letter is found once, where it is first, with the letters that the alphabet does not
// tell apart.
func TestInitials(t *testing.T) {
	var all []listed
	for _, name := range []string{"«Аба»", "Ата", "7-мектеп", "Елка", "Ёлка", "Есеп", "Өзгөн"} {
		all = append(all, listed{name: name})
	}
	if got := initials(all); !slices.Equal(got, []int{0, 2, 3, 4, 6}) {
		t.Errorf("the letters begin at %v", got)
	}
}
