package search

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Described is what is known elsewhere of something that may be an entity here.
type Described struct {
	Name   string
	Types  []string // it is of one of these; none: of any
	Values []Stated // what else is known: birth date, country …
	First  int      // candidates at most
}

// Stated is a value of a property, as text.
type Stated struct {
	Property string
	Text     string
}

// Candidate is an entity that may be meant.
type Candidate struct {
	ID       string
	Score    int // millionths
	Features []Feature
}

// Feature is something compared, and how far it agrees, in thousandths: of the name
// from 0 to 1000, of all else from -1000 (it speaks against it) to 1000.
type Feature struct {
	Name  string
	Value int
}

// leastMatch is the score below which an entity is no candidate.
const leastMatch = 200_000

// Match gives for each description the entities that may be meant by it, best first, then by id.
func Match(ctx context.Context, r Reader, view store.View, descriptions []Described) ([][]Candidate, error) {
	questions := make([]store.Question, len(descriptions))
	for i, d := range descriptions {
		questions[i] = store.Question{Clues: match.Clues(d.Name, false), Types: d.Types, First: matchCandidates, Most: mostBearers}
	}
	found, err := r.Find(ctx, view, questions)
	if err != nil {
		return nil, err
	}
	selections := make([]store.Selection, len(found))
	for i, ids := range found {
		selections[i] = store.Selection{IDs: ids, Page: store.PageOf{First: len(ids)}, Keys: slices.Clone(foundBy)}
		for _, v := range descriptions[i].Values {
			selections[i].Keys = append(selections[i].Keys, v.Property)
		}
	}
	pages, err := r.Read(ctx, view, matchCandidates*len(found), selections)
	if err != nil {
		return nil, err
	}
	answers := make([][]Candidate, len(descriptions))
	for i := range descriptions {
		answers[i] = descriptions[i].candidates(pages[i].Rows)
	}
	return answers, nil
}

// matchCandidates is how many entities are compared with each description.
const matchCandidates = 50

func (d *Described) candidates(rows []store.Result) []Candidate {
	query := match.NewQuery(d.Name, false)
	var list []Candidate
	for _, row := range rows {
		if c := d.compare(query, row.Row); c.Score >= leastMatch {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b Candidate) int { return cmp.Or(b.Score-a.Score, strings.Compare(a.ID, b.ID)) })
	return list[:min(d.First, len(list))]
}

// compare scores an entity: by its names, and then by each value that the vocabulary
// says tells of who it is. Agreement takes away a part of what is missing to certainty, and
// disagreement a part of what there is.
func (d *Described) compare(query *match.Query, row *store.Row) Candidate {
	named, best := 0, ""
	for _, t := range texts(row) {
		if n := likeness(query, d.Name, t); n > named {
			named, best = n, t.Text
		}
	}
	c := Candidate{ID: row.ID, Score: named * 1000, Features: []Feature{{"name", named}}}
	tells := []vocab.Telling{{}}
	note := func(name string, agree int, t vocab.Telling) {
		c.Features, tells = append(c.Features, Feature{name, agree}), append(tells, t)
	}
	if same, said := sameNumbers(d.Name, best); said {
		note("numbers", same, vocab.Telling{Same: 10, Other: 60})
	}
	for _, p := range vocab.TypeOf(row.Type).Properties {
		said := d.said(p)
		if p.Tells == (vocab.Telling{}) || len(said) == 0 {
			continue
		}
		if value := row.Values.Get(p.Name); value != nil {
			note(p.Name, agreement(p, said, value), p.Tells)
		}
	}
	for i, f := range c.Features { // what agrees comes first: nothing makes up for what does not
		c.Score += (1_000_000 - c.Score) * tells[i].Same * max(f.Value, 0) / 100_000
	}
	for i, f := range c.Features {
		c.Score += c.Score * tells[i].Other * min(f.Value, 0) / 100_000
	}
	return c
}

// likeness compares names. What two names share tells the less, the less it is: of one
// word, or of two, there are many bearers.
func likeness(query *match.Query, name string, t match.Text) int {
	if !t.Name {
		return 0
	}
	shared := min(match.Telling(name), match.Telling(t.Text))
	return query.Mutual(t.Text) * evidence[min(shared, len(evidence)-1)] / 100
}

// evidence is what of a likeness remains, in hundredths, by how many words there are to
// share. The longest name has namesakes: what else agrees has room above it.
var evidence = [...]int{0, 70, 85, 90, 95}

func sameNumbers(a, b string) (agree int, said bool) {
	one, other := match.Numbers(a), match.Numbers(b)
	switch {
	case len(one) == 0 && len(other) == 0:
		return 0, false
	case slices.Equal(one, other):
		return 1000, true
	case len(one) == 0 || len(other) == 0:
		return -300, true
	}
	return -1000, true
}

// said gives what the description says of a property.
func (d *Described) said(p *vocab.Property) []string {
	var texts []string
	for _, v := range d.Values {
		if v.Property == p.Name {
			texts = append(texts, v.Text)
		}
	}
	return texts
}

// agreement compares what is said of a property with a value of it, of either the one
// that agrees best.
func agreement(p *vocab.Property, said []string, value any) int {
	best := -1000
	for _, text := range said {
		for _, other := range valuesOf(value) {
			best = max(best, agree(p, text, other))
		}
	}
	return best
}

func valuesOf(value any) []string {
	switch v := value.(type) {
	case []string:
		return v
	case string:
		return []string{v}
	}
	return nil
}

// agree compares two values as their type allows.
func agree(p *vocab.Property, a, b string) int {
	switch p.Value {
	case vocab.Date:
		return agreeDates(a, b)
	case vocab.Text:
		if n := match.NewQuery(a, false).Name(b); n >= 900 {
			return 1000
		} else if n >= 600 {
			return 0
		}
		return -1000
	}
	if match.Fold(a) == match.Fold(b) {
		return 1000
	}
	return -1000
}

// agreeDates compares dates: the same day says most, then one that can be the same. Another
// one speaks against it: the least if month and day are swapped, which is a common mistake, and
// less if it is of the same year.
func agreeDates(a, b string) int {
	one, err := edtf.Parse(a)
	if err != nil {
		return 0
	}
	other, err := edtf.Parse(b)
	if err != nil {
		return 0
	}
	switch {
	case one.Exact() && other.Exact() && one.Earliest() == other.Earliest():
		return 1000
	case one.Overlaps(other, true):
		return 500
	case one.Exact() && other.Exact() && swapped(one.Earliest()) == other.Earliest():
		return -200
	case year(one) == year(other):
		return -400
	}
	return -1000
}

// year gives the year of an ISO date.
func year(d edtf.Date) string {
	year, _, _ := strings.Cut(d.Earliest(), "-")
	return year
}

// swapped gives the ISO date with month and day in each other's place.
func swapped(date string) string {
	parts := strings.Split(date, "-")
	if len(parts) != 3 {
		return ""
	}
	return parts[0] + "-" + parts[2] + "-" + parts[1]
}
