package page

import (
	"bytes"
	"testing"
)

// TestNoteAsIs checks that a page has the note on texts that are not translated if it shows such a text.
func TestNoteAsIs(t *testing.T) {
	f := Frame{Foot: "</main><footer></footer>", asIs: "</main><footer>note</footer>"}
	for main, noted := range map[string]bool{
		`<p>вода</p>`: false,
		`<p>вода <span lang="ky">суу</span></p>`:                                             true,
		`<p lang=ky>суу</p>`:                                                                 true,
		`<a hreflang="ky">суу</a>`:                                                           false,
		`<span lang="und">su</span>`:                                                         false,
		`<details><summary>вода</summary><p lang="ky">суу</p></details>`:                     false,
		`<details><details></details><p lang="ky">суу</p></details>`:                         false,
		`<details><details></details></details><p lang="ky">суу</p>`:                         true,
		`<ul translate="no"><li><ul></ul><a lang="ky">Ак Суу</a></ul>`:                       false,
		`<ul translate="no"><li lang="ky">Ак Суу</ul><p lang="ky">суу</p>`:                   true,
		`<details lang="ky"><p>суу</p></details>`:                                            false,
		`<p title="a > b">вода</p><details></details><table><tr><td lang="en">water</table>`: true,
	} {
		before, after := `<html lang="ru"><body><nav lang="ky"></nav><main id="main">`+main, "\n</body>"
		b := bytes.NewBufferString(before + string(f.Foot) + after)
		noteAsIs(b, f)
		want := before + string(f.Foot) + after
		if noted {
			want = before + string(f.asIs) + after
		}
		if b.String() != want {
			t.Errorf("%s: %s", main, b)
		}
	}
}
