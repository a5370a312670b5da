package site_test

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"achyk/internal/tools/sitetest"
	"achyk/layouts"
)

// TestContrast computes the contrast between the colours of site.css by the formula of WCAG
// 2.2, in both colour schemes. Text needs 7:1, lines and shapes that carry meaning 3:1.
func TestContrast(t *testing.T) {
	css, err := fs.ReadFile(layouts.Files, "site.css")
	if err != nil {
		t.Fatal(err)
	}
	light, rest, _ := strings.Cut(string(css), "@media (prefers-color-scheme: dark)")
	dark, _, _ := strings.Cut(rest, "\n}\n")
	for scheme, source := range map[string]string{"light": light, "dark": dark} {
		colour := map[string]float64{}
		for _, m := range regexp.MustCompile(`--(\w+): #([0-9a-f]{6})`).FindAllStringSubmatch(source, -1) {
			colour[m[1]] = luminance(t, m[2])
		}
		for _, pair := range []struct {
			front, back string
			least       float64
		}{
			{"ink", "paper", 7}, {"soft", "paper", 7}, {"accent", "paper", 7}, {"bad", "paper", 7},
			{"ink", "tint", 7}, {"soft", "tint", 7}, {"accent", "tint", 7}, {"bad", "tint", 7},
			{"paper", "ink", 7}, {"paper", "accent", 7},
			{"rule", "paper", 3},
		} {
			front, ok1 := colour[pair.front]
			back, ok2 := colour[pair.back]
			if !ok1 || !ok2 {
				t.Errorf("%s: --%s or --%s is not defined", scheme, pair.front, pair.back)
			} else if got := (max(front, back) + .05) / (min(front, back) + .05); got < pair.least {
				t.Errorf("%s: %s on %s has the contrast %.2f:1, want %g:1", scheme, pair.front, pair.back, got, pair.least)
			}
		}
	}
	// No other declaration may set a colour, or the contrasts computed here would not be those that
	// readers see.
	for name, css := range styles(t) {
		body, _, _ := strings.Cut(css, "@media print")
		for _, m := range regexp.MustCompile(`[ {;]((?:color|background|opacity): *[^;}]+)`).FindAllStringSubmatch(body, -1) {
			if !regexp.MustCompile(`^(color|background): (var\(--\w+\)|inherit|none|#fff)$`).MatchString(m[1]) {
				t.Errorf("%s sets a colour that is not one of the variables: %s", name, m[1])
			}
		}
	}
}

// styles returns the style sheets of the site by their names.
func styles(t *testing.T) map[string]string {
	t.Helper()
	names, err := fs.Glob(layouts.Files, "*.css")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	all := map[string]string{}
	for _, name := range names {
		css, err := fs.ReadFile(layouts.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = string(css)
	}
	return all
}

// TestNothingIsInMotion checks that no style makes anything move, so that readers who ask for less motion need no
// other style.
func TestNothingIsInMotion(t *testing.T) {
	for name, css := range styles(t) {
		if found := regexp.MustCompile(`(animation|transition|scroll-behavior|@keyframes|@view-transition)[\w-]*[: ]`).FindString(css); found != "" {
			t.Errorf("%s has %s", name, found)
		}
	}
}

// luminance returns the relative luminance of a colour like "0a4f49" (WCAG 2.2).
func luminance(t *testing.T, hex string) float64 {
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	linear := func(c uint64) float64 {
		v := float64(c&0xff) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n>>16) + 0.7152*linear(n>>8) + 0.0722*linear(n)
}

// TestStyleIsSmall checks that the style of a page stays short enough to be read.
func TestStyleIsSmall(t *testing.T) {
	const most = 12_000
	for _, address := range []string{"ky/", "ky/osh/findings/"} {
		style := sitetest.Text(sitetest.All(sitetest.Read(t, sitetest.Sample(t), address).Doc, "style")[0])
		if len(style) > most {
			t.Errorf("%s has %d bytes of style, more than %d", address, len(style), most)
		}
		t.Logf("%s: %d bytes of style, %d gzipped", address, len(style), gzippedOnce(style))
	}
}
