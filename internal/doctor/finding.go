package doctor

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Finding is one thing that does not agree. Text says where and what, without values.
type Finding struct {
	Kind Kind
	Text string
}

// Kind is what a finding is about. The order is that of the report.
type Kind int

// The kinds of findings.
const (
	Pages      Kind = iota // of a file
	Unreadable             // what is stored and cannot be read
	Stale                  // rows of another projection
	Schema                 // constraints and indexes of a database
	Shape                  // nodes and relationships that no write makes
	Index                  // indexes that the store keeps itself
	Log
	Entities
	Links
	Statements
	Briefs
	Names
	Counts
	Version
	Exposed
	Dangling // from here on nothing is wrong
	Untyped
)

var titles = [...]string{
	Pages:      "pages of the file",
	Unreadable: "what cannot be read",
	Stale:      "rows of another projection",
	Schema:     "constraints and indexes",
	Shape:      "nodes and relationships that Vínculo does not write so",
	Index:      "entries of indexes that do not fit what they index",
	Log:        "the log and the statements tell different things",
	Entities:   "rows of entities that are not what the statements say",
	Links:      "rows of links that are not what the statements say",
	Statements: "rows of statements that are not what was recorded",
	Briefs:     "briefs (what the projection of neighbors reads) that are not what the statements say",
	Names:      "lists of protected names that are not what the statements say",
	Counts:     "numbers of links that are not those of the links",
	Version:    "versions of entities that are not those of the log",
	Exposed:    "public statements that contain a name of somebody protected: set them RESTRICTED",
	Dangling:   "statements that refer to what no entity is, yet",
	Untyped:    "subjects of statements that have no type, and so do not show",
}

// Wrong reports whether a finding of the kind means that something is wrong, and
// not only worth knowing.
func (k Kind) Wrong() bool { return k < Dangling }

func (k Kind) String() string { return titles[k] }

// shownKeys bounds the keys that a difference names.
const shownKeys = 8

// Difference says in which keys what is stored differs from what should be; "" if
// in none. nil is something that is not there.
func Difference(want, have map[string]any) string {
	switch {
	case want == nil && have == nil:
		return ""
	case have == nil:
		return "is missing"
	case want == nil:
		return "should not be there"
	}
	var lacks, beyond, differs []string
	for _, key := range slices.Sorted(maps.Keys(want)) {
		if _, ok := have[key]; !ok {
			lacks = append(lacks, key)
		} else if !reflect.DeepEqual(want[key], have[key]) {
			differs = append(differs, key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(have)) {
		if _, ok := want[key]; !ok {
			beyond = append(beyond, key)
		}
	}
	var parts []string
	for _, p := range []struct {
		verb string
		keys []string
	}{{"lacks", lacks}, {"should not have", beyond}, {"differs in", differs}} {
		if n := len(p.keys); n > shownKeys {
			p.keys = append(p.keys[:shownKeys:shownKeys], fmt.Sprintf("and %d more", n-shownKeys))
		}
		if len(p.keys) > 0 {
			parts = append(parts, p.verb+" "+strings.Join(p.keys, ", "))
		}
	}
	return strings.Join(parts, "; ")
}
