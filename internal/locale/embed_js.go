package locale

import "embed"

// The desk in a browser says nothing of histories and of published sites: without their words it is smaller.
//
//go:embed messages/[^hv]*.toml
var messageFiles embed.FS
