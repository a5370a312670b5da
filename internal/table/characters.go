package table

import (
	"strings"

	"achyk/internal/characters"
	"achyk/internal/diag"
	"achyk/internal/locale"
)

// judgeCharacters finds what no cell should hold: what package characters names, line ends and
// tabs in a column that is not a text, and in Kyrgyz text the look-alike ӊ Ӊ (U+04CA, U+04C9)
// that some sites write for ң Ң; a search for the word would not find it, and no
// normalisation form folds it. Letters in two parts, й as и and a breve, are found by that
// form.
func judgeCharacters(value string, f Field, c *Column) diag.Code {
	if characters.Plain(value) && (f.Lang != locale.Ky || !strings.Contains(value, "ӊ") && !strings.Contains(value, "Ӊ")) {
		return ""
	}
	_, _, code := characters.Find(value)
	switch {
	case code != "" && code.Severity() == diag.Error:
		return code
	case c.Type != Text && strings.ContainsAny(value, "\n\r\t"):
		return diag.ControlChar
	case c.Type == Text && f.Lang == locale.Ky && strings.ContainsAny(value, "ӊӉ"):
		return diag.LookAlike
	case !characters.Normal(value):
		return diag.NotNormalised
	}
	return code
}
