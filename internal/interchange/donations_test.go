package interchange

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/embedstore"
	"github.com/vinculo/vinculo/internal/statement"
)

// The real file, where it is there.
func TestDonations(t *testing.T) {
	t.Parallel()
	file, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "donations.ftm.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("NOT TESTED: a real file, which is no part of the repository: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	embedded, err := embedstore.Open(t.TempDir(), embedstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = embedded.Close(t.Context()) })
	r := importFtM(t, embedded, nil, File{"donations.ftm.json", file}).must(t)
	want := map[string]int{"Person": 22, "Organization": 73, "Place": 89, "Record": 290}
	if diff := cmp.Diff(want, r.Entities); diff != "" || r.Lines != 474 || r.Dangling != 0 {
		t.Errorf("%+v (-want +got):\n%s", r.FtMReport, diff)
	}
	found, links, _ := world(t, embedded, statement.PublicView)
	got := map[string]int{}
	for _, row := range found {
		got[strings.Fields(row)[1]]++
	}
	for _, row := range links {
		for _, end := range []string{"role=payer", "role=beneficiary"} {
			if strings.HasSuffix(row, end) {
				got[end]++
			}
		}
	}
	want["role=payer"], want["role=beneficiary"] = 290, 290
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("public (-want +got):\n%s", diff)
	}
	if again := importFtM(t, embedded, nil, File{"donations.ftm.json", file}).must(t); again.Added != 0 {
		t.Errorf("again: %+v", again.FtMReport)
	}
}
