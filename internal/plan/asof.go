package plan

import (
	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// asOf reads the day that a listing asks about, and keeps what held on it, certainly
// or possibly. It gives "" if the listing asks about none.
func (c *compiler) asOf(at *path, l listing, value any, n *store.Nested) (string, error) {
	text, given := value.(string)
	if !given {
		return "", nil
	}
	day, err := edtf.Parse(text)
	if err != nil {
		return "", badInput(at, "asOf", "%v", err)
	}
	if !day.Exact() {
		return "", badInput(at, "asOf", "%s is not one exact day, such as 2025-12-24", text)
	}
	if l.about.kind == aboutStatements {
		return text, nil
	}
	n.Where = both(n.Where, heldOn(day, l.about.property(keyStart), l.about.property(keyEnd), l.about.property(vocab.HeldUntil)))
	if l.linked {
		link := about{kind: aboutLinks}
		n.LinkWhere = both(n.LinkWhere, heldOn(day, link.property(keyStart), link.property(keyEnd)))
	}
	return text, nil
}

// heldOn gives what holds of a row that held on the day, if only possibly: its start
// is not after the day, and its ends are not before it. What has no such date, since
// it is unknown or since the row's type has none, does not speak against it. A nil
// property is one that no row has.
func heldOn(day edtf.Date, start *vocab.Property, ends ...*vocab.Property) store.Filter {
	var all store.All
	if start != nil {
		all = append(all, store.Not{Filter: store.Compare{Property: start, Op: store.After, Date: day}})
	}
	for _, end := range ends {
		if end != nil {
			all = append(all, store.Not{Filter: store.Compare{Property: end, Op: store.Before, Date: day}})
		}
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

// refuseStatus refuses what compares or orders by the status of detentions where the
// answer shows that of a day: rows have only today's.
func refuseStatus(at *path, p *vocab.Property, asOf bool, where string) error {
	if asOf && p != nil && p.Name == vocab.Status {
		return badInput(at, where, "status is today's here, and not that of the day of asOf, which keeps by itself who was held: leave one of the two out")
	}
	return nil
}

// statusOn writes the status of a detention on a day.
type statusOn struct{ day string }

func (v statusOn) append(b []byte, _ *writer, it item) ([]byte, bool) {
	steps, _ := it.row.Values.Get(vocab.StatusSteps).([]string)
	return appendString(b, statement.StatusOn(steps, v.day)), true
}
