//go:build !js

package attachment

import "github.com/gabriel-vasile/mimetype"

// sniff recognises a document by its first bytes.
func sniff(head []byte) *mimetype.MIME { return mimetype.Detect(head) }
