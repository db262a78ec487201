package neo4jstore

import (
	"container/list"
	"strconv"
	"strings"
	"sync"

	"github.com/vinculo/vinculo/internal/store"
)

// CutPolicy says where the tree of a read's selections is cut into texts. Cut
// nowhere it is one text, which takes two to three times less to run and up to 0.3 s
// to plan when it is new; cut everywhere it is one text for each selection in the
// tree, which takes the ids of all parents and is soon known.
type CutPolicy uint8

// The policies.
const (
	CutNew        CutPolicy = iota // nowhere what succeeded before, everywhere what is new
	CutNowhere                     // always one text
	CutEverywhere                  // always one text for each selection
)

// seen remembers, of the latest texts that were cut nowhere or might have been,
// those that a read may be run as.
type seen struct {
	mu    sync.Mutex // guards what follows
	limit int
	texts map[string]*list.Element
	order *list.List // of texts, the latest first
}

func newSeen(limit int) *seen {
	return &seen{limit: limit, texts: map[string]*list.Element{}, order: list.New()}
}

func (s *seen) has(text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.texts[text]
	if ok {
		s.order.MoveToFront(e)
	}
	return ok
}

func (s *seen) add(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.texts[text]; ok {
		return
	}
	s.texts[text] = s.order.PushFront(text)
	if s.order.Len() > s.limit {
		oldest, _ := s.order.Remove(s.order.Back()).(string)
		delete(s.texts, oldest)
	}
}

func (s *seen) drop(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.texts[text]; ok {
		s.order.Remove(e)
		delete(s.texts, text)
	}
}

// piece is one text of a read: its rows are [kind, list], kind telling which part
// of which page the list is.
type piece struct {
	text string
	p    params
}

// What a row of a piece of roots says, its kind being 3 times the root's number and
// one of these; a row of children has the number of the parent, and the page.
const (
	partRow = iota
	partTotal
	partSides
	parts
)

// kindSequence is the kind of a piece's first and last row: the sequence of the last
// commit, and whether that is done. A commit's records show before its entries in
// indexes do, so it is done when an index finds its node.
const kindSequence = -1

// joined makes a piece of the texts of its parts. They run one after the other.
func (c *compiler) joined(texts []string) piece {
	sequence := "MATCH (m:" + metaLabel + ") RETURN " + strconv.Itoa(kindSequence) + " AS k, [m.sequence, m.sequence = 0 OR EXISTS { MATCH (c:" +
		commitLabel + ") WHERE c.sequence = m.sequence }] AS v"
	return piece{sequence + " UNION ALL " + strings.Join(append(texts, sequence), " UNION ALL "), c.p}
}

func nowhere(*query) bool    { return true }
func everywhere(*query) bool { return false }

// rootPiece is the piece of the roots and of what is read with them.
func rootPiece(view store.View, budget int, inline func(*query) bool, roots []*query) piece {
	c := &compiler{view: view, budget: budget, inline: inline, p: params{}}
	var texts []string
	for i, q := range roots {
		src := c.root(q)
		kind := func(part int) string { return strconv.Itoa(parts*i+part) + " AS k, " }
		if c.limit(q) > 0 {
			texts = append(texts, c.rows(q, src, func(row string) string { return kind(partRow) + row + " AS v" }))
		}
		if q.Total {
			texts = append(texts, src.from+where(src.where)+" WITH count("+src.variable+") AS n RETURN "+kind(partTotal)+"[n] AS v")
		}
		before, after := c.side(q, src, true), c.side(q, src, false)
		if before != "null" || after != "null" {
			texts = append(texts, "RETURN "+kind(partSides)+"["+before+", "+after+"] AS v")
		}
	}
	return c.joined(texts)
}

// childPiece is the piece of one child of all the parents, and of what is read with
// it. joins are what each parent joins by: its id, a list of ids, or a value.
func childPiece(view store.View, budget int, inline func(*query) bool, q *query, joins []any) piece {
	c := &compiler{view: view, budget: budget, inline: inline, p: params{}}
	number, join := c.name("i"), c.name("x")
	all := c.bind(joins)
	text := "UNWIND range(0, size(" + all + ") - 1) AS " + number + " WITH " + number + ", " + all + "[" + number + "] AS " + join
	p := parent{join, func(string) string { return join }, func(string) string { return join }}
	if q.Step != nil {
		p.variable = c.name("n")
		text += " MATCH (" + p.variable + ":" + c.label(entityLabel) + ") WHERE " + p.variable + "." + keyID + " = " + join
	}
	return c.joined([]string{text + " RETURN " + number + " AS k, " + c.page(q, c.child(q, p)) + " AS v"})
}
