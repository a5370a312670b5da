package locale

import (
	"embed"

	"github.com/BurntSushi/toml"
)

// The desk in a browser has no commands, histories and pages, explains no codes, and verifies no site: without
// their words it is 80 KB smaller. By the keys of explanations package report knows the arguments of messages, so
// those of one language are there.
//
//go:embed messages/explain.ky.toml messages/[^cehsv]*.toml
var messageFiles embed.FS

// Whole tells whether the program has all messages.
const Whole = false

// decode reads the files of messages. The decoder is the one that reads settings: with another the desk is 70 KB larger.
var decode = toml.Unmarshal
