package papers

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"testing"
	"testing/fstest"

	"achyk/internal/files"
	"achyk/internal/jme"
)

// photograph returns a JPEG in which a program left a comment, if noted.
func photograph(width, height int, noted bool) []byte {
	picture := image.NewGray(image.Rect(0, 0, width, height))
	for i := range picture.Pix {
		picture.Pix[i] = uint8(i * i / 97)
	}
	picture.Set(0, 0, color.White)
	var b bytes.Buffer
	jpeg.Encode(&b, picture, nil)
	data := b.Bytes()
	if noted {
		const comment = "camera 1234"
		note := append([]byte{0xFF, 0xFE, 0, byte(2 + len(comment))}, comment...)
		data = append(append(bytes.Clone(data[:2]), note...), data[2:]...)
	}
	return data
}

// TestFiles checks that pictures are published without notes, with their originals named, and with small
// thumbnails; that all else keeps its bytes; and that a damaged picture fails no build.
func TestFiles(t *testing.T) {
	clean, noted := photograph(900, 600, false), photograph(900, 600, true)
	source := map[string][]byte{
		"a/clean.jpg": clean, "a/noted.jpg": noted, "a/broken.jpg": noted[:len(noted)/2], "a/words.txt": []byte("\ufeffСөз"),
	}
	fsys, data := fstest.MapFS{}, &jme.Dataset{Files: map[string]int64{}}
	for name, content := range source {
		name = "content/town/files/" + name
		fsys[name], data.Files[name] = &fstest.MapFile{Data: content}, int64(len(content))
	}
	x := New(fsys, data)
	published := map[string]string{}
	index := files.New()
	for _, f := range x.Files() {
		if _, err := index.Add(f); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Errorf("%s: %v", f.Path, err)
		}
		published[f.Path] = b.String()
	}
	for path, want := range map[string][]byte{
		"files/town/a/clean.jpg": clean, "files/town/a/noted.jpg": clean, "files/town/a/words.txt": source["a/words.txt"],
		"thumbnails/town/a/broken.jpg.jpg": nil,
	} {
		if got, ok := published[path]; !ok || got != string(want) {
			t.Errorf("%s has %d bytes that are not those expected", path, len(got))
		}
	}
	if bytes.Contains([]byte(published["files/town/a/broken.jpg"]), []byte("camera")) {
		t.Error("the copy of a damaged picture has a comment")
	}
	small := published["thumbnails/town/a/noted.jpg.jpg"]
	config, err := jpeg.DecodeConfig(bytes.NewReader([]byte(small)))
	if err != nil || config.Width != 320 || config.Height != 213 || len(small) > 12<<10 {
		t.Errorf("the thumbnail has %d×%d points, %d bytes: %v", config.Width, config.Height, len(small), err)
	}

	sum, half := sha256.Sum256(noted), sha256.Sum256(source["a/broken.jpg"])
	original := hex.EncodeToString(sum[:])
	if want := hex.EncodeToString(half[:]) + "  town/a/broken.jpg\n" + original + "  town/a/noted.jpg\n"; published[OriginalsPath] != want {
		t.Errorf("the originals are\n%swant\n%s", published[OriginalsPath], want)
	}
	if got, want := x.Of("content/town/files/a/noted.jpg"), (Facts{Size: image.Pt(900, 600), Original: original}); got != want {
		t.Errorf("of a picture is said %+v, want %+v", got, want)
	}
	if got, err := x.Text("content/town/files/a/words.txt"); got != "Сөз" || err != nil {
		t.Errorf("the text is %q: %v", got, err)
	}
}

// TestUnaltered checks that nothing tells of originals where every picture is published as it is.
func TestUnaltered(t *testing.T) {
	const name = "content/town/files/clean.jpg"
	picture := photograph(9, 6, false)
	x := New(fstest.MapFS{name: {Data: picture}}, &jme.Dataset{Files: map[string]int64{name: int64(len(picture))}})
	for _, f := range x.Files() {
		if f.Path == OriginalsPath {
			t.Errorf("%s is published", f.Path)
		}
	}
}

// TestPages checks the number of pages of PDFs, whose objects stand as they are or are packed.
func TestPages(t *testing.T) {
	root := func(count int) string {
		return fmt.Sprintf("<< /Resources << /Font << >> >> /Kids [3 0 R 4 0 R] /Type /Pages /Count %d >>", count)
	}
	branch := "<</Type/Pages/Count 2/Parent 1 0 R/Kids[5 0 R]>>"
	pack := func(objects string) string {
		var b bytes.Buffer
		w := zlib.NewWriter(&b)
		w.Write([]byte(objects))
		w.Close()
		return fmt.Sprintf("<</Type/ObjStm/N 2/Length %d>>\nstream\r\n%s\nendstream", b.Len(), b.String())
	}
	for _, of := range []struct {
		pdf  string
		want int
	}{
		{"%PDF-1.4\n1 0 obj\n" + root(7) + "\nendobj\n2 0 obj " + branch + " endobj", 7},
		{"%PDF-1.7\n1 0 obj\n" + pack(branch+" "+root(12)) + "\nendobj", 12},
		{"%PDF-1.4\n" + root(7) + root(6), 0}, // pages were taken out
		{"%PDF-1.4\n" + branch, 0},
		{"%PDF-1.4\n/Type/Pages/Count 3", 0},
		{"<</Type/Pages/Count 3", 0},
		{"%PDF-1.7\n<</Type/ObjStm>>stream\nencrypted", 0},
		{"", 0},
	} {
		if got := pages([]byte(of.pdf)); got != of.want {
			t.Errorf("%d pages, want %d, in %.80q", got, of.want, of.pdf)
		}
	}
}

// TestDrawn checks the sizes of drawings.
func TestDrawn(t *testing.T) {
	for svg, want := range map[string]image.Point{
		`<svg viewBox="0 0 640 400" width="10cm">`:             {X: 640, Y: 400},
		`<?xml version="1.0"?><svg width="30px" height="20"/>`: {X: 30, Y: 20},
		`<svg width="100%" height="NaN"/>`:                     {},
		`words`:                                                {},
	} {
		if got := drawn([]byte(svg)); got != want {
			t.Errorf("%s is %v, want %v", svg, got, want)
		}
	}
}
