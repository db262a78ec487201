package interchange

import (
	"errors"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/storetest"
)

// A strict import of more than one commit asks the store before it writes: what the
// store would refuse in the middle is told with its line, and nothing is written.
func TestStrictAsksTheStoreFirst(t *testing.T) {
	t.Parallel()
	there := append([]string{
		`{"id":"s1","subject":"o1","property":"type","value":"Organization","source":"src"}`,
		`{"id":"s2","subject":"p1","property":"MEMBER_OF","entity":"o1","source":"src","qualifiers":{"role":["b","a"]},"words":"as a lector"}`,
		`{"id":"s3","subject":"p9","property":"type","value":"Person","source":"src"}`,
		`{"id":"s4","subject":"p9","property":"SAME_AS","entity":"p1","source":"editorial"}`,
		`{"id":"s5","subject":"p9","property":"name","value":"Ina Quessant","source":"src","lang":"es","locator":"p. 7","denies":true,"attribution":"ALLEGED","claimedBy":"o1"}`,
		`{"id":"s6","subject":"o1","property":"notes","value":"an old one","source":"src"}`,
	}, smallFile...)
	for name, c := range map[string]struct {
		lines []string // after 1,200 good ones
		says  string
	}{
		"a type":                         {[]string{`{"id":"n1","subject":"p2","property":"type","value":"Place","source":"src"}`}, "1202: type: p2 is Person in the store"},
		"a type without an id":           {[]string{`{"subject":"p2","property":"type","value":"Place","source":"src"}`}, "1202: type: p2 is Person in the store"},
		"two types in the file":          {[]string{`{"id":"n1","subject":"c1","property":"type","value":"Place","source":"src"}`}, "1202: type: c1 is Person by an earlier line"},
		"another value":                  {[]string{strings.Replace(smallFile[1], "An invented", "Another", 1)}, "1202: id: the store has a statement x2 with other content (value)"},
		"another subject":                {[]string{strings.Replace(smallFile[5], `"p2"`, `"p1"`, 1)}, "1202: id: the store has a statement x6 with other content (subject)"},
		"other words":                    {[]string{strings.Replace(there[1], "lector", "reader", 1)}, "1202: id: the store has a statement s2 with other content (words)"},
		"another qualifier":              {[]string{strings.Replace(there[1], `"b"`, `"c"`, 1)}, "1202: id: the store has a statement s2 with other content (qualifiers)"},
		"no denial":                      {[]string{strings.Replace(there[4], `,"denies":true`, ``, 1)}, "1202: id: the store has a statement s5 with other content (denies)"},
		"two lines of one id":            {[]string{strings.Replace(crowd(2)[3], "Nobody", "Somebody", 1)}, "1202: id: an earlier line has a statement c1.2 with other content"},
		"an end that does not fit":       {[]string{`{"id":"n1","subject":"o1","property":"MEMBER_OF","entity":"p2","source":"src"}`}, "1202: entity: MEMBER_OF does not lead from Organization to Person"},
		"a source that is none":          {[]string{`{"id":"n1","subject":"c1","property":"notes","value":"x","source":"p2"}`}, "1202: source: p2 is Person"},
		"a property that the type lacks": {[]string{`{"id":"n1","subject":"d1","property":"birthDate","value":"1990","source":"src"}`}, "1202: property: d1 is Detention"},
		"all that is there":              {there, ""},
		"with less":                      {[]string{strings.Replace(there[5], `"source"`, `"rank":"NORMAL","source"`, 1)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := storetest.NewNaive()
			importBy(t, Import{Store: s, Reader: s}, fileOf(there...)).must(t)
			importBy(t, Import{Store: s, Reader: s}, fileOf(
				`{"set":"s6","rank":"DEPRECATED","visibility":"RESTRICTED","reason":"old"}`, `{"retract":"s5","reason":"wrong"}`, `{"retract":"x7","reason":"wrong"}`)).must(t)
			before := len(entries(t, s))
			r := importBy(t, Import{Store: s, Reader: s, Strict: true}, fileOf(append(crowd(600), c.lines...)...))
			if c.says == "" {
				r.must(t)
				return
			}
			if !errors.Is(r.err, ErrStrict) || len(r.bad) != 1 || !strings.HasPrefix(r.bad[0], c.says) || len(entries(t, s)) != before {
				t.Errorf("%v, bad %v, %d commits", r.err, r.bad, len(entries(t, s))-before)
			}
		})
	}
}

// The same of a dataset, of which an entity has become something else.
func TestStrictAsksTheStoreForTheTypesOfADataset(t *testing.T) {
	t.Parallel()
	was := []string{`{"id":"x","schema":"LegalEntity","properties":{"name":["Ulma Terk"]}}`, `{"id":"y","schema":"Person","properties":{"name":["Teodor Brask"]}}`}
	now := append(ftmCrowd(200), strings.Replace(was[0], "LegalEntity", "Person", 1), was[1])
	for _, replace := range []bool{false, true} {
		s := storetest.NewNaive()
		importFtM(t, s, nil, ftmFile(was...)).must(t)
		before := len(entries(t, s))
		r := importFtM(t, s, func(im *FtM) { im.Strict, im.Replace = true, replace }, ftmFile(now...))
		if replace {
			r.must(t)
			found, _, _ := world(t, s, statement.PublicView, "x")
			has(t, "replaced", found, "x Person name=Ulma Terk")
			continue
		}
		if !errors.Is(r.err, ErrStrict) || len(r.bad) != 1 || !strings.HasPrefix(r.bad[0], "201: schema: it becomes Person, and the store has it as Record") || len(entries(t, s)) != before {
			t.Errorf("%v, bad %v, %d commits", r.err, r.bad, len(entries(t, s))-before)
		}
	}
}
