//go:build !js

package locale

import "embed"

//go:embed messages/*.toml
var messageFiles embed.FS

// Whole tells whether the program has all messages.
const Whole = true
