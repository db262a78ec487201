package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/storetest"
)

// starting gives a store of detentions that began then.
func starting(t *testing.T, dates ...string) *storetest.Naive {
	lists := [][]statement.Statement{of("source", "Source"), of("none", "Detention")}
	for i, date := range dates {
		lists = append(lists, of(fmt.Sprintf("d%d", i), "Detention", "start", date))
	}
	return graph(t, slices.Concat(lists...)...)
}

func TestTimeline(t *testing.T) {
	for _, c := range []struct {
		name, interval, want string
		dates                []string
	}{
		{"nothing is dated", "DAY", `"nodeCount":1,"undatedCount":1,"buckets":[]`, nil},
		{"days, empty ones too", "DAY", `"nodeCount":3,"undatedCount":1,"buckets":[["2025-12-30",1,0],["2025-12-31",0,0],["2026-01-01",1,0]]`, []string{"2025-12-30", "2026-01-01"}},
		{"weeks begin on Monday", "WEEK", `"nodeCount":4,"undatedCount":1,"buckets":[["2025-12-22",1,0],["2025-12-29",2,0]]`, []string{"2025-12-28", "2025-12-29", "2026-01-04"}},
		{"months", "MONTH", `"nodeCount":4,"undatedCount":1,"buckets":[["2025-11",1,1],["2025-12",1,1]]`, []string{"2025-11", "2025-12-31", "[2025-11-30..2025-12-01]"}},
		{"years", "YEAR", `"nodeCount":3,"undatedCount":1,"buckets":[["2024",0,1],["2025",1,1],["2026",0,1]]`, []string{"2025", "2025?"}},
		{"open ends reach as far as the others", "MONTH", `"nodeCount":5,"undatedCount":1,"buckets":[["2025-10",1,1],["2025-11",0,2],["2025-12",1,1]]`, []string{"2025-10-01", "../2025-11", "2025-11/..", "2025-12-05"}},
		{"an open end alone", "YEAR", `"nodeCount":2,"undatedCount":1,"buckets":[["2025",0,1]]`, []string{"../2025"}},
		{"far apart, in years", "YEAR", `"nodeCount":3,"undatedCount":1,"buckets":[["1999",1,0],["2000",0,0],["2001",1,0]]`, []string{"1999", "2001"}},
	} {
		a := newAsker(t, starting(t, c.dates...), statement.PublicView)
		got := a.data(t, `{detentions{timeline(interval:`+c.interval+`,of:START){nodeCount undatedCount buckets{start certainCount possibleCount}}}}`)
		for _, key := range []string{`"start":`, `"certainCount":`, `"possibleCount":`} {
			got = strings.ReplaceAll(got, key, "")
		}
		got = strings.NewReplacer("[{", "[[", "},{", "],[", "}]", "]]").Replace(got)
		if diff := cmp.Diff(`{"detentions":{"timeline":{`+c.want+`}}}`, got); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
}

func TestTimelineIsBounded(t *testing.T) {
	a := newAsker(t, starting(t, "2020-01-01", "2022-09-27"), statement.PublicView) // a thousand days and one
	code, message := a.refused(t, `{detentions{timeline(interval:DAY,of:START){nodeCount}}}`, "")
	want := "detentions.timeline, argument interval: from 2020-01-01 to 2022-09-27 there are 1001 days, and a timeline has at most 1000 buckets: choose a longer interval, or narrow the nodes with where: {start: {…}}"
	if code != "QUERY_TOO_COMPLEX" || message != want {
		t.Error(code, message)
	}
	a.data(t, `{detentions(where:{start:{on:"2020"}}){timeline(interval:DAY,of:START){nodeCount}} all:detentions{timeline(interval:WEEK,of:START){nodeCount}}}`)
}

// Each date is certain in the bucket that it lies in wholly, or possible in each that it
// meets: as package edtf compares it with the buckets, one by one.
func TestTimelineCountsAsDatesCompare(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dates := rapid.SliceOfN(rapid.SampledFrom([]string{
			"2025-12-25", "2025-12", "2025", "2025-12-25~", "2024-02~", "[2025-12-24..2026-01-31]", "2025-11-24/2026-01-03~", "2024-02-29", "2025-01-01?", "2025-12-31",
		}), 1, 8).Draw(rt, "dates")
		unit := rapid.SampledFrom([]string{"MONTH", "YEAR"}).Draw(rt, "interval")
		a := newAsker(t, starting(t, dates...), statement.PublicView)
		got := a.data(rt, `{detentions{timeline(interval:`+unit+`,of:START){buckets{start certainCount possibleCount}}}}`)
		first, last := edtf.Max, edtf.Min
		for _, text := range dates {
			date, _ := edtf.Parse(text)
			first, last = min(first, date.Earliest()), max(last, date.Latest())
		}
		digits := map[string]int{"MONTH": 7, "YEAR": 4}[unit]
		var want []string
		for year := 2023; year <= 2027; year++ {
			for month := 1; month <= 12; month++ {
				bucket := fmt.Sprintf("%d-%02d", year, month)[:digits]
				if bucket < first[:digits] || bucket > last[:digits] || digits == 4 && month > 1 {
					continue
				}
				within, _ := edtf.Parse(bucket)
				certain, possible := 0, 0
				for _, text := range dates {
					date, _ := edtf.Parse(text)
					if date.On(within, false) {
						certain++
					} else if date.On(within, true) {
						possible++
					}
				}
				want = append(want, fmt.Sprintf(`{"start":%q,"certainCount":%d,"possibleCount":%d}`, bucket, certain, possible))
			}
		}
		if diff := cmp.Diff(`{"detentions":{"timeline":{"buckets":[`+strings.Join(want, ",")+`]}}}`, got); diff != "" {
			rt.Errorf("%v by %s:\n%s", dates, unit, diff)
		}
	})
}
