package source

import (
	"strings"
	"testing"
)

func TestPosition(t *testing.T) {
	f := &File{Data: []byte("id,аты\r\nw,Таза\nlast")}
	for _, test := range []struct {
		offset int
		want   Position
	}{
		{0, Position{1, 1}},
		{3, Position{1, 4}},
		{5, Position{1, 5}}, // after one two-byte letter
		{11, Position{2, 1}},
		{len(f.Data), Position{3, 5}},
		{-1, Position{1, 1}},
		{1000, Position{3, 5}},
	} {
		if got := f.Position(test.offset); got != test.want {
			t.Errorf("Position(%d) = %v, want %v", test.offset, got, test.want)
		}
	}
	if got := f.Line(1); got != "id,аты" {
		t.Errorf("Line(1) = %q", got)
	}
	if got := f.Line(9); got != "" {
		t.Errorf("Line(9) = %q", got)
	}
}

// Lines are found in files of many blocks too, whose lines end at, before and after the ends of
// blocks or go across many.
func TestLines(t *testing.T) {
	var text strings.Builder
	var begins []int
	for i := range 500 {
		begins = append(begins, text.Len())
		text.WriteString(strings.Repeat("a", i*i%(3*block)) + "\n")
	}
	begins = append(begins, text.Len())
	for _, size := range []int{block - 1, block, block + 1} {
		text.WriteString(strings.Repeat("\n", size))
	}
	f := &File{Data: []byte(text.String())}
	for i, begin := range begins {
		if got := f.Offset(i + 1); got != begin {
			t.Errorf("line %d begins at %d, want %d", i+1, got, begin)
		}
		if got := f.Position(begin); got != (Position{i + 1, 1}) {
			t.Errorf("%d is at %v, want line %d", begin, got, i+1)
		}
		if i > 0 {
			if got, want := f.Line(i), text.String()[begins[i-1]:begin-1]; got != want {
				t.Errorf("line %d has %d bytes, want %d", i, len(got), len(want))
			}
		}
	}
	if got, want := f.Offset(1<<30), len(f.Data); got != want {
		t.Errorf("the last line begins at %d, want %d", got, want)
	}
}

func TestSlice(t *testing.T) {
	f := &File{Data: []byte("abcd")}
	for _, test := range []struct {
		span Span
		want string
	}{
		{Span{1, 3}, "bc"}, {Span{0, 4}, "abcd"}, {Span{4, 4}, ""},
		{Span{-1, 2}, "ab"}, {Span{3, 9}, "d"}, {Span{3, 1}, ""}, {Span{-5, -2}, ""}, {Span{8, 9}, ""},
	} {
		if got := string(f.Slice(test.span)); got != test.want {
			t.Errorf("Slice(%v) is %q, want %q", test.span, got, test.want)
		}
	}
}

func TestBegin(t *testing.T) {
	for text, want := range map[string]int{"": 0, "a": 0, "\ufeff": 3, "\ufeffa": 3, "a\ufeff": 0} {
		if got := (&File{Data: []byte(text)}).Begin(); got != want {
			t.Errorf("%q begins at %d, want %d", text, got, want)
		}
	}
}

func TestCell(t *testing.T) {
	for want, c := range map[string]Cell{
		"D14": {14, 4}, "A1": {1, 1}, "Z2": {2, 26}, "AA3": {3, 27}, "AMJ5": {5, 1024}, "": {},
	} {
		if got := c.String(); got != want {
			t.Errorf("%#v = %q, want %q", c, got, want)
		}
	}
}
