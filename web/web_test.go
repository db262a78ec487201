package web

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

func read(t *testing.T, files fs.FS, name string) string {
	t.Helper()
	content, err := fs.ReadFile(files, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// What a page loads, and what a style sheet does.
var loads = regexp.MustCompile(`(?:src|href)="([^"]*)"|url\(([^)]*)\)|@import\s+(\S+)`)

// A page that loaded anything from elsewhere would tell that place who is reading about whom.
func TestPagesLoadOnlyWhatIsServedWithThem(t *testing.T) {
	pages := map[string]fs.FS{"plain": Fallback()}
	if files, ok := Files(); ok {
		pages["GraphiQL"] = files
	}
	for name, files := range pages {
		t.Run(name, func(t *testing.T) {
			err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
				if err != nil || !strings.HasSuffix(path, ".html") && !strings.HasSuffix(path, ".css") {
					return err
				}
				for _, m := range loads.FindAllStringSubmatch(read(t, files, path), -1) {
					address := strings.Trim(m[1]+m[2]+m[3], `"'`)
					if strings.Contains(address, "//") && !strings.HasPrefix(address, "data:") {
						t.Errorf("%s loads %.80s", path, address)
					}
					if strings.HasPrefix(address, "/") {
						t.Errorf("%s loads %.80s: not relative, so it works under one path only", path, address)
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(read(t, files, "index.html"), "Vínculo") {
				t.Error("index.html is another page")
			}
		})
	}
}

func TestThePlainPageNeedsNothingInline(t *testing.T) {
	page := read(t, Fallback(), "index.html")
	for _, inline := range []*regexp.Regexp{
		regexp.MustCompile(`<script(?:\s[^>]*)?>[^<]`), regexp.MustCompile(`<style`), regexp.MustCompile(`\s(?:on\w+|style)=`),
	} {
		if found := inline.FindString(page); found != "" {
			t.Errorf("%q would be refused by its own policy", found)
		}
	}
	for _, m := range loads.FindAllStringSubmatch(page, -1) {
		read(t, Fallback(), m[1])
	}
}
