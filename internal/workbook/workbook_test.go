package workbook

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNames(t *testing.T) {
	long := strings.Repeat("x", 40)
	got := Names([]string{"history", long, long + "y", "findings"})
	want := []string{"history-2", long[:31], long[:29] + "-2", "findings"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestUnderscored(t *testing.T) {
	for text, want := range map[string]string{
		"x_1":            "x_1",
		"_x0041_":        "_x005F_x0041_",
		"_x00e9_ _x1_":   "_x005F_x00e9_ _x1_",
		"_x0041_x0042_":  "_x005F_x0041_x005F_x0042_",
		"_x005F_x0041_":  "_x005F_x005F_x005F_x0041_",
		"__x0041__x0042": "__x005F_x0041__x0042",
	} {
		if got := underscored(text); got != want {
			t.Errorf("%s is written as %s, want %s", text, got, want)
		}
	}
}
