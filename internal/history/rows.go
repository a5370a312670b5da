package history

import (
	"bytes"

	"achyk/internal/diag"
	"achyk/internal/limits"
)

// differingRows returns the rows that only one of two texts has, in one pass over both, so
// that the rows they share need not be split into cells. Rows that moved may be returned
// for both texts although they are equal. Both texts begin with a row; b is known to be
// well-formed. If a is not, differingRows returns why. It ends when nothing is left to spend.
func differingRows(a, b []byte, s *spending) (old, new [][]string, problem diag.Code) {
	// Cutting off the common end first makes one changed row cost one row.
	cells := [2]int{limits.VersionCells, limits.VersionCells}
	tail := commonTail(a, b)
	a, b = a[:len(a)-tail], b[:len(b)-tail]
	for len(a) > 0 || len(b) > 0 {
		n := commonHead(a, b)
		a, b = a[n:], b[n:]
		i, j := resume(a, b)
		for part := range 2 {
			text, list := a[:i], &old
			if part == 1 {
				text, list = b[:j], &new
			}
			if !s.spend(limits.VersionSplit * len(text)) {
				return nil, nil, ""
			}
			records, problem := split(text, &cells[part])
			if problem != "" {
				return nil, nil, problem
			}
			*list = append(*list, records...)
		}
		a, b = a[i:], b[j:]
	}
	return old, new, ""
}

// resume returns the offsets at which a and b have the next row in common. It looks at
// most 24 rows ahead in each and takes the match that skips the fewest rows. Without a
// match it returns the end of what it looked at.
func resume(a, b []byte) (i, j int) {
	const ahead = 24
	ends := func(data []byte) []int {
		list := []int{0}
		for at := 0; at < len(data) && len(list) <= ahead; {
			at += rowEnd(data[at:])
			list = append(list, at)
		}
		return list
	}
	x, y := ends(a), ends(b)
	for sum := 1; sum <= len(x)+len(y)-4; sum++ {
		for n := max(0, sum-len(y)+2); n <= min(sum, len(x)-2); n++ {
			m := sum - n
			if bytes.Equal(a[x[n]:x[n+1]], b[y[m]:y[m+1]]) {
				return x[n], y[m]
			}
		}
	}
	return x[len(x)-1], y[len(y)-1]
}

var quote = []byte{'"'}

// rowEnd returns the length of the row with which data begins, with its line end: the
// first line end that an even number of quotes precedes.
func rowEnd(data []byte) int {
	for at, quotes := 0, 0; ; {
		n := bytes.IndexByte(data[at:], '\n')
		if n < 0 {
			return len(data)
		}
		quotes += bytes.Count(data[at:at+n], quote)
		at += n + 1
		if quotes%2 == 0 {
			return at
		}
	}
}

// commonHead returns the length of the whole rows with which both texts begin.
func commonHead(a, b []byte) int {
	n := min(len(a), len(b))
	i := 0
	for step := 1 << 12; step > 0; step >>= 1 { // comparing large pieces is faster than comparing bytes
		for i+step <= n && bytes.Equal(a[i:i+step], b[i:i+step]) {
			i += step
		}
	}
	if i == len(a) && i == len(b) {
		return i
	}
	// Go back to the end of a row: a line end that is not within quotes.
	quotes := bytes.Count(a[:i], quote)
	for {
		end := bytes.LastIndexByte(a[:i], '\n') + 1
		quotes -= bytes.Count(a[end:i], quote)
		if quotes%2 == 0 {
			return end
		}
		i = bytes.LastIndexByte(a[:end], '"')
		quotes--
	}
}

// commonTail returns the length of the whole rows with which both texts end.
func commonTail(a, b []byte) int {
	n := min(len(a), len(b))
	i := 0
	for step := 1 << 12; step > 0; step >>= 1 {
		for i+step <= n && bytes.Equal(a[len(a)-i-step:len(a)-i], b[len(b)-i-step:len(b)-i]) {
			i += step
		}
	}
	// Go on to the beginning of a row in both: after a line end that is not within quotes.
	inA, inB := bytes.Count(a[:len(a)-i], quote), bytes.Count(b[:len(b)-i], quote)
	for i > 0 {
		if inA%2 == 0 && inB%2 == 0 && beginsLine(a, len(a)-i) && beginsLine(b, len(b)-i) {
			return i
		}
		rest := b[len(b)-i:]
		line := rest[:bytes.IndexByte(rest, '\n')+1]
		if len(line) == 0 {
			return 0
		}
		quotes := bytes.Count(line, quote)
		inA, inB, i = inA+quotes, inB+quotes, i-len(line)
	}
	return 0
}

// beginsLine returns whether a line begins at an offset.
func beginsLine(data []byte, at int) bool { return at == 0 || data[at-1] == '\n' }
