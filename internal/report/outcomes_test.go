package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"achyk/internal/judgement"
	"achyk/internal/load"
	"achyk/internal/locale"
	"achyk/internal/report"
	"achyk/internal/tools/towntest"
)

// TestOutcomesHaveTheColumnsOfTheRegister checks that an outcome in JSON has every column of the
// register compliance with the same value, so that programs can key both by the id.
func TestOutcomesHaveTheColumnsOfTheRegister(t *testing.T) {
	set, _, err := load.Load(os.DirFS(towntest.Sample(t)))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range set.Municipalities {
		j := judgement.Of(m, time.Date(2026, 5, 25, 0, 0, 0, 0, time.UTC))
		var b bytes.Buffer
		if err := report.JSON.Outcomes(&b, j.Outcomes, report.DayOf(j.AsOf, "flag"), locale.For(locale.Ru)); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(b.String()), "\n")
		register := j.Tables()[0]
		if len(lines) != len(register.Rows) || len(lines) == 0 {
			t.Fatalf("%s: %d lines of JSON, %d rows", m.ID, len(lines), len(register.Rows))
		}
		byID := map[string]map[string]any{}
		for _, line := range lines {
			x := map[string]any{}
			if err := json.Unmarshal([]byte(line), &x); err != nil {
				t.Fatal(err)
			}
			byID[x["id"].(string)] = x
		}
		for i := range register.Rows {
			x := byID[register.Rows[i].Key]
			if x == nil {
				t.Errorf("%s is not in JSON", register.Rows[i].Key)
				continue
			}
			said := columns(x)
			for _, f := range register.Schema.Fields {
				want := register.Value(&register.Rows[i], f.Name)
				if got, ok := said[f.Name]; !ok || got != want {
					t.Errorf("%s: %s is %q in JSON, %q in the register", register.Rows[i].Key, f.Name, got, want)
				}
			}
			if x["message"] != said["sentence_ru"] {
				t.Errorf("%s: the message is %q", register.Rows[i].Key, x["message"])
			}
		}
	}
}

// columns writes what JSON says of an outcome as the cells of a register.
func columns(x map[string]any) map[string]string {
	cells := map[string]string{}
	list := func(key string, write func(map[string]any) string) {
		var texts []string
		for _, item := range x[key].([]any) {
			texts = append(texts, write(item.(map[string]any)))
		}
		cells[key] = strings.Join(texts, " ")
	}
	record := func(r map[string]any) string {
		return strings.TrimSuffix(fmt.Sprintf("%s/%s", r["register"], r["id"]), "/")
	}
	for key, value := range x {
		switch key {
		case "subject":
			subject := value.(map[string]any)
			cells["subject_register"], cells["subject"] = subject["register"].(string), subject["id"].(string)
		case "evidence":
			list(key, record)
		case "otherwise":
			list(key, func(r map[string]any) string {
				return fmt.Sprintf("%s=%s:%s", r["assumption"], r["value"], r["outcome"])
			})
		case "explanations":
			list(key, func(r map[string]any) string { return r["id"].(string) })
		case "assumptions":
			cells[key] = strings.Trim(fmt.Sprint(value), "[]")
		case "messages", "counted", "rule_title":
			for lang, text := range value.(map[string]any) {
				cells[strings.Replace(key, "messages", "sentence", 1)+"_"+lang] = text.(string)
			}
		case "days_late":
			if value.(float64) > 0 {
				cells[key] = fmt.Sprint(value)
			} else {
				cells[key] = ""
			}
		default:
			cells[key] = fmt.Sprint(value)
		}
	}
	return cells
}
