package attachment

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"achyk/internal/diag"
)

// Foreign reports a picture in a format that is not published, since not every browser shows it: photos of
// an iPhone (HEIC) and of newer telephones (AVIF), raw data of a camera, scans in TIFF. It recognises them by the first
// bytes, whatever their names say, and tells a scan from raw data by its name. It returns nil for anything else.
func Foreign(name string, head []byte) *diag.Diagnostic {
	format := foreign(name, head)
	if format == "" {
		return nil
	}
	value := path.Base(name)
	return &diag.Diagnostic{Code: diag.DocumentPhoto, Path: name, Value: value, Args: diag.Args{
		"value": value, "what": diag.Phrase("content." + format + ".what"), "mend": diag.Phrase("content." + format + ".mend"),
	}}
}

func foreign(name string, head []byte) string {
	brand := "" // of a file laid out as ISO/IEC 14496-12 says
	if len(head) >= 12 && string(head[4:8]) == "ftyp" {
		brand = string(head[8:12])
	}
	begins := func(marks ...string) bool {
		return slices.ContainsFunc(marks, func(mark string) bool { return bytes.HasPrefix(head, []byte(mark)) })
	}
	switch ending := strings.ToLower(path.Ext(name)); {
	case brand == "avif", brand == "avis", brand == "mif1" && bytes.Contains(head[:min(len(head), 64)], []byte("avif")):
		return "avif"
	case slices.Contains([]string{"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"}, brand):
		return "heic"
	case (ending == ".tif" || ending == ".tiff") && begins("II*\x00", "MM\x00*"):
		return "tiff"
	case brand == "crx ", begins("II*\x00", "MM\x00*", "IIRO", "IIRS", "IIU\x00", "FUJIFILMCCD-RAW"): // Canon, most others, Olympus, Panasonic, Fujifilm
		return "raw"
	}
	return ""
}

// Damaged reports a picture whose points cannot be read.
func Damaged(name string) *diag.Diagnostic {
	d := unfit(damaged)
	d.Path, d.Value = name, strings.ToLower(path.Ext(name))
	d.Args["value"] = d.Value
	return d
}

// TooMuch reports a picture that exceeds a limit. what is the key of a message below
// "diagnostics.limit"; have is 0 if it was not counted to its end.
func TooMuch(name, what string, have, limit int) *diag.Diagnostic {
	d := tooMuch(what, have, limit)
	d.Path = name
	return d
}
