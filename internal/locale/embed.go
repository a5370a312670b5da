//go:build !js

package locale

import (
	"embed"

	"github.com/pelletier/go-toml/v2"
)

//go:embed messages/*.toml
var messageFiles embed.FS

// Whole tells whether the program has all messages.
const Whole = true

// decode reads the files of messages. Every command reads 200 KB of them or more first, and this decoder takes
// half the time of the one that reads settings.
var decode = toml.Unmarshal
