package address

import (
	"strings"
	"testing"

	"achyk/internal/limits"
)

func TestValid(t *testing.T) {
	for text, want := range map[string]struct{ valid, base bool }{
		"https://osh.kg":         {true, true},
		"https://osh.kg/achyk/":  {true, true},
		"http://127.0.0.1:8080/": {true, true},
		"http://[::1]:8080/":     {true, true},
		"https://ош.кг/ачык/":    {true, true},
		"https://osh.kg/" + strings.Repeat("a", limits.Address-15): {true, true},
		"https://osh.kg/" + strings.Repeat("a", limits.Address-14): {true, false},
		"https://osh.kg/a?b=c&d=[1]#e'f(g)":                        {true, false},
		"https://osh.kg/?":                                         {true, false},
		"https://osh.kg/#":                                         {true, false},
		"https://osh.kg/../":                                       {true, false},
		"https://osh.kg/%2e%2e/":                                   {true, false},
		"":                                                         {},
		"osh.kg":                                                   {},
		"//osh.kg/":                                                {},
		"https:///a":                                               {},
		"https://.kg/":                                             {},
		"https:osh.kg":                                             {},
		"ftp://osh.kg/":                                            {},
		"git@github.com:a/b":                                       {},
		"javascript:alert(1)":                                      {},
		"https://user@osh.kg/":                                     {},
		"https://osh.kg@evil.example/":                             {},
		"https://osh.kg/\nDisallow: /":                             {},
		"https://osh.kg/\r\nX: y":                                  {},
		"https://osh.kg/a b":                                       {},
		" https://osh.kg/":                                         {},
		"https://osh.kg/\u00A0":                                    {},
		"https://osh.kg/\u202Egk":                                  {},
		"https://osh\u200B.kg/":                                    {},
		"https://osh.kg/\x00":                                      {},
		"https://osh.kg\\@evil.example/":                           {},
		"https://osh.kg/\"onclick=":                                {},
		"https://osh.kg/<script>":                                  {},
		"https://osh.kg:65535/":                                    {true, true},
		"https://osh.kg:65536/":                                    {},
		"https://osh.kg:0/":                                        {},
		"https://[::1]:99999/":                                     {},
		"https://osh.kg:port/":                                     {},
		"https://osh.kg/%zz":                                       {},
	} {
		if Valid(text) != want.valid || ValidBase(text) != want.base {
			t.Errorf("%q: valid %t, base %t; want %+v", text, Valid(text), ValidBase(text), want)
		}
	}
}
