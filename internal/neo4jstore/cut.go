package neo4jstore

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vinculo/vinculo/internal/store"
)

// CutPolicy says where the tree of a read's selections is cut into texts. Cut
// nowhere it is one text, which takes two to three times less to run and up to 0.3 s
// to plan when it is new; cut everywhere it is one text for each selection in the
// tree, which takes the ids of all parents and is soon known.
type CutPolicy uint8

// The policies.
const (
	CutNew        CutPolicy = iota // everywhere what is new, nowhere what came again and has been planned since
	CutNowhere                     // always one text
	CutEverywhere                  // always one text for each selection
)

// piece is one text of a read: its rows are [kind, list], kind telling which part
// of which page the list is. If its kinds are not nil it has one row: what its rows
// would say before all others and after them, and a list for each of the kinds.
type piece struct {
	text  string
	p     params
	kinds []int
}

// What a row of a piece of roots says, its kind being `parts` times the root's number
// and one of these; a row of children has the number of the parent, and the page.
const (
	partRow  = iota
	partRows // all of them
	partTotal
	partSides
	partGroups
	parts
)

// kindSequence is the kind of a piece's first and last row: the sequence of the last
// commit and, in the first, whether that is done. A commit's records show before its
// entries in indexes do, so it is done when an index finds its node.
const kindSequence = -1

// The texts that begin and end a piece: what they say of the last commit.
const (
	lastCommit  = "MATCH (m:" + metaLabel + " {key: 'vinculo'})"
	lastAtFirst = "[m.sequence, m.sequence = 0 OR EXISTS { MATCH (c:" + commitLabel + ") WHERE c.sequence = m.sequence }]"
	lastAtLast  = "[m.sequence]"
)

// joined makes a piece of the texts of its parts. They run one after the other.
func (c *compiler) joined(texts []string) piece {
	kind := lastCommit + " RETURN " + strconv.Itoa(kindSequence) + " AS k, "
	first, last := kind+lastAtFirst+" AS v", kind+lastAtLast+" AS v"
	return piece{text: first + " UNION ALL " + strings.Join(append(texts, last), " UNION ALL "), p: c.p}
}

// merged makes a piece of one row, which takes the database and us less than a row
// for each part. Each text gives one row, with the variable v and its number. What
// each part takes from those before it keeps the planner from joining them in an
// order of its own: the last commit is looked for first, and last again.
func (c *compiler) merged(kinds []int, texts []string) piece {
	text, values := lastCommit+" WITH "+lastAtFirst+" AS first", ""
	for i, t := range texts {
		text += " CALL (first) { " + t + " }"
		values += ", v" + strconv.Itoa(i)
	}
	return piece{text + " CALL (first" + values + ") { " + lastCommit + " RETURN " + lastAtLast + " AS last } RETURN first, last" + values, c.p, kinds}
}

// nowhere cuts only where it must: what divides rows into groups are clauses, and not
// an expression that can stand in the row of a parent.
func nowhere(q *query) bool  { return len(q.Groupings) == 0 }
func everywhere(*query) bool { return false }

// rootPiece is the piece of roots, numbered from the first on, and of what is read
// with them.
func rootPiece(view store.View, budget int, inline func(*query) bool, roots []*query, first int) piece {
	c := &compiler{view: view, budget: budget, inline: inline, p: params{}}
	few := !slices.ContainsFunc(roots, func(q *query) bool { return c.most(q) > maxCollected })
	kinds := []int{} // not nil: there may be none
	var texts []string
	for i, q := range roots {
		src := c.root(q)
		says := func(part int, value string) string { // what a text returns
			kind := parts*(first+i) + part
			if !few {
				return strconv.Itoa(kind) + " AS k, " + value + " AS v"
			}
			kinds = append(kinds, kind)
			return value + " AS v" + strconv.Itoa(len(texts))
		}
		if c.limit(q) > 0 {
			texts = append(texts, c.rows(q, src, func(row string) string {
				if few {
					return says(partRows, "collect("+row+")")
				}
				return says(partRow, row)
			}))
		}
		if q.Total {
			conditions := src.where
			if len(conditions) > 0 { // without any, the number of a label's nodes is known
				conditions = slices.Concat(src.idle, conditions)
			}
			number := src.number
			if number == "" {
				number = src.from + where(conditions) + " WITH count(" + src.variable + ") AS n"
			}
			texts = append(texts, number+" RETURN "+says(partTotal, "[n]"))
		}
		before, after := c.side(q, src, true), c.side(q, src, false)
		if before != "null" || after != "null" {
			texts = append(texts, "RETURN "+says(partSides, "["+before+", "+after+"]"))
		}
		if len(q.Groupings) > 0 {
			clauses, groups := c.groups(q, src, "")
			texts = append(texts, clauses+" RETURN "+says(partGroups, groups))
		}
	}
	if few {
		return c.merged(kinds, texts)
	}
	return c.joined(texts)
}

// maxCollected is how many rows, nested ones included, may come as one row of a text:
// that takes less than a row for each, but all are computed before any is seen.
const maxCollected = 10_000

// most is how many rows there can be of a page, with those that come with them.
func (c *compiler) most(q *query) int {
	each := 1
	for _, child := range slices.Concat(q.children, q.linkChildren) {
		if c.inline(child) {
			each += c.most(child)
		}
	}
	return min(c.limit(q), maxCollected+1) * min(each, maxCollected+1)
}

// rootPieces cuts between the roots.
func rootPieces(view store.View, budget int, inline func(*query) bool, roots []*query) []piece {
	pieces := make([]piece, len(roots))
	for i := range roots {
		pieces[i] = rootPiece(view, budget, inline, roots[i:i+1], i)
	}
	return pieces
}

// childPiece is the piece of one child of all the parents, and of what is read with
// it. joins are what each parent joins by: its id, a list of ids, or a value. If it
// has one row, that holds the number of each parent and the page.
func childPiece(view store.View, budget int, inline func(*query) bool, q *query, joins []any) piece {
	c := &compiler{view: view, budget: budget, inline: inline, p: params{}}
	number, join := c.name("i"), c.name("x")
	all := c.bind(joins)
	text := "UNWIND range(0, size(" + all + ") - 1) AS " + number + " WITH " + number + ", " + all + "[" + number + "] AS " + join
	p := parent{variable: join, value: func(string) string { return join }, list: func(string) string { return join }}
	if q.Step != nil {
		p.variable = c.name("n")
		text += " MATCH (" + p.variable + ":" + c.label(entityLabel) + ") WHERE " + p.variable + "." + keyID + " = " + join
	}
	src := c.child(q, p)
	if len(q.Groupings) > 0 {
		var clauses string
		clauses, src.groups = c.groups(q, src, p.variable)
		text += clauses
	}
	page := c.page(q, src)
	if c.most(q) <= maxCollected {
		return c.merged([]int{0}, []string{text + " RETURN collect([" + number + ", " + page + "]) AS v0"})
	}
	return c.joined([]string{text + " RETURN " + number + " AS k, " + page + " AS v"})
}

// together is for how many parents a child is read at a time, so that the rows which
// come as one are few enough.
func together(budget int, inline func(*query) bool, q *query) int {
	c := compiler{budget: budget, inline: inline}
	if most := c.most(q); most <= maxCollected {
		return maxCollected / max(1, most)
	}
	return store.Everything
}
