package embedstore

import (
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// wordIndex finds entities by their words, and words by their keys. It is made when it is
// first asked for, and after a write brought up to date when it is asked for again.
type wordIndex struct {
	mu       sync.Mutex // guards what follows against reads
	made     bool
	words    map[string]*borneWord
	keys     map[string][]*borneWord // by match.Keys
	inOrder  []*borneWord            // by text; nil: to be made
	outdated map[*node]typed         // what has changed since, and its row then
}

// typed is a row and the type of its entity.
type typed struct {
	row record
	typ word
}

// borneWord is a word that an entity bears in some view.
type borneWord struct {
	text    string
	bearers [bearerKinds][]*node
}

// The views in which an entity bears a word.
const (
	bornInBoth = iota
	bornInPublic
	bornInFull
	bearerKinds
)

// in gives the lists of those who bear the word in a view.
func (w *borneWord) in(v store.View) [2][]*node {
	if v == store.FullView {
		return [2][]*node{w.bearers[bornInBoth], w.bearers[bornInFull]}
	}
	return [2][]*node{w.bearers[bornInBoth], w.bearers[bornInPublic]}
}

func (w *borneWord) count(v store.View) int {
	lists := w.in(v)
	return len(lists[0]) + len(lists[1])
}

// outdate notes that the row of a node changes.
func (x *wordIndex) outdate(n *node) {
	if !x.made {
		return
	}
	if _, noted := x.outdated[n]; noted {
		return
	}
	if x.outdated == nil {
		x.outdated = map[*node]typed{}
	}
	x.outdated[n] = typed{n.row, n.typ}
	if len(x.outdated) > few+len(x.words) {
		x.made, x.words, x.keys, x.inOrder, x.outdated = false, nil, nil, nil, nil
	}
}

// settled gives the index in step with the graph. A reader may keep it for as long as it reads.
func (x *wordIndex) settled(g *graph) *wordIndex {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.made {
		x.words, x.keys = map[string]*borneWord{}, map[string][]*borneWord{}
		for n := range g.nodes.all() {
			x.each(n, typed{n.row, n.typ}, x.add)
		}
		for _, w := range x.words {
			for i := range w.bearers {
				w.bearers[i] = append([]*node(nil), w.bearers[i]...) // without room to grow
			}
		}
		x.made = true
	}
	for n, old := range x.outdated {
		x.each(n, old, x.remove)
		x.each(n, typed{n.row, n.typ}, x.add)
	}
	x.outdated = nil
	if x.inOrder == nil {
		for _, w := range x.words {
			x.inOrder = append(x.inOrder, w)
		}
		slices.SortFunc(x.inOrder, func(a, b *borneWord) int { return strings.Compare(a.text, b.text) })
	}
	return x
}

// each does something for each word of a row and the views in which it is one.
func (x *wordIndex) each(n *node, of typed, do func(n *node, text string, kind int)) {
	row := of.row
	if row == "" || row.flags().unlisted() {
		return
	}
	var public, full []string
	if row.flags().shows(store.FullView) {
		full = of.words(store.FullView)
	}
	switch {
	case !row.flags().shows(store.PublicView):
	case row.values(store.PublicView) == row.values(store.FullView):
		public = full
	default:
		public = of.words(store.PublicView)
	}
	for _, text := range full {
		if slices.Contains(public, text) {
			do(n, text, bornInBoth)
		} else {
			do(n, text, bornInFull)
		}
	}
	for _, text := range public {
		if !slices.Contains(full, text) {
			do(n, text, bornInPublic)
		}
	}
}

func (t typed) words(v store.View) []string {
	return statement.WordsOf(t.typ.String(), t.row.values(v).get)
}

func (x *wordIndex) add(n *node, text string, kind int) {
	w := x.words[text]
	if w == nil {
		w = &borneWord{text: strings.Clone(text)}
		x.words[w.text] = w
		x.inOrder = nil
		for _, key := range match.Keys(text) {
			x.keys[key] = append(x.keys[key], w)
		}
	}
	w.bearers[kind] = append(w.bearers[kind], n)
}

func (x *wordIndex) remove(n *node, text string, kind int) {
	w := x.words[text]
	list := w.bearers[kind]
	i := slices.Index(list, n)
	list[i] = list[len(list)-1]
	w.bearers[kind] = list[:len(list)-1]
	for _, rest := range w.bearers {
		if len(rest) > 0 {
			return
		}
	}
	delete(x.words, text)
	x.inOrder = nil
	for _, key := range match.Keys(text) {
		left := slices.DeleteFunc(x.keys[key], func(o *borneWord) bool { return o == w })
		if x.keys[key] = left; len(left) == 0 {
			delete(x.keys, key)
		}
	}
}

// beginning gives the words that begin so.
func (x *wordIndex) beginning(text string) []*borneWord {
	from := sort.Search(len(x.inOrder), func(i int) bool { return x.inOrder[i].text >= text })
	rest := x.inOrder[from:]
	return rest[:sort.Search(len(rest), func(i int) bool { return !strings.HasPrefix(rest[i].text, text) })]
}
