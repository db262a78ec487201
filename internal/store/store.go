// Package store is the port between Vínculo and what keeps its graph: seven
// methods, none of which knows an entity type. Each sentence of the comments here
// has a case in package storetest, which every store passes whole.
package store

import (
	"context"
	"errors"

	"github.com/vinculo/vinculo/internal/statement"
)

// Store keeps statements, their log, and the rows projected from them.
//
// Every method returns ErrUnavailable if what lies behind the store cannot be
// reached or is closed, and the context's error if that ends first. Any number of
// goroutines may call a Store.
type Store interface {
	// Read answers the selections, one Page each, in their order.
	//
	// Everything is evaluated over the rows of the view: a row that it does not
	// have is in no page, no total, no filter and no order, and a value that it
	// does not have is null. An id that no row has, or a type without rows, gives an
	// empty page. ErrInvalid: a selection is malformed. ErrTooExpensive: the pages
	// hold more than budget rows in all, nested ones counted.
	//
	// A former id, one that an entity has among its formerIds in the view, stands for
	// that entity among a selection's IDs, and where a filter compares ids of entities
	// (Eq, Ne, In). Rows refer to entities by no former ids.
	//
	// A commit is seen whole or not at all by one selection without children. A
	// child that is gone by the time it is read is left out.
	Read(ctx context.Context, view View, budget int, selections []Selection) ([]Page, error)

	// Expand gives the links of the relations (none: all) at each of the entities,
	// read from either end, by entity in the order of ids; those of one entity in
	// the order of link ids, at most limit of them, with the values of the keys. Total counts them all. An entity
	// that the view does not have has no links; an id named twice is answered twice. A former id is answered with
	// the links of its entity, under the entity's id.
	Expand(ctx context.Context, view View, ids, relations, keys []string, limit int) ([]Links, error)

	// Shortest gives the ways from one entity to another over the fewest links that one
	// can be over: links of the relations (none: all), whichever their directions, at
	// most length of them, through none of the entities and over none of the links of
	// without. Ways that differ in a link are two. There are none if the view has no such
	// way, or not both entities, or they are one. A former id asks for its entity.
	Shortest(ctx context.Context, view View, q Way) (Ways, error)

	// Find gives, for each question, the ids of the entities that it is asked for, as
	// Question tells, at most First of them. A commit is seen whole or not at all by one
	// question.
	Find(ctx context.Context, view View, questions []Question) ([][]string, error)

	// Log gives the commits after a sequence, in rising sequence, at most limit.
	// With entity set, only those that touched it in the view, and of what they touched
	// nothing else. A former id asks for its entity, and entries that touched one of its
	// former ids are among its own. The public view gets
	// no commit's content (Entry.Commit is zero) and, of what was touched, only what
	// is not now a protected person, their detention or sentence; commits without
	// anything left for it are left out, so its sequences have gaps.
	Log(ctx context.Context, view View, entity string, after uint64, limit int) ([]statement.Entry, error)

	// Write applies the commit whole or not at all, and returns when that is
	// durable. Writes are serial: their sequences rise by one in the order in which
	// they commit. A commit that changes nothing is not logged and gets the receipt
	// of the sequence that brought its last statement. The row of a statement tells
	// what commits did to it, and when, to the view that may know. Errors of package statement
	// (ErrInvalid, ErrConflict, ErrNotFound) say what is wrong and where; then, and
	// if the context ends before the write is durable, nothing is changed.
	Write(ctx context.Context, commit statement.Commit) (statement.Receipt, error)

	// Close waits for what runs, then releases the store. Closing again does nothing.
	Close(ctx context.Context) error
}

// Errors of a Store, beside those of a write.
var (
	ErrInvalid      = statement.ErrInvalid
	ErrConflict     = statement.ErrConflict
	ErrNotFound     = statement.ErrNotFound
	ErrUnavailable  = errors.New("the store cannot be reached")
	ErrTooExpensive = errors.New("too many rows")
)

// View, Row and Values are those of package statement.
type (
	View   = statement.View
	Row    = statement.Row
	Values = statement.Values
)

// The views, of package statement too.
const (
	PublicView = statement.PublicView
	FullView   = statement.FullView
)

// Links are the links at one entity.
type Links struct {
	Entity string
	Links  []Row
	Total  int
}

// Way is what Shortest is asked for.
type Way struct {
	From, To  string
	Length    int
	Relations []string
	Without   []string // neither From nor To
	Keys      []string // values of links wanted
	Most      int      // ways, or else no links are given
}

// Ways is what Shortest gives.
type Ways struct {
	From, To string // the entities; "" where there is no way
	Length   int    // links of each; 0 where there is no way
	Links    []Row  // of all the ways, each once, in the order of ids; none if there are more ways than Way.Most
}
