package plan

import (
	"cmp"
	"slices"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// byOrganization compiles the field of that name: a page of tallies, by whose they are.
func (c *compiler) byOrganization(at *path, page *rows, got collected) (writes[*store.Page], error) {
	if err := c.selection(at, 1); err != nil {
		return nil, err
	}
	page.wanted = true
	page.want(keyDate)
	child, organizations := page.whole(at, "byOrganization", store.StepOf(vocab.TypeOf(vocab.Tally).Field("countedBy")))
	organizations.want(keyName)
	o, err := build(c, at, got, func(at *path, got collected) (writes[counter], error) {
		if got.name() == "organization" {
			s, err := c.rowShape(at, organizations, got)
			return func(b []byte, w *writer, k counter) ([]byte, bool) {
				if k.organization == nil {
					return b, false
				}
				return s.append(b, w, rowOf(k.organization))
			}, err
		}
		s, err := c.rowShape(at, page, got)
		return func(b []byte, w *writer, k counter) ([]byte, bool) {
			return appendEach(b, w, k.tallies, func(b []byte, w *writer, r *store.Result) ([]byte, bool) { return s.append(b, w, rowOf(r)) }), true
		}, err
	})
	return func(b []byte, w *writer, p *store.Page) ([]byte, bool) {
		return appendEach(b, w, counters(p, child), o.append), true
	}, err
}

// counter is an organization, or nobody that is named, with its tallies.
type counter struct {
	organization *store.Result
	tallies      []*store.Result
}

func (k counter) key() any {
	if k.organization == nil {
		return nil // last
	}
	name := vocab.TypeOf(vocab.Organization).Property(keyName)
	if key := store.SortKey(name, k.organization.Row.Values.Get(keyName)); key != nil {
		return key
	}
	return lastText
}

// lastText stands behind every name.
const lastText = "\U0010FFFF"

// counters gives the tallies of a page by whose they are: organizations by name, then
// id, nobody last; tallies by date, then id.
func counters(p *store.Page, countedBy int) []counter {
	byID := map[string]*counter{}
	for i := range p.Rows {
		r := &p.Rows[i]
		of := rowOf(r).page(countedBy).Rows
		whose := map[string]*store.Result{}
		for j := range of {
			whose[of[j].Row.ID] = &of[j]
		}
		if len(of) == 0 {
			whose[""] = nil
		}
		for id, organization := range whose {
			if byID[id] == nil {
				byID[id] = &counter{organization: organization}
			}
			byID[id].tallies = append(byID[id].tallies, r)
		}
	}
	list := make([]counter, 0, len(byID))
	for _, k := range byID {
		slices.SortFunc(k.tallies, compareDates)
		list = append(list, *k)
	}
	slices.SortFunc(list, func(a, b counter) int {
		if order := store.CompareKeys(a.key(), b.key(), false); order != 0 || a.organization == nil {
			return order
		}
		return cmp.Compare(a.organization.Row.ID, b.organization.Row.ID)
	})
	return list
}

func compareDates(a, b *store.Result) int {
	date := vocab.TypeOf(vocab.Tally).Property(keyDate)
	key := func(r *store.Result) any { return store.SortKey(date, r.Row.Values.Get(keyDate)) }
	return cmp.Or(store.CompareKeys(key(a), key(b), false), cmp.Compare(a.Row.ID, b.Row.ID))
}
