package interchange

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/storetest"
)

func TestAwkwardTexts(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	text := "\ufeff" + StatementHeader + "\r\n\r\n" + strings.Join(smallFile, "\r\n") + "\r\n" +
		`{"id":"n1","subject":"p2","property":"notes","value":"` + strings.Repeat("x", maxLine) + `","source":"src"}` + "\n" +
		"{\"id\":\"n2\",\"subject\":\"p2\",\"property\":\"notes\",\"value\":\"ma\xf1ana\",\"source\":\"src\"}\n" +
		`{"id":"n3","subject":"p2","property":"notes","value":"the last line has no end","source":"src"}`
	r := importInto(t, s, false, File{"awkward.jsonl", strings.NewReader(text)})
	if diff := cmp.Diff([]string{"14: " + errLongLine.Error(), "15: not valid UTF-8"}, r.bad); r.err != nil || diff != "" {
		t.Errorf("%v, %s", r.err, diff)
	}
	if r.Added != len(smallFile)+1 {
		t.Errorf("added %d", r.Added)
	}
}

func TestWhatIsAddedToAFileMeanwhileIsNotRead(t *testing.T) {
	t.Parallel()
	s := watched{Naive: storetest.NewNaive()}
	file := &growing{text: StatementHeader + "\n" + strings.Join(append(crowd(600), smallFile...), "\n") + "\n"}
	s.check = func(statement.Commit) { file.text += "{\"nonsense\":1}\n" }
	r := importInto(t, s, false, File{"growing.jsonl", file}).must(t)
	if r.Added != 1200+len(smallFile) {
		t.Errorf("added %d", r.Added)
	}
}

// growing is a file that another process writes to.
type growing struct {
	text string
	at   int64
}

func (g *growing) Read(p []byte) (int, error) {
	n, err := strings.NewReader(g.text).ReadAt(p, g.at)
	g.at += int64(n)
	return n, err
}

func (g *growing) Seek(offset int64, whence int) (int64, error) {
	g.at = offset
	if whence == 2 {
		g.at += int64(len(g.text))
	}
	return g.at, nil
}
