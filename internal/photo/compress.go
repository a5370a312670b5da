package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
)

// qualities are those with which a JPEG is tried, by the scale of libjpeg. At 82 nobody sees a
// difference; at 60 it shows around letters.
var qualities = []int{82, 72, 60}

// reduced returns a picture whose longest side has at most a number of points. A point is the mean of those that it
// covers, by their parts. This is reckoned in integers, so that all processors make the same, and by a few rows
// at a time, since a photo of 50 million points would else take a gigabyte.
func reduced(picture image.Image, side int) *image.RGBA {
	from := picture.Bounds()
	width, height := from.Dx(), from.Dy()
	w, h := width, height
	if longest := max(width, height); longest > side {
		w, h = max(1, (width*side+longest/2)/longest), max(1, (height*side+longest/2)/longest)
	}
	made := image.NewRGBA(image.Rect(0, 0, w, h))
	rows := image.NewRGBA(image.Rect(0, 0, width, height/h+2))
	sums := make([]int, 4*w)
	for y := range h { // a point has the height and width of the picture, one of the picture h and w
		clear(sums)
		first := y * height / h
		draw.Draw(rows, rows.Rect, picture, from.Min.Add(image.Pt(0, first)), draw.Src)
		for i := first; i*h < (y+1)*height; i++ {
			row, share := rows.Pix[(i-first)*rows.Stride:], overlap(i, h, y, height)
			for x := range w {
				sum := sums[4*x : 4*x+4]
				for j := x * width / w; j*w < (x+1)*width; j++ {
					part, point := share*overlap(j, w, x, width), row[4*j:4*j+4]
					for c := range 4 {
						sum[c] += part * int(point[c])
					}
				}
			}
		}
		for k, sum := range sums {
			made.Pix[y*made.Stride+k] = uint8((sum + width*height/2) / (width * height))
		}
	}
	return made
}

// overlap returns what the i-th of pieces of one length and the k-th of pieces of another have in common.
func overlap(i, length, k, other int) int {
	return min((i+1)*length, (k+1)*other) - max(i*length, k*other)
}

// turned returns a picture as it was held, by the orientation of EXIF (JEITA CP-3451, 4.6.4).
func turned(picture *image.RGBA, orientation int) *image.RGBA {
	if orientation == 1 {
		return picture
	}
	size := picture.Rect.Size()
	right, below := size.X-1, size.Y-1
	if orientation >= 5 {
		size.X, size.Y = size.Y, size.X
	}
	made := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			var from image.Point
			switch orientation {
			case 2:
				from = image.Pt(right-x, y)
			case 3:
				from = image.Pt(right-x, below-y)
			case 4:
				from = image.Pt(x, below-y)
			case 5:
				from = image.Pt(y, x)
			case 6:
				from = image.Pt(y, below-x)
			case 7:
				from = image.Pt(right-y, below-x)
			case 8:
				from = image.Pt(right-y, x)
			}
			made.SetRGBA(x, y, picture.RGBAAt(from.X, from.Y))
		}
	}
	return made
}

// compressed writes a picture as PNG if it was PNG or GIF, else as JPEG. A PNG that is too heavy, such as a photo,
// becomes a JPEG; there, what was transparent is white.
func compressed(picture *image.RGBA, ending string, profile []byte) ([]byte, string) {
	if len(profile) < 20 || string(profile[16:20]) != "RGB " {
		profile = nil // for numbers of another kind
	}
	var b bytes.Buffer // which takes all
	if ending == ".png" || ending == ".gif" {
		png.Encode(&b, picture)
		if b.Len() <= Weight {
			return withPNGProfile(b.Bytes(), profile), ".png"
		}
	}
	picture = opaque(picture)
	for _, quality := range qualities {
		b.Reset()
		jpeg.Encode(&b, picture, &jpeg.Options{Quality: quality})
		if b.Len() <= Weight {
			break
		}
	}
	return withJPEGProfile(b.Bytes(), profile), ".jpg"
}

// opaque returns a picture with white in place of what is transparent.
func opaque(picture *image.RGBA) *image.RGBA {
	if picture.Opaque() {
		return picture
	}
	white := image.NewRGBA(picture.Rect)
	draw.Draw(white, white.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(white, white.Rect, picture, image.Point{}, draw.Over)
	return white
}

// withJPEGProfile puts a profile of colours behind the beginning of a JPEG (ICC.1, annex B.4).
func withJPEGProfile(data, profile []byte) []byte {
	const most = 65_533 - 14
	made := bytes.Clone(data[:2])
	for i, count := 0, (len(profile)+most-1)/most; i < count; i++ {
		piece := profile[i*most : min(len(profile), (i+1)*most)]
		made = append(made, 0xFF, 0xE2)
		made = binary.BigEndian.AppendUint16(made, uint16(2+14+len(piece)))
		made = append(append(made, iccMark...), byte(i+1), byte(count))
		made = append(made, piece...)
	}
	return append(made, data[2:]...)
}

// withPNGProfile puts a profile of colours behind the first chunk of a PNG (ISO/IEC 15948, 11.3.3.3).
func withPNGProfile(data, profile []byte) []byte {
	if profile == nil {
		return data
	}
	var packed bytes.Buffer
	packed.WriteString("iCCPICC\x00\x00")
	w := zlib.NewWriter(&packed)
	w.Write(profile)
	w.Close()
	const head = len(pngMark) + 25
	made := binary.BigEndian.AppendUint32(bytes.Clone(data[:head]), uint32(packed.Len()-4))
	made = append(made, packed.Bytes()...)
	made = binary.BigEndian.AppendUint32(made, crc32.ChecksumIEEE(packed.Bytes()))
	return append(made, data[head:]...)
}
