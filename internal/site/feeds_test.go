package site_test

import (
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"achyk/internal/tools/outside"
	"achyk/internal/tools/sitetest"
)

// siteBase is the base URL of the sample.
const siteBase = "https://achyk.example/"

// leadsTo reports whether the site has a file at an absolute address.
func leadsTo(dir, address string) bool {
	name, ok := strings.CutPrefix(address, siteBase)
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	_, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name)))
	return ok && err == nil
}

// readXML reads an XML file.
func readXML(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err == nil {
		err = xml.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// TestFeeds checks the feeds of the sample.
func TestFeeds(t *testing.T) {
	dir := sitetest.Sample(t)
	if _, err := os.Stat(filepath.Join(dir, "feeds")); err != nil {
		outside.Missing(t, "the sample is not in a git repository, so it has no feeds")
	}
	checkFeeds(t, dir, "osh", "kochkorbaev")
}

// checkFeeds validates feeds with jing, by the schema of RFC 4287. Then it checks what a schema
// cannot: the entries are those of the page of changes, in the same order; ids are unique;
// links lead to the site; the feed has the date of its newest entry.
func checkFeeds(t *testing.T, dir string, towns ...string) {
	t.Helper()
	var files []string
	for _, m := range towns {
		for _, l := range sitetest.Langs {
			files = append(files, filepath.Join(dir, "feeds", m+"."+l+".atom"))
			checkFeed(t, dir, "feeds/"+m+"."+l+".atom", l, l+"/"+m+"/changes/")
		}
	}
	validate(t, "jing", files, "updated>", "modified>", "-c", filepath.Join(outside.Conformance(t, "atom"), "atom.rnc"))
	validate(t, "xmllint", files, "</feed>", "", "--noout", "--nonet")
}

// validate runs an XML validator on files, and on a copy of the first file in which old is
// replaced by new. The validator must accept the files and refuse the copy.
func validate(t *testing.T, program string, files []string, old, new string, arguments ...string) {
	t.Helper()
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(t.TempDir(), "broken.xml")
	if err := os.WriteFile(broken, []byte(strings.ReplaceAll(string(data), old, new)), 0o666); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(outside.Program(t, program), slices.Concat(arguments, files, []string{broken})...).CombinedOutput()
	refused := false
	for line := range strings.Lines(string(out)) {
		if here := strings.HasPrefix(line, broken+":"); here {
			refused = true
		} else if strings.Contains(line, "error:") {
			t.Error(line)
		}
	}
	if !refused || err == nil {
		t.Errorf("%s accepts the broken copy (%v):\n%s", program, err, out)
	}
}

// checkFeed checks one feed against its page of changes.
func checkFeed(t *testing.T, dir, name, lang, page string) {
	t.Helper()
	type link struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	type item struct {
		ID      string    `xml:"id"`
		Title   string    `xml:"title"`
		Updated time.Time `xml:"updated"`
		Author  string    `xml:"author>name"`
		Summary string    `xml:"summary"`
		Links   []link    `xml:"link"`
	}
	var feed struct {
		item
		Lang    string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
		Entries []item `xml:"entry"`
	}
	readXML(t, filepath.Join(dir, filepath.FromSlash(name)), &feed)
	if want := []link{{"self", siteBase + name}, {"alternate", siteBase + page}}; feed.Lang != lang || feed.ID != siteBase+name || !slices.Equal(feed.Links, want) {
		t.Errorf("%s has the id %s, the language %s and the links %v, want %v", name, feed.ID, feed.Lang, feed.Links, want)
	}
	var titles, want []string
	var newest time.Time
	ids := map[string]bool{feed.ID: true}
	for _, entry := range feed.Entries {
		if ids[entry.ID] || !tagURI.MatchString(entry.ID) {
			t.Errorf("%s: the id %s stands twice or is not a tag URI of the site", name, entry.ID)
		}
		if len(entry.Links) != 1 || entry.Links[0].Rel != "alternate" || !strings.HasPrefix(entry.Links[0].Href, siteBase+page) || !leadsTo(dir, entry.Links[0].Href) {
			t.Errorf("%s links to %v, want one page of changes", entry.ID, entry.Links)
		}
		if entry.Author == "" || entry.Summary == "" || entry.Summary != strings.TrimSpace(entry.Summary) {
			t.Errorf("%s lacks an author or a summary, or the summary has space around it: %q, %q", entry.ID, entry.Author, entry.Summary)
		}
		ids[entry.ID], titles = true, append(titles, entry.Title)
		if entry.Updated.After(newest) {
			newest = entry.Updated
		}
	}
	if len(feed.Entries) > 0 && !feed.Updated.Equal(newest) {
		t.Errorf("%s has the date %v, its newest entry %v", name, feed.Updated, newest)
	}
	for _, commit := range sitetest.All(sitetest.Read(t, dir, page).Doc, "section") {
		for _, register := range sitetest.All(commit, "h3") {
			said := sitetest.Text(register) + ": "
			// Of a commit whose message is folded away, the feed says how many records it changed instead.
			if i := len(want); len(sitetest.All(commit, "details")) > 0 && i < len(titles) && strings.HasPrefix(titles[i], said) {
				said = titles[i]
			} else {
				said += sitetest.Text(sitetest.All(commit, "h2")[0])
			}
			want = append(want, said)
		}
	}
	if !slices.Equal(titles, want) {
		t.Errorf("%s has the entries %q, its page %q", name, titles, want)
	}
}

// tagURI matches the id of an entry: host, year, commit, register, language.
var tagURI = regexp.MustCompile(`^tag:achyk\.example,20[0-9]{2}:[0-9a-f]{40}/[a-z0-9_/-]+/(` + strings.Join(sitetest.Langs, "|") + `)$`)

// TestSitemap checks that the sitemap names every page once, with the same page in every
// language and the language chooser for other readers.
func TestSitemap(t *testing.T) {
	dir := sitetest.Sample(t)
	t.Run("xmllint", func(t *testing.T) {
		validate(t, "xmllint", []string{filepath.Join(dir, "sitemap.xml")}, "</urlset>", "", "--noout", "--nonet")
	})
	var sitemap struct {
		URLs []struct {
			Loc   string `xml:"loc"`
			Links []struct {
				Rel  string `xml:"rel,attr"`
				Lang string `xml:"hreflang,attr"`
				Href string `xml:"href,attr"`
			} `xml:"http://www.w3.org/1999/xhtml link"`
		} `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 url"`
	}
	readXML(t, filepath.Join(dir, "sitemap.xml"), &sitemap)
	var want []string
	for _, name := range sitetest.Pages(t, dir) {
		short := strings.HasPrefix(name, "t/")                           // another address of a page
		chart := len(name) > 2 && strings.HasPrefix(name[2:], "/embed/") // found on the pages that it belongs to
		if name != "404.html" && !short && !chart {
			want = append(want, siteBase+strings.TrimSuffix(name, path.Base(name)))
		}
	}
	var named []string
	others := map[string]string{} // by address, its links to other languages
	for _, u := range sitemap.URLs {
		s := ""
		for _, link := range u.Links {
			s += fmt.Sprintln(link.Rel, link.Lang, link.Href)
		}
		named, others[u.Loc] = append(named, u.Loc), s
	}
	for _, u := range sitemap.URLs {
		_, rest, _ := strings.Cut(strings.TrimPrefix(u.Loc, siteBase), "/")
		same := ""
		for _, l := range sitetest.Langs {
			address := siteBase + l + "/" + rest
			same += fmt.Sprintln("alternate", l, address)
			if others[address] != others[u.Loc] {
				t.Errorf("%s links to %s, which has other links:\n%s", u.Loc, address, others[address])
			}
		}
		if same += fmt.Sprintln("alternate", "x-default", siteBase); others[u.Loc] != same {
			t.Errorf("%s has the links\n%s\nwant\n%s", u.Loc, others[u.Loc], same)
		}
	}
	slices.Sort(named)
	slices.Sort(want)
	if !slices.Equal(named, want) {
		t.Errorf("the sitemap has %d addresses, and not those of the %d pages", len(named), len(want))
	}
}
