package attachment_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"

	"achyk/internal/attachment"
	"achyk/internal/diag"
	"achyk/internal/limits"
)

// exif returns metadata with texts by their tags, in the first directory or in one that a tag leads
// to. With the tag 2 of a place, a latitude is in it.
func exif(order binary.AppendByteOrder, under, tag uint16, text string) string {
	mark := "II*\x00"
	if order == binary.BigEndian {
		mark = "MM\x00*"
	}
	b := order.AppendUint32([]byte(mark), 8)
	entry := func(tag uint16, count, value uint32) {
		b = order.AppendUint16(b, 1)
		b = order.AppendUint16(order.AppendUint16(b, tag), 2)
		b = order.AppendUint32(order.AppendUint32(b, count), value)
		b = order.AppendUint32(b, 0)
	}
	if under != 0 {
		entry(under, 1, 26)
	}
	entry(tag, uint32(len(text)), uint32(len(b)+18))
	return string(b) + text
}

func packed(text string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(text)) // a bytes.Buffer cannot fail
	w.Close()
	return b.String()
}

func TestTraces(t *testing.T) {
	segment := func(kind byte, data string) string {
		return string([]byte{0xFF, kind}) + string(binary.BigEndian.AppendUint16(nil, uint16(len(data)+2))) + data
	}
	jpeg := func(parts ...string) string { return "\xff\xd8" + strings.Join(parts, "") + "\xff\xda…" }
	camera := func(data string) string { return segment(0xE1, "Exif\x00\x00"+data) }
	chunk := func(kind, data string) string {
		return string(binary.BigEndian.AppendUint32(nil, uint32(len(data)))) + kind + data + "crc."
	}
	png := func(parts ...string) string { return "\x89PNG\r\n\x1a\n" + strings.Join(parts, "") + chunk("IEND", "") }
	webp := func(kind, data string) string {
		return "RIFF....WEBP" + "VP8X" + string(binary.LittleEndian.AppendUint32(nil, 3)) + "abc\x00" + kind + string(binary.LittleEndian.AppendUint32(nil, uint32(len(data)))) + data
	}
	box := func(kind, data string) string {
		return string(binary.BigEndian.AppendUint32(nil, uint32(8+len(data)))) + kind + data
	}
	const (
		xmp  = `<x:xmpmeta><rdf:Description exif:GPSLatitude="40,31N"/><dc:creator><rdf:Seq><rdf:li>Асанов А.</rdf:li></rdf:Seq></dc:creator></x:xmpmeta>`
		core = `<cp:coreProperties xmlns:dc="d" xmlns:cp="c"><dc:creator>Асанов А.</dc:creator><dc:title>Отчет</dc:title><cp:lastModifiedBy> Айгүл </cp:lastModifiedBy></cp:coreProperties>`
		both = "author Асанов А., author Айгүл"
	)
	little, big := binary.LittleEndian, binary.BigEndian
	for _, c := range []struct{ name, content, want string }{
		{"a.jpg", jpeg(), ""},
		{"a.jpg", jpeg(segment(0xE0, "JFIF"), camera(exif(little, 0, 0x010F, "Canon\x00"))), ""},
		{"a.jpg", jpeg(segment(0xE0, "JFIF"), "\xff", camera(exif(little, 0x8825, 2, ""))), "place "},
		{"a.JPEG", jpeg(camera(exif(big, 0x8825, 2, ""))), "place "},
		{"a.jpg", jpeg(camera(exif(big, 0x8825, 0, ""))), ""}, // the version alone
		{"a.jpg", jpeg(camera(exif(big, 0x8769, 0xA430, "Асанов А.\x00"))), "owner Асанов А."},
		{"a.jpg", jpeg(camera(exif(little, 0, 0x013B, "Асанов А.\x00"))), "author Асанов А."},
		{"a.jpg", jpeg(camera(exif(little, 0, 0x9C9D, "\x10\x04\x41\x04\x30\x04\x00\x00"))), "author Аса"},
		{"a.jpg", jpeg(segment(0xE1, "http://ns.adobe.com/xap/1.0/\x00"+xmp)), "author Асанов А., place "},
		{"a.jpg", jpeg() + camera(exif(big, 0x8825, 2, "")), ""}, // behind the points, no program looks
		{"a.png", png(chunk("IDAT", "…"), chunk("eXIf", exif(big, 0x8825, 2, ""))), "place "},
		{"a.png", png(chunk("tEXt", "Author\x00Asanov")), "author Asanov"},
		{"a.png", png(chunk("tEXt", "Software\x00Asanov")), ""},
		{"a.png", png(chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+xmp)), "author Асанов А., place "},
		{"a.webp", webp("EXIF", exif(little, 0x8825, 2, "")), "place "},
		{"a.webp", webp("XMP ", xmp), "author Асанов А., place "},
		{"a.docx", office(t, "[Content_Types].xml", types(word), "docProps/core.xml", core), both},
		{"a.docx", office(t, "[Content_Types].xml", types(word), "docProps/core.xml", `<a><creator/>`), ""},
		{"a.odt", office(t, "mimetype", textFile, "meta.xml", strings.ReplaceAll(core, "lastModifiedBy", "initial-creator")), both},
		{"a.docx", office(t, "[Content_Types].xml", types(word), "word/comments.xml", `<w:comments><w:comment w:author="А"/><w:comment/></w:comments>`, "word/document.xml", `<w:insertion/><w:ins w:id="1">a</w:ins><w:del>b</w:del>`), "comments 2, changes 2"},
		{"a.docx", office(t, "word/media/image1.jpeg", jpeg(camera(exif(little, 0x8825, 2, ""))), "word/media/image2.jpg", jpeg(), "word/comments.xml", "<w:comments/>"), "picture 1"},
		{"a.xlsx", office(t, "xl/comments1.xml", `<comments><comment ref="A1"/></comments>`, "xl/workbook.xml", `<sheet name="a" sheetId="1"/><sheet name="b" sheetId="2" state="veryHidden"/>`), "comments 1, hidden 1"},
		{"a.odt", office(t, "mimetype", textFile, "content.xml", `<text:changed-region text:id="1"><office:annotation office:name="a">`, "Pictures/a.png", png(chunk("eXIf", exif(big, 0x8825, 2, "")))), "comments 1, changes 1, picture 1"},
		{"a.ods", office(t, "content.xml", `<style:table-properties table:display="false" style:writing-mode="lr-tb"/>`), "hidden 1"},
		{"a.mp4", box("ftyp", "isom") + box("mdat", "\xa9xyz") + box("moov", box("mvhd", "…")+box("udta", box("\xa9xyz", "+40.5+72.8/"))), "place "},
		{"a.mp4", box("ftyp", "isom") + box("moov", box("meta", "com.apple.quicktime.location.ISO6709")) + "\x00", "place "},
		{"a.mp4", box("ftyp", "isom") + box("mdat", "\xa9xyz") + box("moov", box("udta", "")), ""},
		{"a.docx", "PK", ""},
		{"a.pdf", `%PDF-1.7 <</Title(a)/Author (As\141nov \(A.\))>>`, "author Asanov (A.)"},
		{"a.pdf", "%PDF-1.7 <</Author<FEFF0410044100300>>>", "author Ас0"},
		{"a.pdf", "%PDF-1.7 <</Author(\xc0\xf1\xe0\xed\xee\xe2)>>", "author Асанов"},
		{"a.pdf", "%PDF-1.7 <</Author()>>", ""},
		{"a.pdf", "%PDF-1.7 <</Author(\x12\x13)>> <</Encrypt 5 0 R>>", ""},
		{"a.pdf", "%PDF-1.7 <</Type/Metadata>>stream\n" + xmp, "author Асанов А., place "},
		{"a.pdf", "%PDF-1.7 <</Type/ObjStm/Filter/FlateDecode>>\r\nstream\r\n" + packed("<</Author(Asanov)>>") + "\nendstream", "author Asanov"},
		{"a.txt", "Author(Asanov)", ""},
	} {
		traces, err := attachment.Traces(c.name, strings.NewReader(c.content), int64(len(c.content)))
		var got []string
		for _, found := range traces {
			got = append(got, string(found.What)+" "+found.Value)
		}
		if err != nil || strings.Join(got, ", ") != c.want {
			t.Errorf("%s, %.60q: %q, %v, want %q", c.name, c.content, got, err, c.want)
		}
	}
}

// TestTracesOfBombs: what small documents unpack to is counted as work, so that many of them have a limit together,
// and one alone is left off before it takes seconds. Nobody is named a hundred times without a word of it.
func TestTracesOfBombs(t *testing.T) {
	var creators, makers strings.Builder
	creators.WriteString("%PDF-1.4\n")
	makers.WriteString("<a><creator>")
	for i := range 50_000 {
		fmt.Fprintf(&creators, "<dc:creator><rdf:li>%x</rdf:li></dc:creator>", i)
		fmt.Fprintf(&makers, "%x<!---->", i)
	}
	order := binary.BigEndian
	directory := func(tag uint16, count, place uint32) string { // of EXIF, with one entry again and again
		b := order.AppendUint16([]byte("MM\x00*\x00\x00\x00\x08"), 65535)
		for range 65535 {
			b = order.AppendUint32(order.AppendUint32(order.AppendUint16(order.AppendUint16(b, tag), 2), count), place)
		}
		data := string(b)
		return "\x89PNG\r\n\x1a\n" + string(order.AppendUint32(nil, uint32(len(data)))) + "eXIf" + data + "crc."
	}
	for _, c := range []struct {
		why, name, content string
		traces             int
		work               int64 // at least
	}{
		{"many authors", "a.pdf", creators.String(), limits.Traces + 1, 1 << 16},
		{"many authors", "a.docx", office(t, "docProps/core.xml", makers.String()), limits.Traces + 1, 1 << 15},
		{"millions of changes", "a.docx", office(t, "word/document.xml", strings.Repeat("<ins>", 1<<20)), 1, 5 << 20},
		{"signs without names", "a.docx", office(t, "word/document.xml", strings.Repeat("<", 4<<20)), 0, 4 << 20},
		{"packed objects", "a.pdf", "%PDF-1.7" + strings.Repeat("/ObjStm stream\n"+packed(strings.Repeat(" ", 2<<20)), 3), 0, 6 << 20},
		{"creators within each other", "a.pdf", "%PDF-1.7" + strings.Repeat("<dc:creator", 1<<17), 0, 1 << 20},
		{"one long value again and again", "a.png", directory(0x013B, 20_000, 8), 1, limits.Inspected},
		{"one directory again and again", "a.png", directory(0x8769, 1, 8), 0, limits.Inspected},
	} {
		var r attachment.Reader
		begin := time.Now()
		traces, err := r.Traces(c.name, strings.NewReader(c.content), int64(len(c.content)))
		if took := time.Since(begin); err != nil || len(traces) != c.traces || r.Work < c.work || took > 5*time.Second {
			t.Errorf("%s in %s: %d traces, %d of work, %v, %v", c.why, c.name, len(traces), r.Work, took, err)
		}
	}
	var r attachment.Reader
	types := office(t, "[Content_Types].xml", "<a>"+strings.Repeat("<b/>", 1<<16)+"</a>")
	if r.Judge("a.docx", strings.NewReader(types), int64(len(types))); r.Work < 1<<20 {
		t.Errorf("the types of parts are %d of work", r.Work)
	}
}

// FuzzTraces: whatever a document holds, reading its traces ends without a panic.
func FuzzTraces(f *testing.F) {
	f.Add("a.jpg", "\xff\xd8\xff\xe1\x00\x22Exif\x00\x00"+exif(binary.BigEndian, 0x8825, 2, ""))
	f.Add("a.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\x08tEXtAuthor\x00A")
	f.Add("a.webp", "RIFF....WEBPEXIF\x04\x00\x00\x00II*\x00")
	f.Add("a.pdf", `%PDF-1.7 <</Author(\1\(a>>/ObjStm stream `)
	f.Add("a.docx", "PK\x03\x04")
	f.Add("a.mp4", "\x00\x00\x00\x10moov\x00\x00\x00\x08udta")
	f.Fuzz(func(t *testing.T, name, content string) {
		if _, err := attachment.Traces(name, strings.NewReader(content), int64(len(content))); err != nil {
			t.Fatal(err)
		}
	})
}

// TestForeign: photos that are not published are recognised by what they hold.
func TestForeign(t *testing.T) {
	for name, begin := range map[string]string{"a.jpg": "\x00\x00\x00\x24ftypheic", "a.heic": "\x00\x00\x00\x24ftypheic", "a.dng": "II*\x00", "a.tif": "MM\x00*"} {
		if code, _ := judge(t, name, begin); code != diag.DocumentPhoto {
			t.Errorf("%s: %s", name, code)
		}
	}
	if code, _ := judge(t, "a.heic", "ftyp"); code != diag.DocumentKind {
		t.Error(code)
	}
}

// TestName: a file is named by its record and title, in letters that every system takes.
func TestName(t *testing.T) {
	for _, c := range []struct{ title, ending, want string }{
		{"", ".PDF", "r-1.pdf"},
		{"Ашып-ташкан аянтча", ".jpg", "r-1-ashyp-tashkan-ayantcha.jpg"},
		{"Ыңгайсыз көчө: үйдүн жанында, 2-участок, күн бою эч ким жок", ".jpg", "r-1-ynggaysyz-kocho-uydun-janynda-2.jpg"},
		{"Щит/Ёлка № 5", ".png", "r-1-schit-yolka-5.png"},
		{"日本 \u202e \x00", ".png", "r-1.png"},
		{"taken", ".png", "r-1-taken-3.png"},
		{"r-1", ".png", "r-1.png"},
	} {
		taken := map[string]bool{"r-1-taken.png": true, "r-1-taken-2.png": true}
		if got := attachment.Name("r-1", c.title, c.ending, func(name string) bool { return taken[name] }); got != c.want {
			t.Errorf("%q: %s, want %s", c.title, got, c.want)
		}
	}
}
