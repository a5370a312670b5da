package country_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"achyk/internal/pipeline"
	"achyk/internal/regulation"
	"achyk/internal/regulation/rules"
	"achyk/internal/tools/outside"
	"achyk/internal/tools/sitetest"
	"achyk/internal/tools/towntest"
)

// towns is how many towns the country has. ACHYK_TOWNS is another number, to measure with.
var towns = func() int {
	if n, err := strconv.Atoi(os.Getenv("ACHYK_TOWNS")); err == nil {
		return n
	}
	return 20
}()

// TestCountry does what docs/country.md tells: it makes the data of each town's site, fetches the outcomes
// of all over HTTP by the command of the page, and has DuckDB run the queries of the page.
func TestCountry(t *testing.T) {
	outside.Program(t, "wget")
	shell := outside.Program(t, "sh")
	page, err := os.ReadFile(filepath.Join(towntest.Root(), "docs", "country.md"))
	if err != nil {
		t.Fatal(err)
	}
	sites, work := folder(t, "sites"), t.TempDir()
	start := time.Now()
	publish(t, sites)
	t.Logf("the data of %d towns made in %s", towns, round(time.Since(start)))

	server := httptest.NewServer(http.FileServer(http.Dir(sites)))
	defer server.Close()
	var list strings.Builder
	for n := range towns {
		fmt.Fprintf(&list, "%s/%[2]s/data/%[2]s/\n", server.URL, name(n))
	}
	if err := towntest.Write(work, "towns.txt", list.String()); err != nil {
		t.Fatal(err)
	}
	start = time.Now()
	fetch := blocks(t, page, "sh")
	outside.Run(t, []string{"no_proxy=127.0.0.1"}, shell, "-ec", "cd '"+work+"'; "+fetch[len(fetch)-1])
	t.Logf("fetched in %s", round(time.Since(start)))

	asked := append(blocks(t, page, "sql"), "select distinct rule, outcome from outcomes", "select distinct municipality, region from outcomes where region is not null", `
		with columns as (
			select split_part(file_name, '/', -1) as file, list((name, type, logical_type, repetition_type) order by column_id) as columns
			from parquet_schema('`+filepath.ToSlash(sites)+`/**/*.parquet') group by file_name, file)
		select file from columns group by file having count(distinct columns) > 1`)
	answers := duckDB(t, work, asked...)
	for _, a := range answers {
		t.Logf("%s\n%d rows in %d ms: %v", strings.TrimSpace(a.Query), len(a.Rows), a.Milliseconds, a.Rows[:min(len(a.Rows), 5)])
	}
	broken, late := expected(t, sites)
	queries := answers[1 : len(answers)-3]
	for _, a := range queries {
		if a.Milliseconds >= 2000 {
			t.Errorf("a query took %d ms:\n%s", a.Milliseconds, a.Query)
		}
	}
	counted := map[string]string{}
	for _, row := range queries[0].Rows {
		counted[row[0]] = row[3]
	}
	if diff := cmp.Diff(broken, counted); diff != "" || len(broken) < 3 {
		t.Errorf("how often each duty was broken (-CSV +DuckDB):\n%s", diff)
	}
	for _, row := range queries[1].Rows {
		n, _ := strconv.Atoi(row[2])
		late -= n
	}
	if late != 0 {
		t.Errorf("%d outcomes that are late are in the CSV files only", late)
	}
	for _, row := range answers[len(answers)-3].Rows {
		if rules.All.Find(row[0]) == nil || !slices.Contains(regulation.Kinds, regulation.Kind(row[1])) {
			t.Errorf("the codes of a rule and an outcome are %q, which achyk explain does not list", row)
		}
	}
	municipalities, unlike := answers[len(answers)-2], answers[len(answers)-1]
	if len(municipalities.Rows) != towns {
		t.Errorf("DuckDB found the municipalities %v", municipalities.Rows)
	}
	if len(unlike.Rows) > 0 {
		t.Errorf("not the same columns in every town: %v", unlike.Rows)
	}
}

// expected returns what the CSV files say: how often each duty was broken in all towns, and how many
// outcomes were late.
func expected(t *testing.T, sites string) (broken map[string]string, late int) {
	t.Helper()
	count := map[string]int{}
	for n := range towns {
		text, err := os.ReadFile(filepath.Join(sites, name(n), "data", name(n), "compliance.csv"))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		at := func(column string) int { return slices.Index(rows[0], column) }
		for _, row := range rows[1:] {
			if o := row[at("outcome")]; o == "broken" || o == "overdue" {
				count[row[at("rule")]]++
			}
			if days := row[at("days_late")]; days != "" && days != "0" {
				late++
			}
		}
	}
	broken = map[string]string{}
	for rule, n := range count {
		broken[rule] = strconv.Itoa(n)
	}
	return broken, late
}

// publish makes what queries read of the sites of all towns, several side by side: every register as
// Parquet, and the outcomes as CSV. They are the files that a build would publish; pages are not made.
func publish(t *testing.T, sites string) {
	t.Helper()
	t.Run("towns", func(t *testing.T) {
		for n := range towns {
			t.Run(name(n), func(t *testing.T) {
				t.Parallel()
				dir := folder(t, "repositories/"+name(n))
				writeTown(t, dir, n)
				towntest.Repository{T: t, Dir: dir}.Commit()
				if err := publishTown(dir, t.TempDir(), filepath.Join(sites, name(n))); err != nil {
					t.Fatal(err)
				}
			})
		}
	})
	if t.Failed() {
		t.FailNow()
	}
}

// folder returns a new folder: below the one that ACHYK_KEEP names, where it stays for measurements with
// the program, or else a temporary one.
func folder(t *testing.T, name string) string {
	t.Helper()
	keep := os.Getenv("ACHYK_KEEP")
	if keep == "" {
		return t.TempDir()
	}
	dir := filepath.Join(keep, filepath.FromSlash(name))
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	return dir
}

// publishTown makes these files of one town, whose repository is in a folder. The plan is kept in another.
func publishTown(dir, kept, site string) error {
	source, err := pipeline.Open(pipeline.Options{Source: dir, AsOf: sitetest.Today})
	if err != nil {
		return err
	}
	defer source.Close()
	loaded, err := source.Load()
	if err != nil {
		return err
	}
	judged := loaded.Judge()
	if judged.Problems.HasErrors() {
		return fmt.Errorf("%s has errors: %v", site, judged.Problems)
	}
	history, err := loaded.History()
	if err != nil {
		return err
	}
	data := judged.Extend(history)
	plan, err := judged.Plan(history, data)
	if err != nil {
		return err
	}
	if err := plan.Keep(kept); err != nil {
		return err
	}
	town := data.Municipalities[0]
	paths := []string{"data/" + town.ID + "/compliance.csv"}
	for _, register := range town.Tables {
		paths = append(paths, "data/"+town.ID+"/"+register.Schema.Name+".parquet")
	}
	for _, path := range paths {
		file, ok, err := plan.Open(context.Background(), path)
		if err != nil || !ok {
			return fmt.Errorf("%s is there: %v, %w", path, ok, err)
		}
		text, err := io.ReadAll(file)
		if err := errors.Join(err, file.Close(), towntest.Write(site, path, string(text))); err != nil {
			return err
		}
	}
	return nil
}

// blocks returns the blocks of code of a page in a language.
func blocks(t *testing.T, page []byte, language string) (code []string) {
	t.Helper()
	for _, found := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllSubmatch(page, -1) {
		code = append(code, string(found[1]))
	}
	if len(code) == 0 {
		t.Fatalf("the page has no block of %s", language)
	}
	return code
}

// answer is what DuckDB answers to a query.
type answer struct {
	Query        string
	Rows         [][]string
	Milliseconds int
}

// duckDB has DuckDB run queries in a folder, one after another.
func duckDB(t *testing.T, dir string, queries ...string) (answers []answer) {
	t.Helper()
	node, module := outside.Program(t, "node"), outside.NPM(t, "ACHYK_DUCKDB", "@duckdb/node-api")
	const script = `
		const {DuckDBInstance} = require(process.argv[1]);
		process.chdir(process.argv[2]);
		(async () => {
			const connection = await (await DuckDBInstance.create(":memory:")).connect();
			const answers = [];
			for (const query of process.argv.slice(3)) {
				const start = performance.now();
				const Rows = (await connection.runAndReadAll(query)).getRowsJson().map(row => row.map(String));
				answers.push({Query: query, Rows, Milliseconds: Math.round(performance.now() - start)});
			}
			console.log(JSON.stringify(answers));
		})().catch(e => { console.error(e); process.exit(1) })`
	out := outside.Run(t, []string{"TZ=UTC"}, node, append([]string{"-e", script, module, dir}, queries...)...)
	if err := json.Unmarshal(out, &answers); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	return answers
}

func round(d time.Duration) time.Duration { return d.Round(10 * time.Millisecond) }
