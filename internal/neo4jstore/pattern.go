package neo4jstore

import (
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// pattern is a step from a variable, over a relationship (an empty name: none), to
// a far node, which comes with its parentheses. All types are named, so that the
// public view never reads links of the full one; no known relation gives "".
func pattern(view store.View, s *store.Step, near, rel, far string) string {
	types := typesIn(view, relationsNamed(s.Relations))
	if len(types) == 0 || !s.Out && !s.In {
		return ""
	}
	left, right := "-", "-"
	if !s.Out {
		left = "<-"
	}
	if !s.In {
		right = "->"
	}
	return "(" + near + ")" + left + "[" + rel + ":" + strings.Join(types, "|") + "]" + right + far
}

// impliesTypes reports whether the far ends of the step can only be of its types.
func impliesTypes(s *store.Step) bool {
	for _, r := range relationsNamed(s.Relations) {
		if s.Out && !subset(r.To, s.Types) || s.In && !subset(r.From, s.Types) {
			return false
		}
	}
	return true
}

func subset(ends, types []string) bool {
	if len(types) == 0 {
		return true
	}
	return !slices.ContainsFunc(ends, func(end string) bool { return end == vocab.AnyEntity || !slices.Contains(types, end) })
}
