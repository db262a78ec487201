package statement

import "slices"

// Facts is what a commit is checked against and projected from: the store's own
// state inside its write, before the commit. Results are in no particular order;
// unknown ids are left out; nil lists give nothing.
type Facts interface {
	// Statements gives the statements of these ids, retracted ones included.
	Statements(ids []string) ([]*Recorded, error)
	// About gives the statements about these subjects, retracted ones included.
	About(subjects []string) ([]*Recorded, error)
	// Referring gives the statements whose entity is one of the ids, of these
	// relations, or of all of them if none are named, retracted ones included.
	Referring(ids []string, relations ...string) ([]*Recorded, error)
	// Sourced gives the subjects of the statements whose source or claimedBy is one of
	// these, and of those whose row in the full view has one of them as KeyClaimedBy,
	// each once, retracted ones included.
	Sourced(ids []string) ([]string, error)
	// Linked gives the statements whose key Link is one of the ids, retracted ones included.
	Linked(links []string) ([]*Recorded, error)
	// Briefs gives what Change.Briefs last said of these entities.
	Briefs(ids []string) (map[string]Brief, error)
	// ProtectedNames gives the names in Change.Names whose Key is one of the tokens.
	ProtectedNames(tokens []string) ([]ProtectedName, error)
}

// Brief is what the projection of an entity's neighbors reads of it. The zero
// value is that of an entity that does not exist.
type Brief struct {
	Type        string               `json:"type,omitempty"`        // full view
	Canonical   string               `json:"canonical,omitempty"`   // of a record that is merged into another one: the id of that one, whose brief this is otherwise
	Veil        veil                 `json:"veil,omitempty"`        // of a record that is merged with others
	Public      bool                 `json:"public,omitempty"`      // it exists in the public view
	Protected   bool                 `json:"protected,omitempty"`   // a protected person, their detention or sentence
	PublishedAt [len(Views)]string   `json:"publishedAt,omitempty"` // of a Source, by view
	Publishers  [len(Views)][]string `json:"publishers,omitempty"`  // of a Source: ids, sorted, by view
	Juvenile    bool                 `json:"juvenile,omitempty"`    // a Facility that anything in force says is for minors
	Measure     [len(Views)]string   `json:"measure,omitempty"`     // of an Event
	Start       [len(Views)]string   `json:"start,omitempty"`       // of an Event
	End         [len(Views)]string   `json:"end,omitempty"`         // of an Event
}

// Answers gives the id of the entity that answers, in the view, for a record that is
// merged into it; "" for any other, and where the view is not to know of it.
func (b Brief) Answers(v View) string {
	if b.Veil.hides(v) || v == PublicView && b.Protected {
		return ""
	}
	return b.Canonical
}

// Dangles reports whether nothing is known of the record itself: it has no type.
func (b Brief) Dangles() bool { return b.Type == "" || b.Veil == absent }

// Exists reports whether the entity exists in the view. A record for which another
// one answers does not.
func (b Brief) Exists(v View) bool {
	return b.Type != "" && b.Canonical == "" && (v == FullView || b.Public)
}

// ProtectedName is a name of a protected person, to find in texts.
type ProtectedName struct {
	Person string   `json:"person"`
	Tokens []string `json:"tokens"` // sorted, distinct
	Key    string   `json:"key"`    // the longest of them, the first of equals
}

// Change is all that a store has to write for a commit, in one transaction.
type Change struct {
	Log        Entry
	Recorded   []*Recorded // statements added or changed: put by id
	Entities   []Twin      // rows that differ from what is stored: put by id, or delete if Gone
	Links      []Twin
	Statements []Twin
	Was        Former                     // what those three were
	Counts     []Count                    // by how much numbers of links change
	Briefs     map[string]Brief           // put, or delete if zero
	Names      map[string][]ProtectedName // all of a person's protected names; none: delete
	Receipt    Receipt
}

// Former holds rows by id as they were before a commit; none of what is new.
type Former struct{ Entities, Links, Statements map[string]Twin }

// Entry is a commit in the log.
type Entry struct {
	Sequence uint64 `json:"sequence"`
	At       string `json:"at"` // RFC 3339, UTC
	Commit   Commit `json:"commit"`
	// Touched lists, by view, the entities whose row, links or statements the
	// commit changed there, sorted by id. A link with someone protected is no reason for
	// the other end in the public view, which is not told when it changed. An entity's version in a view is the
	// sequence of the last entry that lists it.
	Touched [len(Views)][]Touch `json:"touched"`
}

// Of leaves of what the commit touched the entities of these ids.
func (e Entry) Of(ids ...string) Entry {
	for v, list := range e.Touched {
		e.Touched[v] = slices.DeleteFunc(slices.Clone(list), func(t Touch) bool { return !slices.Contains(ids, t.Entity) })
	}
	return e
}

// Touch is one entity that a commit changed.
type Touch struct {
	Entity string   `json:"entity"`
	Type   string   `json:"type"`
	Change ChangeOf `json:"change"`
}

// ChangeOf says what became of an entity.
type ChangeOf string

// What a commit does to an entity in a view.
const (
	Created ChangeOf = "CREATED"
	Updated ChangeOf = "UPDATED"
	Removed ChangeOf = "REMOVED"
)

// Receipt is what a writer learns of its commit.
type Receipt struct {
	Sequence   uint64    // of the commit, or of the first one if this one changed nothing
	Unchanged  bool      // nothing was logged
	Added      []string  // ids of Commit.Add, in its order
	Changed    int       // statements added, retracted or set that were not so before
	Restricted []Finding // statements stored RESTRICTED because they contain a protected name
}

// Finding is a statement whose text contains a protected person's name.
type Finding struct{ Statement, Person string }

// Stamp is what the store gives to a commit.
type Stamp struct {
	Sequence uint64
	At       string // RFC 3339, UTC
	Secret   []byte // keys the ids that are made for statements without one
}
