package storetest

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

var _ store.Store = (*Naive)(nil)

// Naive is a store in memory that answers everything by scanning all it has. It
// has no index and no cache, so that it is right by inspection.
type Naive struct {
	mu         sync.Mutex // guards everything below; held for the whole of each method
	now        func() time.Time
	closed     bool
	statements map[string]*statement.Recorded
	rows       [3]map[string]statement.Twin // by store.Collection
	briefs     map[string]statement.Brief
	names      map[string][]statement.ProtectedName
	log        []statement.Entry // entry i has sequence i+1
}

// naiveSecret keys the ids that every naive store makes.
var naiveSecret = []byte("no secret")

// Secret gives the key of the ids that are made for what comes from elsewhere.
func (n *Naive) Secret(context.Context) ([]byte, error) { return naiveSecret, nil }

// NewNaive gives an empty store, whose time is that of a Clock.
func NewNaive() *Naive {
	n := &Naive{
		now:        Clock(),
		statements: map[string]*statement.Recorded{},
		briefs:     map[string]statement.Brief{},
		names:      map[string][]statement.ProtectedName{},
	}
	for i := range n.rows {
		n.rows[i] = map[string]statement.Twin{}
	}
	n.put(statement.Genesis())
	return n
}

// Write implements store.Store.
func (n *Naive) Write(ctx context.Context, commit statement.Commit) (statement.Receipt, error) {
	if err := n.enter(ctx); err != nil {
		return statement.Receipt{}, err
	}
	defer n.mu.Unlock()
	change, err := statement.Apply(facts{n}, commit, statement.Stamp{
		Sequence: uint64(len(n.log)) + 1,
		At:       n.now().Format(time.RFC3339),
		Secret:   naiveSecret,
	})
	if err != nil {
		return statement.Receipt{}, err
	}
	if !change.Receipt.Unchanged {
		n.put(change)
		n.log = append(n.log, change.Log)
	}
	return change.Receipt, nil
}

// put stores what a change says, but for its log entry.
func (n *Naive) put(change *statement.Change) {
	for _, s := range change.Recorded {
		n.statements[s.ID] = s
	}
	for of, twins := range [...][]statement.Twin{
		store.Entities: change.Entities, store.LinkRows: change.Links, store.StatementRows: change.Statements,
	} {
		for _, twin := range twins {
			if twin.Gone() {
				delete(n.rows[of], twin.ID)
			} else {
				n.rows[of][twin.ID] = twin
			}
		}
	}
	for id, brief := range change.Briefs {
		n.briefs[id] = brief
	}
	for person, names := range change.Names {
		n.names[person] = names
	}
}

// Close implements store.Store.
func (n *Naive) Close(context.Context) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.closed = true
	return nil
}

// enter locks the store, or says why it cannot be used.
func (n *Naive) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	n.mu.Lock()
	if n.closed {
		n.mu.Unlock()
		return store.ErrUnavailable
	}
	return nil
}

// Expand implements store.Store.
func (n *Naive) Expand(ctx context.Context, view store.View, ids, relations, keys []string, limit int) ([]store.Links, error) {
	if err := n.enter(ctx); err != nil {
		return nil, err
	}
	defer n.mu.Unlock()
	r := reader{n: n, view: view}
	former := r.former()
	answer := make([]store.Links, len(ids))
	for i, id := range ids {
		id = cmp.Or(former[id], id)
		answer[i].Entity = id
		for _, link := range r.all(store.LinkRows) {
			if (link.From == id || link.To == id) && among(relations, link.Type) {
				answer[i].Total++
				answer[i].Links = append(answer[i].Links, *limited(link, keys))
			}
		}
		slices.SortFunc(answer[i].Links, func(a, b store.Row) int { return cmp.Compare(a.ID, b.ID) })
		answer[i].Links = answer[i].Links[:min(max(limit, 0), answer[i].Total)]
	}
	return answer, nil
}

// Log implements store.Store.
func (n *Naive) Log(ctx context.Context, view store.View, entity string, after uint64, limit int) ([]statement.Entry, error) {
	if err := n.enter(ctx); err != nil {
		return nil, err
	}
	defer n.mu.Unlock()
	former := reader{n: n, view: view}.former()
	entity = cmp.Or(former[entity], entity)
	records := []string{entity}
	for id, of := range former {
		if of == entity {
			records = append(records, id)
		}
	}
	var entries []statement.Entry
	for _, entry := range n.log {
		if entity != "" {
			entry = entry.Of(records...)
		}
		if view == statement.PublicView {
			entry = n.publicEntry(entry)
		}
		shown := view == statement.FullView && entity == "" || len(entry.Touched[view]) > 0
		if entry.Sequence > after && len(entries) < limit && shown {
			entries = append(entries, entry)
		}
	}
	return entries, nil
}

// publicEntry leaves of an entry what the public view may know of it.
func (n *Naive) publicEntry(entry statement.Entry) statement.Entry {
	public := statement.Entry{Sequence: entry.Sequence, At: entry.At}
	for _, touch := range entry.Touched[statement.PublicView] {
		if !n.briefs[touch.Entity].Protected {
			public.Touched[statement.PublicView] = append(public.Touched[statement.PublicView], touch)
		}
	}
	return public
}

func touches(entry statement.Entry, view store.View, entity string) bool {
	return slices.ContainsFunc(entry.Touched[view], func(t statement.Touch) bool { return t.Entity == entity })
}

// among reports whether a list that means all when it is empty has the name.
func among(list []string, name string) bool { return len(list) == 0 || slices.Contains(list, name) }
