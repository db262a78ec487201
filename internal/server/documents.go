package server

import (
	"container/list"
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// How many bytes of texts the cache of documents holds, and of one text at most. A
// parsed document takes about 25 times the memory of its text.
const (
	cachedTexts   = 1 << 20
	maxCachedText = 16 << 10
)

// documents keeps the documents that were asked for last, parsed and validated, by
// their texts.
type documents struct {
	mu    sync.Mutex // guards what follows
	limit int        // bytes of texts
	bytes int
	kept  map[string]*list.Element
	order *list.List // of *document, the latest first
}

type document struct {
	text   string
	parsed *ast.QueryDocument
}

var _ graphql.Cache[*ast.QueryDocument] = (*documents)(nil)

func newDocuments(limit int) *documents {
	return &documents{limit: limit, kept: map[string]*list.Element{}, order: list.New()}
}

// Get implements graphql.Cache.
func (d *documents) Get(_ context.Context, text string) (*ast.QueryDocument, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, ok := d.kept[text]
	if !ok {
		return nil, false
	}
	d.order.MoveToFront(e)
	return e.Value.(*document).parsed, true
}

// Add implements graphql.Cache. It leaves long texts out.
func (d *documents) Add(_ context.Context, text string, parsed *ast.QueryDocument) {
	if len(text) > maxCachedText {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.kept[text]; ok {
		return
	}
	d.kept[text] = d.order.PushFront(&document{text, parsed})
	for d.bytes += len(text); d.bytes > d.limit; {
		oldest := d.order.Remove(d.order.Back()).(*document)
		delete(d.kept, oldest.text)
		d.bytes -= len(oldest.text)
	}
}
