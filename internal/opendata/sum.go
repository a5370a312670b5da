package opendata

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
)

// Sum is what descriptions say of a file that was made and not kept.
type Sum struct {
	Bytes  int64
	SHA256 string // hexadecimal
}

// Summer sums up what is written to it.
type Summer struct {
	bytes int64
	hash  hash.Hash
}

// NewSummer returns the sum of nothing yet.
func NewSummer() *Summer { return &Summer{hash: sha256.New()} }

// Write never fails.
func (s *Summer) Write(p []byte) (int, error) {
	s.bytes += int64(len(p))
	return s.hash.Write(p)
}

// Sum is the sum of what was written so far.
func (s *Summer) Sum() Sum { return Sum{s.bytes, hex.EncodeToString(s.hash.Sum(nil))} }

// SumOf makes a file only to sum it up.
func SumOf(write func(io.Writer) error) (Sum, error) {
	s := NewSummer()
	err := write(s)
	return s.Sum(), err
}
