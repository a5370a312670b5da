package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// languages are those of the pages, the original first.
var languages = []string{"ky", "ru", "en"}

// registers is the number of registers. Each refers to the one before it, and to territories.
const registers = 12

// record is a row of a register, with its texts by language.
type record struct {
	ID, Parent, Territory string
	Name, Note            map[string]string
	Day                   string
	Amount, Kind          string
}

// article is a Markdown text in all languages.
type article struct {
	Slug, Day   string
	Title, Body map[string]string
}

// world is the invented data that all programs are given: n records in registers, and a text for
// every twenty of them. The same seed gives the same world.
type world struct {
	Registers [registers][]record
	Articles  []article
}

// words are those that texts are made of. Their meaning does not matter, their letters and lengths do.
var words = map[string][]string{
	"ky": strings.Fields("айыл кеңеш суу түтүк көпүрө мектеп бала бакча жол таштанды кызмат көрсөткүч өлчөө жыйын чечим сунуш каржы өкмөт тургун аймак баалоо тобу текшерүү убакыт мөөнөт жарык көчө ооруу үй кыш жаз күз жай"),
	"ru": strings.Fields("село совет вода труба мост школа ребёнок сад дорога отходы услуга показатель измерение собрание решение предложение средства управа житель район оценка группа проверка время срок свет улица больница дом зима весна осень лето"),
	"en": strings.Fields("village council water pipe bridge school child garden road waste service indicator measure meeting decision proposal funds office resident district review group check time term light street clinic house winter spring autumn summer"),
}

// kinds are the codes of the column kind.
var kinds = []string{"open", "done", "late", "dropped"}

// phrase returns n words of a language.
func phrase(random *rand.Rand, language string, n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = words[language][random.IntN(len(words[language]))]
	}
	text := strings.Join(all, " ")
	first := []rune(text)
	return strings.ToUpper(string(first[:1])) + string(first[1:])
}

// phrases returns a phrase in each language.
func phrases(random *rand.Rand, n int) map[string]string {
	all := map[string]string{}
	for _, l := range languages {
		all[l] = phrase(random, l, n)
	}
	return all
}

// newWorld invents n records.
func newWorld(n int, seed uint64) *world {
	random := rand.New(rand.NewPCG(seed, uint64(n)))
	day := func() string {
		return time.Date(2020, 1, 1+random.IntN(2200), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	}
	w := &world{}
	for i := range n {
		at := i % registers
		r := record{
			ID: fmt.Sprintf("r%02d-%06d", at+1, i/registers+1), Territory: []string{"north", "south"}[random.IntN(2)],
			Name: phrases(random, 4), Note: phrases(random, 8), Day: day(),
			Amount: strconv.Itoa(random.IntN(100000)), Kind: kinds[random.IntN(len(kinds))],
		}
		if at > 0 {
			before := w.Registers[at-1]
			r.Parent = before[random.IntN(len(before))].ID
		}
		w.Registers[at] = append(w.Registers[at], r)
	}
	for i := range n / 20 {
		body := map[string]string{}
		for _, l := range languages {
			for range 2 {
				body[l] += fmt.Sprintf("## %s\n\n%s. **%s**.\n\n- %s\n- %s\n\n", phrase(random, l, 3), phrase(random, l, 25), phrase(random, l, 3), phrase(random, l, 6), phrase(random, l, 6))
			}
		}
		w.Articles = append(w.Articles, article{fmt.Sprintf("text-%05d", i+1), day(), phrases(random, 5), body})
	}
	return w
}

// columns are those of the CSV, in their order.
var columns = []string{"id", "parent", "territory", "name_ky", "name_ru", "name_en", "note_ky", "note_ru", "note_en", "day", "amount", "kind"}

// cells returns a record as a row of the CSV.
func (r record) cells() []string {
	return []string{r.ID, r.Parent, r.Territory, r.Name["ky"], r.Name["ru"], r.Name["en"], r.Note["ky"], r.Note["ru"], r.Note["en"], r.Day, r.Amount, r.Kind}
}

// writeRepository writes the world as a repository of one municipality, with a history of a few
// commits: the first has nine tenths of the records, each later one more of them and some changed cells.
func (w *world) writeRepository(dir string) error {
	if err := w.writeFixed(dir); err != nil {
		return err
	}
	if err := git(dir, "init", "-q", "-b", "main"); err != nil {
		return err
	}
	const commits = 5
	for commit := range commits {
		for at, all := range w.Registers {
			part := all[:len(all)-len(all)*(commits-1-commit)/(10*(commits-1))]
			if err := writeRegister(dir, at, part, commit); err != nil {
				return err
			}
		}
		day := time.Date(2026, 3, 1+commit, 9, 0, 0, 0, time.UTC).Format(time.RFC3339)
		if err := git(dir, "add", "-A"); err != nil {
			return err
		}
		if err := git(dir, "-c", "user.name=Clerk", "-c", "user.email=clerk@bench.example", "-c", "commit.gpgsign=false",
			"commit", "-q", "--date", day, "-m", fmt.Sprintf("Records %d", commit+1)); err != nil {
			return err
		}
	}
	return git(dir, "gc", "-q")
}

// writeRegister writes the CSV of a register. In each commit but the last, one amount of a hundred is
// another than in the next.
func writeRegister(dir string, at int, rows []record, commit int) error {
	return create(filepath.Join(dir, "data", "town", registerName(at)+".csv"), func(f *os.File) error {
		out := csv.NewWriter(f)
		out.Write(columns)
		for i, r := range rows {
			if i%100 == commit {
				r.Amount = strconv.Itoa(i + commit)
			}
			out.Write(r.cells())
		}
		out.Flush()
		return out.Error()
	})
}

func registerName(at int) string { return fmt.Sprintf("things%02d", at+1) }

// writeFixed writes the files that no later commit changes.
func (w *world) writeFixed(dir string) error {
	files := map[string]string{
		"data/site.toml": `title = { ky = "Өлчөө", ru = "Замер", en = "Bench" }
base_url = "https://bench.example/"
licence = "CC-BY-4.0"
languages = ["ky", "ru", "en"]
demonstration = true
`,
		"data/town/municipality.toml": `name = { ky = "Шаар", ru = "Город", en = "Town" }
kind = "city"
council = { ky = "Кеңеш", ru = "Кенеш", en = "Council" }
executive = { ky = "Мэрия", ru = "Мэрия", en = "Mayor's Office" }
`,
		"data/town/regulation.toml": `[act]
title = { ky = "Жобо", ru = "Положение", en = "Regulation" }
procedure = "contest"
copy = "draft"

[[clause]]
number = "1"
title = { ky = "Берене", ru = "Пункт", en = "Clause" }
summary = { ky = "Мазмуну", ru = "Содержание", en = "Summary" }
status = "in-hand"
`,
		"data/town/territories.csv": "id,name_ky,name_ru,name_en,kind,population,parent,valid_from,valid_to\nnorth,Түндүк,Север,North,district,1200,,,\nsouth,Түштүк,Юг,South,district,900,,,\n",
	}
	for at := range registers {
		files["data/town/"+registerName(at)+".schema.toml"] = schema(at)
	}
	for _, a := range w.Articles {
		for _, l := range languages {
			files[fmt.Sprintf("content/town/news/%s.%s.md", a.Slug, l)] = fmt.Sprintf("+++\ntitle = %q\ndate = %s\n+++\n\n%s", a.Title[l], a.Day, a.Body[l])
		}
	}
	for name, text := range files {
		if err := create(filepath.Join(dir, filepath.FromSlash(name)), func(f *os.File) error {
			_, err := f.WriteString(text)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// schema returns the schema of a register.
func schema(at int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "primary_key = [\"id\"]\nlabel = [\"name\"]\nstage = \"reference\"\n")
	fmt.Fprintf(&b, "title = { ky = \"Тизме %[1]d\", ru = \"Список %[1]d\", en = \"List %[1]d\" }\n", at+1)
	fmt.Fprintf(&b, "singular = { ky = \"Жазуу %[1]d\", ru = \"Запись %[1]d\", en = \"Entry %[1]d\" }\n", at+1)
	column := func(name, kind, rest, ky, ru, en string) {
		fmt.Fprintf(&b, "\n[[column]]\nname = %q\ntype = %q\n%stitle = { ky = %q, ru = %q, en = %q }\n", name, kind, rest, ky, ru, en)
	}
	column("id", "id", "required = true\n", "Код", "Код", "Code")
	parent := max(at, 1)
	column("parent", "ref", fmt.Sprintf("register = %q\n", registerName(parent-1)), "Негизи", "Основание", "Parent")
	column("territory", "ref", "register = \"territories\"\n", "Аймак", "Территория", "Territory")
	column("name", "text", "required = true\n", "Аталышы", "Название", "Name")
	column("note", "text", "free = true\n", "Эскертүү", "Примечание", "Note")
	column("day", "date", "", "Күнү", "Дата", "Date")
	column("amount", "integer", "minimum = 0\nfree = true\n", "Саны", "Количество", "Amount")
	var values []string
	for i, k := range kinds {
		values = append(values, fmt.Sprintf("{ code = %q, label = { ky = %q, ru = %q, en = %q } }", k, words["ky"][i], words["ru"][i], words["en"][i]))
	}
	column("kind", "enum", "value = [ "+strings.Join(values, ", ")+" ]\n", "Түрү", "Вид", "Kind")
	return b.String()
}

// create makes a file and the folders above it.
func create(name string, write func(*os.File) error) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(write(f), f.Close())
}

// git runs git in a folder. It cleans up only when told, so that nothing runs beside a measurement.
func git(dir string, args ...string) error {
	c := exec.Command("git", append([]string{"-c", "gc.auto=0", "-c", "maintenance.auto=false"}, args...)...)
	c.Dir = dir
	c.Env = append(os.Environ(), "GIT_COMMITTER_DATE=2026-03-06T09:00:00Z")
	out, err := c.CombinedOutput()
	if err != nil {
		return fmt.Errorf("git %v: %w\n%s", args, err, out)
	}
	return nil
}
