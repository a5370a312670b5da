package papers

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strconv"

	"achyk/internal/limits"
)

// The pages of a PDF are the leaves of a tree, whose root says how many there are (ISO 32000, 7.7.3.2). It stands in
// the file as it is or is packed with other objects into a stream (7.5.7). This reads no more of the format: where a
// file has several roots that differ, as after pages were taken out, it does not tell which of them holds.

var (
	treeNode  = regexp.MustCompile(`/Type\s*/Pages\b`)
	pageCount = regexp.MustCompile(`/Count\s+(\d{1,6})\b`)
	parent    = regexp.MustCompile(`/Parent\s+\d`)
	packed    = regexp.MustCompile(`/Type\s*/ObjStm\b`)
)

// streamHead is how far behind its type a stream begins at most.
const streamHead = 1000

// pages counts the pages of a PDF. It is 0 if they cannot be counted, or not within the limits.
func pages(data []byte) int {
	roots := map[int]bool{}
	steps := limits.Searched
	rootsOf(data, roots, &steps)
	left := int64(limits.Drawings)
	for _, at := range packed.FindAllIndex(data, limits.Streams) {
		rest := data[at[1]:]
		i := bytes.Index(rest[:min(len(rest), streamHead)], []byte("stream"))
		if i < 0 || left <= 0 {
			continue
		}
		r, err := zlib.NewReader(bytes.NewReader(bytes.TrimLeft(rest[i+len("stream"):], "\r\n")))
		if err != nil {
			continue // it is encrypted, or packed in another way
		}
		objects, _ := io.ReadAll(io.LimitReader(r, left))
		left -= int64(len(objects))
		rootsOf(objects, roots, &steps)
	}
	if left <= 0 || steps <= 0 || len(roots) != 1 {
		return 0
	}
	for count := range roots {
		return count
	}
	return 0
}

// rootsOf notes what the roots of trees of pages say that stand in a part of a PDF.
func rootsOf(data []byte, roots map[int]bool, steps *int) {
	for from := 0; *steps > 0; {
		at := treeNode.FindIndex(data[from:]) // one by one: there may be millions
		if at == nil {
			return
		}
		node := dictionary(data, from+at[0], steps)
		from += at[1]
		if count := pageCount.FindSubmatch(node); count != nil && !parent.Match(node) {
			n, _ := strconv.Atoi(string(count[1]))
			roots[n] = true
		}
	}
}

// largestNode is how far from the type of a node its dictionary is looked for: it lists the pages below it.
const largestNode = 1 << 20

// dictionary returns the dictionary around a place, or nil. It takes a step for each byte, while there are any left.
func dictionary(data []byte, at int, steps *int) []byte {
	begin, end := at, at
	for depth := 0; depth >= 0; begin-- {
		if *steps--; *steps <= 0 {
			return nil
		}
		if begin < 2 || at-begin > largestNode {
			return nil
		}
		switch string(data[begin-2 : begin]) {
		case ">>":
			depth++
			begin--
		case "<<":
			depth--
			begin--
		}
	}
	for depth := 0; depth >= 0; end++ {
		if *steps--; *steps <= 0 {
			return nil
		}
		if end+2 > len(data) || end-at > largestNode {
			return nil
		}
		switch string(data[end : end+2]) {
		case "<<":
			depth++
			end++
		case ">>":
			depth--
			end++
		}
	}
	return data[begin:end]
}
