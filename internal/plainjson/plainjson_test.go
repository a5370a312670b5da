package plainjson

import (
	"encoding/json"
	"testing"
)

func TestQuoted(t *testing.T) {
	for _, s := range []string{"", "суу", `"\`, "a\nb\tc\r\x01", "<&>\u2028", "үңкүр «1»"} {
		var back string
		if err := json.Unmarshal(Quoted(nil, s), &back); err != nil || back != s {
			t.Errorf("%q became %s", s, Quoted(nil, s))
		}
	}
}
