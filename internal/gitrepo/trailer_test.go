package gitrepo

import (
	"testing"
)

func TestTrailer(t *testing.T) {
	for body, want := range map[string]string{
		"Correction: minutes 7":  "minutes 7",
		"correction : minutes 7": "minutes 7",
		"Why and how.\n\nТҮЗӨТҮҮ: 7-протокол\nSigned-off-by: A":                      "7-протокол",
		"No empty line before.\nCorrection: minutes 7":                               "minutes 7",
		"Correction: minutes 7,\n  page 2\nReviewed-by: B":                           "minutes 7, page 2",
		"Correction: a\nCorrection: b\nCorrection: a":                                "a; b",
		"* First\n\nCorrection: a\n\n* Second\n\nCorrection: b\n\nCo-authored-by: C": "a; b",
		"Correction: a\n\n no value":                                                 "a",
		"Correction:":                                                                "",
		"Correction:   \nReviewed-by: B":                                             "",
		"Corrections: a":                                                             "",
		"It is a Correction: no":                                                     "",
		"":                                                                           "",
	} {
		if got := (Commit{Subject: "Correction: in the subject", Body: body}).Trailer("Correction", "Түзөтүү"); got != want {
			t.Errorf("%q: %q, want %q", body, got, want)
		}
	}
}
