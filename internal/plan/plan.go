// Package plan answers a query whole: it compiles an operation into selections for
// the store and a shape to write, has them read at once, and writes the rows as
// JSON. It knows no store and no server.
//
// The way of an operation: root.go takes it apart; collect.go gathers the fields of
// each place, and the files named after what they compile (connection, entity, link,
// statement, fact, node, history, snapshot) turn them into rows to read (rows.go) and
// values to write (write.go). Arguments become filters, orders and pages in
// arguments.go, filter.go, compare.go, asof.go, knownat.go, order.go and cursor.go.
// Connections divide their rows in breakdown.go and timeline.go, and divided.go reads
// the entities that groups name.
// Roots about the graph as a whole (network.go) and those that find by texts (search.go) are
// values that name rows (plain.go, namedrows.go). What is reckoned with counts
// (accounting, stockandflow, byorganization) is written of rows that were read for it
// (ledger.go, built.go).
package plan

import (
	"context"
	"encoding/json"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/search"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// Limits bound an operation. What an operation may cost is known before anything
// is read, but for the rows.
type Limits struct {
	Selections int // places that hold rows, after fragments are expanded
	Depth      int // levels of fields
	List       int // values in one list argument
	Rows       int // rows read
}

// DefaultLimits are those of the documents.
var DefaultLimits = Limits{Selections: 200, Depth: 15, List: 250, Rows: 10_000}

// Bounds that follow from the others, or that no honest query meets.
const (
	visitsPerSelection = 25       // fields and fragments looked at, after fragments are expanded
	conditionsPerList  = 4        // conditions in all filters
	valuesPerList      = 80       // objects and values of lists in all arguments
	maxNesting         = 64       // levels of an input value
	maxAnswer          = 64 << 20 // bytes
	maxHistories       = 100      // entities whose history is read
)

// Reader is the part of a store that queries need.
type Reader interface {
	Read(ctx context.Context, view store.View, budget int, selections []store.Selection) ([]store.Page, error)
	Log(ctx context.Context, view store.View, entity string, after uint64, limit int) ([]statement.Entry, error)
}

// Planner compiles the operations of one schema. Any number of goroutines may use it.
type Planner struct {
	schema *ast.Schema
	limits Limits
	words  *words
}

// New prepares a planner for the schema.
func New(schema *ast.Schema, limits Limits) *Planner {
	return &Planner{schema, limits, newWords(schema)}
}

// Request is one operation to answer.
type Request struct {
	View      store.View
	Operation *ast.OperationDefinition // validated against the schema
	Variables map[string]any           // as validator.VariableValues gives them

	// Plain gives the roots that need no store. What one returns is written by the
	// query's shape: map[string]any for an object, by field; []any, []map[string]any
	// or []string for a list; string, bool, int or int64; nil for null.
	Plain map[string]func(ctx context.Context) any

	// Network answers the roots about the graph as a whole; nil: they cannot be.
	Network *network.Network

	// Search finds entities by texts; nil: those roots cannot be answered.
	Search search.Reader

	// Introspect answers the roots __schema and __type, by response key.
	Introspect func(fields ast.SelectionSet) map[string]json.RawMessage
}

// Answer is what the operation gives.
type Answer struct {
	Data   json.RawMessage // nil: null
	Errors []*RootError
}

// RootError is why a root is null, or does not hold all that there is.
type RootError struct {
	Field   *ast.Field
	Code    string
	Message string // for clients
	Err     error  // what lies behind it, for the operator; or nil
}

func (e *RootError) Error() string { return e.Message }
func (e *RootError) Unwrap() error { return e.Err }

// Query answers a query. A root that cannot be answered is null and has an error;
// the others are answered. An operation beyond the limits is refused whole. There is
// one read, or none where no root needs it; before that, the network finds the ids that
// the roots about it are to write, and after it the entities are read that are keys of
// groups, within the rows that are left, and the log tells the histories that are asked
// for, of at most maxHistories entities.
func (p *Planner) Query(ctx context.Context, r Reader, req Request) Answer {
	c := &compiler{Planner: p, ctx: ctx, req: req}
	roots, refused := c.roots()
	if refused != nil {
		return Answer{Errors: []*RootError{refused}}
	}
	for _, root := range roots {
		if root.gather != nil && root.err == nil {
			root.err = p.gathered(ctx, root, root.gather(ctx))
		}
	}
	pages := p.read(ctx, r, req.View, roots)
	keys := &keys{Planner: p, ctx: ctx, reader: r, view: req.View}
	if c.divides {
		keys.rows = p.limits.Rows - rowsIn(pages)
	}
	logs := &logs{p, ctx, r, req.View, map[logKey]log{}, 0}
	for _, root := range roots {
		if c.divides {
			keys.read(root, roots, pages)
		}
		if c.logged {
			logs.read(root, roots, pages)
		}
	}
	return p.write(&writer{view: req.View, words: p.words, logs: logs.found}, roots, pages)
}

// read reads what the roots need, in one call. If it fails, those roots have errors.
func (p *Planner) read(ctx context.Context, r Reader, view store.View, roots []*root) []store.Page {
	var selections []store.Selection
	var places []int // of the selections' pages
	all := 0
	for _, root := range roots {
		root.first = all
		if root.err != nil {
			continue
		}
		for _, rows := range root.cell.nested {
			if s := rows.build().Selection; s.IDs == nil || len(s.IDs) > 0 { // else it asks for nothing
				selections, places = append(selections, s), append(places, all)
			}
			all++
		}
	}
	pages := make([]store.Page, all)
	if len(selections) == 0 {
		return pages
	}
	read, err := r.Read(ctx, view, p.limits.Rows, selections)
	if err == nil && len(read) == len(selections) {
		for i, place := range places {
			pages[place] = read[i]
		}
		return pages
	}
	for _, root := range roots {
		if root.err == nil && len(root.cell.nested) > 0 {
			root.err = p.failed(ctx, root, roots, err)
		}
	}
	return nil
}
