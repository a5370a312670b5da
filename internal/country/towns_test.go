package country_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"achyk/internal/tools/towntest"
)

// edit is what makes a column of a generated town differ from the sample's.
type edit func(random *rand.Rand, value string) string

// later moves a day by up to two months, so that duties are done late.
func later(random *rand.Rand, value string) string {
	day, err := time.Parse(time.DateOnly, value)
	if err != nil {
		return value // empty
	}
	return day.AddDate(0, 0, random.IntN(60)).Format(time.DateOnly)
}

// fewer takes up to a third from a number, which no limit of a unit forbids.
func fewer(random *rand.Rand, value string) string {
	n, err := strconv.Atoi(value)
	if err != nil {
		return value
	}
	return strconv.Itoa(n - random.IntN(n/3+1))
}

// more adds up to a third, because small counts are refused.
func more(random *rand.Rand, value string) string {
	n, err := strconv.Atoi(value)
	if err != nil {
		return value
	}
	return strconv.Itoa(n + random.IntN(n/3+1))
}

// edits are the columns that differ, by register.
var edits = map[string]map[string]edit{
	"appeals":       {"count": more},
	"distributions": {"sent": later, "copies": fewer},
	"measurements":  {"value": fewer},
	"publications":  {"published": later},
	"reports":       {"delivered": later},
	"verifications": {"date": later},
	"visits":        {"participants": fewer},
}

// left are the shares of records that are left out, of registers to which no other record refers.
var left = map[string]float64{"attachments": 0.1, "distributions": 0.1, "verifications": 0.1}

// regions are the oblasts, and Bishkek and Osh.
var regions = strings.Fields("KG-B KG-C KG-GB KG-GO KG-J KG-N KG-O KG-T KG-Y")

// name is the code of a town.
func name(number int) string { return fmt.Sprintf("town-%03d", number+1) }

// writeTown writes the repository of a town: the records of a municipality of the sample under another
// code, in another region and with other numbers, which follow from the town's number alone.
func writeTown(t *testing.T, dir string, number int) {
	t.Helper()
	random := rand.New(rand.NewPCG(uint64(number), 0))
	shape := []string{"kochkorbaev", "osh"}[number%2]
	region := regions[random.IntN(len(regions))]
	town, root := name(number), towntest.Sample(t)
	for _, from := range []string{"data/site.toml", "data/calendar.csv", "data/" + shape, "content/pages", "content/" + shape} {
		err := filepath.WalkDir(filepath.Join(root, from), func(name string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			to, _ := filepath.Rel(root, name)
			to = filepath.ToSlash(to)
			switch base := path.Base(to); {
			case base == "exemptions.csv" || base == "explanations.csv": // they are about outcomes that this town may not have
				return nil
			case to == "data/site.toml":
				text = bytes.Replace(text, []byte("achyk.example"), []byte(town+".example"), 1)
			case base == "municipality.toml":
				text = regexp.MustCompile(`"KG-[A-Z]+"`).ReplaceAll(text, []byte(`"`+region+`"`))
			case path.Dir(to) == "data/"+shape && path.Ext(to) == ".csv":
				text = edited(t, random, strings.TrimSuffix(base, ".csv"), text)
			}
			return towntest.Write(dir, strings.Replace(to, "/"+shape, "/"+town, 1), string(text))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// edited returns a register with other numbers.
func edited(t *testing.T, random *rand.Rand, register string, text []byte) []byte {
	t.Helper()
	columns, leave := edits[register], left[register]
	if columns == nil && leave == 0 {
		return text
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	head := rows[0]
	kept := rows[:1]
	for _, row := range rows[1:] {
		if random.Float64() < leave {
			continue
		}
		for i, name := range head {
			if change := columns[name]; change != nil && random.IntN(4) == 0 {
				row[i] = change(random, row[i])
			}
		}
		kept = append(kept, row)
	}
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(kept); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
