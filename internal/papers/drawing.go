package papers

import (
	"bytes"
	"encoding/xml"
	"image"
	"math"
	"strconv"
	"strings"
)

// drawn returns the size of a drawing in SVG: what its viewBox says, else its width and height. It is zero if neither
// says it; browsers then take 300 by 150.
func drawn(data []byte) image.Point {
	for decoder := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := decoder.Token()
		if err != nil {
			return image.Point{}
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		says := map[string]string{}
		for _, a := range start.Attr {
			says[a.Name.Local] = a.Value
		}
		box := strings.FieldsFunc(says["viewBox"], func(r rune) bool { return strings.ContainsRune(" ,\t\r\n", r) })
		if len(box) == 4 {
			return image.Pt(points(box[2]), points(box[3]))
		}
		return image.Pt(points(says["width"]), points(says["height"]))
	}
}

// points reads a length in points. It is 0 if that is given in another unit.
func points(length string) int {
	n, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(length), "px"), 64)
	if err != nil || !(n >= 0.5 && n < 1e6) {
		return 0
	}
	return int(math.Round(n))
}
