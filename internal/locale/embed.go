//go:build !js

package locale

import "embed"

//go:embed messages/*.toml
var messageFiles embed.FS
