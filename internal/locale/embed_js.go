package locale

import "embed"

// The desk in a browser has no commands, histories and pages, and verifies no site: without their words it
// is 70 KB smaller.
//
//go:embed messages/change.*.toml messages/[^chsv]*.toml
var messageFiles embed.FS

// Whole tells whether the program has all messages.
const Whole = false
