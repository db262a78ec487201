package store

import (
	"math"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Collection says which rows a selection is about.
type Collection uint8

// The three collections.
const (
	Entities Collection = iota
	LinkRows
	StatementRows
)

// Selection is a page of rows, and what to fetch with each of them.
type Selection struct {
	Of Collection
	// Types of the entities, or relations of the links; none: all. A built-in
	// entity (Row.Unlisted) is selected only by id or by reference.
	Types []string
	// IDs, if not nil, are the only rows wanted. Without Order they come in the
	// order of this list, each once. (Only for selections that are not nested.)
	IDs   []string
	Where Filter  // nil: all
	Order []Order // then by id, in the direction of the last one; ascending if there is none
	Page  PageOf
	Total bool     // wanted: Page.Total
	Ends  bool     // wanted: Page.HasNext, HasPrevious
	Keys  []string // values wanted, and KeyVersion for Result.Version; a row may come with more

	Groupings []Grouping // wanted: Page.Groups

	Nested []Nested
}

// Everything as PageOf.First asks for all rows (the budget still holds).
const Everything = math.MaxInt32

// PageOf cuts a page out of the ordered rows: of those after After and before
// Before the first First ones or, if Backward, the last First ones (still in
// order). First may be 0. A position need not be that of a row that still exists.
type PageOf struct {
	First         int
	Backward      bool
	After, Before *Position
}

// Position is a place in an order: the order's sort keys (SortKey: string, int64,
// or nil for null) and the ids that break ties: the row's and, in a relation's
// rows, the link's.
type Position struct {
	Keys []any
	ID   string
	Link string
}

// Order is by a property (its SortKey; nulls are last in both directions) or by
// the number of links of a field that the vocabulary marks countable.
type Order struct {
	Property *vocab.Property
	Count    *vocab.Field
	Desc     bool
}

// Nested is a selection of rows that belong to each row of another selection: its
// page, total and order are per parent. Exactly one of Step, Refs and Theirs is set.
type Nested struct {
	// Step follows links: the rows are the entities at their far ends, one row a
	// link, ordered by the entity's keys, then its id, then the link's id. A link from
	// an entity to itself is one row.
	Step *Step
	// Refs names a value of the parent that holds an id or a list of ids (also
	// "from" and "to" of a link): the rows are those of Of with these ids.
	Refs string
	// Theirs and Mine, keys of texts, join by value: the rows are those of Of whose
	// value of Theirs equals the parent's value of Mine ("id" for its id).
	Theirs, Mine string

	Selection

	// For Step only: a filter on the link, its values wanted, and what to fetch with it.
	LinkWhere  Filter
	LinkKeys   []string
	LinkNested []Nested
}

// Step is from an entity over links to other entities.
type Step struct {
	Relations []string // none: all
	Out, In   bool     // links that start, that end at the entity
	Types     []string // of the entity at the far end; none: all
}

// StepOf gives the step of a relation field.
func StepOf(f *vocab.Field) *Step {
	s := &Step{
		Relations: f.Relations(),
		Out:       !f.Reverse || f.Relation.Symmetric, In: f.Reverse || f.Relation.Symmetric,
	}
	if f.Target != vocab.AnyEntity {
		s.Types = []string{f.Target}
	}
	return s
}

// KeyVersion among the keys of a selection asks for the version of its entities.
const KeyVersion = "version"

// Page is the answer to a selection.
type Page struct {
	Rows  []Result
	Total int // of all rows that Where (and LinkWhere) allow, whatever the page
	// HasPrevious: a row precedes the page's first one; HasNext: one follows its
	// last. An empty page stands where it was asked for: right after After or, if
	// Backward, right before Before.
	HasNext, HasPrevious bool

	Groups []Groups // by Selection.Groupings
}

// Result is a row of a page and what was fetched with it.
type Result struct {
	Row        *Row   // shared: never changed
	Version    uint64 // of an entity in this view: the sequence of its last change; may be 0 if not asked for
	Link       *Row   // in a relation's rows, the link
	Keys       []any  // the sort keys of Order at this row, for a Position
	Nested     []Page // by Selection.Nested
	LinkNested []Page // by Nested.LinkNested
}

// Filter is one of All, Any, Not, Compare, Linked and Referred.
type Filter interface{ filter() }

// All holds if each of them holds; none hold of itself.
type All []Filter

// Any holds if one of them holds; an empty one never does.
type Any []Filter

// Not is the plain complement: it holds wherever its filter does not, nulls included.
type Not struct{ Filter Filter }

// Op is how Compare compares.
type Op uint8

// The operators. On a property with many values Eq to Gte hold if one value
// fulfils them. Ne is the complement of Eq. With a null value all but Ne and
// IsNull (true) fail.
const (
	Eq         Op = iota // exact, of text after NFC
	Ne                   // not Eq, null included
	In                   // Eq to one of Values; of none, nothing
	Contains             // the folds of texts
	StartsWith           // the folds of texts
	Fuzzy                // match.Fuzzy, of texts
	Lt                   // Lt to Gte: by SortKey (numbers, enumerations, times)
	Lte
	Gt
	Gte
	IsNull // Values[0] tells which: true, the value is null (or the list empty); false, it is not
	On     // On to Overlaps: dates, package edtf tells how
	Before
	After
	Overlaps
)

// Compare is about a value of the row. Property may be vocab.Identity and
// vocab.RowType too, and count properties are compared by Count.
type Compare struct {
	Property *vocab.Property
	Op       Op
	Values   []any // string, int64 or bool by the property's type: one, or any number for In
	Date     edtf.Date
	Possibly bool
}

// Quantifier says of how many links Linked speaks.
type Quantifier uint8

// The quantifiers.
const (
	Some   Quantifier = iota // at least one link fulfils both filters
	None                     // none does
	Every                    // each does; true where there are no links
	Number                   // the number of those that do compares with Linked.Number by Linked.Op
)

// Linked is about the links of an entity: those of Step for which, of the same
// link, Node holds of the far end and Link of the link (nil: always).
type Linked struct {
	Step       Step
	Quantifier Quantifier
	Node, Link Filter
	Op         Op // Eq, Ne, Lt, Lte, Gt or Gte
	Number     int
}

// Referred is about the row of Of whose id the row holds in Key; it fails where
// there is none.
type Referred struct {
	Key    string
	Of     Collection
	Filter Filter
}

func (All) filter()      {}
func (Any) filter()      {}
func (Not) filter()      {}
func (Compare) filter()  {}
func (Linked) filter()   {}
func (Referred) filter() {}
